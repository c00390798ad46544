import { dateShort, type CalendarDate } from '../../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Instance } from '../instance.ts';
import type { Charge, Finding, RuleName } from './finding.ts';
import type { Reading } from './reading.ts';

/** A rule that no plan may break: its name for people, how it is checked, and what is said where it stands in the way. */
export interface Rule {
  readonly name: RuleName;
  readonly title: Text;
  check(reading: Reading): Iterable<Finding>;
  sentence(finding: Finding, names: Names): Text;
}

/** A part of a plan's cost: its name for people, what it comes to, and what is said of one charge. */
export interface Part {
  readonly name: string;
  readonly title: Text;
  charge(reading: Reading): Iterable<Charge>;
  sentence(charge: Charge, names: Names): Text;
}

/** Better names than an instance has: of people (by id) and things (meetings, loads, limits, …), where they are known */
export interface Called {
  person?(id: string): Text | undefined;
  thing?(id: string): Text | undefined;
  /** It stands in a plan of which nobody was told yet; where nothing is known, what stands was announced. */
  isUntold?(id: string): boolean;
}

const BETWEEN = ' / ';
/** A name in two languages as an instance has it, in one line: 架空 太郎 / Taro Kaku */
export const inBothLanguages = ({ ja, en }: Text): string => (ja === en ? en : `${ja}${BETWEEN}${en}`);
function fromBothLanguages(name: string): Text {
  const [ja, en, more] = name.split(BETWEEN);
  return ja && en && more === undefined ? { ja, en } : { ja: name, en: name };
}

/** How an instance's things are called in sentences */
export class Names {
  private readonly instance: Instance;
  private readonly called: Called;
  private readonly people: ReadonlyMap<string, string>;
  private readonly limits: ReadonlyMap<string, Instance['limits'][number]>;

  constructor(instance: Instance, called: Called = {}) {
    this.instance = instance;
    this.called = called;
    this.people = new Map(instance.people.map((person) => [person.id, person.name ?? person.id]));
    this.limits = new Map(instance.limits.map((limit) => [limit.id, limit]));
  }

  person(id: string): string {
    return this.people.get(id) ?? id;
  }

  who(id: string): Text {
    return this.called.person?.(id) ?? fromBothLanguages(this.person(id));
  }

  thing(id: string): Text {
    return this.called.thing?.(id) ?? { ja: id, en: id };
  }

  isUntold(id: string): boolean {
    return this.called.isUntold?.(id) ?? false;
  }

  things(ids: readonly string[] = []): Text {
    return joinTexts(ids.map((id) => this.thing(id)));
  }

  /** 架空 太郎、見本 花子 · Taro Kaku, Hanako Mihon; at most five, and how many more */
  list(ids: readonly string[] = []): Text {
    const shown = joinTexts(ids.slice(0, 5).map((id) => this.who(id)));
    const more = ids.length - 5;
    return more > 0 ? { ja: `${shown.ja}ほか${more}名`, en: `${shown.en} and ${more} more` } : shown;
  }

  day(index: number | undefined): Text {
    const day = index === undefined ? undefined : this.instance.days[index];
    return day ? dateShort(day.date as CalendarDate) : text('暦の外', 'outside the calendar');
  }

  days(indexes: readonly number[] = []): Text {
    return joinTexts(indexes.map((index) => this.day(index)));
  }

  /** 7月9日(木)に ·  on Thu 9 Jul: to go into a sentence; nothing where no day is named */
  onDays(indexes: readonly number[] = []): Text {
    const on = this.days(indexes);
    return on.ja ? { ja: `${on.ja}に`, en: ` on ${on.en}` } : on;
  }

  perWeek(limit: string | undefined): boolean {
    return this.limits.get(limit ?? '')?.per === 'week';
  }
}
