import type { Meeting } from '../instance.ts';
import type { Finding } from '../rules/finding.ts';
import type { Lookup } from './lookup.ts';
import {
  CANNOT,
  IF_NEED_BE,
  quorumOf,
  stateOf,
  type Option,
  type ProblemMeeting,
  type ProblemSeat,
  type Start,
} from './problem.ts';

type Timed = Pick<Meeting, 'id' | 'from' | 'to' | 'closed'>;
/** A half day in which a meeting cannot begin whatever the rest of the plan is */
export interface Impossible {
  readonly half: number;
  readonly findings: readonly Finding[];
}

type Draft = Pick<ProblemMeeting, 'source' | 'halfDays' | 'seats' | 'lockedStart'>;

/**
 * Days inside the window, consecutive, none of them closed.
 * @param dayCount of the calendar
 */
export function daysFindings(
  item: Timed,
  calendar: { dayCount: number; ordinal: Int32Array },
  first: number,
  last: number,
): Finding[] {
  const findings: Finding[] = [];
  const where = item.id;
  if (first < item.from || last > item.to || first < 0 || last >= calendar.dayCount) {
    findings.push({ rule: 'window', where, days: [first] });
    if (first < 0 || last >= calendar.dayCount) return findings;
  }
  const shut: number[] = [];
  const gaps: number[] = [];
  for (let day = first; day <= last; day++) {
    if (item.closed.includes(day)) shut.push(day);
    if (day > first && calendar.ordinal[day]! - calendar.ordinal[day - 1]! !== 1) gaps.push(day);
  }
  if (shut.length) findings.push({ rule: 'closed', where, days: shut });
  if (gaps.length) findings.push({ rule: 'consecutive', where, days: gaps });
  return findings;
}

/**
 * Every half day of the window in which the meeting could begin by its own form (a morning where it must), either ready to be used
 * or with everything that forbids it.
 */
export function explainedStarts(lookup: Lookup, meeting: Draft): (Start | Impossible)[] {
  const { source } = meeting;
  const among = meeting.seats.map((seat) => peopleOf(lookup, seat));
  const starts = [];
  const step = source.startsIn === 'morning' ? 2 : 1;
  for (let half = 2 * Math.max(0, source.from); half <= 2 * source.to + 1; half += step)
    starts.push(explainedStart(lookup, meeting, half, among));
  return starts;
}

/** The half days in which the meeting can begin, as `explainedStarts` has them, without the reasons against the others */
export function possibleStarts(lookup: Lookup, meeting: Draft): Start[] {
  const { source, lockedStart, halfDays } = meeting;
  const { calendar, can } = lookup;
  const closed = new Set(source.closed);
  const alone = meeting.seats.filter((seat) => seat.kind === 'person');
  const among = meeting.seats.map((seat) => peopleOf(lookup, seat));
  const starts: Start[] = [];
  const step = source.startsIn === 'morning' ? 2 : 1;
  const end = Math.min(2 * Math.min(source.to, calendar.dayCount - 1) + 1, 2 * source.to + 1) - halfDays + 1;
  for (let half = 2 * Math.max(0, source.from); half <= end; half += step) {
    if (lockedStart >= 0 && lockedStart !== half) continue;
    if (closed.has(half >> 1) || closed.has((half + halfDays - 1) >> 1)) continue;
    // most half days fail here, before anything is made
    const last = (seat: ProblemSeat) => (seat.openingOnly ? half : half + halfDays - 1);
    if (alone.some((seat) => stateOf(can[seat.person]!, half, last(seat)) === CANNOT)) continue;
    const start = explainedStart(lookup, meeting, half, among, starts.length);
    if ('base' in start) starts.push(start);
  }
  return starts;
}

/** For all seats where there is nothing to say, of which a large year has hundreds of thousands */
const NOBODY: readonly Option[] = [];
const NO_STATES = new Uint8Array(0);

/**
 * @param among who there is for each seat, worked out once for all starts
 * @param index of the start among the meeting's, where it is one of them
 */
