import {
  Liquid,
  Tag,
  Value,
  type Context,
  type Emitter,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import { oneLine, plainText } from '../kernel/plain-text.ts';
import type { Language } from '../kernel/text.ts';

/**
 * Kinds of mail by language: `invitation-new/ja` → the text of `templates/mail/invitation-new/ja.liquid`. How such a text is written is
 * told in `templates/mail/README.md`.
 */
export type MailSources = Readonly<Record<string, string>>;

export interface RenderedMail {
  readonly subject: string;
  /** Lines end in `\n` */
  readonly text: string;
  /** A whole document that says the same, without images, scripts or anything from elsewhere */
  readonly html: string;
}

/** @throws Error where there is no such mail: an incomplete installation */
export function sourceOf(sources: MailSources, kind: string, language: Language): string {
  const source = sources[`${kind}/${language}`];
  if (source === undefined) throw new Error(`templates/mail has no ${kind}/${language}.liquid`);
  return source;
}

/**
 * Writes a mail from one source: a first part with the subject, a line `---`, then the letter. The letter is rendered twice, as text and
 * as HTML, so that both always say the same. Values are cleaned of what no mail should carry, and cannot begin a paragraph, a header
 * or an element of their own.
 *
 * @param data strings, numbers, booleans, null, and lists and objects of these; a name that the source uses and that is missing is an error
 * @throws Error where the source does not parse, or names what is not there
 */
export function renderMail(source: string, language: Language, data: object): RenderedMail {
  const { subject, letter } = parts(source);
  const values = cleaned(data) as object;
  const head = oneLine(render('text', subject, values), 200);
  return {
    subject: head,
    text: textOf(render('text', letter, values)),
    html: documentOf(head, htmlOf(render('html', letter, values)), language),
  };
}

function parts(source: string): { subject: string; letter: string } {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const line = lines.indexOf('---');
  if (line === -1) throw new Error('a mail needs a line --- between its subject and its letter');
  return { subject: lines.slice(0, line).join('\n'), letter: lines.slice(line + 1).join('\n') };
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]));
}

type Form = 'text' | 'html';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** @throws TypeError for lists and objects: a mistake of the source that would print "[object Object]" */
function asIs(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError('only texts, numbers and booleans can be printed');
}

const escaped = (value: unknown): string => asIs(value).replace(/[&<>"']/g, (character) => entities[character]!);

const style = {
  body: 'margin:0;padding:24px 16px;font-family:"Hiragino Sans","Noto Sans JP","Yu Gothic",Meiryo,system-ui,-apple-system,"Segoe UI",sans-serif;font-size:16px;line-height:1.75',
  letter: 'max-width:40em;margin:0 auto',
  paragraph: 'margin:0 0 1.25em',
  small: 'margin:0 0 1.25em;font-size:14px',
  heading: 'margin:2em 0 .5em;font-size:18px;line-height:1.5',
  middle: 'margin:1.5em 0;text-align:center',
  right: 'margin:0 0 1.25em;text-align:right',
  rows: 'margin:0 0 1.25em',
  label: 'margin:.75em 0 0;font-weight:bold',
  value: 'margin:0',
  // The button brings both of its colours, so that it can be read whatever a dark mode makes of the rest
  button:
    'display:inline-block;padding:12px 24px;border-radius:8px;border:1px solid #ffffff;background-color:#0017c1;color:#ffffff;font-weight:bold;text-decoration:none',
} as const;

/** Width of a letter in full-width characters, for what stands in the middle or at the right of the text form */
const WIDTH = 34;
const wide = '　';
const pad = (text: string, part: number) => wide.repeat(Math.max(0, Math.floor((WIDTH - text.length) * part))) + text;

const blocks: Readonly<Record<string, Readonly<Record<Form, (inner: string) => string>>>> = {
  heading: {
    text: (inner) => (/[^ -~]/.test(inner) ? `■ ${inner}` : `== ${inner} ==`),
    html: (inner) => `<h2 style='${style.heading}'>${inner}</h2>`,
  },
  middle: { text: (inner) => pad(inner, 0.5), html: (inner) => `<p style='${style.middle}'>${inner}</p>` },
  right: { text: (inner) => pad(inner, 1), html: (inner) => `<p style='${style.right}'>${inner}</p>` },
  small: { text: (inner) => inner, html: (inner) => `<p style='${style.small}'>${withBreaks(inner)}</p>` },
};

const withBreaks = (inner: string): string => inner.trim().replace(/\n+/g, '<br>');

/** @throws Error for anything but a web address: no mail of ours starts a program */
function webAddress(value: unknown): string {
  const address = asIs(value);
  if (!/^https?:\/\/[^\s"'<>]+$/.test(address)) throw new Error(`not a web address: ${address}`);
  return address;
}

abstract class BlockTag extends Tag {
  protected readonly inner: Template[] = [];
  private readonly argument: Value | undefined;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, remaining, liquid);
    this.argument = token.args.trim() === '' ? undefined : new Value(token.args, liquid);
    const end = `end${token.name}`;
    while (remaining.length > 0) {
      const next = remaining.shift()!;
      if ('name' in next && next.name === end) return;
      this.inner.push(parser.parseToken(next, remaining));
    }
    throw new Error(`{% ${token.name} %} has no {% ${end} %}`);
  }

  /** A block always stands apart, whatever is around it in the source */
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const inner = (yield this.liquid.renderer.renderTemplates(this.inner, context)) as string;
    const value: unknown = this.argument && (yield this.argument.value(context));
    emitter.write(`\n\n${this.shown(inner.trim(), value)}\n\n`);
  }

  protected abstract shown(inner: string, value: unknown): string;
}

const blockTag = (form: Form, name: string) =>
  class extends BlockTag {
    protected override shown(inner: string): string {
      return blocks[name]![form](inner);
    }
  };

/** `{% button url %}label{% endbutton %}`; the address stands beside it too, to be read and copied */
const buttonTag = (form: Form) =>
  class extends BlockTag {
    protected override shown(inner: string, value: unknown): string {
      const address = webAddress(value);
      if (form === 'text') return `${inner}\n${address}`;
      const href = escaped(address);
      return `<p style='${style.paragraph}'><a href="${href}" style='${style.button}'>${inner}</a><br><a href="${href}">${href}</a></p>`;
    }
  };

interface RowValue {
  readonly label: string;
  readonly lines: readonly string[];
}

const lengthOf = (text: string): number => [...text].length;

/** 日　　時：… with labels of one width where all are of full-width characters; further lines stand under the first */
function rowsAsText(rows: readonly RowValue[]): string {
  const japanese = rows.every(({ label }) => /^[^\u0000-\u00ff]*$/.test(label));
  const width = Math.max(...rows.map(({ label }) => lengthOf(label)));
  return rows
    .map(({ label, lines }) => {
      const head = japanese ? `${label}${wide.repeat(width - lengthOf(label))}：` : `${label}: `;
      return head + lines.join(`\n${japanese ? wide.repeat(width + 1) : '  '}`);
    })
    .join('\n');
}

const lineAsHtml = (line: string): string =>
  /^https?:\/\/[^\s"'<>]+$/.test(line) ? `<a href="${escaped(line)}">${escaped(line)}</a>` : escaped(line);

const rowsAsHtml = (rows: readonly RowValue[]): string =>
  `<dl style='${style.rows}'>${rows
    .map(
      ({ label, lines }) =>
        `<dt style='${style.label}'>${escaped(label)}</dt><dd style='${style.value}'>${lines.map(lineAsHtml).join('<br>')}</dd>`,
    )
    .join('')}</dl>`;

/** `{% rows list %}`: labels with what belongs to them */
const rowsTag = (form: Form) =>
  class extends Tag {
    private readonly list: Value;

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.list = new Value(token.args, liquid);
    }

    override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      const rows = (yield this.list.value(context)) as readonly RowValue[];
      if (rows.length > 0) emitter.write(`\n\n${form === 'text' ? rowsAsText(rows) : rowsAsHtml(rows)}\n\n`);
    }
  };

