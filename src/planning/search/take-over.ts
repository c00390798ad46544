import type { PlacedMeeting, Plan } from '../instance.ts';
import { CANNOT, type ProblemConference, type ProblemMeeting, type ProblemPanel } from '../problem/problem.ts';
import type { HearingPlace } from './conference-draft.ts';
import type { Draft, Placement } from './draft.ts';

type Index = (id: string | null | undefined) => number;

/**
 * Puts a plan into an empty draft, as far as it keeps the rules: what does not fit stays undecided. A plan that `judge` finds valid is
 * taken over whole.
 * @param before what goes in before the rest, so that the rest gives way
 */
export function takeOver(draft: Draft, plan: Plan, before: (id: string) => boolean = () => false): void {
  const { problem } = draft;
  const index: Index = (id) => (id == null ? -1 : (problem.personIndex.get(id) ?? -1));
  for (const { index: a, id, candidates, loads } of inOrder(problem.assignments, before)) {
    const person = index(plan.assignments[id]);
    const isFree = draft.tallies.fullLoad(loads, person) < 0;
    if (candidates.some((c) => c.person === person) && isFree) draft.assign(a, person);
  }
  for (const panel of inOrder(problem.panels, before)) {
    const members = plan.panels[panel.id]?.map((id) => panel.candidateOf.get(index(id)) ?? -1);
    if (members && panelStands(draft, panel, members)) draft.setPanel(panel.index, members);
  }
  for (const meeting of inOrder(problem.meetings, before)) {
    const at = plan.meetings[meeting.id];
    const placement = at && placementOf(draft, meeting, at, index);
    if (placement) draft.put(meeting, placement);
  }
  for (const conference of problem.conferences) {
    const day = plan.conferences[conference.id]?.day ?? -1;
    if (!conference.firstDays.some((first) => first.day === day)) continue;
    const hearings: (HearingPlace | null)[] = [];
    for (const h of conference.hearings) {
      const place = hearingPlace(draft, plan, conference, h, day, index);
      const isTaken = hearings.some((other) => other && other.day === place?.day && other.slot === place.slot);
      hearings.push(isTaken ? null : place);
    }
    draft.arrange(conference.index, { day, hearings });
  }
}

const inOrder = <T extends { id: string }>(things: readonly T[], before: (id: string) => boolean): T[] => [
  ...things.filter(({ id }) => before(id)),
  ...things.filter(({ id }) => !before(id)),
];

function panelStands(draft: Draft, panel: ProblemPanel, members: readonly number[]): boolean {
  const { min, max } = panel.source;
  if (members.length < min || members.length > max || new Set(members).size !== members.length) return false;
  if (members.some((i) => i < 0 || draft.tallies.fullLoad(panel.loads, panel.candidates[i]!.person) >= 0)) return false;
  return members.reduce((covered, i) => covered | panel.covers[i]!, 0) === panel.allNeeds;
}

function placementOf(draft: Draft, meeting: ProblemMeeting, at: PlacedMeeting, index: Index): Placement | undefined {
  const start = meeting.startOfHalf.get(at.start);
  const online = at.online ?? false;
  if (!start || meeting.modeCost[online ? 1 : 0] < 0 || draft.tallies.fullLimit(meeting, start) >= 0) return undefined;
  const seats = meeting.seats.map((seat) =>
    seat.kind === 'person'
      ? seat.person
      : seat.kind === 'assigned'
        ? draft.holder[seat.assignment]!
        : index(at.seats?.[seat.id]),
  );
  const attending: (readonly number[])[] = [];
  const people: number[] = [];
  for (const seat of meeting.seats) {
    const span = draft.span(meeting, seat, start, online);
    const mine: number[] = [];
    let here: number[] = [];
    if (seat.kind === 'panel') {
      const { candidateOf, candidates } = draft.problem.panels[seat.panel]!;
      const members = draft.members[seat.panel];
      if (!members) return undefined;
      const states = start.panel[seat.index]!;
      const named = (at.attending?.[seat.id] ?? []).map((id) => candidateOf.get(index(id)) ?? -1);
      here = members.filter((i) => named.includes(i) && states[i] !== CANNOT);
      if (here.length < draft.quorum(seat)) return undefined;
      mine.push(...here.map((i) => candidates[i]!.person));
    } else {
      const person = seats[seat.index]!;
      const isOption = seat.kind === 'person' || start.options[seat.index]!.some((o) => o.person === person);
      if (person < 0 || !isOption || draft.tallies.fullLoad(seat.loads, person) >= 0) return undefined;
      mine.push(person);
    }
    if (!mine.every((person) => draft.diaries.fits(person, span))) return undefined;
    people.push(...mine);
    attending.push(here);
  }
  return new Set(people).size === people.length ? { start, online, seats, attending } : undefined;
}

function hearingPlace(
  draft: Draft,
  plan: Plan,
  conference: ProblemConference,
  h: number,
  firstDay: number,
  index: Index,
): HearingPlace | null {
  const { problem } = draft;
  const hearing = problem.hearings[h]!;
  const at = plan.hearings[hearing.id];
  const slot = at && conference.slots[at.slot];
  if (!slot || at.day < firstDay || at.day >= firstDay + conference.dayCount) return null;
  const { ordinal } = problem.calendar;
  const isTooSoon = hearing.after.some(({ meeting, days }) => {
    const placement = draft.placement(meeting);
    return placement !== null && ordinal[firstDay]! - ordinal[placement.start.lastDay]! < days;
  });
  if (isTooSoon) return null;
  const seats = hearing.seats.map((seat) =>
    seat.kind === 'person'
      ? seat.person
      : seat.kind === 'assigned'
        ? draft.holder[seat.assignment]!
        : index(at.seats?.[seat.id]),
  );
  const span = draft.conferences.span(conference, at.day, at.slot);
  const canSit = hearing.seats.every((seat) => {
    const person = seats[seat.index]!;
    if (person < 0 || (seat.kind === 'oneOf' && !seat.choices.some((c) => c.person === person))) return false;
    if (draft.tallies.fullLoad(seat.loads, person) >= 0) return false;
    return problem.can[person]![2 * at.day + slot.half] !== CANNOT && draft.diaries.fits(person, span);
  });
  return canSit && new Set(seats).size === seats.length ? { day: at.day, slot: at.slot, seats } : null;
}
