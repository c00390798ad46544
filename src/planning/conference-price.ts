import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text } from '../kernel/text.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { partsOf, type DayPrice, type HearingThen, type PriceGround, type PricePart } from './day-price.ts';
import type { ConferenceDay } from './explain/conference-days.ts';
import { placedIn, seatingsOf } from './publish.ts';

type Possible = Extract<ConferenceDay, { difference: number }>;

/** The first days of a committee with their prices; its hearings go with it. Who comes to the committee itself follows from posts. */
export function conferencePrices(ground: PriceGround, key: string, found: readonly ConferenceDay[]): DayPrice[] {
  const { instance, plan } = ground;
  const now = plan.conferences[key]?.day;
  const possible = found.flatMap((one) => ('difference' in one ? [one] : []));
  // where it is now counts as it is, even where others in the hearings' seats would cost less
  const stands = possible.some(({ day }) => day === now);
  const zero = stands ? 0 : Math.min(...possible.map(({ difference }) => difference));
  return found.map((one): DayPrice => {
    const date = instance.days[one.day]!.date as CalendarDate;
    const current = one.day === now;
    const fixed = { date, half: 'am' as const, online: false, seatings: [], current };
    if (!('difference' in one))
      return { ...fixed, difference: null, parts: [], hearings: [], reasons: one.blocked.map(({ text }) => text) };
    return {
      ...fixed,
      difference: stands && current ? 0 : one.difference - zero,
      parts: !stands || current ? [] : together(partsOf(ground, key, one.parts)),
      hearings: current ? [] : hearingsThen(ground, key, one),
      reasons: [],
    };
  });
}

/** What is paid alike for several hearings (each of them moves) is one part. */
function together(parts: readonly PricePart[]): PricePart[] {
  const bySaid = [...Map.groupBy(parts, ({ text: said }) => said.en).values()];
  return bySaid
    .map((alike): PricePart => {
      const [first] = alike;
      const cost = alike.reduce((sum, part) => sum + part.cost, 0);
      const n = alike.length;
      return n === 1 ? first! : { ...first!, of: text(`${n}件`, `${n} times`), cost };
    })
    .filter(({ cost }) => cost !== 0)
    .toSorted((a, b) => b.cost - a.cost);
}

function hearingsThen({ facts, instance, plan, decided }: PriceGround, key: string, one: Possible): HearingThen[] {
  const then = { ...plan, conferences: { ...plan.conferences, [key]: { day: one.day } }, hearings: one.hearings };
  return facts.meetings.flatMap((meeting): HearingThen[] => {
    const activity = meetingActivityOf(facts.cycle.rules, meeting.activity);
    if (!one.hearings[meeting.key] || !activity) return [];
    const placed = placedIn(meeting, activity, instance, then)!;
    return [
      {
        meetingId: meeting.id,
        title: meeting.title,
        when: placed.when,
        seatings: seatingsOf(facts, meeting, placed, instance, decided, placed.day),
        moved: one.moved.includes(meeting.key),
      },
    ];
  });
}
