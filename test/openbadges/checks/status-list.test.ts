// The older form of the status list is read under its own names.
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { badge, ISSUER, LIST, sign, summary, verify } from '../signed-badges.ts';

const CONTEXT = 'https://w3id.org/vc/status-list/2021/v1';

async function ask(bit: number, sizeBytes = 16_384): Promise<string> {
  const bytes = Buffer.alloc(sizeBytes);
  bytes[0] = bit;
  const list = await sign({
    '@context': ['https://www.w3.org/2018/credentials/v1', CONTEXT, 'https://w3id.org/security/data-integrity/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'StatusList2021Credential'],
    issuer: ISSUER,
    issuanceDate: '2026-05-01T00:00:00Z',
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'StatusList2021',
      statusPurpose: 'revocation',
      encodedList: gzipSync(bytes).toString('base64url'),
    },
  });
  const status = {
    id: `${LIST}#0`,
    type: 'StatusList2021Entry',
    statusPurpose: 'revocation',
    statusListIndex: '0',
    statusListCredential: LIST,
  };
  const document = badge({ '@context': [...badge()['@context'], CONTEXT], credentialStatus: status });
  return summary(await verify(await sign(document), { documents: { [LIST]: list } }));
}

void t.test('StatusList2021: clear, set and too short', async (t) => {
  t.equal(await ask(0x00), 'valid');
  t.equal(await ask(0x80), 'invalid revocation=fail/revoked');
  t.equal(await ask(0x00, 1024), 'invalid revocation=fail/status_length');
});
