import { quorumOf, type Option, type ProblemMeeting, type ProblemSeat, type Start } from '../problem/problem.ts';
import type { Draft, Placement } from './draft.ts';
import { comingCost } from './panel-choice.ts';

/**
 * The best people for a meeting at one start in one mode, all else as it is: everybody who has no alternate, whoever holds the
 * assignments, the oneOf seats chosen anew and of the panels those who come.
 * @returns undefined: it is not possible there
 */
export function seat(draft: Draft, meeting: ProblemMeeting, start: Start, online: boolean): Placement | undefined {
  if (meeting.modeCost[online ? 1 : 0] < 0) return undefined;
  if (draft.tallies.fullLimit(meeting, start) >= 0 || draft.conferences.tooLateFor(meeting, start) >= 0)
    return undefined;
  const seats = meeting.seats.map(() => -1);
  const taken = new Set<number>();
  for (const s of meeting.seats) {
    if (s.kind !== 'person' && s.kind !== 'assigned') continue;
    const person = s.kind === 'person' ? s.person : draft.holder[s.assignment]!;
    if (person < 0 || taken.has(person)) return undefined;
    if (s.kind === 'assigned' && !start.options[s.index]!.some((option) => option.person === person)) return undefined;
    if (!fits(draft, meeting, s, person, start, online)) return undefined;
    taken.add(person);
    seats[s.index] = person;
  }
  if (!chooseSeats(draft, meeting, start, online, seats, taken)) return undefined;
  const attending = attendanceOf(draft, meeting, start, online, taken);
  return attending && { start, online, seats, attending };
}

/**
 * Who comes of each panel of a meeting, by seat.
 * @param taken people in its other seats; those who come are added
 * @returns undefined: a quorum cannot be had
 */
export function attendanceOf(
  draft: Draft,
  meeting: ProblemMeeting,
  start: Start,
  online: boolean,
  taken: Set<number>,
): (readonly number[])[] | undefined {
  const attending: (readonly number[])[] = meeting.seats.map(() => []);
  for (const s of meeting.seats) {
    if (s.kind !== 'panel') continue;
    const here = attendance(draft, meeting, s, start, online, taken);
    if (!here) return undefined;
    for (const i of here) taken.add(draft.problem.panels[s.panel]!.candidates[i]!.person);
    attending[s.index] = here;
  }
  return attending;
}

export const fits = (draft: Draft, m: ProblemMeeting, s: ProblemSeat, person: number, start: Start, online: boolean) =>
  draft.isSolo(person) || draft.diaries.fits(person, draft.span(m, s, start, online));

/** What somebody costs in a oneOf seat, the trips and load that follow included; Infinity: not possible */
export function optionCost(
  draft: Draft,
  meeting: ProblemMeeting,
  s: ProblemSeat,
  { person, cost }: Option,
  start: Start,
  online: boolean,
): number {
  let total = cost;
  if (s.loads.length) {
    if (draft.tallies.fullLoad(s.loads, person) >= 0) return Infinity;
    total += draft.tallies.loadDifference(s.loads, person);
  }
  if (draft.isSolo(person) && !s.trip) return total;
  const span = draft.span(meeting, s, start, online);
  return draft.diaries.fits(person, span) ? total + draft.diaries.tripDifference(person, span) : Infinity;
}

/** Fills the oneOf seats so that nobody sits twice and the sum is least. */
function chooseSeats(
  draft: Draft,
  meeting: ProblemMeeting,
  start: Start,
  online: boolean,
  seats: number[],
  taken: Set<number>,
): boolean {
  const open = meeting.seats.filter((s) => s.kind === 'oneOf');
  const priced = open.map((s) =>
    start.options[s.index]!.flatMap((option) => {
      const cost = taken.has(option.person) ? Infinity : optionCost(draft, meeting, s, option, start, online);
      return cost === Infinity ? [] : [{ person: option.person, cost }];
    }).sort((a, b) => a.cost - b.cost),
  );
  if (priced.some((list) => !list.length)) return false;
  /** The least that the seats from i on can cost */
  const rest = new Array<number>(open.length + 1).fill(0);
  for (let i = open.length - 1; i >= 0; i--) rest[i] = rest[i + 1]! + priced[i]![0]!.cost;
  let least = Infinity;
  let best: number[] = [];
  const chosen: number[] = [];
  const choose = (i: number, cost: number): void => {
    if (cost + rest[i]! >= least) return;
    if (i === open.length) {
      least = cost;
      best = [...chosen];
      return;
    }
    for (const option of priced[i]!) {
      if (chosen.includes(option.person)) continue;
      chosen.push(option.person);
      choose(i + 1, cost + option.cost);
      chosen.pop();
    }
  };
  choose(0, 0);
  if (least === Infinity) return false;
  open.forEach((s, i) => {
    seats[s.index] = best[i]!;
    taken.add(best[i]!);
  });
  return true;
}

/**
 * Which members come: those for whom it costs no more than staying away, then as many as the quorum still needs, and somebody wanted
 * if that pays. Exact, since members do not depend on one another.
 */
function attendance(
  draft: Draft,
  meeting: ProblemMeeting,
  s: ProblemSeat,
  start: Start,
  online: boolean,
  taken: ReadonlySet<number>,
): readonly number[] | undefined {
  const members = draft.members[s.panel];
  if (!members) return undefined;
  const { candidates } = draft.problem.panels[s.panel]!;
  const quorum = quorumOf(s.quorum, members.length);
  const here: number[] = [];
  const dear: { i: number; more: number }[] = [];
  for (const i of members) {
    const { person } = candidates[i]!;
    if (taken.has(person)) continue;
    const cost = comingCost(draft, meeting, s, start, online, i, person);
    if (cost <= s.absent) here.push(i);
    else if (cost !== Infinity) dear.push({ i, more: cost - s.absent });
  }
  dear.sort((a, b) => a.more - b.more);
  if (here.length + dear.length < quorum) return undefined;
  const { tagged } = s;
  if (tagged && !here.some((i) => tagged.has[i])) {
    const asked = dear.splice(0, Math.max(0, quorum - here.length));
    const wanted = dear.findIndex(({ i }) => tagged.has[i]);
    if (wanted >= 0 && !asked.some(({ i }) => tagged.has[i])) {
      // somebody wanted either comes on top or instead of the dearest of those whom the quorum needs
      const spared = asked.at(-1)?.more ?? 0;
      if (dear[wanted]!.more - spared < tagged.missing) {
        if (asked.length) asked.pop();
        asked.push(dear[wanted]!);
      }
    }
    return [...here, ...asked.map(({ i }) => i)].sort((a, b) => a - b);
  }
  const asked = dear.slice(0, Math.max(0, quorum - here.length));
  return [...here, ...asked.map(({ i }) => i)].sort((a, b) => a - b);
}
