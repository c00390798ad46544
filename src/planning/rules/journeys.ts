import type { Meeting } from '../instance.ts';
import type { Reading, Sitting } from './reading.ts';

export interface Visit extends Sitting {
  readonly meeting: Meeting;
}

/**
 * Where everybody travels. A trip is paid unless a trip of the same person's own brought them to the same place on that day or the
 * day before; between different places there are as many free days as the slower of the two seats asks.
 */
export function journeys({ problem, instance, meetings }: Reading): {
  trips: { person: string; visit: Visit }[];
  hurried: { person: string; visit: Visit; before: Visit; free: number; needed: number }[];
} {
  const visits = new Map<string, Visit[]>();
  for (const { meeting, placed } of meetings) {
    if (!placed || placed.at.online) continue;
    for (const sitting of placed.sittings) {
      const visit = { ...sitting, meeting };
      const mine = visits.get(sitting.person);
      if (mine) mine.push(visit);
      else visits.set(sitting.person, [visit]);
    }
  }
  const { ordinal } = problem.calendar;
  const trips: { person: string; visit: Visit }[] = [];
  const hurried: { person: string; visit: Visit; before: Visit; free: number; needed: number }[] = [];
  for (const [person, list] of visits) {
    list.sort((a, b) => a.first - b.first);
    list.forEach((visit, i) => {
      let there = false;
      for (const before of list.slice(0, i)) {
        if (before.until >= visit.first) continue;
        const free = ordinal[visit.first >> 1]! - ordinal[before.until >> 1]! - 1;
        if (before.meeting.place === visit.meeting.place) {
          there ||= before.seat.trip === true && free <= 0;
          continue;
        }
        const needed = Math.max(...[before, visit].map((v) => freeDays(instance.travel, v, before, visit)));
        if (free < needed) hurried.push({ person, visit, before, free, needed });
      }
      if (visit.seat.trip && !there) trips.push({ person, visit });
    });
  }
  return { trips, hurried };
}

const freeDays = (travel: Record<string, number[][]>, of: Visit, before: Visit, after: Visit): number =>
  of.seat.travel === undefined ? -1 : travel[of.seat.travel]![before.meeting.place]![after.meeting.place]!;
