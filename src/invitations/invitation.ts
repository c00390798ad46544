import { addressFault, sameAddress } from '../mail/address.ts';
import { addressFaultText } from '../mail/message.ts';
import { dayInZone, dayRange, localTime, millisOf, timeRange, type Instant } from '../kernel/zoned-time.ts';
import { plainText } from '../kernel/plain-text.ts';
import { joinTexts, text, type Language, type Text } from '../kernel/text.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Mode } from '../meetings/meeting.ts';
import type { Reach } from '../roster/roster.ts';

/** Hours of one day */
export interface DailyHours {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Somebody of the secretariat who can be called */
export interface StaffInCharge {
  readonly name: Text;
  readonly telephone: string;
  readonly address: string;
}

/** One more line of an invitation: slots of a committee, what to bring, dress, the night before */
export interface Extra {
  readonly label: Text;
  readonly value: Text;
}

/** What is true of a meeting, as far as mails say it. Plain JSON. */
export interface MeetingFacts {
  readonly meetingId: string;
  /** `hold` asks to keep days free before they are fixed (STATUS:TENTATIVE) */
  readonly status: 'hold' | 'fixed' | 'cancelled';
  readonly title: Text;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Days of the venue */
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /** `hours`: an entry from hour to hour, within one day; `whole-days`: one entry over all days, hours in the text (itip A9) */
  readonly form: 'hours' | 'whole-days';
  /** The hours of each day of several, where they are known; otherwise the span from `startsAt` to `endsAt` is said */
  readonly dailyHours?: readonly DailyHours[];
  /** Only the days are settled so far */
  readonly hoursToFollow?: boolean;
  /** IANA zone of the venue */
  readonly zone: string;
  readonly mode: Mode;
  readonly place: Text;
  readonly room: Text;
  readonly access: Text;
  /** Empty where there is none yet */
  readonly onlineUrl: string;
  /** Null: as soon as possible */
  readonly answerBy: Instant | null;
  readonly extras: readonly Extra[];
  readonly staffInCharge: StaffInCharge;
}

/**
 * What is true of one person at one meeting, as far as an invitation says it. Plain JSON: it is kept beside what was sent, so that
 * the next message is the difference. `mode` is how this person takes part: one may be online at a meeting on site. Where a meeting of
 * several days is announced day by day, each day has facts of its own.
 */
export interface InvitationFacts extends MeetingFacts {
  readonly personId: string;
  /** How the holder of the post is reached; by `secretary` the mailbox is another's, and the name still the holder's */
  readonly reach: Reach;
  /** Null where only the link of an office reaches them: then no mail goes to the person */
  readonly address: string | null;
  readonly name: Text;
  /** 様, 先生; in English a title before the name, or empty */
  readonly honorific: Text;
  /** Office that they hold, as an address has it: 見本大学長; empty where they come as themselves */
  readonly post: Text;
  readonly language: Language;
  /** IANA zone in which they live */
  readonly readerZone: string;
  /** What they come as: プログラムオフィサー */
  readonly seat: Text;
  readonly required: boolean;
  /** Where the programme wants an invitation for each day of several: which day this is, and what is true of the meeting as a whole */
  readonly day?: {
    /** From 1 */
    readonly part: number;
    readonly of: number;
    readonly whole: Pick<
      MeetingFacts,
      'title' | 'startsAt' | 'endsAt' | 'firstDay' | 'lastDay' | 'form' | 'dailyHours' | 'extras'
    >;
  };
}

/** Which invitation of a meeting this is: 0 for all of it, or the day */
export const partOf = ({ day }: Pick<InvitationFacts, 'day'>): number => day?.part ?? 0;

/** What a reader is told of a meeting: a person with a seat in it, or an office */
export type Told = MeetingFacts &
  Pick<InvitationFacts, 'readerZone'> &
  Partial<Pick<InvitationFacts, 'seat' | 'required'>>;

export const nothing: Text = text('', '');

/** Where people go; nothing for those who take part online only */
export const placeOf = (facts: MeetingFacts): Text => (facts.mode === 'online' ? nothing : facts.place);
export const roomOf = (facts: MeetingFacts): Text => (facts.mode === 'online' ? nothing : facts.room);
export const accessOf = (facts: MeetingFacts): Text => (facts.mode === 'online' ? nothing : facts.access);
/** The link; nothing for those who take part on site only */
export const linkOf = (facts: MeetingFacts): string => (facts.mode === 'on-site' ? '' : facts.onlineUrl);

export const modeNames: Readonly<Record<Mode, Text>> = {
  'on-site': text('対面', 'On site'),
  online: text('オンライン', 'Online'),
  hybrid: text('対面およびオンライン', 'On site and online'),
};

export const statusNames: Readonly<Record<InvitationFacts['status'], Text>> = {
  hold: text('仮の日程', 'provisional'),
  fixed: text('確定', 'confirmed'),
  cancelled: text('中止', 'cancelled'),
};

/** Beside the days of a meeting that are only held */
export const heldNote = text(
  '仮の日程（確定後に改めてご案内いたします）',
  'Provisional; we will write again once it is fixed',
);

/** What they come as, and whether the meeting can do without them: オブザーバー（任意） */
export function seatOf({ seat = nothing, required = true }: Told): Text {
  if (required || (seat.ja === '' && seat.en === '')) return seat;
  return text(`${seat.ja}（任意）`, `${seat.en} (optional)`);
}

const toFollow = text('時刻は追ってご案内いたします', 'the hours will follow');

/** When it is, venue time: one text for each span of hours. Several lines only where several days have hours of their own. */
export function whenOf(facts: MeetingFacts, zone = facts.zone, offset = false): readonly Text[] {
  if (facts.hoursToFollow) {
    const days = dayRange(facts.firstDay, facts.lastDay);
    return [text(`${days.ja}（${toFollow.ja}）`, `${days.en} (${toFollow.en})`)];
  }
  const spans = facts.dailyHours?.length ? facts.dailyHours : [facts];
  return spans.map((span) => timeRange(span.startsAt, span.endsAt, zone, { offset }));
}

/** The same, as the reader's clock shows it; none where it shows what the venue's does, or no hour is known */
export function whenForReader(facts: Told): readonly Text[] {
  if (facts.hoursToFollow) return [];
  const differs = [facts.startsAt, facts.endsAt].some(
    (at) => localTime(at, facts.zone).offset !== localTime(at, facts.readerZone).offset,
  );
  return differs ? whenOf(facts, facts.readerZone, true) : [];
}

/** Days without hours, for subjects */
export const daysOf = (facts: MeetingFacts): Text => dayRange(facts.firstDay, facts.lastDay);

export const extrasOf = (facts: MeetingFacts): Text =>
  joinTexts(
    facts.extras.map(({ label, value }) => text(`${label.ja}：${value.ja}`, `${label.en}: ${value.en}`)),
    '\n',
    '\n',
  );

/** Whether it is over at an instant: nobody is told any more what no longer matters */
export const isOver = (facts: MeetingFacts, at: Instant): boolean => millisOf(facts.endsAt) <= millisOf(at);

const HALF_DAY = 12 * 3_600_000;

/**
 * Why nobody can be invited with these facts, or undefined: what staff have to put right before it is released. Generators and calendars
 * take the first two silently and show a meeting that nobody meant (itip A7, A9).
 *
 * @param organizer the address that would be the organizer, where it is known
 */
export function faultToInvite(facts: InvitationFacts, organizer?: string): Text | undefined {
  const span = millisOf(facts.endsAt) - millisOf(facts.startsAt);
  if (span <= 0) return text('終了が開始より後になっていません', 'it does not end after it begins');
  const lastMoment = new Date(millisOf(facts.endsAt) - 1).toISOString();
  const days = [dayInZone(facts.startsAt, facts.zone), dayInZone(lastMoment, facts.zone)];
  if (days[0] !== facts.firstDay || days[1] !== facts.lastDay)
    return text('日付と時刻が一致していません', 'its days and its hours disagree');
  if (facts.form === 'hours' && facts.firstDay !== facts.lastDay && span > HALF_DAY)
    return text('夜間をまたぐ一つの予定になります', 'it would be one entry that goes on through the night');
  if (plainText(facts.title[facts.language]) === '') return text('件名がありません', 'it has no title');
  if (plainText(facts.name[facts.language]) === '') return text('氏名がありません', 'the name is missing');
  if (facts.address === null) return undefined;
  const fault = addressFault(facts.address);
  if (fault) return text(`メールアドレス：${addressFaultText[fault].ja}`, `the address: ${addressFaultText[fault].en}`);
  if (organizer !== undefined && sameAddress(organizer) === sameAddress(facts.address))
    return text('差出人と宛先が同じです', 'the sender is the recipient');
  return undefined;
}
