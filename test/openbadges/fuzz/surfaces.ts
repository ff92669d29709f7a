// What strangers reach, each with good inputs to start from: one call judges one mutant, and throws for a fault of ours.
import { deflateSync, gzipSync } from 'node:zlib';
import { bakePng, unbakePng } from '../../../src/openbadges/baking/png.ts';
import { addressIn } from '../../../src/openbadges/address-in-text.ts';
import { unbakePdf } from '../../../src/openbadges/baking/pdf.ts';
import { bakeSvg, unbakeSvg } from '../../../src/openbadges/baking/svg.ts';
import { OpenBadgesError } from '../../../src/openbadges/errors.ts';
import { signEddsaJcs2022 } from '../../../src/openbadges/proofs/eddsa-jcs-2022.ts';
import { parseVcJwt, signVcJwt } from '../../../src/openbadges/proofs/vc-jwt.ts';
import { canonicalize } from '../../../src/openbadges/rdf/canonicalize.ts';
import { decodeBitstring, encodeBitstring } from '../../../src/openbadges/status/bitstring.ts';
import { buildStatusListCredential } from '../../../src/openbadges/status/status-list-credential.ts';
import type { Resolve } from '../../../src/openbadges/resolve.ts';
import { verifySubmission } from '../../../src/verification/verify-submission.ts';
import { badge, endorsement, ISSUER, issuerDocuments, key, LIST, now, sign } from '../signed-badges.ts';
import { exampleBadge } from '../example-badge.ts';
import { mutateBytes, mutateJson, mutateText, type Dice, type Json } from './mutate.ts';

/** Judges one mutant made with these dice; gives what it was, for the report of a failure. */
export type Surface = (dice: Dice, show: (input: string | Buffer) => void) => Promise<unknown>;

const method = { privateKey: key.privateKey, verificationMethod: `${ISSUER}#${key.multibase}`, created: now };
const status = {
  id: `${LIST}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: LIST,
};
const list = await sign(
  buildStatusListCredential({
    id: LIST,
    issuer: ISSUER,
    statusPurpose: 'revocation',
    indexes: [8],
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validUntil: new Date('2027-01-01T00:00:00Z'),
    ttlMs: 300_000,
  }) as unknown as Json,
);
const vouched = await sign(endorsement());
const full = badge({
  '@context': [...exampleBadge()['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
  credentialStatus: status,
  endorsement: [vouched],
  evidence: [{ id: 'https://school.example/work', type: ['Evidence'] }],
  refreshService: { id: 'https://school.example/refresh', type: '1EdTechCredentialRefresh' },
  relatedResource: [{ id: 'https://school.example/related', digestSRI: 'sha256-AAAA' }],
});
const older: Json = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Assertion',
  id: 'https://school.example/assertions/1',
  recipient: { type: 'email', hashed: true, salt: 's', identity: `sha256$${'0'.repeat(64)}` },
  badge: { id: 'https://school.example/badges/1', type: 'BadgeClass', name: 'B', issuer: ISSUER },
  issuedOn: '2020-01-01T00:00:00Z',
  verification: { type: 'hosted' },
};
const presentation: Json = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiablePresentation'],
  holder: ISSUER,
  verifiableCredential: [await sign(full)],
};
const documents: readonly Json[] = [await sign(full), await sign(badge()), list, older, presentation, vouched];
const es256 = (await import('node:crypto')).generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const jwt = signVcJwt(badge(), { privateKey: es256, alg: 'ES256', kid: `${ISSUER}#1` });

const chunk = (type: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  frame.writeUInt32BE(~crc >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};
const pixel = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
  chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
  chunk('IEND', Buffer.alloc(0)),
]);
const png = bakePng(pixel, JSON.stringify(documents[0]));
const svg = Buffer.from(
  bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', JSON.stringify(documents[1])),
);
const zipped = gzipSync(Buffer.alloc(4 * 1024 * 1024));
const lists = [encodeBitstring([1, 2, 3]), `u${zipped.toString('base64url')}`];

