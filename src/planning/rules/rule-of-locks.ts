import { text } from '../../kernel/text.ts';
import { lockedId, type Lock } from '../instance.ts';
import { whoSits } from './bookings.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rule.ts';

/** What a lock fixes and the plan has otherwise: `start`, `slot`, a seat, … */
export function brokenBy({ instance, plan }: Reading, lock: Lock): string[] {
  const broken: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) broken.push(what);
  };
  const id = lockedId(lock);
  const seatsHold = (
    seats: Record<string, string> | undefined,
    item: { seats: readonly { id: string }[] } | undefined,
    at: { seats?: Record<string, string> } | null,
  ) => {
    for (const [seatId, person] of Object.entries(seats ?? {})) {
      const seat = item?.seats.find((s) => s.id === seatId);
      must(seat !== undefined && at !== null && whoSits(seat, at, plan) === person, seatId);
    }
  };
  if ('meeting' in lock) {
    const at = plan.meetings?.[id] ?? null;
    if (lock.start !== undefined) must(at?.start === lock.start, 'start');
    seatsHold(
      lock.seats,
      instance.meetings.find((meeting) => meeting.id === id),
      at,
    );
  } else if ('assignment' in lock) must(plan.assignments?.[id] === lock.person, 'person');
  else if ('panel' in lock) must(sorted(plan.panels?.[id] ?? []) === sorted(lock.people), 'panel');
  else if ('conference' in lock) must(plan.conferences?.[id]?.day === lock.day, 'day');
  else {
    const at = plan.hearings?.[id] ?? null;
    must(at?.day === lock.day && at.slot === lock.slot, 'slot');
    const hearings = instance.conferences.flatMap((conference) => conference.hearings);
    seatsHold(
      lock.seats,
      hearings.find((hearing) => hearing.id === id),
      at,
    );
  }
  return broken;
}

const sorted = (people: readonly string[]): string => [...people].sort().join();

const locked: Rule = {
  name: 'locked',
  title: text('事務局が決めたこと', 'Fixed by staff'),
  *check(reading) {
    for (const lock of reading.instance.locks)
      for (const what of brokenBy(reading, lock)) yield { rule: 'locked', where: `${lockedId(lock)} ${what}` };
  },
  sentence: ({ days }, names) =>
    days?.length
      ? text(`${names.days(days).ja}に決まっています`, `It is fixed for ${names.days(days).en}`)
      : text('事務局が決めた内容と異なります', 'Staff have fixed it otherwise'),
};

export const rulesOfLocks: readonly Rule[] = [locked];
