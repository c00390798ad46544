import { isDeepStrictEqual } from 'node:util';
import type { GridRow } from '../../availability/availability.queries.ts';
import { dueDayAlong } from '../../cycle/due-days.ts';
import { dateLong, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { asksAgain } from '../../meetings/meeting-change.ts';
import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import { partFollowing } from '../../meetings/meeting-parts.ts';
import type { Milestone } from '../../milestones/milestone.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { workingDayOf } from '../../programme/working-days.ts';
import { holderOn } from '../../roster/roster.ts';
import { halfDaysOf } from './meeting-change-view.ts';
import { calendarNotes, orderNotes } from './meeting-day-notes.ts';
import { nameIn, type MeetingFile, type PartOfMeeting } from './meeting-file.ts';
import { notice, noticeKinds, type Notice } from './meeting-notice.ts';

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

/** What follows from a change, the worst first: what will be refused, whom it hits, and what else moves with it */
export function noticesOf(file: MeetingFile, after: Meeting, around: Surroundings): Notice[] {
  const moved = hasMoved(file.meeting, after);
  const notices = [
    ...(moved ? elsewhere(file, around) : []),
    ...(moved ? whoCannot(file, after, around) : []),
    ...(moved ? successors(file, after) : []),
    ...(moved ? calendarNotes(file, after) : []),
    ...(moved ? orderNotes(file, after, around.milestones) : []),
    ...(moved ? partNotes(file, after) : []),
    ...holdNotes(file, after),
    ...(after.mode !== 'on-site' && after.onlineUrl === '' && !file.whole?.onlineUrl
      ? [notice('warn', text('オンラインの接続先がまだ入力されていません。', 'There is no link to join yet.'))]
      : []),
  ];
  return notices.toSorted((a, b) => noticeKinds.indexOf(a.kind) - noticeKinds.indexOf(b.kind));
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
      ? [
          notice(
            'bad',
            fill(text('日程回答で×の方が{n}名います。', '{n} cannot come, by what they said of their days (×).'), {
              n: cannot.length,
            }),
            cannot.map(line),
          ),
        ]
      : []),
    ...(maybe.length > 0
      ? [
          notice(
            'warn',
            fill(text('△の方が{n}名います。', '{n} can come if need be (△).'), { n: maybe.length }),
            maybe.map(line),
          ),
        ]
      : []),
    ...(unknown.length > 0
      ? [
          notice(
            'info',
            fill(text('この日の都合が分からない方が{n}名います。', 'Of {n} it is not known whether they can.'), {
              n: unknown.length,
            }),
            unknown.map(line),
          ),
        ]
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
      const values = {
        role: attendee.role,
        before: nameIn({ roster }, attendee.personId),
        after: holder?.name ?? text('空席', 'nobody'),
      };
      return [fill(text('{role}：{before} → {after}', '{role}: {before} → {after}'), values)];
    });
  const undated = file.meeting.firstDay === null;
  return [
    ...(lines.length > 0
      ? [
          notice(
            'warn',
            text('その日の役職者に入れ替わります。', 'Whoever holds the post on that day comes instead.'),
            lines,
          ),
        ]
      : []),
    ...(undated
      ? [
          notice(
            'info',
            text(
              '役職による席は、その日の役職者で自動的に埋まります。',
              'Seats that go with a post are filled with its holder on that day.',
            ),
          ),
        ]
      : []),
  ];
}

/** What it means that days are only held, and what follows once they are fixed */
function holdNotes({ meeting, parts }: MeetingFile, after: Meeting): Notice[] {
  if (meeting.provisional === after.provisional) return [];
  const along = parts.filter(({ meeting: part }) => part.state !== 'cancelled').map(({ meeting: part }) => part.title);
  const words = after.provisional
    ? text(
        '「日程確保のお願い」として案内し、予定表には仮の予定として入ります。確定すると、改めて出欠を尋ねます。',
        'People are asked to keep the days free, and calendars show it as tentative. Once it is fixed they are asked whether they come.',
      )
    : text(
        '日程の確定として案内し、予定表の仮の予定が確定した予定に変わります。仮押さえへの回答は履歴に残り、改めて出欠を尋ねます。',
        'People are told that the day is fixed, and the tentative entry becomes a firm one. What they said of the provisional day is kept, and they are asked anew.',
      );
  return [notice('info', words, along)];
}

/** A committee takes its hearings along, each at its clock time; one of them alone may leave the committee's days. */
function partNotes(file: MeetingFile, after: Meeting): Notice[] {
  const { parts, whole } = file;
  const lines = parts.flatMap((part) => {
    const following = partAfter(file, part, after);
    if (!following?.firstDay) return [];
    const values = { title: part.meeting.title, day: dateLong(following.firstDay) };
    return [fill(text('{title}：{day}', '{title}: {day}'), values)];
  });
  if (lines.length > 0)
    return [
      notice(
        'warn',
        text(
          'この会議の中で行うものも、同じ時刻のまま動きます。',
          'What takes place within it moves along, at the same hours.',
        ),
        lines,
      ),
    ];
  const outside =
    whole?.firstDay && whole.lastDay && (after.firstDay! < whole.firstDay || after.lastDay! > whole.lastDay);
  return outside
    ? [
        notice(
          'warn',
          fill(text('「{whole}」の日程の外です。', 'Outside of the days of “{whole}”.'), { whole: whole.title }),
        ),
      ]
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

/**
 * Who hears of a change: those who were told before, also of the parts that are cancelled or move along. Nobody is mailed before it is
 * released.
 */
export function tellingOf(file: MeetingFile, after: Meeting | 'cancelled') {
  const { meeting, attendees } = file;
  const cancelled = after === 'cancelled';
  const aspects = [
    'startsAt',
    'endsAt',
    'provisional',
    'mode',
    'place',
    'room',
    'access',
    'note',
    'onlineUrl',
  ] as const;
  const differs = cancelled || aspects.some((field) => !isDeepStrictEqual(meeting[field], after[field]));
  const parts = file.parts.filter((part) =>
    cancelled ? part.meeting.state !== 'cancelled' : partAfter(file, part, after) !== undefined,
  );
  const told = [file, ...parts].flatMap((one) => [...one.told.values()].filter((of) => !of.cancelled));
  const people = [...new Map(told.toReversed().map((of) => [of.personId, of])).values()].toReversed();
  const of = (via: 'person' | 'office') =>
    people.filter((one) => one.via === via).map((one) => nameIn(file, one.personId));
  const answered = attendees.filter(({ attendance }) => attendance !== 'unanswered').length;
  const answeredParts = parts.reduce((sum, { standing }) => sum + standing.answered, 0);
  const again = !cancelled && asksAgain(meeting, after);
  return {
    tells: differs && people.length > 0,
    nobodyKnows: people.length === 0,
    count: people.length,
    people: joinTexts(of('person')),
    throughOffice: joinTexts(of('office')),
    /** Answers that would count no more */
    answersLost: cancelled ? 0 : (again ? answered : 0) + answeredParts,
  };
}

const partAfter = ({ meeting, cycle }: MeetingFile, { meeting: part }: PartOfMeeting, after: Meeting) =>
  partFollowing(part, meetingActivityOf(cycle.rules, part.activity), meeting, after);
