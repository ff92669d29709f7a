// A view of a badge and a site, for the tests of the pages that show one.
import type { CredentialView } from '../../src/pages/credential-view.ts';

export const site = { publicUrl: 'https://badges.example.org', issuerName: 'Example Commons' };
export const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
const id = '7d0f2c1e-4f43-4d34-8a54-0b6f4d1f5c11';

/** A valid badge of Ada's, with what a test wants different. */
export function viewOf(parts: Partial<CredentialView> = {}): CredentialView {
  return {
    id,
    url: `${site.publicUrl}/credentials/${id}`,
    state: 'valid',
    readAt: new Date('2026-05-01T10:00:00Z'),
    achievement: { key: 'core/commons', name: 'CORE: The Commons', description: 'What commons are.' },
    recipientName: 'Ada Example',
    comparable: true,
    issuer: { id: 'did:web:badges.example.org', name: 'Example Commons' },
    awardedAt: '2026-03-04T12:00:00.000Z',
    validFrom: '2026-03-04T12:00:00.000Z',
    corrected: false,
    verdict: {
      id: 'core/commons',
      kind: 'allOf',
      title: 'CORE: The Commons',
      complete: true,
      done: 1,
      required: 1,
      children: [
        {
          id: 'electives',
          kind: 'atLeast',
          title: 'Electives',
          complete: true,
          done: 1,
          required: 1,
          children: [
            {
              id: 'a/b',
              kind: 'unit',
              title: 'The unit',
              complete: true,
              done: 1,
              required: 1,
              satisfiedBy: [
                {
                  completion: 'c',
                  source: 'https://moodle.example.edu',
                  occurredAt: '2026-03-01T10:00:00Z',
                  type: 'passed',
                },
              ],
            },
            {
              id: 'a/c',
              kind: 'unit',
              title: 'The other unit',
              complete: false,
              done: 0,
              required: 1,
              missing: ['a/c'],
            },
          ],
        },
      ],
    },
    evidence: [],
    track: { id: 'core', version: '1.0' },
    awardUrl: `${site.publicUrl}/awards/1`,
    statusUrl: `${site.publicUrl}/status/revocation/0`,
    statusIndex: 17,
    kid: 'z6MkExample',
    listed: false,
    json: '{"id":"a badge"}',
    ...parts,
  };
}
