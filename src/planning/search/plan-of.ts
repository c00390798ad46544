import type { PlacedHearing, PlacedMeeting, Plan } from '../instance.ts';
import type { Problem, ProblemMeeting } from '../problem/problem.ts';
import type { Arrangement } from './conference-draft.ts';
import type { Draft, Placement } from './draft.ts';

/** A draft as a plan with names */
export function planOf(draft: Draft): Plan {
  const { problem } = draft;
  const id = (person: number) => problem.people[person]!;
  const plan: Plan = {
    format: 'meguri-plan/1',
    instance: problem.instance.name,
    meetings: {},
    assignments: {},
    panels: {},
    conferences: {},
    hearings: {},
  };
  for (const assignment of problem.assignments) {
    const holder = draft.holder[assignment.index]!;
    plan.assignments[assignment.id] = holder < 0 ? null : id(holder);
  }
  for (const panel of problem.panels)
    plan.panels[panel.id] = draft.members[panel.index]?.map((i) => id(panel.candidates[i]!.person)) ?? null;
  for (const meeting of problem.meetings) {
    const placement = draft.placement(meeting.index);
    plan.meetings[meeting.id] = placement && placedMeeting(problem, meeting, placement);
  }
  for (const conference of problem.conferences) {
    const { day, hearings } = draft.conferences.arrangement(conference.index);
    plan.conferences[conference.id] = day < 0 ? null : { day };
    conference.hearings.forEach((h, i) => {
      const hearing = problem.hearings[h]!;
      const place = hearings[i]!;
      const seats = hearing.seats.filter((s) => s.kind === 'oneOf');
      const placed: PlacedHearing | null = place && {
        day: place.day,
        slot: place.slot,
        seats: Object.fromEntries(seats.map((s) => [s.id, id(place.seats[s.index]!)])),
      };
      plan.hearings[hearing.id] = placed;
    });
  }
  return plan;
}

export function placedMeeting(problem: Problem, meeting: ProblemMeeting, placement: Placement): PlacedMeeting {
  const { start, online, seats, attending } = placement;
  const placed: PlacedMeeting = { start: start.half, seats: {}, attending: {} };
  for (const s of meeting.seats) {
    if (s.kind === 'oneOf') placed.seats[s.id] = problem.people[seats[s.index]!]!;
    if (s.kind === 'panel') {
      const { candidates } = problem.panels[s.panel]!;
      placed.attending[s.id] = attending[s.index]!.map((i) => problem.people[candidates[i]!.person]!);
    }
  }
  if (online) placed.online = true;
  return placed;
}

/**
 * Puts a plan into an empty draft, as far as it keeps the rules: what does not fit stays undecided. A plan that `judge` finds valid is
 * taken over whole.
 */
export function takeOver(draft: Draft, plan: Plan): void {
  const { problem } = draft;
  const index = (id: string | undefined | null) => (id == null ? -1 : (problem.personIndex.get(id) ?? -1));
  for (const { index: a, id, candidates, loads } of problem.assignments) {
    const person = index(plan.assignments[id]);
    if (candidates.some((c) => c.person === person) && draft.tallies.fullLoad(loads, person) < 0) draft.assign(a, person);
  }
  for (const panel of problem.panels) {
    const members = plan.panels[panel.id]?.map((id) => panel.candidateOf.get(index(id)) ?? -1);
    const free = members?.every((i) => i >= 0 && draft.tallies.fullLoad(panel.loads, panel.candidates[i]!.person) < 0);
    if (members && free) draft.setPanel(panel.index, members);
  }
  for (const meeting of problem.meetings) {
    const at = plan.meetings[meeting.id];
    const placement = at && placementOf(draft, meeting, at, index);
    if (placement) draft.put(meeting, placement);
  }
  for (const conference of problem.conferences) {
    const day = plan.conferences[conference.id]?.day ?? -1;
    if (day < 0 || !conference.firstDays.some((first) => first.day === day)) continue;
    const hearings = conference.hearings.map((h): Arrangement['hearings'][number] => {
      const hearing = problem.hearings[h]!;
      const at = plan.hearings[hearing.id];
      if (!at) return null;
      const seats = hearing.seats.map((s) =>
        s.kind === 'person' ? s.person : s.kind === 'assigned' ? draft.holder[s.assignment]! : index(at.seats[s.id]),
      );
      const fits = seats.every((person) => {
        if (person < 0) return false;
        return draft.diaries.fits(person, draft.conferences.span(conference, at.day, at.slot));
      });
      return fits ? { day: at.day, slot: at.slot, seats } : null;
    });
    draft.arrange(conference.index, { day, hearings });
  }
}

function placementOf(
  draft: Draft,
  meeting: ProblemMeeting,
  at: PlacedMeeting,
  index: (id: string | undefined) => number,
): Placement | undefined {
  const start = meeting.startOfHalf.get(at.start);
  const online = at.online ?? false;
  if (!start || meeting.modeCost[online ? 1 : 0] < 0 || draft.tallies.fullLimit(meeting, start) >= 0) return undefined;
  const seats: number[] = [];
  const attending: (readonly number[])[] = [];
  const all: number[] = [];
  for (const s of meeting.seats) {
    let here: number[] = [];
    let person = -1;
    if (s.kind === 'panel') {
      const { candidateOf, candidates } = draft.problem.panels[s.panel]!;
      const members = draft.members[s.panel];
      if (!members) return undefined;
      here = (at.attending[s.id] ?? []).map((id) => candidateOf.get(index(id)) ?? -1).filter((i) => members.includes(i));
      if (here.length < draft.quorum(s)) return undefined;
      all.push(...here.map((i) => candidates[i]!.person));
    } else {
      person = s.kind === 'person' ? s.person : s.kind === 'assigned' ? draft.holder[s.assignment]! : index(at.seats[s.id]);
      if (person < 0 || (s.kind !== 'person' && !start.options[s.index]!.some((o) => o.person === person))) return undefined;
      all.push(person);
    }
    seats.push(person);
    attending.push(here);
  }
  const bookable = meeting.seats.every((s) => {
    const people = s.kind === 'panel' ? attending[s.index]!.map((i) => panelPerson(draft, s.panel, i)) : [seats[s.index]!];
    return people.every((person) => draft.diaries.fits(person, draft.span(meeting, s, start, online)));
  });
  return bookable && new Set(all).size === all.length ? { start, online, seats, attending } : undefined;
}

const panelPerson = (draft: Draft, panel: number, i: number): number => draft.problem.panels[panel]!.candidates[i]!.person;
