import { text } from '../kernel/text.ts';
import type { Faults } from './fault-list.ts';
import { lockedId, type Hearing, type Instance, type Lock, type Meeting } from './instance.ts';

/** Locks about things that do not exist, and locks that contradict one another */
export function lockFaults(instance: Instance, faults: Faults, attempt: (check: () => void) => void): void {
  const hearings = instance.conferences.flatMap((c) => c.hearings.map((hearing) => ({ hearing, conference: c })));
  const things = new Map<string, { kind: string; item?: Meeting | Hearing }>([
    ...instance.meetings.map((m) => [m.id, { kind: 'meeting', item: m }] as const),
    ...instance.assignments.map((a) => [a.id, { kind: 'assignment' }] as const),
    ...instance.panels.map((p) => [p.id, { kind: 'panel' }] as const),
    ...instance.conferences.map((c) => [c.id, { kind: 'conference' }] as const),
    ...hearings.map(({ hearing }) => [hearing.id, { kind: 'hearing', item: hearing }] as const),
  ]);
  const people = new Set(instance.people.map((person) => person.id));
  const conferenceOf = new Map(hearings.map(({ hearing, conference }) => [hearing.id, conference]));
  /** What is fixed so far: thing → value and where it was fixed */
  const fixed = new Map<string, { value: string; at: number }>();

  const fix = (key: string, value: string, index: number, path: readonly PropertyKey[]) => {
    const before = fixed.get(key);
    if (before && before.value !== value)
      faults.add(path, text(`locks[${before.at}] と矛盾しています`, `This contradicts locks[${before.at}]`));
    else fixed.set(key, { value, at: index });
  };
  const person = (id: string, path: readonly PropertyKey[]) => {
    if (!people.has(id)) faults.add(path, text(`「${id}」という人はいません`, `There is nobody “${id}”`));
  };
  const seats = (wanted: Record<string, string>, of: string, index: number, path: readonly PropertyKey[]) => {
    for (const [seatId, who] of Object.entries(wanted)) {
      const seat = things.get(of)?.item?.seats.find((s) => s.id === seatId);
      const at = [...path, seatId];
      if (!seat || 'panel' in seat)
        faults.add(at, text(`席「${seatId}」はありません`, `There is no seat “${seatId}” for one person`));
      else fix('assigned' in seat ? `person of ${seat.assigned}` : `${of} ${seatId}`, who, index, at);
      person(who, at);
    }
  };
  const slotOf = (lock: Extract<Lock, { hearing: string }>, index: number) => {
    const conference = conferenceOf.get(lock.hearing);
    if (!conference) return;
    const path = ['locks', index];
    if (lock.slot >= conference.slots.length)
      faults.add([...path, 'slot'], text('その枠はありません', 'There is no such slot'));
    fix(`slot of ${lock.hearing}`, `${lock.day} ${lock.slot}`, index, path);
    fix(`${conference.id} ${lock.day} ${lock.slot}`, lock.hearing, index, [...path, 'slot']);
    const day = instance.locks.findIndex((other) => 'conference' in other && other.conference === conference.id);
    const first = instance.locks[day] as { day: number } | undefined;
    if (first && (lock.day < first.day || lock.day >= first.day + conference.dayCount))
      faults.add([...path, 'day'], text(`locks[${day}] と矛盾しています`, `This contradicts locks[${day}]`));
  };

  const check = (lock: Lock, index: number) => {
    const path = ['locks', index] as const;
    const id = lockedId(lock);
    const kind = Object.keys(lock).find((key) =>
      ['meeting', 'assignment', 'panel', 'conference', 'hearing'].includes(key),
    )!;
    if (things.get(id)?.kind !== kind) {
      faults.add([...path, kind], text(`「${id}」はありません`, `There is no “${id}”`));
      return;
    }
    if ('meeting' in lock) {
      if (lock.start !== undefined) {
        if (lock.start >> 1 >= instance.days.length)
          faults.add([...path, 'start'], text('暦の外です', 'Outside the calendar'));
        fix(`start of ${id}`, String(lock.start), index, [...path, 'start']);
      }
      seats(lock.seats ?? {}, id, index, [...path, 'seats']);
    } else if ('assignment' in lock) {
      person(lock.person, [...path, 'person']);
      fix(`person of ${id}`, lock.person, index, [...path, 'person']);
    } else if ('panel' in lock) {
      lock.people.forEach((who, i) => person(who, [...path, 'people', i]));
      fix(`people of ${id}`, [...lock.people].sort().join(' '), index, [...path, 'people']);
    } else if ('conference' in lock) {
      if (lock.day >= instance.days.length) faults.add([...path, 'day'], text('暦の外です', 'Outside the calendar'));
      fix(`day of ${id}`, String(lock.day), index, [...path, 'day']);
    } else {
      slotOf(lock, index);
      seats(lock.seats ?? {}, id, index, [...path, 'seats']);
    }
  };
  instance.locks.forEach((lock, index) => attempt(() => check(lock, index)));
}
