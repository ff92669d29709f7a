// Which language a visitor reads: what they chose on the page, else what they chose before, else what their browser
// asks for (RFC 9110 §12.5.4, June 2022), else English.
import Negotiator from 'negotiator';
import { LANGUAGES, type Language } from './words.ts';

const NAME = 'lang';

function known(text: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === text);
}

/**
 * The name of the cookie that remembers the choice. `__Host-` binds it to this very host (RFC 6265bis), which browsers
 * allow over TLS only.
 */
export function languageCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${NAME}` : NAME;
}

function cookieNamed(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

export interface LanguageChoice {
  language: Language;
  /** The Set-Cookie header that remembers a choice made just now. */
  setCookie?: string;
}

/**
 * Chooses the language.
 * @param asked the value of `?lang=`, whatever it is.
 */
export function chooseLanguage(
  publicUrl: string,
  asked: unknown,
  headers: { cookie?: string | undefined; 'accept-language'?: string | undefined },
): LanguageChoice {
  const name = languageCookieName(publicUrl);
  const chosen = known(asked);
  if (chosen) {
    const secure = name.startsWith('__Host-') ? '; Secure' : '';
    return {
      language: chosen,
      setCookie: `${name}=${chosen}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax${secure}`,
    };
  }
  const before = known(cookieNamed(headers.cookie, name));
  if (before) return { language: before };
  const wanted = new Negotiator({ headers: { 'accept-language': headers['accept-language'] } }).language([
    ...LANGUAGES,
  ]);
  return { language: known(wanted) ?? 'en' };
}
