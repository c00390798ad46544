import type { Instance } from '../instance.ts';
import type { Problem } from './problem.ts';

/** What the locks fix, by id */
export interface Fixed {
  readonly starts: ReadonlyMap<string, number>;
  /** meeting or hearing → seat → person */
  readonly seats: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly assignments: ReadonlyMap<string, string>;
  readonly panels: ReadonlyMap<string, readonly string[]>;
  readonly conferences: ReadonlyMap<string, number>;
  readonly hearings: ReadonlyMap<string, { day: number; slot: number }>;
  readonly unkeepable: Problem['unkeepable'];
}

/**
 * Reads the locks of an instance without faults. A lock on a seat that holds an assignment fixes the assignment; one on a seat that
 * belongs to somebody else can never be kept.
 */
export function readLocks(instance: Instance): Fixed {
  const starts = new Map<string, number>();
  const seats = new Map<string, Map<string, string>>();
  const assignments = new Map<string, string>();
  const panels = new Map<string, string[]>();
  const conferences = new Map<string, number>();
  const hearings = new Map<string, { day: number; slot: number }>();
  const unkeepable: { index: number; why: 'person' | 'candidate' }[] = [];
  const items = new Map(
    [...instance.meetings, ...instance.conferences.flatMap((conference) => conference.hearings)].map((i) => [i.id, i]),
  );
  const isCandidate = (of: string, person: string) =>
    instance.assignments.find((a) => a.id === of)?.candidates.some((c) => c.person === person) ?? false;

  const fixSeats = (index: number, id: string, wanted: Record<string, string>) => {
    const all = seats.get(id) ?? new Map<string, string>();
    seats.set(id, all);
    for (const [seatId, person] of Object.entries(wanted)) {
      all.set(seatId, person);
      const seat = items.get(id)?.seats.find((s) => s.id === seatId);
      if (!seat || 'panel' in seat) continue;
      if ('person' in seat && seat.person !== person) unkeepable.push({ index, why: 'person' });
      if ('oneOf' in seat && !seat.oneOf.some((c) => c.person === person)) unkeepable.push({ index, why: 'candidate' });
      if (!('assigned' in seat)) continue;
      assignments.set(seat.assigned, person);
      if (!isCandidate(seat.assigned, person)) unkeepable.push({ index, why: 'candidate' });
    }
  };

  instance.locks.forEach((lock, index) => {
    if ('meeting' in lock) {
      if (lock.start !== undefined) starts.set(lock.meeting, lock.start);
      if (lock.seats) fixSeats(index, lock.meeting, lock.seats);
    } else if ('assignment' in lock) {
      assignments.set(lock.assignment, lock.person);
      if (!isCandidate(lock.assignment, lock.person)) unkeepable.push({ index, why: 'candidate' });
    } else if ('panel' in lock) {
      panels.set(lock.panel, lock.people);
      const panel = instance.panels.find((p) => p.id === lock.panel);
      if (!lock.people.every((person) => panel?.candidates.some((c) => c.person === person)))
        unkeepable.push({ index, why: 'candidate' });
    } else if ('conference' in lock) conferences.set(lock.conference, lock.day);
    else {
      hearings.set(lock.hearing, { day: lock.day, slot: lock.slot });
      if (lock.seats) fixSeats(index, lock.hearing, lock.seats);
    }
  });
  return { starts, seats, assignments, panels, conferences, hearings, unkeepable };
}
