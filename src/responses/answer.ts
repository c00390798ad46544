import { z } from 'zod';
import type { Text } from '../kernel/text.ts';
import type { Attendance, Attendee, Meeting } from '../meetings/meeting.ts';
import { Refusal } from '../kernel/refusal.ts';
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
}

export const attendanceNames: Readonly<Record<Attendance, Text>> = {
  unanswered: { ja: '未回答', en: 'not answered' },
  attending: { ja: '出席', en: 'attending' },
  absent: { ja: '欠席', en: 'absent' },
  late: { ja: '遅れて出席', en: 'arriving late' },
  leaving: { ja: '途中退席', en: 'leaving early' },
  online: { ja: 'オンラインで出席', en: 'attending online' },
  proxy: { ja: '代理出席', en: 'represented by a proxy' },
  undecided: { ja: '調整中', en: 'undecided' },
};

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    // control characters would end up in lists and mails
    .transform((value) => value.normalize('NFC').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' '))
    .pipe(z.string().max(most));
const Clock = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/);

/** What a form says of one person at one meeting. Fields that do not belong to the chosen answer are dropped, not stored. */
export const AnswerForm = z
  .object({
    attendance: z.enum(answerable),
    lateFrom: z.union([Clock, z.literal('')]).optional(),
    leavingAt: z.union([Clock, z.literal('')]).optional(),
    proxyName: oneLine(200).optional(),
    proxyTitle: oneLine(200).optional(),
    accompanying: z.string().max(4000).optional(),
    remarks: z
      .string()
      .trim()
      .max(2000)
      .transform((value) => value.normalize('NFC').replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, ''))
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
    accompanying: (form.accompanying ?? '')
      .split(/[\n、,，]/)
      .map((name) =>
        name
          .normalize('NFC')
          .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
          .trim(),
      )
      .filter((name) => name !== '')
      .slice(0, 50),
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
    ja: '同席者は4,000字以内で入力してください。',
    en: 'Please name those who accompany you in at most 4,000 characters.',
  },
  remarks: { ja: '備考は2,000字以内で入力してください。', en: 'Please keep remarks to 2,000 characters.' },
};

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

/** The answer that counts: the latest that was given to the meeting's present revision */
export const currentAnswer = (answers: readonly Answer[], revision: number): Answer | undefined =>
  answers.filter((answer) => answer.revision === revision).at(-1);
