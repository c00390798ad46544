import { daysBetween, type CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import { localTime } from '../kernel/zoned-time.ts';
import { clockTimes, minutesLater } from '../meetings/meeting-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf, type MeetingActivity } from '../programme/programme.ts';
import type { Slot } from './instance.ts';
import type { YearFacts } from './year-facts.ts';

/*
 * Gatherings with slots: a committee and the hearings that the planner puts into its slots. What the slots cannot hold stays as it is, for
 * staff to set by hand: the format knows one hearing a slot, the same slots on each day, and no hearing that is longer than its slot. Where
 * the year has hearings that are longer than the programme's slots (an evaluation), slots that follow one another are cut anew.
 */

type DayIndex = ReadonlyMap<CalendarDate, number>;

export interface Gathering {
  readonly whole: Meeting;
  readonly activity: MeetingActivity;
  /** Parts that the planner puts into slots */
  readonly hearings: readonly Meeting[];
  readonly slots: readonly Slot[];
  /** Consecutive days */
  readonly dayCount: number;
  /** Index of the day that staff fixed */
  readonly fixedDay: number | undefined;
}

/** Where a part is now: `day` is an index of the calendar */
export interface SlotAt {
  readonly day: number;
  readonly slot: number;
}

/** Whether the planner puts it into a slot of its gathering, or is such a gathering */
export function isGathering({ cycle }: Pick<YearFacts, 'cycle'>, meeting: Meeting): boolean {
  const activity = meetingActivityOf(cycle.rules, meeting.activity);
  if (!activity?.planned || meeting.state === 'cancelled') return false;
  return activity.slots.length > 0 || isHeard(cycle.rules, activity);
}

/** A part without an hour of its own, of something with slots */
function isHeard(rules: YearFacts['cycle']['rules'], { partOf, at }: MeetingActivity): boolean {
  const whole = partOf === undefined || at ? undefined : meetingActivityOf(rules, partOf);
  return (whole?.planned ?? false) && whole!.slots.length > 0;
}

/** @param notes gets what staff should know of gatherings and hearings that stay as they are */
export function gatheringsOf(facts: YearFacts, dayIndex: DayIndex, notes: Text[]): Gathering[] {
  return facts.meetings.flatMap((whole): Gathering[] => {
    const activity = meetingActivityOf(facts.cycle.rules, whole.activity);
    if (!activity || activity.slots.length === 0 || !isGathering(facts, whole)) return [];
    if (!whole.windowFrom || !whole.windowTo) return [];
    const fixed = fixedSpan(whole, dayIndex);
    if (fixed === 'off-calendar') {
      notes.push(staysOffCalendar(whole));
      return [];
    }
    const dayCount = fixed?.dayCount ?? Math.ceil(whole.halfDays / 2);
    const parts = partsOf(facts, whole);
    const { slots, tooLong, byHand } = slotsAround(parts, { whole, activity, dayCount, fixed }, dayIndex);
    for (const part of byHand) notes.push(staysWhereItIs(part));
    for (const part of tooLong) notes.push(longerThanItsSlot(part));
    const hearings = parts.filter((part) => !tooLong.includes(part) && !byHand.includes(part));
    if (hearings.length === 0) return [];
    const isCut = slots.some(({ at, minutes }) => !activity.slots.some((s) => s.at === at && s.minutes === minutes));
    if (isCut) notes.push(slotsCut(whole, slots));
    return [{ whole, activity, hearings, slots, dayCount, fixedDay: fixed?.day }];
  });
}

function partsOf(facts: YearFacts, whole: Meeting): Meeting[] {
  return facts.meetings.filter((part) => part.partOf === whole.id && isGathering(facts, part));
}

/** Days that staff fixed, where the calendar has them all, one after the other */
function fixedSpan(whole: Meeting, dayIndex: DayIndex): { day: number; dayCount: number } | 'off-calendar' | undefined {
  if (!isFixed(whole)) return undefined;
  const [first, last] = [dayIndex.get(whole.firstDay!), dayIndex.get(whole.lastDay!)];
  const count = daysBetween(whole.firstDay!, whole.lastDay!) + 1;
  if (first === undefined || last === undefined || last - first !== count - 1) return 'off-calendar';
  return { day: first, dayCount: count };
}

interface Around {
  readonly whole: Meeting;
  readonly activity: MeetingActivity;
  readonly dayCount: number;
  readonly fixed: { readonly day: number; readonly dayCount: number } | undefined;
}

/** What staff fixed at an hour that is no slot stays there, and the slots lie around it: which may take a slot from the next. */
function slotsAround(parts: readonly Meeting[], around: Around, dayIndex: DayIndex) {
  const byHand = parts.filter((part) => isOnAnotherDay(part, around, dayIndex));
  for (;;) {
    const free = parts.filter((part) => !byHand.includes(part));
    const usable = slotsNow(around.activity, around.whole, byHand);
    const { slots, tooLong } = slotsFor(free, usable, around.dayCount);
    const lost = free.filter((part) => {
      const at = slotAt(part, slots, dayIndex);
      return isFixed(part) && (!at || lengthOf(part) > slots[at.slot]!.minutes);
    });
    if (lost.length === 0) return { slots, tooLong, byHand };
    byHand.push(...lost);
  }
}

/** Staff fixed it on a day that is none of its gathering's */
function isOnAnotherDay(part: Meeting, { whole, fixed }: Around, dayIndex: DayIndex): boolean {
  if (!isFixed(part)) return false;
  const day = dayIndex.get(part.firstDay!);
  if (day === undefined) return true;
  if (fixed) return day < fixed.day || day >= fixed.day + fixed.dayCount;
  return part.firstDay! < whole.windowFrom! || part.firstDay! > whole.windowTo!;
}

/** The slot in which a part is now; undefined where it has no day, or another hour */
export function slotAt(
  part: Pick<Meeting, 'state' | 'firstDay' | 'startsAt' | 'zone'>,
  slots: readonly Slot[],
  dayIndex: DayIndex,
): SlotAt | undefined {
  const day = part.state === 'scheduled' ? dayIndex.get(part.firstDay!) : undefined;
  if (day === undefined || !part.startsAt) return undefined;
  const { time } = localTime(part.startsAt.toISOString(), part.zone);
  const slot = slots.findIndex(({ at }) => at === time);
  return slot < 0 ? undefined : { day, slot };
}

/** The programme's slots without those outside the hours that staff fixed, or in which they put something by hand */
function slotsNow(activity: MeetingActivity, whole: Meeting, byHand: readonly Meeting[]): readonly Slot[] {
  const hours = whole.fixedByStaff && whole.startsAt && whole.endsAt ? clockTimes(asTimed(whole)) : undefined;
  const taken = byHand
    .filter(({ startsAt, endsAt, firstDay }) => startsAt && endsAt && whole.firstDay && firstDay! >= whole.firstDay)
    .map((part) => clockTimes(asTimed(part)));
  return activity.slots.filter((slot) => {
    const [from, to] = [slot.at, minutesLater(slot.at, slot.minutes)];
    if (hours && (from < hours.from || to > hours.to)) return false;
    if (whole.halfDays === 1 && from >= '12:30') return false;
    return !taken.some((one) => from < one.to && one.from < to);
  });
}

const isFixed = ({ state, fixedByStaff }: Meeting): boolean => state === 'scheduled' && fixedByStaff;
const asTimed = ({ startsAt, endsAt, zone }: Meeting) => ({ startsAt: startsAt!, endsAt: endsAt!, zone });
const lengthOf = ({ minutes }: Meeting): number => minutes ?? 0;

/**
 * Any hearing must fit any slot, so slots that are too short for one of them are left out, or cut anew together with those that follow at
 * once; where more could be heard without the longest hearings, those are left to staff.
 */
function slotsFor(
  parts: readonly Meeting[],
  slots: readonly Slot[],
  dayCount: number,
): { slots: readonly Slot[]; tooLong: readonly Meeting[] } {
  const lengths = [...new Set(parts.map(lengthOf))].sort((a, b) => b - a);
  const holding = (length: number) => stretchesOf(slots).flatMap((stretch) => cut(stretch, length));
  const within = (length: number) => parts.filter((part) => lengthOf(part) <= length);
  const heard = (length: number) => Math.min(holding(length).length * dayCount, within(length).length);
  const most = Math.max(...lengths.map(heard));
  const length = lengths.find((one) => heard(one) === most) ?? 0;
  return { slots: holding(length), tooLong: parts.filter((part) => lengthOf(part) > length) };
}

/** Slots of one half day that follow one another without a break */
function stretchesOf(slots: readonly Slot[]): Slot[][] {
  const stretches: Slot[][] = [];
  for (const slot of slots) {
    const last = stretches.at(-1)?.at(-1);
    if (last && minutesLater(last.at, last.minutes) === slot.at && slot.at !== '12:30') stretches.at(-1)!.push(slot);
    else stretches.push([slot]);
  }
  return stretches;
}

/** As the programme has them where as many hearings find room, else one after the other, each as long as the hearing */
function cut(stretch: readonly Slot[], length: number): Slot[] {
  const asTheyAre = stretch.filter(({ minutes }) => minutes >= length);
  const whole = stretch.reduce((sum, { minutes }) => sum + minutes, 0);
  const anew = length === 0 ? 0 : Math.floor(whole / length);
  if (asTheyAre.length === stretch.length || asTheyAre.length >= anew) return asTheyAre;
  return Array.from({ length: anew }, (_, n) => ({
    at: minutesLater(stretch[0]!.at, n * length),
    minutes: length,
  }));
}

const slotsCut = ({ title }: Meeting, slots: readonly Slot[]): Text => {
  const said = slots.map(({ at, minutes }) => `${at}–${minutesLater(at, minutes)}`).join(', ');
  return text(
    `「${title.ja}」の枠は、長いヒアリングが入るように組み直しました：${said.replaceAll(', ', '、')}`,
    `“${title.en}”: the slots were cut anew so that the long hearings fit: ${said}`,
  );
};

const staysOffCalendar = ({ title }: Meeting): Text =>
  text(
    `「${title.ja}」は休日または期間外に固定されているため、ヒアリングの時間も含めてそのまま残します。`,
    `“${title.en}” is fixed on a day outside the windows or a holiday; it stays there, and the hours of its hearings are set by hand.`,
  );
const staysWhereItIs = ({ title }: Meeting): Text =>
  text(
    `「${title.ja}」は枠以外の日時に固定されているため、そのまま残します。`,
    `“${title.en}” is fixed at a time that is no slot; it stays there.`,
  );
const longerThanItsSlot = ({ title, minutes }: Meeting): Text =>
  text(
    `「${title.ja}」（${minutes}分）が入る長さの枠が足りないため、時間は手で決めてください。`,
    `“${title.en}” (${minutes} minutes) is longer than the slots that are left: please set its time by hand.`,
  );
