import { z } from 'zod';
import { oneLine } from '../kernel/plain-text.ts';
import { fill, text, type Text } from '../kernel/text.ts';
import { localTime } from '../kernel/zoned-time.ts';
import type { Attendance, Attendee, Meeting } from '../meetings/meeting.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DoubtReason } from './doubt.ts';
import { responseRefusals } from './refusals.ts';

export type Channel = 'link' | 'office-link' | 'calendar' | 'staff' | 'import';
export const answerable = ['attending', 'late', 'leaving', 'online', 'proxy', 'absent', 'undecided'] as const;

/** One answer, as it stands in the ledger */
export interface Answer {
  id: string;
  attendeeId: string;
  revision: number;
  attendance: Exclude<Attendance, 'unanswered'>;
  /** `HH:MM` on the meeting's first day, venue time */
  lateFrom: string | null;
  leavingAt: string | null;
  proxyName: string;
  proxyTitle: string;
  accompanying: string[];
  remarks: string;
  channel: Channel;
  givenBy: string;
  agent: string;
  at: Date;
  /** When it was given, where that is not when it was recorded: a mail may be days on its way. The latest given counts, whatever its channel. */
  answeredAt?: Date | null;
  /** SEQUENCE that a calendar answered */
  sequence?: number | null;
  /** The mail that it came in */
  inboundId?: string | null;
  /** A machine may have given it: it does not count unless a person says that it does */
  doubt?: Doubt;
  /** They alone were asked anew since, because they take part in another way */
  askedAnew?: true;
}

export interface Doubt {
  readonly reason: DoubtReason;
  /** null: nobody has looked at it yet */
  readonly counts: boolean | null;
}

export const attendanceNames: Readonly<Record<Attendance, Text>> = {
  unanswered: { ja: '未回答', en: 'not answered' },
  attending: { ja: '出席', en: 'attending' },
  absent: { ja: '欠席', en: 'absent' },
  late: { ja: '途中から出席', en: 'arriving late' },
  leaving: { ja: '途中退席', en: 'leaving early' },
  online: { ja: 'オンラインで出席', en: 'attending online' },
  proxy: { ja: '代理出席', en: 'represented by a proxy' },
  undecided: { ja: '調整中', en: 'undecided' },
};

/** Control characters and the like would end up in lists and mails */
const line = (most: number) =>
  z
    .string()
    .transform((value) => oneLine(value, Infinity))
    .pipe(z.string().max(most));
const lines = (value: string): string[] => value.split(/\r\n|[\r\n]/).map((one) => oneLine(one, Infinity));
const Clock = z
  .string()
  .trim()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/)
  .transform((time) => time.padStart(5, '0'));

