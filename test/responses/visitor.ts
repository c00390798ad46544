import type { Year } from '../meetings/year.ts';

const someBrowser = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0';

export interface Visited {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
  readonly header: (name: string) => string | null;
}

/** Somebody at a browser without script, who opens pages and sends forms */
export function visitorOf({ house }: Year) {
  const send = async (path: string, init: RequestInit = {}): Promise<Visited> => {
    const response = await fetch(`${house.url}${path}`, { redirect: 'manual', ...init });
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get('location'),
      header: (name) => response.headers.get(name),
    };
  };
  const post = (path: string, fields: Readonly<Record<string, string>>, agent = someBrowser) =>
    send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: house.url,
        'user-agent': agent,
      },
      body: new URLSearchParams(fields).toString(),
    });
  return {
    /** Sends the form of a page; where the next page asks once more, confirms. @returns the last page */
    answer: async (path: string, fields: Readonly<Record<string, string>>, agent?: string): Promise<Visited> => {
      const page = await post(path, fields, agent);
      const confirm = /action="([^"]+\/confirm)"/.exec(page.html)?.[1];
      return page.status === 200 && confirm ? post(confirm, formIn(page.html), agent) : page;
    },
    post,
    get: (path: string, agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0') =>
      send(path, { headers: { 'user-agent': agent } }),
    head: (path: string) => send(path, { method: 'HEAD' }),
  };
}
export type Visitor = ReturnType<typeof visitorOf>;

/** What the form on a page would send if nothing were touched: hidden fields, chosen answers, filled fields */
export function formIn(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    if (name === undefined || ((type === 'radio' || type === 'checkbox') && !/\schecked\b/.test(tag))) continue;
    fields[name] = attribute(tag, 'value') ?? '';
  }
  for (const [, opening, inner] of html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    fields[attribute(opening!, 'name')!] = decoded(inner!);
  return fields;
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
}

const decoded = (value: string): string =>
  value
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

/** What a reader sees: without markup, scripts and what is only there for programs */
export const seen = (html: string): string =>
  decoded(
    html
      .replace(/<(script|style|svg|head)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' '),
  );
