import type { TrailEntry } from '../../audit/trail.queries.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { dateLong } from '../../kernel/calendar-date.ts';
import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { localTime } from '../../kernel/zoned-time.ts';
import { rules, type Difference, type Noun } from '../../roster/noun.ts';
import type { Roster } from '../../roster/roster.ts';
import { rosterAddress } from './roster-address.ts';
import type { Change } from './roster-words.ts';
import {
  actorKinds,
  isNoun,
  keyName,
  silentKeys,
  spansText,
  subjectKinds,
  valueText,
  verbNames,
  type ValueWords,
} from './trail-words.ts';
import { addressIn, meetingAddress } from './year-address.ts';

/** What subjects are called: read for the entries of one page only */
export interface TrailNames extends ValueWords {
  readonly rosterThings: Roster;
  readonly meetings: ReadonlyMap<string, Text>;
  readonly milestones: ReadonlyMap<string, Text>;
  readonly cycles: readonly Cycle[];
}

export interface TrailLine {
  readonly number: string;
  readonly time: string;
  readonly who: string;
  /** How it came in, where it was not somebody signed in */
  readonly by: Text | undefined;
  readonly what: Text;
  readonly subject: Text;
  readonly href: string | undefined;
  /** All entries of this subject */
  readonly only: string;
  readonly changes: readonly Change[];
  /** Folded away: many values at once */
  readonly fold: boolean;
}

export interface TrailDay {
  readonly day: Text;
  readonly lines: readonly TrailLine[];
}

const MOST_OPEN = 5;

/** Entries by the day on which they were made, newest first */
export function trailDays(entries: readonly TrailEntry[], names: TrailNames): TrailDay[] {
  const days = Map.groupBy(entries, (entry) => localTime(entry.at.toISOString(), names.zone).day);
  return [...days].map(([day, ofDay]) => ({ day: dateLong(day), lines: ofDay.map((entry) => lineOf(entry, names)) }));
}

function lineOf(entry: TrailEntry, names: TrailNames): TrailLine {
  const { subject, href } = subjectOf(entry.subject, names);
  const changes = changesOf(entry, names);
  return {
    number: entry.number,
    time: localTime(entry.at.toISOString(), names.zone).time,
    who: entry.actor.name,
    by: actorKinds[entry.actor.kind],
    what: verbNames[entry.verb] ?? text(entry.verb, entry.verb),
    subject,
    href,
    only: `/trail?subject=${encodeURIComponent(entry.subject)}`,
    changes,
    fold: changes.length > MOST_OPEN || changes.some(({ before, after }) => lengthOf(before) + lengthOf(after) > 300),
  };
}

const lengthOf = (value: Text | undefined): number => value?.ja.length ?? 0;

/** What a subject is called and where it is; its kind and id where it is gone */
export function subjectOf(subject: string, names: TrailNames): { subject: Text; href: string | undefined } {
  const [kind = '', id = ''] = subject.split('/');
  const called = Object.hasOwn(subjectKinds, kind) ? subjectKinds[kind]! : text(kind, kind);
  const named = (name: Text): Text => fill(text('{kind}：{name}', '{kind}: {name}'), { kind: called, name });
  if (isNoun(kind))
    return { subject: named(names.roster.name(kind as Noun, id)), href: rosterHref(kind as Noun, id, names) };
  switch (kind) {
    case 'meeting':
      return {
        subject: names.meetings.get(id) ?? called,
        href: names.meetings.has(id) ? meetingAddress(id) : undefined,
      };
    case 'milestone':
      return { subject: names.milestones.get(id) ?? called, href: undefined };
    case 'availability':
      return { subject: named(names.roster.name('person', id)), href: `/availability/${id}` };
    case 'staff':
      return { subject: named(names.staff.get(id) ?? text(id, id)), href: '/roster/staff' };
    case 'mail':
      return { subject: called, href: `/mailbox/out/${id}` };
    case 'plan':
    case 'release':
      return { subject: called, href: names.cycles[0] ? addressIn(names.cycles[0], kind) : undefined };
    case 'cycle': {
      const cycle = names.cycles.find((one) => one.id === id);
      return cycle
        ? { subject: named(fiscalYearLabels(cycle.fiscalYear).label), href: addressIn(cycle, 'today') }
        : { subject: called, href: undefined };
    }
    default:
      return { subject: called, href: undefined };
  }
}

function rosterHref(noun: Noun, id: string, { rosterThings }: TrailNames): string | undefined {
  if (noun === 'term') {
    const post = rosterThings.terms.find((term) => term.id === id)?.post;
    return post ? rosterAddress('post', post) : undefined;
  }
  const things = rosterThings[rules[noun].part] as readonly { readonly id: string }[];
  return things.some((thing) => thing.id === id) ? rosterAddress(noun, id) : undefined;
}

function changesOf({ subject, before, after }: TrailEntry, names: TrailNames): Change[] {
  const kind = subject.split('/')[0]!;
  if (kind === 'availability') {
    const [was, is] = [spansText(before), spansText(after)];
    return [{ label: keyName('spans'), before: was.ja ? was : undefined, after: is.ja ? is : undefined }];
  }
  const [was, is] = [asRecord(before), asRecord(after)];
  const columns = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !silentKeys.has(key));
  if (isNoun(kind)) {
    const noun = kind as Noun;
    const order = rules[noun].columns;
    const cells = columns
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
      .map((column): Difference => ({ column, before: cellIn(was, column), after: cellIn(is, column) }));
    return names.roster.changes(noun, cells);
  }
  return columns
    .map((key) => ({ key, before: valueText(key, was[key], names), after: valueText(key, is[key], names) }))
    .filter(({ before: a, after: b }) => a.ja !== b.ja)
    .map(({ key, before: a, after: b }) => ({
      label: keyName(key),
      before: a.ja === '' ? undefined : a,
      after: b.ja === '' ? undefined : b,
    }));
}

const cellIn = (cells: Readonly<Record<string, unknown>>, column: string): string => {
  const value = cells[column];
  return typeof value === 'string' ? value : '';
};

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
