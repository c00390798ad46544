import { languages, type Language } from '../kernel/text.ts';

const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

/** The value of one cookie in a Cookie header (RFC 6265 §4.2.1), undecoded */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** The first of our languages in an Accept-Language header by weight (RFC 9110 §12.5.4); `en-GB` counts as English */
export function acceptedLanguage(header: string | undefined): Language | undefined {
  const wishes = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.toLowerCase().split('-')[0], weight: q ? Number(q.slice(2)) : 1 };
    })
    .filter((wish) => isLanguage(wish.language) && wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes[0]?.language as Language | undefined;
}

export interface LanguageSources {
  /** `?lang=` of the address */
  readonly asked?: unknown;
  /** The whole Cookie header */
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

/** What the reader asked for now, else asked for before, else what the browser prefers, else Japanese. */
export function chooseLanguage({ asked, cookie, acceptLanguage }: LanguageSources): Language {
  const kept = cookieValue(cookie, 'lang');
  if (isLanguage(asked)) return asked;
  return isLanguage(kept) ? kept : (acceptedLanguage(acceptLanguage) ?? 'ja');
}

/** The same address in another language: `lang` replaced, the rest of the query kept. */
export function inLanguage(path: string, language: Language): string {
  const [before = '/', query = ''] = path.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('lang', language);
  return `${before}?${parameters.toString()}`;
}
