import type { ProblemMeeting, Start } from '../problem/problem.ts';
import type { Draft } from './draft.ts';
import { insertMeeting, putAt } from './insertion.ts';
import type { Move } from './moves.ts';
import { noise, stillCosts, type Chance } from './offers.ts';

/**
 * Puts one meeting on a day that would suit it, whoever else has it now: those in the way are taken out and find another place. It
 * finds the chains (this one there, then that one elsewhere) that rebuilding at random meets too rarely.
 */
export const forceMeeting: Move = (draft, _groups, chance) => {
  const { random } = chance;
  const { meetings } = draft.problem;
  if (!meetings.length) return false;
  const meeting = random.pick(meetings);
  const was = draft.placement(meeting.index);
  const freshPanels = random.next() < 0.7;
  takeWithPanels(draft, meeting, freshPanels);
  const start = promising(draft, meeting, was?.start, chance);
  if (!start) return false;
  const online = meeting.modeCost[0] < 0 || (meeting.modeCost[1] >= 0 && random.next() < 0.1);
  const ejected = inTheWay(draft, meeting, start, online, chance);
  if (!ejected) return false;
  for (const m of ejected) takeWithPanels(draft, meetings[m]!, freshPanels);
  if (!putAt(draft, meeting, start, online)) return false;
  for (const m of random.shuffle([...ejected])) insertMeeting(draft, meetings[m]!, chance);
  return true;
};

function takeWithPanels(draft: Draft, meeting: ProblemMeeting, panels: boolean): void {
  draft.take(meeting);
  if (!panels) return;
  for (const p of meeting.panels)
    if (draft.members[p] && draft.problem.panels[p]!.meetings.every((other) => !draft.placement(other.meeting)))
      draft.setPanel(p, null);
}

/** One of the cheapest starts but the present one, conflicts left aside */
function promising(draft: Draft, meeting: ProblemMeeting, was: Start | undefined, chance: Chance): Start | undefined {
  const costs = stillCosts(draft, meeting, true);
  const loose = { random: chance.random, heat: 2 + 2 * chance.heat };
  let best: Start | undefined;
  let least = Infinity;
  for (let s = 0; s < costs.length; s++) {
    const start = meeting.starts[s]!;
    if (start === was || costs[s] === Infinity) continue;
    const cost = costs[s]! + noise(loose);
    if (cost >= least) continue;
    least = cost;
    best = start;
  }
  return best;
}

/** The meetings that stand in the way of this one, with the best person in each seat; undefined: something else does */
function inTheWay(
  draft: Draft,
  meeting: ProblemMeeting,
  start: Start,
  online: boolean,
  chance: Chance,
): Set<number> | undefined {
  const ejected = new Set<number>();
  const eject = (person: number, seat: ProblemMeeting['seats'][number]): boolean => {
    for (const span of draft.diaries.obstacles(person, draft.span(meeting, seat, start, online))) {
      if (span.meeting < 0) return false;
      ejected.add(span.meeting);
    }
    return true;
  };
  for (const seat of draft.tables[meeting.index]!.seats) {
    let person = seat.person;
    if (seat.kind === 'assigned') person = draft.holder[seat.assignment]!;
    if (seat.kind === 'oneOf') {
      let least = Infinity;
      for (const option of start.options[seat.index]!) {
        const cost = option.cost + noise({ random: chance.random, heat: 1 + chance.heat });
        if (cost >= least) continue;
        least = cost;
        person = option.person;
      }
    }
    if (person < 0 || !eject(person, seat)) return undefined;
  }
  for (const l of draft.tallies.fullLimits(meeting, start)) {
    const sharing = draft.tallies.limitedBy(l).filter((other) => {
      const placed = draft.placement(other.index);
      return placed !== null && draft.tallies.together(l, placed.start, start);
    });
    if (sharing.some((other) => ejected.has(other.index))) continue;
    if (!sharing.length) return undefined;
    ejected.add(chance.random.pick(sharing).index);
  }
  return ejected.size > 4 ? undefined : ejected;
}
