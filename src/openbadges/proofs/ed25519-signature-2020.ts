// Ed25519Signature2020: what badges were signed with before the suites had names of their own. Verified, never made.
// The steps are those of eddsa-rdfc-2022; the proof's `type` takes the place of the name, and the document must name the
// context that defines it.
//
// Ed25519Signature2020 (W3C CCG, 26 July 2023); Open Badges 3.0 implementation guide (April 2025), older proofs.

import type { Cryptosuite } from './cryptosuite.ts';
import { eddsaRdfc2022 } from './eddsa-rdfc-2022.ts';

export const ed25519Signature2020: Cryptosuite = { ...eddsaRdfc2022, name: 'Ed25519Signature2020' };
