import { firstDayOf, lastDayOf } from '../kernel/fiscal-year.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { activityOf } from '../programme/programme.ts';
import { sayChange, type YearNames } from './say-change.ts';
import { orderedParts, weightedParts } from './weights.ts';
import { isAbout, type YearChange } from './year-change.ts';
import type { YearFacts } from './year-facts.ts';

/** Where in the year a change is written: what people said, windows, one meeting's fixing, or what the year keeps beside its rules */
export type Home = 'availability' | 'window' | 'meeting' | 'rules';

/** What taking a change over into the year would do */
export interface TakeOver {
  readonly change: YearChange;
  readonly text: Text;
  readonly home: Home;
  /** What staff should know before */
  readonly warning: Text | null;
  /** Why it cannot be taken over; null: it can */
  readonly refusal: Text | null;
}

const homes: Partial<Record<YearChange['change'], Home>> = {
  'half-days': 'availability',
  window: 'window',
  unlock: 'meeting',
  fix: 'meeting',
};
export const homeOf = (change: YearChange): Home => homes[change.change] ?? 'rules';

export type TakeOverFacts = Pick<YearFacts, 'cycle' | 'roster' | 'meetings' | 'letters' | 'days' | 'seats'>;

export const takeOverOf = (change: YearChange, facts: TakeOverFacts, names: YearNames): TakeOver => ({
  change,
  text: sayChange(change, names),
  home: homeOf(change),
  warning: warningOf(change, facts, names),
  refusal: refusalOf(change, facts),
});

function warningOf(change: YearChange, { letters, days }: TakeOverFacts, names: YearNames): Text | null {
  if (change.change === 'half-days') {
    const said = letters.get(change.person) ?? '';
    const replaced = days.some((day, n) => {
      if (day < change.from || day > change.to) return false;
      const halves = change.half === 'am' ? [0] : change.half === 'pm' ? [1] : [0, 1];
      return halves.some((half) => !['-', change.state, undefined].includes(said[2 * n + half]));
    });
    const who = names.people.get(change.person) ?? text(change.person, change.person);
    return replaced
      ? text(
          `${who.ja}さんがすでに答えた内容を、事務局の入力で置き換えます。`,
          `What ${who.en} has answered is replaced by an entry of staff.`,
        )
      : null;
  }
  if (change.change === 'fix')
    return text('この会議は事務局が固定した日になります。', 'The meeting will be on a day fixed by staff.');
  return null;
}

const missing = (of: string): Text => text(`「${of}」はこの年度にありません。`, `“${of}” is not in this year.`);

/** Why a change has no place in the year: what it is about is not there, or lies outside the year */
export function refusalOf(change: YearChange, facts: TakeOverFacts): Text | null {
  const { cycle, roster, meetings } = facts;
  const isPerson = (id: string) => roster.people.some((person) => person.id === id);
  switch (change.change) {
    case 'weight':
      return weightedParts(cycle.rules).includes(change.part) ? null : missing(change.part);
    case 'order': {
      const unknown = change.order.flat().find((part) => !orderedParts(cycle.rules).includes(part));
      return unknown === undefined ? null : missing(unknown);
    }
    case 'half-days':
      return isPerson(change.person) ? null : missing(change.person);
    case 'limit':
      return cycle.rules.limits.some(({ id }) => id === change.limit) ? null : missing(change.limit);
    case 'load': {
      const isKnown = cycle.rules.loads.some(({ id }) => id === change.load);
      if (!isKnown) return missing(change.load);
      return change.person === undefined || isPerson(change.person) ? null : missing(change.person);
    }
    case 'window':
      return refusalToWindow(change, facts);
    case 'unlock':
    case 'fix':
      return refusalToMeeting(
        meetings.find((one) => one.key === change.meeting),
        change.meeting,
      );
    case 'forbid':
    case 'allow':
      return isPerson(change.person) ? refusalToPlace(change.of, facts) : missing(change.person);
    default:
      return refusalToPlace(change.of, facts);
  }
}

function refusalToMeeting(meeting: Meeting | undefined, key: string): Text | null {
  if (!meeting) return missing(key);
  return meeting.state === 'cancelled'
    ? text(`「${meeting.title.ja}」は中止されています。`, `“${meeting.title.en}” is cancelled.`)
    : null;
}

function refusalToWindow(
  { of, from, to }: Extract<YearChange, { change: 'window' }>,
  { cycle, meetings }: TakeOverFacts,
): Text | null {
  const meant = meetings.filter((meeting) => isAbout(of, meeting));
  if (meant.length === 0) return missing(of);
  const outside = [from, to].some(
    (day) => day && (day < firstDayOf(cycle.fiscalYear) || day > lastDayOf(cycle.fiscalYear)),
  );
  if (outside) return text('期間が年度の外に出ます。', 'The window would leave the fiscal year.');
  const isBackward = meant.some((meeting) => {
    const [first, last] = [from ?? meeting.windowFrom, to ?? meeting.windowTo];
    return !first || !last || last < first;
  });
  return isBackward ? text('期間の終わりが始まりより前になります。', 'The window would end before it begins.') : null;
}

/** `of`: a meeting, one of its seats, an activity, an assignment or panel of a centre, or everything */
function refusalToPlace(of: string, { cycle, roster, meetings, seats }: TakeOverFacts): Text | null {
  const [key, seat] = of.split(' ') as [string, string | undefined];
  if (of === '*' || (!seat && activityOf(cycle.rules, of))) return null;
  const [pool, centre] = key.split('/');
  const isPool = [...cycle.rules.assignments, ...cycle.rules.panels].some(({ id }) => id === pool);
  if (!seat && isPool && roster.centres.some(({ id }) => id === centre)) return null;
  const meeting = meetings.find((one) => one.key === key);
  const refusal = refusalToMeeting(meeting, key);
  if (refusal || !seat) return refusal;
  return seats.some((one) => one.meetingId === meeting!.id && one.key === seat) ? null : missing(of);
}
