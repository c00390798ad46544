import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import { fill, text, type Text } from '../kernel/text.ts';
import type { Verb } from './verb.ts';

/** Wrong usage or input: every fault at once, and nothing was done. */
export class UsageFaults extends Error {
  readonly faults: readonly Text[];

  constructor(faults: readonly Text[]) {
    super(faults.map((fault) => fault.en).join('\n'));
    this.name = 'UsageFaults';
    this.faults = faults;
  }
}

export type RawFlags = Readonly<Record<string, readonly string[] | true>>;

/**
 * What was typed after a verb, read value by value. Faults are collected; `done` throws them all together, so that whoever typed them
 * corrects them in one go. A verb reads everything before it opens the house.
 */
export class Given {
  readonly #verb: Verb;
  readonly #words: readonly string[];
  readonly #flags: RawFlags;
  readonly #faults: Text[] = [];

  constructor(verb: Verb, words: readonly string[], flags: RawFlags) {
    this.#verb = verb;
    this.#words = words;
    this.#flags = flags;
    for (const [i, { name, optional }] of (verb.parameters ?? []).entries())
      if (!optional && (words[i] ?? '') === '')
        this.fault(fill(text('{name} を指定してください。', '{name} is missing.'), { name }));
    // nothing that people type has these, and PostgreSQL takes no NUL
    // oxlint-disable-next-line no-control-regex
    if ([...words, ...Object.values(flags).flatMap((f) => (f === true ? [] : f))].some((v) => /[\u0000\u001b]/.test(v)))
      this.fault(text('制御文字は使えません。', 'Control characters cannot be used.'));
  }

  fault(fault: Text): void {
    this.#faults.push(fault);
  }

  /** @throws UsageFaults with everything that was found so far */
  done(): void {
    if (this.#faults.length > 0) throw new UsageFaults(this.#faults);
  }

  /** The word in the place of a parameter; empty where it is missing, which `done` reports */
  word(name: string): string {
    return this.words(name)[0] ?? '';
  }

  words(name: string): readonly string[] {
    const parameters = this.#verb.parameters ?? [];
    const at = parameters.findIndex((parameter) => parameter.name === name);
    if (at < 0) throw new Error(`${this.#verb.path} has no ${name}`);
    return parameters[at]!.many ? this.#words.slice(at) : this.#words.slice(at, at + 1);
  }

  /** A word that must be one of these; undefined where it is not, which `done` reports */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const typed = this.word(name);
    const chosen = choices.find((choice) => choice === typed);
    if (typed !== '' && chosen === undefined) this.#notOneOf(name, typed, choices);
    return chosen;
  }

  on(name: string): boolean {
    return this.#raw(name) !== undefined;
  }

  text(name: string): string | undefined {
    const given = this.#raw(name);
    if (given === undefined || given === true) return undefined;
    if (given.length > 1)
      this.fault(fill(text('--{name} は1回だけ指定してください。', '--{name} is given more than once.'), { name }));
    return given[0];
  }

  /** Where the flag must be there; empty where it is missing */
  needed(name: string): string {
    const given = this.text(name);
    if (given === undefined || given.trim() === '')
      this.fault(fill(text('--{name} を指定してください。', '--{name} is missing.'), { name }));
    return given ?? '';
  }

  list(name: string): readonly string[] {
    const given = this.#raw(name);
    return given === undefined || given === true ? [] : given;
  }

  integer(name: string, least: number, most: number): number | undefined {
    const typed = this.text(name);
    if (typed === undefined) return undefined;
    const value = Number(typed);
    if (/^-?\d{1,15}$/.test(typed) && value >= least && value <= most) return value;
    this.fault(
      fill(
        text(
          '--{name} は {least} から {most} までの整数にしてください（今は「{typed}」）。',
          '--{name} must be a whole number from {least} to {most} (it is “{typed}”).',
        ),
        { name, least, most, typed },
      ),
    );
    return undefined;
  }

  /** A fiscal year in four digits */
  year(name = 'year'): number | undefined {
    return this.integer(name, 2007, 2100);
  }

  day(name: string): CalendarDate | undefined {
    const typed = this.text(name);
    return typed === undefined ? undefined : this.#day(`--${name}`, typed);
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const typed = this.text(name);
    if (typed === undefined || (choices as readonly string[]).includes(typed)) return typed as T | undefined;
    this.#notOneOf(`--${name}`, typed, choices);
    return undefined;
  }

  /** Faults where more than one of these flags is there */
  atMostOneOf(...names: readonly string[]): void {
    const there = names.filter((name) => this.on(name));
    if (there.length < 2) return;
    const list = there.map((name) => `--${name}`);
    this.fault({ ja: `${list.join(' と ')} は同時に使えません。`, en: `${list.join(' and ')} exclude each other.` });
  }

  #day(name: string, typed: string): CalendarDate | undefined {
    const day = parseDate(typed);
    if (!day)
      this.fault(
        fill(
          text(
            '{name} は「2027-07-09」のように実在する日付にしてください（今は「{typed}」）。',
            '{name} must be a day that exists, such as 2027-07-09 (it is “{typed}”).',
          ),
          { name, typed },
        ),
      );
    return day;
  }

  #notOneOf(name: string, typed: string, choices: readonly string[]): void {
    this.fault(
      fill(
        text(
          '{name} は次のいずれかにしてください：{choices}（今は「{typed}」）。',
          '{name} must be one of {choices} (it is “{typed}”).',
        ),
        { name, typed, choices: choices.join(', ') },
      ),
    );
  }

  #raw(name: string): readonly string[] | true | undefined {
    if (!(this.#verb.flags ?? []).some((flag) => flag.name === name))
      throw new Error(`${this.#verb.path} has no --${name}`);
    return Object.hasOwn(this.#flags, name) ? this.#flags[name] : undefined;
  }
}
