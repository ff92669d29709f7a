// did:web to the URL of its document, and nothing else: no fetching here.
//
// did:web Method Specification (W3C CCG, draft of 6 May 2023), "Read (Resolve)": the domain alone answers at
// `/.well-known/did.json`, with a path at `/<path>/did.json`; a port is written `%3A`.

const DOMAIN = /^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*\.?(%3A[0-9]{1,5})?$/i;

/**
 * The URL of a did:web document.
 * Takes the DID without path, query or fragment; gives the https URL, or undefined when it is no well-formed did:web.
 */
export function didWebUrl(did: string): string | undefined {
  if (!did.startsWith('did:web:')) return undefined;
  const [domain, ...path] = did.slice('did:web:'.length).split(':');
  if (domain === undefined || !DOMAIN.test(domain)) return undefined;
  // An encoded slash or dot segment would leave the folder that the DID names.
  const steps = path.map(decodeStep);
  if (steps.some((step) => step === undefined || step === '' || step === '.' || step === '..' || /[/\\?#]/.test(step)))
    return undefined;
  const folder = steps.length === 0 ? '.well-known' : path.join('/');
  const url = `https://${domain.replace(/%3A/i, ':')}/${folder}/did.json`;
  return URL.canParse(url) ? url : undefined;
}

function decodeStep(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

/**
 * The authority (host and port) that speaks for an issuer id: the host of an https id, the domain of a did:web.
 * Gives undefined for ids that no host speaks for (did:key, urn:…).
 */
export function authorityOf(id: string): string | undefined {
  const url = id.startsWith('did:web:') ? didWebUrl(id.split(/[?#/]/, 1)[0]!) : id;
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && host !== '' ? host : undefined;
}
