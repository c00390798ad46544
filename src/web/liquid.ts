import {
  CaptureTag,
  Drop,
  Hash,
  Liquid,
  Tag,
  TypeGuards,
  type Context,
  type Emitter,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs';
import { date, dateLong, dateShort } from '../kernel/calendar-date.ts';
import { fiscalYearLabels } from '../kernel/fiscal-year.ts';
import { fill, text, type Language, type Text } from '../kernel/text.ts';
import { dayRange, timeRange } from '../kernel/zoned-time.ts';
import { escapeHtml } from './escape.ts';
import { dayRangeShort, hours, instantOf, momentText, type Moment, type MomentMode } from './moment.ts';

const isText = (value: unknown): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Text).ja === 'string' &&
  typeof (value as Text).en === 'string';

/** What `capture` caught: HTML whose values were escaped when it was written, so it is printed as it is and never escaped twice */
class Markup extends Drop {
  private readonly html: string;

  constructor(html: string) {
    super();
    this.html = html;
  }

  override valueOf(): string {
    return this.html;
  }
}

class CaptureMarkupTag extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield* super.render(context);
    const scope = context.bottom() as Record<string, unknown>;
    scope[this.variable] = new Markup(scope[this.variable] as string);
  }
}

const languageOf = (context: Context): Language => (context.globals as { language?: Language }).language ?? 'ja';

/**
 * A value as the reader sees it: a Text in their language, nothing for what is missing. An object that is no Text is a mistake
 * of the template (`{{ person }}` for `{{ person.name }}`) and stops the page instead of printing "[object Object]".
 */
function said(value: unknown, language: Language): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Markup) return value.valueOf();
  if (isText(value)) return value[language];
  if (Array.isArray(value)) return value.map((item) => said(item, language)).join(' ');
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`only texts, numbers and Texts can be printed, not: ${typeof value}`);
}

const printed = (value: unknown, language: Language): string =>
  value instanceof Markup ? value.valueOf() : escapeHtml(said(value, language));

const placeholder = /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g;
const namesIn = (pattern: string): string[] => [...pattern.matchAll(placeholder)].map((match) => match[1]!);

/**
 * `{% t "日本語" "English" name: value %}`: one sentence in both languages, said in the reader's. `{name}` is filled with the
 * value (a Text in the reader's language); `{n|visit|visits}` chooses by the number. All of it is escaped but what `capture`
 * caught, so that a link can stand within a sentence. A missing
 * language, a placeholder without a value or a value without a placeholder does not parse.
 */
class SayTag extends Tag {
  private readonly sentence: Text;
  private readonly values: Hash;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const quoted = [this.tokenizer.readValue(), this.tokenizer.readValue()].map((part) =>
      part && TypeGuards.isQuotedToken(part) ? part.content.trim() : '',
    );
    if (!quoted[0] || !quoted[1]) throw new Error('t wants two sentences in quotes: "日本語" "English"');
    this.sentence = text(quoted[0], quoted[1]);
    this.values = new Hash(this.tokenizer);
    if (this.tokenizer.remaining().trim()) throw new Error(`t does not understand: ${this.tokenizer.remaining()}`);
    const used = new Set([...namesIn(quoted[0]), ...namesIn(quoted[1])]);
    const given = new Set(Object.keys(this.values.hash));
    const missing = [...used].filter((name) => !given.has(name));
    const unused = [...given].filter((name) => !used.has(name));
    if (missing.length) throw new Error(`t has no value for: ${missing.join(', ')}`);
    if (unused.length) throw new Error(`t does not use: ${unused.join(', ')}`);
  }

  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const values = (yield this.values.render(context)) as Record<string, unknown>;
    const language = languageOf(context);
    // Escaped first: no character of a placeholder is one that escaping changes.
    const filled = escapeHtml(this.sentence[language]).replace(
      placeholder,
      (_, name: string, one?: string, many?: string) =>
        one === undefined ? printed(values[name], language) : Number(values[name]) === 1 ? one : many!,
    );
    emitter.write(filled);
  }
}

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Filters that give a Text: printing it says it in the reader's language; nothing in, nothing out. */
function registerFilters(engine: Liquid): void {
  const texts: Record<string, (value: never, ...rest: never[]) => Text> = {
    date_long: (value: string) => dateLong(date(value)),
    date_short: (value: string) => dateShort(date(value)),
    day_range: (from: string, to: string, mode?: string) =>
      (mode === 'short' ? dayRangeShort : dayRange)(date(from), date(to)),
    instant: (value: Moment, zone?: string, mode?: MomentMode) => momentText(value, zone, mode),
    time_range: (from: Moment, to: Moment, zone?: string, named?: boolean) => hours(from, to, zone, named),
    period: (from: Moment, to: Moment, zone: string) => timeRange(instantOf(from), instantOf(to), zone),
    fiscal_year: (value: number, mode?: string) => fiscalYearText(value, mode),
    text: (ja: string, en: string) => text(ja, en),
  };
  for (const [name, filter] of Object.entries(texts)) {
    engine.registerFilter(name, (value: unknown, ...rest: unknown[]) =>
      present(value) ? filter(value as never, ...(rest as never[])) : undefined,
    );
  }
  engine.registerFilter('say', function (value: unknown) {
    return value instanceof Markup ? value : said(value, languageOf(this.context));
  });
  // LiquidJS's own would turn what was captured into a text, which is then escaped again.
  engine.registerFilter('default', (value: unknown, instead: unknown) => {
    const plain = value instanceof Markup ? value.valueOf() : value;
    return present(plain) && plain !== false ? value : instead;
  });
  engine.registerFilter('fill', (pattern: Text, ...pairs: [string, string | number | Text][]) =>
    fill(pattern, Object.fromEntries(pairs)),
  );
}

/** 2027年度（令和9年度） · FY2027 (R9); `short` without the era */
function fiscalYearText(year: number, mode?: string): Text {
  const { label, era } = fiscalYearLabels(year);
  return mode === 'short' ? label : text(`${label.ja}（${era.ja}）`, `${label.en} (${era.en})`);
}

/**
 * The engine of all pages. `language` must be among the globals of a rendering.
 *
 * @param root directory of the templates; `cache` keeps parsed templates and is for running, not for writing them
 */
export function createLiquid({ root, cache }: { root: string; cache: boolean }): Liquid {
  const engine = new Liquid({
    root,
    layouts: root,
    partials: root,
    extname: '.liquid',
    cache,
    relativeReference: false,
    strictFilters: true,
    ownPropertyOnly: true,
    timezoneOffset: 'Asia/Tokyo',
    outputEscape(this: unknown, value: unknown) {
      return printed(value, languageOf((this as { context: Context }).context));
    },
  });
  engine.registerTag('t', SayTag);
  engine.registerTag('capture', CaptureMarkupTag);
  registerFilters(engine);
  return engine;
}
