import { dateShort, type CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Attendance, Attendee, Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { bondsOf } from '../roster/bonds.ts';
import { brokenLocks } from './year-broken-locks.ts';
import { changesOf, isAbout, type ChangeOf } from './year-change.ts';
import type { YearFacts } from './year-facts.ts';
import { isPlaced, isPlanned, yearInstance, type YearInstance } from './year-instance.ts';
import { isGathering } from './year-gatherings.ts';
import { startOf } from './year-standing.ts';
import type { Storm } from './repair/repair.ts';

/** What is known beside the year itself */
export interface Trouble {
  /** What lies before it is over: it stays as it is, whoever said what. */
  readonly today?: CalendarDate;
  /** Days on which meetings (a key, an activity, `*`) can only be online: a typhoon */
  readonly storms?: readonly { readonly of: string; readonly day: CalendarDate }[];
}

export interface RepairYear extends YearInstance {
  /** For `repairs` */
  readonly storms: readonly Storm[];
}

const coming: readonly Attendance[] = ['attending', 'late', 'leaving', 'online', 'proxy'];

/**
 * The year as an instance for repairs. Everything that has a day is the announced plan. Locked is what staff fixed, what everybody who is
 * required accepted, and what is over; but where somebody in a seat declined or cannot come any more, or the day was closed since,
 * the meeting is free to move, and staff are told. An answer counts more than letters given before: whoever accepted a day can come.
 */
export function repairInstance(facts: YearFacts, trouble: Trouble = {}): RepairYear {
  const asAnswered = new AsAnswered(facts, trouble);
  const made = yearInstance(asAnswered.facts());
  // what cannot hold for a reason that only the whole instance knows (a panel without its quorum)
  const lost = brokenLocks(made.instance);
  for (const { of, reasons } of lost) asAnswered.free(of, reasons);
  const { instance, notes, unanswered } = lost.length ? yearInstance(asAnswered.facts()) : made;
  return { instance, notes: [...asAnswered.notes, ...notes], unanswered, storms: asAnswered.storms() };
}

class AsAnswered {
  readonly notes: Text[] = [];
  private readonly given: YearFacts;
  private readonly trouble: Trouble;
  private readonly dayIndex: ReadonlyMap<CalendarDate, number>;
  private readonly letters: Map<string, string>;
  private readonly standing: readonly Meeting[];
  private readonly freed = new Set<string>();

  constructor(given: YearFacts, trouble: Trouble) {
    this.given = given;
    this.trouble = trouble;
    this.dayIndex = new Map(given.days.map((day, index) => [day, index]));
    this.standing = given.meetings.filter(
      (meeting) => isPlaced(given.cycle, meeting) && startOf(meeting, this.dayIndex) !== undefined,
    );
    this.letters = new Map(given.letters);
    for (const meeting of this.standing) for (const attendee of this.attendeesOf(meeting)) this.hear(meeting, attendee);
    for (const meeting of this.standing) if (!this.isOver(meeting)) this.look(meeting);
  }

  facts(): YearFacts {
    const fixed = new Set(
      this.standing
        .filter((meeting) => this.isOver(meeting) || (this.isConfirmed(meeting) && !this.freed.has(meeting.key)))
        .map(({ id }) => id),
    );
    const free = new Set(this.standing.filter(({ key }) => this.freed.has(key)).map(({ id }) => id));
    const over = new Set(this.standing.filter((meeting) => this.isOver(meeting)).map(({ id }) => id));
    return {
      ...this.given,
      letters: this.letters,
      changes: [...(this.given.changes ?? []), ...this.shut()],
      meetings: this.given.meetings.map((meeting) => {
        if (free.has(meeting.id)) return { ...meeting, fixedByStaff: false };
        return fixed.has(meeting.id) ? { ...meeting, fixedByStaff: true } : meeting;
      }),
      attendees: this.given.attendees.map((attendee) => {
        if (over.has(attendee.meetingId)) return { ...attendee, byHand: true };
        const meeting = this.standing.find(({ id }) => id === attendee.meetingId);
        if (meeting && this.cannot(meeting, attendee)) return { ...attendee, byHand: false };
        return fixed.has(attendee.meetingId) && accepts(attendee) ? { ...attendee, byHand: true } : attendee;
      }),
    };
  }

  /** Lets a meeting move again, a committee with its hearings. */
  free(key: string, reasons: readonly Text[]): void {
    const meeting = this.standing.find((one) => one.key === key);
    if (!meeting || this.freed.has(key) || this.isOver(meeting)) return;
    this.freed.add(key);
    for (const part of this.standing) if (part.partOf === meeting.id) this.freed.add(part.key);
    if (!meeting.fixedByStaff && !this.isConfirmed(meeting)) return;
    const [reason = text('', '')] = reasons;
    const { title } = meeting;
    const day = dateShort(meeting.firstDay!);
    this.notes.push(
      text(
        `「${title.ja}」（${day.ja}）は日程を動かせるものとして扱います（${reason.ja}）。`,
        `“${title.en}” (${day.en}) may be moved: ${reason.en}.`,
      ),
    );
  }

  storms(): Storm[] {
    const placed = this.standing.filter((meeting) => isPlanned(this.given.cycle, meeting));
    return placed.flatMap((meeting) => {
      const days = this.stormsOn(meeting).flatMap(({ day }) => this.dayIndex.get(day) ?? []);
      return days.length ? [{ meeting: meeting.key, days }] : [];
    });
  }

  /** Whoever answered said more about this day than their letters did. */
  private hear(meeting: Meeting, attendee: Attendee): void {
    const { days } = this.given;
    const said = [...(this.letters.get(attendee.personId) ?? '-'.repeat(2 * days.length))];
    for (const half of this.halvesOf(meeting, attendee)) {
      if (attendee.attendance === 'absent') said[half] = 'x';
      else if (this.isAwayNow(attendee.personId, half)) said[half] = 'x';
      else if (said[half] === '-' || (said[half] === 'x' && accepts(attendee))) said[half] = 't';
    }
    this.letters.set(attendee.personId, said.join(''));
  }

  /** Storms of the days on which it is; of a committee those too that are said of its hearings */
  private stormsOn(meeting: Meeting): readonly { readonly day: CalendarDate }[] {
    const parts = this.standing.filter((part) => part.partOf === meeting.id);
    return (this.trouble.storms ?? []).filter(
      ({ of, day }) =>
        [meeting, ...parts].some((one) => isAbout(of, one)) && meeting.firstDay! <= day && day <= meeting.lastDay!,
    );
  }

  /** A committee that is not online has no day in a storm: the planner's conferences know no mode. */
  private shut(): ChangeOf<'close'>[] {
    return this.standing
      .filter((meeting) => this.isStormy(meeting) && !isPlanned(this.given.cycle, meeting))
      .flatMap((meeting) =>
        this.stormsOn(meeting).map(({ day }) => ({ change: 'close' as const, of: meeting.key, from: day, to: day })),
      );
  }

  /** Of a meeting by itself or a committee; its hearings go with it. */
  private isStormy(meeting: Meeting): boolean {
    if (this.isOver(meeting) || this.stormsOn(meeting).length === 0) return false;
    if (isPlanned(this.given.cycle, meeting)) return true;
    return meeting.partOf === null && meeting.mode !== 'online';
  }

  /** Staff said so of these days: an illness counts more than an earlier answer. */
  private isAwayNow(person: string, half: number): boolean {
    const day = this.given.days[half >> 1]!;
    return changesOf(this.given.changes, 'half-days').some((change) => {
      const isHalf = change.half === 'all' || (change.half === 'am') === (half % 2 === 0);
      return change.person === person && change.state === 'x' && isHalf && change.from <= day && day <= change.to;
    });
  }

  private look(meeting: Meeting): void {
    for (const attendee of this.attendeesOf(meeting)) {
      if (!this.isSeated(meeting, attendee) || !this.cannot(meeting, attendee)) continue;
      const name = this.given.roster.people.find(({ id }) => id === attendee.personId)?.name;
      const who = name ?? text(attendee.personId, attendee.personId);
      this.free(meeting.key, [text(`${who.ja}さんが出席できなくなりました`, `${who.en} cannot come`)]);
    }
    this.lookAtCommittee(meeting);
    const isIn = (from: CalendarDate, to: CalendarDate) => from <= meeting.lastDay! && meeting.firstDay! <= to;
    const shut = changesOf(this.given.changes, 'close').some(
      ({ of, from, to }) => isAbout(of, meeting) && isIn(from, to),
    );
    if (shut) this.free(meeting.key, [text('その日に開催できなくなりました', 'its day was closed')]);
    if (!this.isStormy(meeting)) return;
    this.free(meeting.key, [text('その日に現地では開催できません', 'it cannot be held in person on that day')]);
    const activity = meetingActivityOf(this.given.cycle.rules, meeting.activity);
    if (!isPlanned(this.given.cycle, meeting) && activity?.online) this.notes.push(mayBeOnline(meeting));
  }

  /** Nothing is heard without those whom a committee requires by their seat, and it must keep its quorum. */
  private lookAtCommittee(meeting: Meeting): void {
    const whole = this.standing.find(({ id }) => id === meeting.partOf);
    if (whole && isGathering(this.given, whole))
      for (const attendee of this.attendeesOf(whole)) {
        if (!this.isSeated(whole, attendee) || this.isRecused(attendee, meeting)) continue;
        if (!this.isAway(attendee.personId, startOf(meeting, this.dayIndex)!)) continue;
        const name = this.given.roster.people.find(({ id }) => id === attendee.personId)!.name;
        const why = text(`${name.ja}さんがその時間に出席できません`, `${name.en} cannot come at that time`);
        for (const { key } of [meeting, whole]) this.free(key, [why]);
      }
    const quorum = this.quorumOf(meeting);
    if (!quorum) return;
    const left = quorum.counted.filter((attendee) => !this.cannot(meeting, attendee)).length;
    if (quorum.counted.length >= quorum.need && left < quorum.need)
      this.free(meeting.key, [
        text(
          `出席できる委員が${left}名となり、定足数${quorum.need}名に足りません`,
          `only ${left} members can come; the quorum is ${quorum.need}`,
        ),
      ]);
  }

  private quorumOf(meeting: Meeting): { need: number; counted: Attendee[] } | undefined {
    const rule = meetingActivityOf(this.given.cycle.rules, meeting.activity)?.quorum;
    if (!rule || !isGathering(this.given, meeting)) return undefined;
    const rules = [rule.seat, ...rule.also];
    const seats = this.given.seats.filter((seat) => seat.meetingId === meeting.id && rules.includes(seat.rule));
    const ids = new Set(seats.map(({ id }) => id));
    const counted = this.attendeesOf(meeting).filter(({ seatId }) => ids.has(seatId ?? ''));
    return { need: Math.ceil((seats.length * rule.percent) / 100), counted };
  }

  private isRecused({ personId }: Attendee, hearing: Meeting): boolean {
    const { cycle, roster } = this.given;
    return bondsOf(cycle.rules, roster, personId, hearing.centre, hearing.firstDay!).some(
      ({ binds }) => binds === 'hard',
    );
  }

  /** A committee is arranged around hours at which somebody is away: only who is away throughout cannot come. */
  private cannot(meeting: Meeting, attendee: Attendee): boolean {
    const halves = this.halvesOf(meeting, attendee);
    const away = halves.filter((half) => this.isAway(attendee.personId, half)).length;
    const isCommittee = isGathering(this.given, meeting) && meeting.partOf === null;
    return isCommittee ? away > 0 && away === halves.length : away > 0;
  }

  private isAway(person: string, half: number): boolean {
    return this.letters.get(person)?.[half] === 'x' || !this.isInOffice(person, this.given.days[half >> 1]!);
  }

  private isInOffice(person: string, day: CalendarDate): boolean {
    const terms = this.given.roster.terms.filter((term) => term.person === person);
    return terms.length === 0 || terms.some(({ from, to }) => from <= day && (to === null || day <= to));
  }

  private isOver(meeting: Meeting): boolean {
    return this.trouble.today !== undefined && meeting.firstDay! < this.trouble.today;
  }

  /** Everybody whom it needs has accepted. */
  private isConfirmed(meeting: Meeting): boolean {
    if (meeting.fixedByStaff) return true;
    const needed = this.attendeesOf(meeting).filter(
      (attendee) => attendee.required && this.isSeated(meeting, attendee),
    );
    const quorum = this.quorumOf(meeting);
    if (quorum && quorum.counted.filter(accepts).length < quorum.need) return false;
    return needed.length > 0 && needed.every(accepts);
  }

  private attendeesOf(meeting: Meeting): Attendee[] {
    return this.given.attendees.filter(({ meetingId, removedAt }) => meetingId === meeting.id && removedAt === null);
  }

  /** In a seat of their own, not on a panel, nor one of the members of a committee at large */
  private isSeated(meeting: Meeting, attendee: Attendee): boolean {
    const rule = this.ruleOf(meeting, attendee);
    if (!rule || rule.panel) return false;
    if (!isGathering(this.given, meeting)) return true;
    const quorum = meetingActivityOf(this.given.cycle.rules, meeting.activity)?.quorum;
    return rule.required && rule.id !== quorum?.seat;
  }

  private ruleOf(meeting: Meeting, { seatId }: Attendee) {
    const seat = this.given.seats.find(({ id }) => id === seatId);
    return meetingActivityOf(this.given.cycle.rules, meeting.activity)?.seats.find(({ id }) => id === seat?.rule);
  }

  /** Half days on which somebody is needed there */
  private halvesOf(meeting: Meeting, attendee: Attendee): number[] {
    const start = startOf(meeting, this.dayIndex)!;
    const count = this.ruleOf(meeting, attendee)?.openingOnly ? 1 : meeting.halfDays;
    const last = 2 * this.given.days.length - 1;
    return Array.from({ length: count }, (_, i) => start + i).filter((half) => half <= last);
  }
}

const mayBeOnline = ({ title }: Meeting): Text =>
  text(
    `「${title.ja}」は、日程を変えずに全員オンラインで開くこともできます。会議のページの「編集」で開催方法をオンラインにしてください（何が変わるかは保存する前に表示されます）。`,
    `“${title.en}” may also stay on its day with everybody online: set how it is held under “Edit” on its page, which shows what follows before anything is saved.`,
  );

const accepts = ({ attendance }: Attendee): boolean => coming.includes(attendance);
