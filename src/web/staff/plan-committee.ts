import { text, type Text } from '../../kernel/text.ts';
import type { Alternative } from '../../planning/explain/alternatives.ts';
import type { ConferenceDay } from '../../planning/explain/conference-days.ts';
import type { Hearing } from '../../planning/instance.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { chargeDifferences, type ChargeDifference } from './plan-difference.ts';
import {
  nobodyElse,
  paidFor,
  seatName,
  whyOf,
  type MeetingWhy,
  type MeetingWhyInput,
  type Paid,
  type SeatWhy,
} from './plan-meeting.ts';
import { Speech } from './plan-speech.ts';
import { startsView } from './plan-starts.ts';
import { signed } from './plan-words.ts';

export interface CommitteeWhyInput extends Omit<MeetingWhyInput, 'alternatives'> {
  readonly days: readonly ConferenceDay[];
}

/** Why a committee is on its days in a plan, with what its hearings cost, who is heard, and what other first days would cost */
export function committeeWhy(input: CommitteeWhyInput): MeetingWhy {
  const { ground, meeting, instance, plan, judged, days } = input;
  const speech = new Speech(ground, instance);
  const conference = instance.conferences.find(({ id }) => id === meeting.key)!;
  const ids = new Set([meeting.key, ...conference.hearings.map(({ id }) => id)]);
  const its = judged.charges.filter(({ where }) => ids.has(where.split(' ')[0]!));
  const day = plan.conferences[meeting.key]?.day;
  return {
    starts: startsView({
      meeting,
      activity: meetingActivityOf(ground.cycle.rules, meeting.activity)!,
      instance,
      now: day === undefined ? null : { start: 2 * day, seats: {}, attending: {} },
      alternatives: days.map(asAlternative),
      finding: (finding) => speech.finding(finding),
      why: (parts) => together(chargeDifferences(parts, speech, meeting.key)),
    }),
    paid: summed(paidFor(its, speech)),
    total: its.reduce((sum, { cost }) => sum + cost, 0),
    people: conference.hearings.flatMap((hearing) => seatsOfHearing(input, hearing, speech)),
    locked: instance.locks.some((lock) => 'conference' in lock && lock.conference === meeting.key),
  };
}

/** It begins in the morning and on site; who comes to it follows from posts. */
function asAlternative(one: ConferenceDay): Alternative {
  const start = 2 * one.day;
  if (!('difference' in one)) return { start, blocked: one.blocked };
  return { start, difference: one.difference, parts: one.parts, placed: { start, seats: {}, attending: {} } };
}

/** What is paid alike for several hearings is one line. */
function together(differences: readonly ChargeDifference[]): ChargeDifference[] {
  return [...Map.groupBy(differences, (one) => `${one.part} ${one.text.en}`).values()]
    .map((alike): ChargeDifference => {
      const [first] = alike;
      const cost = alike.reduce((sum, one) => sum + one.cost, 0);
      const n = alike.length;
      return n === 1 ? first! : { ...first!, of: text(`${n}件`, `${n} times`), cost, price: signed(cost) };
    })
    .filter(({ cost }) => cost !== 0)
    .toSorted((a, b) => b.cost - a.cost);
}

/** A member who is absent from four hearings is one line. */
const summed = (paid: readonly Paid[]): Paid[] =>
  [...Map.groupBy(paid, (one) => one.text.en).values()]
    .map((alike): Paid => {
      const [first] = alike;
      const n = alike.length;
      const { ja, en } = first!.text;
      const said = n === 1 ? first!.text : text(`${ja}（${n}件）`, `${en} (${n} times)`);
      return { ...first!, text: said, cost: alike.reduce((sum, { cost }) => sum + cost, 0) };
    })
    .toSorted((a, b) => b.cost - a.cost);

function seatsOfHearing(input: CommitteeWhyInput, hearing: Hearing, speech: Speech): SeatWhy[] {
  const { ground, plan, judged } = input;
  const meeting = ground.meetings.find(({ key }) => key === hearing.id);
  const placed = plan.hearings[hearing.id];
  if (!meeting || !placed) return [];
  return hearing.seats.flatMap((seat): SeatWhy[] => {
    const person =
      'person' in seat ? seat.person : 'oneOf' in seat ? placed.seats[seat.id] : plan.assignments[seat.assigned];
    if (!person) return [];
    const name = seatName(ground, meeting, seat.id);
    const said: Pick<SeatWhy, 'only' | 'next'> =
      'oneOf' in seat ? whyOf(input, hearing.id, seat.id, person) : { only: onlyOne('person' in seat), next: null };
    const charges = judged.charges.filter(({ where }) => where === `${hearing.id} ${seat.id}`);
    return [
      {
        seat: text(`${meeting.title.ja}：${name.ja}`, `${meeting.title.en}: ${name.en}`),
        person: speech.person(person),
        ...said,
        paid: paidFor(charges, speech),
        absent: false,
      },
    ];
  });
}

const onlyOne = (byPost: boolean): Text =>
  byPost ? nobodyElse : text('担当POは、年間を通じて同じ方です', 'the centre’s officer is the same all year');
