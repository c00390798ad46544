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
 * staff to set by hand: the format knows one hearing a slot, the same slots on each day, and no hearing that is longer than its slot.
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
    const byHand = parts.filter((part) => isSetByHand(part, activity, dayIndex, whole, fixed));
    const free = parts.filter((part) => !byHand.includes(part));
    const usable = slotsNow(activity, whole, byHand);
    const { slots, tooLong } = slotsFor(free, usable, dayCount);
    // staff fixed it in a slot that is none any more: too short for others, or outside the hours that they fixed
    const lost = free.filter((part) => isFixed(part) && !slotAt(part, slots, dayIndex) && !tooLong.includes(part));
    for (const part of [...byHand, ...lost]) notes.push(staysWhereItIs(part));
    for (const part of tooLong) notes.push(longerThanItsSlot(part));
    const hearings = free.filter((part) => !tooLong.includes(part) && !lost.includes(part));
    if (hearings.length === 0) return [];
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

/** Staff fixed it at an hour that is no slot, or on a day that is none of its gathering's */
function isSetByHand(
  part: Meeting,
  activity: MeetingActivity,
  dayIndex: DayIndex,
  whole: Meeting,
  fixed: { day: number; dayCount: number } | undefined,
): boolean {
  if (!isFixed(part)) return false;
  const at = slotAt(part, activity.slots, dayIndex);
  if (!at || lengthOf(part) > activity.slots[at.slot]!.minutes) return true;
  if (fixed) return at.day < fixed.day || at.day >= fixed.day + fixed.dayCount;
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
 * Any hearing must fit any slot, so slots that are too short for one of them are left out; where more could be heard without the longest
 * hearings, those are left to staff.
 */
function slotsFor(
  parts: readonly Meeting[],
  slots: readonly Slot[],
  dayCount: number,
): { slots: readonly Slot[]; tooLong: readonly Meeting[] } {
  const longest = Math.max(0, ...slots.map(({ minutes }) => minutes));
  const lengths = [...new Set(parts.map(lengthOf))].filter((one) => one <= longest).sort((a, b) => b - a);
  const holding = (length: number) => slots.filter(({ minutes }) => minutes >= length);
  const within = (length: number) => parts.filter((part) => lengthOf(part) <= length);
  const heard = (length: number) => Math.min(holding(length).length * dayCount, within(length).length);
  const most = Math.max(...lengths.map(heard));
  const length = lengths.find((one) => heard(one) === most) ?? 0;
  return { slots: holding(length), tooLong: parts.filter((part) => lengthOf(part) > length) };
}

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
