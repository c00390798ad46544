import type { Conference } from '../instance.ts';
import { compileSeat } from './compile-meetings.ts';
import type { Lookup } from './lookup.ts';
import { wakefulness } from './own-clock.ts';
import { CAN, NOON, type ProblemConference, type ProblemHearing } from './problem.ts';
import { daysFindings } from './starts.ts';

/** Minutes since midnight of `09:45` */
export function minutesOf(at: string): number {
  const [hours, minutes] = at.split(':').map(Number);
  return hours! * 60 + minutes!;
}

export function compileConferences(lookup: Lookup): { conferences: ProblemConference[]; hearings: ProblemHearing[] } {
  const hearings: ProblemHearing[] = [];
  const conferences = lookup.instance.conferences.map((conference, index) => {
    const mine = conference.hearings.map((_, h) => compileHearing(lookup, conference, index, h, hearings.length + h));
    hearings.push(...mine);
    return compileConference(lookup, conference, index, mine);
  });
  return { conferences, hearings };
}

function compileConference(
  lookup: Lookup,
  conference: Conference,
  index: number,
  hearings: readonly ProblemHearing[],
): ProblemConference {
  const { calendar, fixed, personIndex } = lookup;
  const was = lookup.instance.reference?.conferences?.[conference.id];
  const lockedDay = fixed.conferences.get(conference.id) ?? -1;
  const firstDays = [];
  for (let day = conference.from; day <= conference.to; day++) {
    const last = day + conference.dayCount - 1;
    if (lockedDay >= 0 && day !== lockedDay) continue;
    if (hearings.some(({ locked }) => locked && (locked.day < day || locked.day > last))) continue;
    if (daysFindings(conference, calendar, day, last).length) continue;
    firstDays.push({ day, cost: was && was.day !== day ? conference.change : 0 });
  }
  const slots = conference.slots.map(({ at, minutes }) => {
    const from = minutesOf(at);
    return { half: from < NOON ? 0 : 1, from, until: from + minutes };
  });
  const presenceFrom = firstDays[0]?.day ?? 0;
  const presenceDays = firstDays.length ? firstDays.at(-1)!.day + conference.dayCount - presenceFrom : 0;
  return {
    index,
    id: conference.id,
    firstDays,
    dayCount: conference.dayCount,
    slots,
    members: conference.members.map((m) => ({ person: personIndex.get(m.person)!, required: m.required ?? false })),
    presence: conference.members.map((_, m) => presenceOf(lookup, conference, m, slots, presenceFrom, presenceDays)),
    presenceFrom,
    quorum: conference.quorum,
    absent: conference.absent,
    tentative: conference.tentative,
    hearings: hearings.map((hearing) => hearing.index),
    lockedDay,
    mustBePlaced: lockedDay >= 0 || hearings.some((hearing) => hearing.locked !== null),
  };
}

function presenceOf(
  { instance, personIndex, can }: Lookup,
  conference: Conference,
  index: number,
  slots: readonly { half: number }[],
  from: number,
  days: number,
): Uint8Array {
  const member = conference.members[index]!;
  const person = personIndex.get(member.person)!;
  const zone = instance.people[person]!.zone ?? instance.zone;
  const states = new Uint8Array(days * slots.length);
  for (let d = 0; d < days; d++)
    slots.forEach(({ half }, s) => {
      const atHand = can[person]![2 * (from + d) + half]!;
      const date = instance.days[from + d]!.date;
      const awake = member.online ? wakefulness(zone, instance.zone, date, conference.slots[s]!.at) : CAN;
      states[d * slots.length + s] = Math.max(atHand, awake);
    });
  return states;
}

function compileHearing(
  lookup: Lookup,
  conference: Conference,
  conferenceIndex: number,
  h: number,
  index: number,
): ProblemHearing {
  const hearing = conference.hearings[h]!;
  const was = lookup.instance.reference?.hearings?.[hearing.id];
  const announced = was ? (seat: string) => was.seats?.[seat] : null;
  const seats = hearing.seats.map((seat, s) => compileSeat(lookup, hearing.id, seat, s, announced));
  return {
    index,
    id: hearing.id,
    conference: conferenceIndex,
    recused: conference.members.map((member) => hearing.recused.includes(member.person)),
    seats,
    assignments: [...new Set(seats.map((seat) => seat.assignment))].filter((a) => a >= 0),
    after: hearing.after.map(({ meeting, days }) => ({ meeting: lookup.meetingIndex.get(meeting)!, days })),
    change: hearing.change,
    announced: was ? { day: was.day, slot: was.slot } : { day: -1, slot: -1 },
    locked: lookup.fixed.hearings.get(hearing.id) ?? null,
  };
}
