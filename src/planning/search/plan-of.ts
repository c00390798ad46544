import type { PlacedHearing, PlacedMeeting, Plan } from '../instance.ts';
import type { Problem, ProblemMeeting } from '../problem/problem.ts';
import type { Draft, Placement } from './draft.ts';

/** What is decided in a draft */
export type Decided = Pick<Draft, 'problem' | 'holder' | 'members' | 'placement'> & {
  readonly conferences: Pick<Draft['conferences'], 'arrangement'>;
};

/** A draft as it is now, to be read later: much quicker than a plan, which writes everything by name. */
export function decidedIn(draft: Draft): Decided {
  const { problem, conferences } = draft;
  const placements = problem.meetings.map(({ index }) => draft.placement(index));
  const arrangements = problem.conferences.map(({ index }) => conferences.arrangement(index));
  return {
    problem,
    holder: draft.holder.slice(),
    members: draft.members.slice(),
    placement: (meeting) => placements[meeting]!,
    conferences: { arrangement: (conference) => arrangements[conference]! },
  };
}

/** What is decided as a plan with names */
export function planOf(draft: Decided): Plan {
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
