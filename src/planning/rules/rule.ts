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

/** How an instance's things are called in sentences */
export class Names {
  private readonly instance: Instance;
  private readonly people: ReadonlyMap<string, string>;
  private readonly limits: ReadonlyMap<string, Instance['limits'][number]>;

  constructor(instance: Instance) {
    this.instance = instance;
    this.people = new Map(instance.people.map((person) => [person.id, person.name ?? person.id]));
    this.limits = new Map(instance.limits.map((limit) => [limit.id, limit]));
  }

  person(id: string): string {
    return this.people.get(id) ?? id;
  }

  /** 架空 太郎、見本 花子 · Taro Kaku, Hanako Mihon; at most five, and how many more */
  list(ids: readonly string[] = []): Text {
    const shown = ids.slice(0, 5).map((id) => this.person(id));
    const more = ids.length - shown.length;
    return {
      ja: shown.join('、') + (more ? `ほか${more}名` : ''),
      en: shown.join(', ') + (more ? ` and ${more} more` : ''),
    };
  }

  day(index: number | undefined): Text {
    const day = index === undefined ? undefined : this.instance.days[index];
    return day ? dateShort(day.date as CalendarDate) : text('暦の外', 'outside the calendar');
  }

  days(indexes: readonly number[] = []): Text {
    return joinTexts(indexes.map((index) => this.day(index)));
  }

  perWeek(limit: string | undefined): boolean {
    return this.limits.get(limit ?? '')?.per === 'week';
  }
}