function engineFor(form: Form): Liquid {
  const engine = new Liquid({
    // In memory only: no source can name a file
    templates: {},
    outputEscape: form === 'html' ? escaped : asIs,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
  });
  for (const name of Object.keys(blocks)) engine.registerTag(name, blockTag(form, name));
  engine.registerTag('button', buttonTag(form));
  engine.registerTag('rows', rowsTag(form));
  return engine;
}

const engines: Readonly<Record<Form, Liquid>> = { text: engineFor('text'), html: engineFor('html') };

const markup = /(\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\})/;
/** A tag alone on its line leaves no line behind */
const tagsOnTheirLines = (source: string): string =>
  source.replace(/^[ \t]*(\{%(?:(?!%\}|\n)[\s\S])*%\})[ \t]*\n/gm, '$1');
/** What the author of a letter writes is text, not HTML: a `<` is a `<` */
const literalsEscaped = (source: string): string =>
  source
    .split(markup)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('');

const parsed = new Map<string, Template[]>();
/** More sources than there are letters only come from previews while one is edited */
const MOST_PARSED = 200;

function render(form: Form, source: string, values: object): string {
  const key = `${form}\n${source}`;
  let templates = parsed.get(key);
  if (!templates) {
    const prepared = tagsOnTheirLines(source);
    templates = engines[form].parse(form === 'html' ? literalsEscaped(prepared) : prepared);
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(key, templates);
  }
  return engines[form].renderSync(templates, values) as string;
}

const paragraphs = (rendered: string): readonly string[] =>
  rendered
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .map((paragraph) => paragraph.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '');

const textOf = (rendered: string): string => `${paragraphs(rendered).join('\n\n')}\n`;

/** Values and literals are escaped, so that only our own tags begin with `<` */
const htmlOf = (rendered: string): string =>
  paragraphs(rendered)
    .map((paragraph) =>
      paragraph.startsWith('<') ? paragraph : `<p style='${style.paragraph}'>${withBreaks(paragraph)}</p>`,
    )
    .join('\n');

/** No colours but the button's and both schemes declared: programs then turn light into dark without guessing */
const documentOf = (title: string, letter: string, language: Language): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(title)}</title>
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}</style>
</head>
<body style='${style.body}'>
<div style='${style.letter}'>
${letter}
</div>
</body>
</html>
`;
