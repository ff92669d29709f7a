// The forms of a credential, and which of them a caller asked for.
// Open Badges 3.0 §8.4 (`application/vc+ld+json` or JSON, `text/plain` for a JWS), and the media types that W3C
// registered since (VC Data Model 2.0 §6, `application/vc`; VC-JOSE-COSE, `application/vc+jwt`). The JSON bytes are the
// same under every JSON type.
import Negotiator from 'negotiator';
import { Recent } from '../openbadges/recent.ts';

export type Form = 'json' | 'jwt' | 'png' | 'svg';

/** The first is the answer to no preference at all. */
const FORM_OF = new Map<string, Form>([
  ['application/json', 'json'],
  ['application/vc', 'json'],
  ['application/vc+ld+json', 'json'],
  ['application/ld+json', 'json'],
  ['application/vc+jwt', 'jwt'],
  ['application/jwt', 'jwt'],
  ['text/plain', 'jwt'],
  ['image/png', 'png'],
  ['image/svg+xml', 'svg'],
]);

/** The media type of a form that was asked for by its extension. */
export const TYPE_OF: Record<Form, string> = {
  json: 'application/vc',
  jwt: 'application/vc+jwt',
  png: 'image/png',
  svg: 'image/svg+xml',
};

export interface Choice {
  form: Form;
  mediaType: string;
}

/** Programs ask the same each time; what they send is not ours, so what is kept of it is bounded (in letters). */
const chosen = new Recent<Choice | 'none'>(100_000);

/**
 * Chooses by the `Accept` header.
 * @param forms the forms there are.
 * @returns undefined when nothing that there is was asked for (406).
 */
export function chooseForm(
  accept: string | undefined,
  forms: readonly Form[] = ['json', 'jwt', 'png', 'svg'],
): Choice | undefined {
  const key = `${forms.join(' ')} ${accept ?? ''}`;
  const known = chosen.get(key);
  if (known !== undefined) return known === 'none' ? undefined : known;
  const choice = negotiate(accept, forms);
  chosen.set(key, choice ?? 'none', 100);
  return choice;
}

function negotiate(accept: string | undefined, forms: readonly Form[]): Choice | undefined {
  const types = [...FORM_OF].filter(([, form]) => forms.includes(form)).map(([type]) => type);
  const mediaType = new Negotiator({ headers: { accept: withoutParameters(accept) || undefined } }).mediaType(types);
  const form = mediaType === undefined ? undefined : FORM_OF.get(mediaType);
  return mediaType !== undefined && form !== undefined ? { form, mediaType } : undefined;
}

/** JSON-LD loaders ask with a `profile`; our documents have one form whatever it says, so weights alone count. */
function withoutParameters(accept: string | undefined): string | undefined {
  return accept?.replace(/;\s*(?!q\s*=)[^\s=;,"]+\s*=\s*(?:"[^"]*"|[^\s;,"]*)/gi, '');
}

/** The Content-Type header of a media type. */
export function contentType(mediaType: string): string {
  return mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType;
}
