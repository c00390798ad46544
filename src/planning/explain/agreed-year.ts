import type { Instance } from '../instance.ts';

/** So many of anything */
const ANY = 1_000_000;

/** The same year if everybody agreed to everything that can be asked for */
export function ifAllAgreed(instance: Instance): Instance {
  const whole = { from: 0, to: instance.days.length - 1, closed: [] };
  return {
    ...instance,
    people: instance.people.map((person) => ({ ...person, availability: 't'.repeat(person.availability.length) })),
    meetings: instance.meetings.map((meeting) => ({
      ...meeting,
      ...whole,
      online: { cost: 0 },
      seats: meeting.seats.map((seat) => ('panel' in seat ? { ...seat, atLeast: 0, percent: 0 } : seat)),
    })),
    tripCost: instance.tripCost.map(() => 0),
    loads: instance.loads.map((load) => ({ ...load, most: ANY, mostOf: {} })),
    limits: instance.limits.map((limit) => ({ ...limit, most: ANY })),
    conferences: instance.conferences.map((conference) => ({ ...conference, ...whole, quorum: 0 })),
    locks: [],
    reference: null,
  };
}

/** Days outside the window */
export const distance = (
  { from, to }: { from: number; to: number },
  { firstDay, lastDay }: { firstDay: number; lastDay: number },
): number => Math.max(0, from - firstDay) + Math.max(0, lastDay - to);

/** Points of the model for days outside the window: the nearer day is the nicer one. */
export const farther = (window: { from: number; to: number }, at: { firstDay: number; lastDay: number }): number =>
  Math.min(3, 0.05 * distance(window, at));
