// Who issues here: the name and the DID, the keys now and before, the status lists, and how to verify without us.
import { issuerDid } from '../issuer/profile.ts';
import { keyUrl } from '../issuer/documents.ts';
import type { KeyState, RingKey } from '../platform/key-ring.ts';
import { html, type Html } from './html.ts';
import type { Page } from './layout.ts';
import type { Site } from './send-page.ts';
import type { MessageKey, Words } from './words.ts';

const STATE: Record<KeyState, MessageKey> = {
  next: 'key.next',
  active: 'key.active',
  retired: 'key.retired',
  compromised: 'key.compromised',
};

const USE: Record<string, MessageKey> = { 'data-integrity': 'key.dataIntegrity', 'vc-jwt': 'key.vcJwt' };

function since(key: RingKey, words: Words): string {
  const at = { next: key.createdAt, active: key.activatedAt, retired: key.retiredAt, compromised: key.compromisedAt }[
    key.state
  ];
  return words.day(at ?? key.createdAt);
}

function keyRow(key: RingKey, site: Site, words: Words): Html {
  return html`<tr class="key-${key.state}">
    <td data-label="${words.say('key.id')}">
      <a href="${keyUrl(site.publicUrl, key)}"><code>${key.kid}</code></a>
    </td>
    <td data-label="${words.say('key.use')}">${words.say(USE[key.use] ?? 'key.dataIntegrity')}</td>
    <td data-label="${words.say('key.algorithm')}">${key.algorithm === 'EdDSA' ? 'Ed25519' : key.algorithm}</td>
    <td data-label="${words.say('key.state')}">
      ${words.say(STATE[key.state])}<br /><span class="note"
        >${words.say('key.since', { day: since(key, words) })}</span
      >
    </td>
  </tr>`;
}

/** The page of the issuer. `keys` are those that sign credentials, in any state. */
export function issuerPage(keys: readonly RingKey[], lists: readonly string[], site: Site, words: Words): Page {
  const { publicUrl, issuerName } = site;
  const did = issuerDid(publicUrl);
  const document = (path: string, what: MessageKey): Html =>
    html`<li>
      <a href="${path}"><code>${path}</code></a
      ><br />${words.say(what)}
    </li>`;
  return {
    kind: 'issuer',
    title: words.say('issuer.title', { name: issuerName }),
    description: words.say('issuer.lead', { name: issuerName }),
    path: '/issuer',
    indexed: true,
    head: html`<link rel="alternate" type="application/ld+json" href="/issuer" /> `,
    linkedData: {
      '@context': 'https://schema.org',
      '@type': 'Organization',
      '@id': did,
      name: issuerName,
      url: `${publicUrl}/issuer`,
      logo: `${publicUrl}/issuer/image.png`,
    },
    body: html`<div class="badge-head">
        <img class="badge-picture" src="/issuer/image.svg" width="160" height="160" alt="" />
        <div>
          <h1>${issuerName}</h1>
          <p class="lead">${words.say('issuer.lead', { name: issuerName })}</p>
          <dl class="codes">
            <div>
              <dt>${words.say('issuer.did')}</dt>
              <dd><code>${did}</code></dd>
            </div>
          </dl>
        </div>
      </div>
      <section class="card">
        <h2>${words.say('issuer.keys')}</h2>
        <p>${words.say('issuer.keys.text')}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label="${words.say('issuer.keys')}">
          <table class="stacked">
            <thead>
              <tr>
                <th scope="col">${words.say('key.id')}</th>
                <th scope="col">${words.say('key.use')}</th>
                <th scope="col">${words.say('key.algorithm')}</th>
                <th scope="col">${words.say('key.state')}</th>
              </tr>
            </thead>
            <tbody>
              ${keys.map((key) => keyRow(key, site, words))}
            </tbody>
          </table>
        </div>
      </section>
      <section class="card">
        <h2>${words.say('issuer.documents')}</h2>
        <ul class="documents">
          ${[
            document('/.well-known/did.json', 'issuer.didDocument'),
            document('/.well-known/jwks.json', 'issuer.jwks'),
            document('/.well-known/key-history.json', 'issuer.keyHistory'),
          ]}
        </ul>
        <h3>${words.say('issuer.lists')}</h3>
        <p>${words.say(lists.length > 0 ? 'issuer.lists.text' : 'issuer.lists.none')}</p>
        <ul class="documents">
          ${lists.map(
            (list) =>
              html`<li>
                <a href="${list}"><code>${list}</code></a>
              </li>`,
          )}
        </ul>
      </section>
      <section class="card" id="offline">
        <h2>${words.say('offline.title')}</h2>
        <p>${words.say('offline.text')}</p>
        <ol>
          <li>${words.say('offline.badge')}</li>
          <li>${words.say('offline.keys')}</li>
          <li>${words.say('offline.status')}</li>
          <li>${words.say('offline.run')}</li>
        </ol>
        <pre
          tabindex="0"
        ><code dir="ltr">npm run cairn -- verify badge.json --documents documents.json --json</code></pre>
        <p class="note">${words.say('offline.others')}</p>
      </section>`,
  };
}