/** The network of the tests: documents that may be changed on their way, or not come at all. */
function resolver(dice: Dice): Resolve {
  const known: Record<string, unknown> = {
    ...issuerDocuments,
    [LIST]: list,
    'https://school.example/refresh': documents[0],
  };
  return async (url) => {
    const document = known[url] ?? older;
    const changed = dice.roll(3) === 0 ? mutateJson(document as Json, dice) : document;
    const body = dice.roll(9) === 0 ? mutateText(JSON.stringify(changed), dice) : JSON.stringify(changed);
    return { url, status: dice.pick([200, 200, 200, 200, 404, 410, 500]), contentType: 'application/json', body };
  };
}

async function judge(input: string | Buffer, dice: Dice): Promise<void> {
  const report = await verifySubmission(input, { resolve: resolver(dice), now });
  if (report.checks.length !== 12) throw new Error('a report without its twelve checks');
  if (Buffer.byteLength(JSON.stringify(report.checks)) > 1024 * 1024) throw new Error('a report of more than 1 MiB');
}

/** Names what a stranger may cause; everything else is ours. */
async function named(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
  }
}

export const SURFACES: Record<string, Surface> = {
  'documents, some of them signed after they were changed': async (dice, show) => {
    const mutant = mutateJson(dice.pick(documents), dice);
    if (dice.roll(2) === 0) {
      const { proof: _, ...unsecured } = mutant;
      await named(async () => Object.assign(mutant, await signEddsaJcs2022(unsecured, method)));
    }
    const text = JSON.stringify(mutant);
    show(text);
    await judge(text, dice);
  },
  'texts of documents': async (dice, show) => {
    const text = mutateText(JSON.stringify(dice.pick(documents)), dice);
    show(text);
    await judge(text, dice);
  },
  'JWS, whole and in parts': async (dice, show) => {
    const [header = '', payload = '', signature = ''] = jwt.split('.');
    const inside = mutateJson(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json, dice);
    const outside = mutateJson(JSON.parse(Buffer.from(header, 'base64url').toString()) as Json, dice);
    const encode = (json: Json): string => Buffer.from(JSON.stringify(json)).toString('base64url');
    const mutant = dice.pick([
      mutateText(jwt, dice),
      `${header}.${encode(inside)}.${signature}`,
      `${encode(outside)}.${payload}.${signature}`,
      `${encode(outside)}.${encode(inside)}.`,
    ]);
    show(mutant);
    await named(() => parseVcJwt(mutant));
    await judge(mutant, dice);
  },
  'PNG pictures': async (dice, show) => {
    const mutant = mutateBytes(png, dice);
    show(mutant);
    await named(() => unbakePng(mutant));
    await judge(mutant, dice);
  },
  'SVG pictures': async (dice, show) => {
    const mutant = mutateBytes(svg, dice);
    show(mutant);
    await named(() => unbakeSvg(mutant.toString('utf8')));
    await judge(mutant, dice);
  },
  'PDF files and messages': async (dice, show) => {
    const stream = `1 0 obj << /Type /EmbeddedFile /Length ${png.length} /Filter /FlateDecode >>\nstream\n`;
    const whole = Buffer.concat([Buffer.from(`%PDF-1.7\n${stream}`), deflateSync(svg), Buffer.from('\nendstream')]);
    const mutant = mutateBytes(
      dice.pick([whole, Buffer.from('<html><link rel="alternate" href="https://a.b/c">')]),
      dice,
    );
    show(mutant);
    await named(() => unbakePdf(mutant));
    addressIn(mutant.toString('utf8'));
    await judge(mutant, dice);
  },
  'lists of bits': async (dice, show) => {
    const mutant = mutateText(dice.pick(lists), dice);
    show(mutant);
    await named(() => decodeBitstring(mutant).get(dice.roll(200_000), 1 + dice.roll(3)));
  },
  'JSON-LD': async (dice, show) => {
    const { proof: _, ...mutant } = mutateJson(dice.pick(documents), dice);
    show(JSON.stringify(mutant));
    await named(() => canonicalize(mutant));
  },
};