const MOST_ACCOMPANYING = 50;
const Accompanying = z
  .string()
  .max(4000)
  .transform((value) =>
    lines(value)
      .flatMap((one) => one.split(/[、,，]/))
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
  .pipe(z.array(z.string().max(100)).max(MOST_ACCOMPANYING));

/** What a form says of one person at one meeting. Fields that do not belong to the chosen answer are dropped, not stored. */
export const AnswerForm = z
  .object({
    attendance: z.enum(answerable),
    lateFrom: z.union([Clock, z.literal('')]).optional(),
    leavingAt: z.union([Clock, z.literal('')]).optional(),
    proxyName: line(200).optional(),
    proxyTitle: line(200).optional(),
    accompanying: Accompanying.optional(),
    remarks: z
      .string()
      .transform((value) => lines(value).join('\n').trim())
      .pipe(z.string().max(2000))
      .optional(),
  })
  .superRefine((form, context) => {
    const missing = (field: string) => context.addIssue({ code: 'custom', path: [field], message: field });
    if (form.attendance === 'proxy' && !form.proxyName) missing('proxyName');
    if (form.attendance === 'late' && !form.lateFrom) missing('lateFrom');
    if (form.attendance === 'leaving' && !form.leavingAt) missing('leavingAt');
  })
  .transform((form) => ({
    attendance: form.attendance,
    lateFrom: form.attendance === 'late' ? form.lateFrom! : null,
    leavingAt: form.attendance === 'leaving' ? form.leavingAt! : null,
    proxyName: form.attendance === 'proxy' ? form.proxyName! : '',
    proxyTitle: form.attendance === 'proxy' ? (form.proxyTitle ?? '') : '',
    accompanying: form.accompanying ?? [],
    remarks: form.remarks ?? '',
  }));
export type GivenAnswer = z.infer<typeof AnswerForm>;

export const faultTexts: Readonly<Record<string, Text>> = {
  attendance: { ja: '出欠を選んでください。', en: 'Please choose an answer.' },
  proxyName: { ja: '代理の方のお名前を入力してください。', en: 'Please give the name of the person who stands in.' },
  proxyTitle: { ja: '役職は200字以内で入力してください。', en: 'Please give the title in at most 200 characters.' },
  lateFrom: { ja: '到着時刻を「10:30」のように入力してください。', en: 'Please give the time of arrival as "10:30".' },
  leavingAt: { ja: '退席時刻を「15:30」のように入力してください。', en: 'Please give the time of leaving as "15:30".' },
  accompanying: {
    ja: '同席される方は50名まで、お一人ずつ改行して、お一人100字以内で入力してください。',
    en: 'Please name at most 50 people who accompany you, one a line, each in at most 100 characters.',
  },
  remarks: { ja: '備考は2,000字以内で入力してください。', en: 'Please keep remarks to 2,000 characters.' },
};

const outside = {
  lateFrom: text(
    '到着時刻は、会議の時間（{from}～{to}）の間の時刻を入力してください。',
    'Please give a time of arrival while the meeting lasts ({from}–{to}).',
  ),
  leavingAt: text(
    '退席時刻は、会議の時間（{from}～{to}）の間の時刻を入力してください。',
    'Please give a time of leaving while the meeting lasts ({from}–{to}).',
  ),
};

/**
 * What is wrong with the hours of an answer: somebody who arrives before it begins is not late, and who comes after its end is absent.
 * They arrive on the first day and leave on the last; where these have other hours than from its beginning to its end, a day goes on until
 * midnight.
 */
export function faultInHours(
  given: Pick<GivenAnswer, 'lateFrom' | 'leavingAt'>,
  meeting: { readonly startsAt: string; readonly endsAt: string; readonly zone: string },
): { readonly field: 'lateFrom' | 'leavingAt'; readonly text: Text } | undefined {
  const [from, to] = [meeting.startsAt, meeting.endsAt].map((at) => localTime(at, meeting.zone).time) as [
    string,
    string,
  ];
  const wrong = (field: 'lateFrom' | 'leavingAt', hours: { from: string; to: string }) => {
    const time = given[field];
    if (time === null || (time > hours.from && time < hours.to)) return undefined;
    return { field, text: fill(outside[field], hours) };
  };
  const sameHours = to > from;
  return (
    wrong('lateFrom', { from, to: sameHours ? to : '24:00' }) ??
    wrong('leavingAt', { from: sameHours ? from : '00:00', to })
  );
}

/** Whether an answer can be taken now. `shown` is the revision that the form was made for. */
export function refusalToAnswer(
  meeting: Pick<Meeting, 'state' | 'endsAt' | 'revision' | 'title'>,
  attendee: Pick<Attendee, 'removedAt'>,
  shown: number,
  now: Date,
): Refusal | undefined {
  const no = (code: keyof typeof responseRefusals) => Refusal.of(responseRefusals, code, { title: meeting.title });
  if (attendee.removedAt) return no('responses.not-asked-any-more');
  if (meeting.state === 'cancelled') return no('responses.cancelled');
  if (meeting.state !== 'scheduled') return no('responses.no-date-yet');
  if (meeting.endsAt && meeting.endsAt <= now) return no('responses.too-late');
  if (shown !== meeting.revision) return no('responses.changed-meanwhile');
  return undefined;
}

/** Whether two answers say the same; who gave them, and when, does not matter */
export const saysTheSame = (one: GivenAnswer, other: GivenAnswer): boolean => contentOf(one) === contentOf(other);

const contentOf = (answer: GivenAnswer): string =>
  JSON.stringify([
    answer.attendance,
    answer.lateFrom,
    answer.leavingAt,
    answer.proxyName,
    answer.proxyTitle,
    answer.accompanying,
    answer.remarks,
  ]);

/** Given to the meeting as it is now, and to how they take part in it */
export const answersPresent = ({ revision: answered, askedAnew }: Answer, revision: number): boolean =>
  answered === revision && !askedAnew;

/** The answer that counts: the latest that was given to the meeting's present revision, and is not doubted */
export const currentAnswer = (answers: readonly Answer[], revision: number): Answer | undefined =>
  answers.filter((answer) => answersPresent(answer, revision) && isBelieved(answer)).at(-1);

/** Answered by link, perhaps by a machine, and not settled yet; only where nothing newer counts */
export function unconfirmedAnswer(answers: readonly Answer[], revision: number): Answer | undefined {
  const last = answers.filter((answer) => answersPresent(answer, revision)).at(-1);
  return last?.doubt?.counts === null ? last : undefined;
}

/** Nothing says that a machine gave it, or somebody has said that it counts all the same */
export const isBelieved = ({ doubt }: Answer): boolean => !doubt || doubt.counts === true;
