import { CAN, CANNOT, DAY, IF_NEED_BE } from './problem.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string, at: Date): readonly [number, number] {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
  }
  const [hours, minutes] = clock.format(at).split(':').map(Number);
  return [hours!, minutes!];
}

/** The instant at which clocks in `zone` show `at` on `date`; away from changes to and from summer time */
function instant(zone: string, date: string, at: string): Date {
  const asUtc = new Date(`${date}T${at}:00Z`);
  const [hours, minutes] = clockIn(zone, asUtc);
  const shown = hours * 60 + minutes;
  const wanted = asUtc.getUTCHours() * 60 + asUtc.getUTCMinutes();
  const ahead = ((shown - wanted + DAY / 2 + DAY) % DAY) - DAY / 2;
  return new Date(asUtc.getTime() - ahead * 60_000);
}

/**
 * How awake somebody is who joins online: × before 6:00 at their own clock, △ from 6:00 to 8:00 and from 21:00, else ○. The hour is
 * that of the beginning.
 * @param at `09:45` on the clocks of `instanceZone`
 */
export function wakefulness(zone: string, instanceZone: string, date: string, at: string): number {
  const key = `${zone} ${instanceZone} ${date} ${at}`;
  let state = known.get(key);
  if (state === undefined) known.set(key, (state = awakeAt(zone, instanceZone, date, at)));
  return state;
}

/** A committee's members share few zones, and asking for a clock is slow. */
const known = new Map<string, number>();

function awakeAt(zone: string, instanceZone: string, date: string, at: string): number {
  const [hours, minutes] = clockIn(zone, instant(instanceZone, date, at));
  const local = hours + minutes / 60;
  return local < 6 ? CANNOT : local < 8 || local >= 21 ? IF_NEED_BE : CAN;
}
