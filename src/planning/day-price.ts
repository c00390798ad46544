import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Seating } from '../meetings/attendees.service.ts';
import type { When } from '../meetings/meeting-time.ts';
import type { Alternative } from './explain/alternatives.ts';
import type { PaidOtherwise } from './explain/charges-apart.ts';
import type { Instance, PlacedMeeting, Plan } from './instance.ts';
import { seatingsOf, type PublishFacts } from './publish.ts';
import type { CalledAs } from './questions.ts';
import type { SaidCharge } from './rules/finding.ts';

/** What it would cost to have a meeting begin then */
export interface DayPrice {
  readonly date: CalendarDate;
  readonly half: 'am' | 'pm';
  /** Against where it is now, or against the best day where it has none; null: it cannot be then */
  readonly difference: number | null;
  /** It would have to be online */
  readonly online: boolean;
  /** What becomes dearer and what cheaper, the dearest first; the costs add up to the difference */
  readonly parts: readonly PricePart[];
  /** Who would sit in the seats that are chosen by the plan; the others are filled as ever */
  readonly seatings: readonly Seating[];
  /** Who or what forbids it */
  readonly reasons: readonly Text[];
  /** Where it is now */
  readonly current: boolean;
  /** Of a committee: the hearings that go with it */
  readonly hearings: readonly HearingThen[];
}

export interface PricePart {
  /** What it is paid for: another meeting, a load; null where that is the meeting itself */
  readonly of: Text | null;
  readonly text: Text;
  readonly cost: number;
}

/** A hearing that goes with its committee: when it would be, and who would sit in the seats that are chosen by the plan */
export interface HearingThen {
  readonly meetingId: string;
  readonly title: Text;
  readonly when: When;
  readonly seatings: readonly Seating[];
  /** It could not keep its slot */
  readonly moved: boolean;
}

/** What prices are read with */
export interface PriceGround {
  readonly facts: PublishFacts;
  readonly instance: Instance;
  readonly plan: Plan;
  /** What of it somebody decided; of the year as it stands the rest is only assumed */
  readonly decided: Pick<Plan, 'assignments' | 'panels'>;
  readonly called: CalledAs;
}

/** The alternatives of a meeting as days with prices */
export function pricesOf(ground: PriceGround, key: string, found: readonly Alternative[]): DayPrice[] {
  const { instance, plan } = ground;
  const now = plan.meetings[key]?.start;
  const differences = found.flatMap((one) => ('difference' in one ? [one] : []));
  // where it is now counts as it is, even where others in its seats would cost less
  const stands = differences.some(({ start }) => start === now);
  const zero = stands ? 0 : Math.min(...differences.map(({ difference }) => difference));
  return found.map((one): DayPrice => {
    const day = instance.days[one.start >> 1]!.date as CalendarDate;
    const when = {
      date: day,
      half: one.start % 2 === 0 ? ('am' as const) : ('pm' as const),
      current: one.start === now,
    };
    if (!('difference' in one))
      return {
        ...when,
        difference: null,
        online: false,
        parts: [],
        seatings: [],
        hearings: [],
        reasons: one.blocked.map(({ text }) => text),
      };
    return {
      ...when,
      difference: stands && one.start === now ? 0 : one.difference - zero,
      online: one.placed.online === true,
      // of a meeting without a day, or that cannot stay, the parts would say that and nothing else
      parts: !stands || one.start === now ? [] : partsOf(ground, key, one.parts ?? []),
      seatings: seatingsAt(ground, key, one.placed, day),
      hearings: [],
      reasons: [],
    };
  });
}

export const partsOf = (
  { called }: PriceGround,
  key: string,
  parts: readonly PaidOtherwise<SaidCharge>[],
): PricePart[] =>
  parts.map(({ charge: { where, text }, difference }) => {
    const [of = ''] = where.split(' ');
    return { of: of === key ? null : (called.things?.[of] ?? null), text, cost: difference };
  });

/** Nobody is seated whom only the standing plan assumes: an officer or a panel that was never decided */
function seatingsAt(
  { facts, instance, decided }: PriceGround,
  key: string,
  placed: PlacedMeeting,
  day: CalendarDate,
): Seating[] {
  const meeting = facts.meetings.find((one) => one.key === key);
  const panelOf = new Map(
    instance.meetings
      .find(({ id }) => id === key)!
      .seats.flatMap((seat) => ('panel' in seat ? [[seat.id, decided.panels[seat.panel] ?? []] as const] : [])),
  );
  const attending = Object.fromEntries(
    Object.entries(placed.attending).map(([seat, people]) => [
      seat,
      people.filter((person) => panelOf.get(seat)?.includes(person)),
    ]),
  );
  return meeting ? seatingsOf(facts, meeting, { ...placed, attending }, instance, decided, day) : [];
}
