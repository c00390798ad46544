import type { GridRow } from '../../availability/availability.queries.ts';
import { dueDayAlong } from '../../cycle/due-days.ts';
import { closedDays, tentativeDays } from '../../cycle/year-calendar.ts';
import { dateLong, eachDay, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { asksAgain } from '../../meetings/meeting-change.ts';
import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { dueDay, workingDayOf, type WorkingDay } from '../../programme/working-days.ts';
import { holderOn } from '../../roster/roster.ts';
import { halfDaysOf } from './meeting-change-view.ts';
import { nameIn, type MeetingFile } from './meeting-file.ts';

export interface Notice {
  readonly kind: 'bad' | 'warn' | 'info';
  readonly words: Text;
  /** Line by line, where it is about several */
  readonly lines: readonly Text[];
}

export interface MovingDeadline {
  readonly title: Text;
  readonly before: CalendarDate | null;
  readonly after: CalendarDate;
  /** Staff have set another day, which stays */
  readonly stays: boolean;
}

/** What is known beside the meeting itself about its new days */
export interface Surroundings {
  /** What those who are asked said of the new days, by person, day by day and half by half */
  readonly availability: readonly GridRow[];
  readonly days: readonly CalendarDate[];
  readonly elsewhere: readonly { readonly personId: string; readonly title: Text }[];
  /** Of the whole year */
  readonly milestones: readonly Milestone[];
}

export const hasMoved = (before: Meeting, after: Meeting): boolean =>
  before.startsAt?.getTime() !== after.startsAt?.getTime() || before.endsAt?.getTime() !== after.endsAt?.getTime();

const notice = (kind: Notice['kind'], words: Text, lines: readonly Text[] = []): Notice => ({ kind, words, lines });

/** What follows from a change, the worst first: what will be refused, whom it hits, and what else moves with it */
export function noticesOf(file: MeetingFile, after: Meeting, around: Surroundings): Notice[] {
  const moved = hasMoved(file.meeting, after);
  return [
    ...(moved ? elsewhere(file, around) : []),
    ...(moved ? whoCannot(file, after, around) : []),
    ...(moved ? successors(file, after) : []),
    ...(moved ? calendarNotes(file, after) : []),
    ...(moved ? orderNotes(file, after, around.milestones) : []),
    ...(moved ? partNotes(file, after) : []),
    ...(after.mode !== 'on-site' && after.onlineUrl === '' && !file.whole?.onlineUrl
      ? [notice('warn', text('オンラインの接続先がまだ入力されていません。', 'There is no link to join yet.'))]
      : []),
  ];
}

function elsewhere(file: MeetingFile, { elsewhere: others }: Surroundings): Notice[] {
  if (others.length === 0) return [];
  return [
    notice(
      'bad',
      text(
        '同じ時間に別の会議があるため、このままでは保存できません。',
        'These people are expected elsewhere at that time, so it cannot be saved as it is.',
      ),
      others.map(({ personId, title }) =>
        fill(text('{name}さん：{title}', '{name}: {title}'), { name: nameIn(file, personId), title }),
      ),
    ),
  ];
}

/** Those who come, by what they said of the new half days: ×, △ with its comment, nothing */
function whoCannot(file: MeetingFile, after: Meeting, { availability, days }: Surroundings): Notice[] {
  const halves = halfDaysOf(after);
  const place = (day: CalendarDate, half: 'am' | 'pm') => days.indexOf(day) * 2 + (half === 'pm' ? 1 : 0);
  const said = file.attendees.filter(isComing).map((attendee) => {
    const cells = availability.find((row) => row.personId === attendee.personId)?.cells ?? [];
    const of = halves.map(({ day, half }) => cells[place(day, half)] ?? null);
    const worst = of.find((cell) => cell?.state === 'x') ?? of.find((cell) => cell?.state === 't') ?? null;
    return { attendee, worst, unknown: of.every((cell) => cell === null) };
  });
  const line = ({ attendee, worst }: (typeof said)[number]): Text =>
    fill(text('{name}さん（{role}{need}）{comment}', '{name} ({role}{need}){comment}'), {
      name: nameIn(file, attendee.personId),
      role: attendee.role,
      need: attendee.required ? text('・必須', ', required') : text('', ''),
      comment: worst?.comment ? text(`：${worst.comment}`, `: ${worst.comment}`) : text('', ''),
    });
  const cannot = said.filter(({ worst }) => worst?.state === 'x');
  const maybe = said.filter(({ worst }) => worst?.state === 't');
  const unknown = said.filter((one) => one.unknown);
  return [
    ...(cannot.length > 0
      ? [notice('bad', fill(text('日程回答で×の方が{n}名います。', '{n} cannot come, by what they said of their days (×).'), { n: cannot.length }), cannot.map(line))]
      : []),
    ...(maybe.length > 0
      ? [notice('warn', fill(text('△の方が{n}名います。', '{n} can come if need be (△).'), { n: maybe.length }), maybe.map(line))]
      : []),
    ...(unknown.length > 0
      ? [notice('info', fill(text('この日の都合が分からない方が{n}名います。', 'Of {n} it is not known whether they can.'), { n: unknown.length }), unknown.map(line))]
      : []),
    ...(said.length > 0 && cannot.length + maybe.length + unknown.length === 0
      ? [notice('info', text('全員が○と回答しています。', 'Everybody said that they can come (○).'))]
      : []),
  ];
}

const isComing = ({ attendance }: Attendee): boolean => attendance !== 'absent' && attendance !== 'proxy';

/** Who is invited is the holder of the post on that day. */
function successors({ roster, attendees, ...file }: MeetingFile, after: Meeting): Notice[] {
  const lines = attendees
    .filter((attendee) => attendee.post !== null && !attendee.byHand)
    .flatMap((attendee) => {
      const holder = holderOn(roster, attendee.post!, after.firstDay!);
      if (holder?.id === attendee.personId) return [];
      const values = { role: attendee.role, before: nameIn({ roster }, attendee.personId), after: holder?.name ?? text('空席', 'nobody') };
      return [fill(text('{role}：{before} → {after}', '{role}: {before} → {after}'), values)];
    });
  const undated = file.meeting.firstDay === null;
  return [
    ...(lines.length > 0
      ? [notice('warn', text('その日の役職者に入れ替わります。', 'Whoever holds the post on that day comes instead.'), lines)]
      : []),
    ...(undated
      ? [notice('info', text('役職による席は、その日の役職者で自動的に埋まります。', 'Seats that go with a post are filled with its holder on that day.'))]
      : []),
  ];
}

function calendarNotes({ cycle }: MeetingFile, after: Meeting): Notice[] {
  const days = new Set(eachDay(after.firstDay!, after.lastDay!));
  const lines = (named: readonly { date: CalendarDate; name: Text }[]) =>
    named
      .filter(({ date }) => days.has(date))
      .map(({ date, name }) => fill(text('{day}：{name}', '{day}: {name}'), { day: dateLong(date), name }));
  const closed = lines(closedDays(cycle.rules, cycle.fiscalYear, after.activity));
  const tentative = lines(tentativeDays(cycle.rules, cycle.fiscalYear, after.activity));
  const { windowFrom, windowTo } = after;
  const outside = windowFrom && windowTo && (after.firstDay! < windowFrom || after.lastDay! > windowTo);
  return [
    ...(closed.length > 0 ? [notice('warn', text('休日または実施しない期間です。', 'A holiday, or days that are kept free.'), closed)] : []),
    ...(tentative.length > 0 ? [notice('warn', text('できれば避ける期間です。', 'Days to avoid if possible.'), tentative)] : []),
    ...(outside
      ? [notice('warn', fill(text('実施期間（{from}～{to}）の外です。', 'Outside of its window ({from} – {to}).'), { from: dateLong(windowFrom), to: dateLong(windowTo) }))]
      : []),
  ];
}

/** What the programme wants between two meetings of a centre: both ways round, since either may be the one that moves */
function orderNotes(file: MeetingFile, after: Meeting, milestones: readonly Milestone[]): Notice[] {
  const { cycle, others } = file;
  const isWorking = workingDayOf(cycle.rules);
  const all = [after, ...others].filter((meeting) => meeting.state === 'scheduled' && meeting.firstDay !== null);
  const lines = all.flatMap((later) =>
    (meetingActivityOf(cycle.rules, later.activity)?.notBefore ?? []).flatMap((offset) => {
      const anchor = anchorOf(offset.after ?? '', later, all, milestones, after, isWorking);
      if (!anchor || (later !== after && anchor.meetingId !== after.id)) return [];
      const soonest = dueDay(offset, anchor.first, anchor.last, isWorking);
      if (later.firstDay! >= soonest) return [];
      return [
        fill(
          text(
            '「{later}」（{day}）は「{earlier}」の後、{soonest}以降のはずです',
            '“{later}” ({day}) should be on {soonest} or later, after “{earlier}”',
          ),
          {
            later: later.title,
            day: dateLong(later.firstDay!),
            earlier: anchor.title,
            soonest: dateLong(soonest),
          },
        ),
      ];
    }),
  );
  return lines.length === 0
    ? []
    : [notice('warn', text('前後の間隔が足りません。', 'There is too little time in between.'), lines)];
}

/** What an offset counts from: another meeting of the same centre or of all, or a deadline, which may move with the meeting itself */
function anchorOf(
  activity: string,
  later: Meeting,
  meetings: readonly Meeting[],
  milestones: readonly Milestone[],
  moved: Meeting,
  isWorking: WorkingDay,
): { title: Text; first: CalendarDate; last: CalendarDate; meetingId: string | null } | undefined {
  const isOf = (one: { activity: string; centre: string | null }) =>
    one.activity === activity && (one.centre === later.centre || one.centre === null);
  const meeting = meetings.find(isOf);
  if (meeting) return { title: meeting.title, first: meeting.firstDay!, last: meeting.lastDay!, meetingId: meeting.id };
  const milestone = milestones.find(isOf);
  const day =
    milestone?.meetingId === moved.id && milestone.extendedTo === null
      ? dueDayAlong(milestone.due.offsets, moved.firstDay!, moved.lastDay!, isWorking)
      : milestone && dayDue(milestone);
  return milestone && day ? { title: milestone.title, first: day, last: day, meetingId: milestone.meetingId } : undefined;
}

/** A committee that moves does not take its hearings along: their hours were agreed one by one. */
function partNotes({ parts, whole }: MeetingFile, after: Meeting): Notice[] {
  const left = parts
    .filter(({ meeting }) => meeting.state === 'scheduled')
    .filter(({ meeting }) => meeting.firstDay! < after.firstDay! || meeting.lastDay! > after.lastDay!);
  if (left.length > 0)
    return [
      notice(
        'warn',
        text('この会議の中で行うものは自動では動きません。それぞれの日時を変えてください。', 'What takes place within it does not move along. Change each by itself.'),
        left.map(({ meeting }) => meeting.title),
      ),
    ];
  const outside = whole?.firstDay && whole.lastDay && (after.firstDay! < whole.firstDay || after.lastDay! > whole.lastDay);
  return outside
    ? [notice('warn', fill(text('「{whole}」の日程の外です。', 'Outside of the days of “{whole}”.'), { whole: whole.title }))]
    : [];
}

/** Deadlines that are counted from this meeting, before and after */
export function movingDeadlines(file: MeetingFile, after: Meeting, milestones: readonly Milestone[]): MovingDeadline[] {
  const { firstDay, lastDay } = after;
  if (!firstDay || !lastDay || !hasMoved(file.meeting, after)) return [];
  const isWorking = workingDayOf(file.cycle.rules);
  return milestones
    .filter(({ meetingId, state }) => meetingId === file.meeting.id && state === 'open')
    .flatMap((milestone) => {
      const day = dueDayAlong(milestone.due.offsets, firstDay, lastDay, isWorking);
      if (day === null || day === milestone.dueOn) return [];
      const { title, dueOn: before, extendedTo } = milestone;
      return [{ title, before, after: day, stays: extendedTo !== null }];
    });
}

/** Who hears of a change: those who were told before. Nobody is mailed before it is released. */
export function tellingOf(file: MeetingFile, after: Meeting | 'cancelled') {
  const { meeting, told, attendees } = file;
  const cancelled = after === 'cancelled';
  const aspects = ['startsAt', 'endsAt', 'mode', 'place', 'room', 'access', 'note', 'onlineUrl'] as const;
  const tells = cancelled || aspects.some((field) => JSON.stringify(meeting[field]) !== JSON.stringify(after[field]));
  const again = cancelled ? false : asksAgain(meeting, after);
  const people = [...told.values()].filter((of) => !of.cancelled);
  const of = (via: 'person' | 'office') =>
    people.filter((one) => one.via === via).map((one) => nameIn(file, one.personId));
  return {
    tells: tells && people.length > 0,
    nobodyKnows: people.length === 0,
    count: people.length,
    people: joinTexts(of('person')),
    throughOffice: joinTexts(of('office')),
    /** Answers that would count no more */
    answersLost: again ? attendees.filter(({ attendance }) => attendance !== 'unanswered').length : 0,
  };
}
