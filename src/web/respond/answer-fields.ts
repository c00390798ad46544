import type { Text } from '../../kernel/text.ts';
import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import {
  answerable,
  currentAnswer,
  faultInHours,
  faultTexts,
  AnswerForm,
  isBelieved,
  saysTheSame,
  unconfirmedAnswer,
  type Answer,
  type GivenAnswer,
} from '../../responses/answer.ts';
import type { MeetingFacts } from '../../invitations/invitation.ts';
import type { Faults } from '../faults.ts';

/** The fields of one person's answer on a form; several people stand on one page, so that each field carries the attendee's id */
const fields = ['attendance', 'lateFrom', 'leavingAt', 'proxyName', 'proxyTitle', 'accompanying', 'remarks'] as const;
type Field = (typeof fields)[number];
export type TypedAnswer = Partial<Record<Field, string>>;

/** Beside what is typed: the revision of the meeting and the answer that the form showed */
type Name = Field | 'revision' | 'seen';

export const fieldName = (attendeeId: string, field: Name): string => `${field}-${attendeeId}`;

type Body = Readonly<Record<string, unknown>>;
const typed = (body: Body, attendeeId: string, field: Name): string => {
  const value = body[fieldName(attendeeId, field)];
  return typeof value === 'string' ? value.slice(0, 5000) : '';
};

export interface ReadAnswer {
  readonly attendeeId: string;
  /** Revision of the meeting that the form showed; NaN where it was tampered with */
  readonly revision: number;
  /** Id of the answer that the form showed; empty where there was none */
  readonly seen: string;
  readonly typed: TypedAnswer;
  readonly given: GivenAnswer | undefined;
  readonly faults: Faults;
}

/**
 * What a form says of one person.
 * @param facts of their meeting: somebody cannot arrive after its end
 */
export function readAnswer(body: Body, attendeeId: string, facts?: MeetingFacts): ReadAnswer {
  const values: TypedAnswer = Object.fromEntries(
    fields.map((field) => [field, typed(body, attendeeId, field)] as const),
  );
  const parsed = AnswerForm.safeParse(values);
  const faults: Record<string, Text> = {};
  for (const { path } of parsed.error?.issues ?? []) {
    const field = String(path[0] ?? 'attendance') as Field;
    faults[fieldName(attendeeId, field)] ??= faultTexts[field] ?? faultTexts['attendance']!;
  }
  const outside = parsed.data && facts && faultInHours(parsed.data, facts);
  if (outside) faults[fieldName(attendeeId, outside.field)] = outside.text;
  return {
    attendeeId,
    revision: Number.parseInt(typed(body, attendeeId, 'revision'), 10),
    seen: typed(body, attendeeId, 'seen'),
    typed: values,
    given: outside ? undefined : parsed.data,
    faults,
  };
}

/** What a form says of these people. Somebody of whom nothing was said is left out: an office may answer for some of its people. */
export const readAnswers = (
  body: Body,
  attendeeIds: readonly string[],
  factsOf?: ReadonlyMap<string, MeetingFacts>,
): ReadAnswer[] =>
  attendeeIds
    .filter((attendeeId) => fields.some((field) => typed(body, attendeeId, field).trim()))
    .map((attendeeId) => readAnswer(body, attendeeId, factsOf?.get(attendeeId)));

/** Ids of all of whom a form says what they do, whether or not it may */
export const attendeesIn = (body: Body): string[] =>
  Object.entries(body).flatMap(([name, value]) => {
    const id = /^attendance-(.{1,100})$/.exec(name)?.[1];
    return id !== undefined && value !== '' ? [id] : [];
  });

/**
 * Whether a form says what it showed. Somebody may have answered for themselves since it was opened: what the office left as it stood is
 * not to overwrite that.
 */
export function isUntouched({ given, seen }: ReadAnswer, answers: readonly Answer[]): boolean {
  const shown = answers.find((answer) => answer.id === seen);
  return shown !== undefined && given !== undefined && saysTheSame(shown, given);
}

export interface AnswerView {
  readonly attendeeId: string;
  readonly names: Readonly<Record<Name, string>>;
  readonly revision: number;
  readonly seen: string;
  readonly options: readonly { readonly value: string; readonly checked: boolean }[];
  readonly values: TypedAnswer;
  /** Accompanying people or remarks are there, or something is wrong with them */
  readonly more: boolean;
  readonly answered: { readonly attendance: string; readonly at: string; readonly by: string } | undefined;
  /** Perhaps given by a machine: it counts once staff have said so */
  readonly unconfirmed: { readonly attendance: string; readonly at: string } | undefined;
  /** Said of an earlier time of the meeting; it counts no more */
  readonly earlier: { readonly attendance: string; readonly at: string } | undefined;
}

/** What the form shows of one person: what was typed and came back with faults, else the present answer */
export function answerView(
  meeting: Pick<Meeting, 'revision'>,
  attendee: Pick<Attendee, 'id'>,
  answers: readonly Answer[],
  back?: TypedAnswer,
  seen?: string,
): AnswerView {
  const current = currentAnswer(answers, meeting.revision);
  const unconfirmed = unconfirmedAnswer(answers, meeting.revision);
  const last = answers.findLast(isBelieved);
  const values: TypedAnswer =
    back ??
    (current
      ? {
          attendance: current.attendance,
          lateFrom: current.lateFrom ?? '',
          leavingAt: current.leavingAt ?? '',
          proxyName: current.proxyName,
          proxyTitle: current.proxyTitle,
          accompanying: current.accompanying.join('\n'),
          remarks: current.remarks,
        }
      : {});
  const names = Object.fromEntries(
    [...fields, 'revision' as const, 'seen' as const].map((field) => [field, fieldName(attendee.id, field)]),
  ) as AnswerView['names'];
  return {
    attendeeId: attendee.id,
    names,
    revision: meeting.revision,
    seen: seen ?? current?.id ?? '',
    options: answerable.map((value) => ({ value, checked: values.attendance === value })),
    values,
    more: Boolean(values.accompanying || values.remarks),
    answered: current && { attendance: current.attendance, at: current.at.toISOString(), by: current.givenBy },
    unconfirmed: unconfirmed && { attendance: unconfirmed.attendance, at: unconfirmed.at.toISOString() },
    earlier: last && last !== current ? { attendance: last.attendance, at: last.at.toISOString() } : undefined,
  };
}

/** `t***@pd.example.org`: enough to recognise one's own, too little for anybody else */
export function masked(address: string | null): string {
  const at = address?.lastIndexOf('@') ?? -1;
  return address && at > 0 ? `${address[0]}***${address.slice(at)}` : '';
}

/** "Firefox, Windows": enough to tell a person's browser from a scanner, too little to follow anybody */
export function coarseAgent(userAgent: string | undefined): string {
  const found = (list: readonly (readonly [RegExp, string])[]) =>
    list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const browser = found([
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = found([
    [/Windows/, 'Windows'],
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(', ');
}
