import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import type { Ask } from './asks.ts';
import { lockedId, type Instance } from './instance.ts';
import type { YearChange } from './year-change.ts';

/**
 * What the planner proposes to ask for, as a change of the year: indexes of one instance become dates and keys, which mean the same
 * whatever the calendar is.
 * @throws RangeError where the ask is not about this instance
 */
export function changeOfAsk(instance: Instance, ask: Ask): YearChange {
  const day = (index: number): CalendarDate => {
    const date = parseDate(instance.days[index]?.date ?? '');
    if (!date) throw new RangeError(`there is no day ${index}`);
    return date;
  };
  switch (ask.ask) {
    case 'half-day': {
      const on = day(ask.half >> 1);
      const half = ask.half % 2 === 0 ? 'am' : 'pm';
      return { change: 'half-days', person: ask.person, from: on, to: on, half, state: 't' };
    }
    case 'open-day':
      return { change: 'open', of: ask.of, from: day(ask.day), to: day(ask.day) };
    case 'window':
      return {
        change: 'window',
        of: ask.of,
        ...(ask.from === undefined ? {} : { from: day(ask.from) }),
        ...(ask.to === undefined ? {} : { to: day(ask.to) }),
      };
    case 'limit':
      return { change: 'limit', limit: ask.limit, most: ask.most };
    case 'load':
      return { change: 'load', load: ask.load, person: ask.person, most: ask.most };
    case 'quorum':
      return { change: 'quorum', of: ask.of, atLeast: ask.atLeast };
    case 'online':
      return { change: 'online', of: ask.meeting, allowed: true };
    case 'unlock':
      return unlocking(instance, ask.lock);
  }
}

function unlocking(instance: Instance, index: number): YearChange {
  const lock = instance.locks[index];
  if (lock && ('conference' in lock || 'hearing' in lock)) return { change: 'unlock', meeting: lockedId(lock) };
  if (!lock || !('meeting' in lock)) throw new RangeError(`lock ${index} fixes no meeting`);
  const { meeting, start, seats } = lock;
  // the day is what stands in the way first; whoever staff put into a seat stays unless only that was fixed
  return start !== undefined || !seats
    ? { change: 'unlock', meeting }
    : { change: 'unlock', meeting, seats: Object.keys(seats) };
}
