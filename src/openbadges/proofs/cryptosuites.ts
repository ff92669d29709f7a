// The table of proofs that can be judged. A proof of any other kind is not bad but unknown: nobody here can say.
//
// VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §3.1: `type` DataIntegrityProof takes the name from
// `cryptosuite`; an older proof is named by its type.

import { OpenBadgesError } from '../errors.ts';
import type { Cryptosuite } from './cryptosuite.ts';
import { ecdsaJcs2019, ecdsaRdfc2019 } from './ecdsa-2019.ts';
import { ecdsaSd2023 } from './ecdsa-sd-2023.ts';
import { ed25519Signature2020 } from './ed25519-signature-2020.ts';
import { eddsaJcs2022 } from './eddsa-jcs-2022.ts';
import { eddsa2022, eddsaRdfc2022 } from './eddsa-rdfc-2022.ts';
import type { Proof } from './proof-options.ts';

const NAMED = [eddsaRdfc2022, eddsaJcs2022, eddsa2022, ecdsaRdfc2019, ecdsaJcs2019, ecdsaSd2023];
const BY_CRYPTOSUITE: ReadonlyMap<string, Cryptosuite> = new Map(NAMED.map((suite) => [suite.name, suite]));
const BY_TYPE: ReadonlyMap<string, Cryptosuite> = new Map([[ed25519Signature2020.name, ed25519Signature2020]]);

/** The names of every suite that can be verified. */
export const CRYPTOSUITES: readonly string[] = [...BY_CRYPTOSUITE.keys(), ...BY_TYPE.keys()];

/** Takes a proof, gives its suite. Throws ERR_OB_PROOF_UNSUPPORTED. */
export function cryptosuiteOf(proof: Proof): Cryptosuite {
  const isNamed = proof.type === 'DataIntegrityProof';
  const name = isNamed ? (proof.cryptosuite ?? '') : proof.type;
  const suite = (isNamed ? BY_CRYPTOSUITE : BY_TYPE).get(name);
  if (suite !== undefined) return suite;
  const what = `Proofs of the kind ${JSON.stringify(name.slice(0, 100))} cannot be verified here.`;
  throw new OpenBadgesError('ERR_OB_PROOF_UNSUPPORTED', what, { pointer: isNamed ? '/cryptosuite' : '/type' });
}
