import type { AnySeat, Chosen, PanelSeat, Presence } from '../instance.ts';
import { sumOf, type Lookup } from './lookup.ts';
import { possibleStarts } from './starts.ts';
import type { ProblemMeeting, ProblemSeat } from './problem.ts';

export function compileMeetings(lookup: Lookup): ProblemMeeting[] {
  const { instance, fixed } = lookup;
  const limitsOf = new Map<string, number[]>();
  instance.limits.forEach((limit, index) => {
    for (const id of limit.meetings) limitsOf.set(id, [...(limitsOf.get(id) ?? []), index]);
  });
  const waiting = hearingsWaiting(lookup);
  return instance.meetings.map((meeting, index) => {
    const was = instance.reference?.meetings?.[meeting.id];
    const announced = was ? (seat: string) => was.seats?.[seat] : null;
    const seats = meeting.seats.map((seat, s) => compileSeat(lookup, meeting.id, seat, s, announced));
    const mode = meeting.change.mode ?? 0;
    const draft = {
      index,
      id: meeting.id,
      source: meeting,
      place: meeting.place,
      tripCost: instance.tripCost[meeting.place]!,
      halfDays: meeting.halfDays,
      seats,
      modeCost: [
        was && was.online ? mode : 0,
        meeting.online ? meeting.online.cost + (was && !was.online ? mode : 0) : -1,
      ] as const,
      limits: limitsOf.get(meeting.id) ?? [],
      assignments: [...new Set(seats.map((seat) => seat.assignment))].filter((a) => a >= 0),
      panels: [...new Set(seats.map((seat) => seat.panel))].filter((p) => p >= 0),
      mustBePlaced: fixed.starts.has(meeting.id) || (fixed.seats.get(meeting.id)?.size ?? 0) > 0,
      lockedStart: fixed.starts.get(meeting.id) ?? -1,
      before: waiting.get(index) ?? [],
    };
    const starts = possibleStarts(lookup, draft);
    return { ...draft, starts, startOfHalf: new Map(starts.map((start) => [start.half, start])) };
  });
}

function hearingsWaiting(lookup: Lookup): Map<number, { hearing: number; conference: number; days: number }[]> {
  const waiting = new Map<number, { hearing: number; conference: number; days: number }[]>();
  lookup.instance.conferences.forEach((conference, c) => {
    for (const hearing of conference.hearings)
      for (const { meeting, days } of hearing.after) {
        const m = lookup.meetingIndex.get(meeting)!;
        const entry = { hearing: lookup.hearingIndex.get(hearing.id)!, conference: c, days };
        waiting.set(m, [...(waiting.get(m) ?? []), entry]);
      }
  });
  return waiting;
}

/** @param announced who was announced for a seat; null: the meeting or hearing was not announced */
export function compileSeat(
  lookup: Lookup,
  of: string,
  seat: AnySeat & Presence & (Chosen | PanelSeat),
  index: number,
  announced: ((seat: string) => string | undefined) | null,
): ProblemSeat {
  const { personIndex } = lookup;
  const lockedTo = lookup.fixed.seats.get(of)?.get(seat.id);
  const panel = 'panel' in seat ? lookup.instance.panels[lookup.panelIndex.get(seat.panel)!] : undefined;
  const tagged = 'panel' in seat ? seat.tagged : undefined;
  const differs = (person: string) => (announced && announced(seat.id) !== person ? (seat.change ?? 0) : 0);
  return {
    index,
    id: seat.id,
    kind: 'person' in seat ? 'person' : 'oneOf' in seat ? 'oneOf' : 'assigned' in seat ? 'assigned' : 'panel',
    person: 'person' in seat ? personIndex.get(seat.person)! : -1,
    choices:
      'oneOf' in seat
        ? seat.oneOf.map((choice) => ({
            person: personIndex.get(choice.person)!,
            cost: sumOf(choice.costs) + differs(choice.person),
          }))
        : [],
    assignment: 'assigned' in seat ? lookup.assignmentIndex.get(seat.assigned)! : -1,
    panel: 'panel' in seat ? lookup.panelIndex.get(seat.panel)! : -1,
    tentative: seat.tentative,
    openingOnly: seat.openingOnly ?? false,
    travel: seat.travel === undefined ? null : lookup.instance.travel[seat.travel]!,
    trip: seat.trip ?? false,
    quorum: 'panel' in seat ? { atLeast: seat.atLeast, percent: seat.percent } : { atLeast: 0, percent: 0 },
    absent: 'panel' in seat ? seat.absent : 0,
    tagged:
      tagged && panel
        ? { missing: tagged.missing, has: panel.candidates.map((candidate) => candidate.tags.includes(tagged.tag)) }
        : null,
    loads: 'oneOf' in seat ? (lookup.loadsOf.get(`${of} ${seat.id}`) ?? []) : [],
    locked: lockedTo === undefined ? -1 : personIndex.get(lockedTo)!,
  };
}