export function explainedStart(
  lookup: Lookup,
  meeting: Draft,
  half: number,
  among: readonly (readonly Option[])[] = meeting.seats.map((seat) => peopleOf(lookup, seat)),
  index = -1,
): Start | Impossible {
  const { calendar, can } = lookup;
  const { source, seats } = meeting;
  const last = half + meeting.halfDays - 1;
  const firstDay = half >> 1;
  const lastDay = last >> 1;
  const findings = daysFindings(source, calendar, firstDay, lastDay);
  const name = (person: number) => lookup.instance.people[person]!.id;
  if (source.startsIn === 'morning' && half % 2) findings.push({ rule: 'morning', where: source.id });
  if (meeting.lockedStart >= 0 && meeting.lockedStart !== half)
    findings.push({ rule: 'locked', where: source.id, days: [meeting.lockedStart >> 1] });
  let base = movedCost(lookup, source, half);
  const options: (readonly Option[])[] = [];
  const panel: Uint8Array[] = [];
  for (const seat of seats) {
    const where = `${source.id} ${seat.id}`;
    const until = seat.openingOnly ? half : last;
    const state = (person: number) => stateOf(can[person]!, half, until);
    let mine = NOBODY;
    let states = NO_STATES;
    if (seat.kind === 'person') {
      const at = state(seat.person);
      if (at === CANNOT) findings.push({ rule: 'available', where, people: [name(seat.person)] });
      if (at === IF_NEED_BE) base += seat.tentative;
    } else if (seat.kind === 'panel') {
      states = statesOfAll(among[seat.index]!, state);
      const lacking = quorumFinding(lookup, seat, states, where);
      if (lacking) findings.push(lacking);
    } else {
      const people = among[seat.index]!;
      mine = withStates(people, state, seat.tentative);
      if (!mine.length) findings.push({ rule: 'available', where, people: people.map((p) => name(p.person)) });
    }
    options.push(mine);
    panel.push(states);
  }
  if (findings.length) return { half, findings };
  return { index, half, last, firstDay, lastDay, base, options, panel };
}

/** Candidates for a seat, whatever the start; of panels all, in their order */
function peopleOf(lookup: Lookup, seat: ProblemSeat): readonly Option[] {
  if (seat.kind === 'panel') return panelPeople(lookup, seat);
  if (seat.kind === 'oneOf') return allowed(seat, seat.choices);
  return seat.kind === 'assigned' ? assignees(lookup, seat) : [];
}

const allowed = (seat: ProblemSeat, people: readonly Option[]): readonly Option[] =>
  people.filter(({ person }) => seat.locked < 0 || seat.locked === person);

/** Those who can come, with what it costs if only on a △; a large year asks this a million times */
function withStates(people: readonly Option[], state: (person: number) => number, tentative: number): Option[] {
  const able: Option[] = [];
  for (const option of people) {
    const at = state(option.person);
    if (at === CANNOT) continue;
    able.push(at === IF_NEED_BE && tentative ? { person: option.person, cost: option.cost + tentative } : option);
  }
  return able;
}

function statesOfAll(people: readonly Option[], state: (person: number) => number): Uint8Array<ArrayBuffer> {
  const states = new Uint8Array(people.length);
  for (let i = 0; i < states.length; i++) states[i] = state(people[i]!.person);
  return states;
}

function movedCost({ instance }: Lookup, meeting: Meeting, half: number): number {
  const was = instance.reference?.meetings?.[meeting.id];
  if (!was || was.start === half) return 0;
  const { moved, perDay, perDayMost } = meeting.change;
  return moved + Math.min(perDayMost, perDay * Math.abs((was.start >> 1) - (half >> 1)));
}

const panelPeople = ({ instance, personIndex }: Lookup, seat: ProblemSeat): Option[] =>
  instance.panels[seat.panel]!.candidates.map(({ person }) => ({ person: personIndex.get(person)!, cost: 0 }));

function assignees({ instance, personIndex, fixed }: Lookup, seat: ProblemSeat): Option[] {
  const assignment = instance.assignments[seat.assignment]!;
  const lockedTo = fixed.assignments.get(assignment.id);
  return assignment.candidates
    .filter((candidate) => lockedTo === undefined || candidate.person === lockedTo)
    .map((candidate) => ({ person: personIndex.get(candidate.person)!, cost: 0 }));
}

/** No panel of any allowed size has its quorum there. */
function quorumFinding(lookup: Lookup, seat: ProblemSeat, states: Uint8Array, where: string): Finding | undefined {
  const panel = lookup.instance.panels[seat.panel]!;
  const lockedTo = lookup.fixed.panels.get(panel.id);
  const isOpen = (i: number) => !lockedTo || lockedTo.includes(panel.candidates[i]!.person);
  let present = 0;
  for (let i = 0; i < states.length; i++) if (states[i] !== CANNOT && isOpen(i)) present++;
  const least = lockedTo ? lockedTo.length : panel.min;
  const most = lockedTo ? lockedTo.length : Math.min(panel.max, states.length);
  for (let size = least; size <= most; size++)
    if (Math.min(present, size) >= quorumOf(seat.quorum, size)) return undefined;
  return {
    rule: 'panel-quorum',
    where,
    people: panel.candidates.flatMap(({ person }, i) => (states[i] === CANNOT && isOpen(i) ? [person] : [])),
    count: present,
    wanted: quorumOf(seat.quorum, least),
  };
}
