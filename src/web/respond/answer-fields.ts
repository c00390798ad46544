import type { Text } from '../../kernel/text.ts';
import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import {
  answerable,
  currentAnswer,
  faultTexts,
  AnswerForm,
  type Answer,
  type GivenAnswer,
} from '../../responses/answer.ts';
import type { Faults } from '../faults.ts';

/** The fields of one person's answer on a form; several people stand on one page, so that each field carries the attendee's id */
const fields = ['attendance', 'lateFrom', 'leavingAt', 'proxyName', 'proxyTitle', 'accompanying', 'remarks'] as const;
type Field = (typeof fields)[number];
export type TypedAnswer = Partial<Record<Field, string>>;

export const fieldName = (attendeeId: string, field: Field | 'revision'): string => `${field}-${attendeeId}`;

type Body = Readonly<Record<string, unknown>>;
const typed = (body: Body, attendeeId: string, field: Field | 'revision'): string => {
  const value = body[fieldName(attendeeId, field)];
  return typeof value === 'string' ? value.slice(0, 5000) : '';
};

export interface ReadAnswer {
  readonly attendeeId: string;
  /** Revision of the meeting that the form showed; NaN where it was tampered with */
  readonly revision: number;
  readonly typed: TypedAnswer;
  readonly given: GivenAnswer | undefined;
  readonly faults: Faults;
}

/** What a form says of these people. Somebody for whom nothing was chosen is left out: an office may answer for some of its people. */
export function readAnswers(body: Body, attendeeIds: readonly string[]): ReadAnswer[] {
  return attendeeIds.flatMap((attendeeId) => {
    const entries = fields.map((field) => [field, typed(body, attendeeId, field)] as const);
    const values: TypedAnswer = Object.fromEntries(entries);
    const revision = Number.parseInt(typed(body, attendeeId, 'revision'), 10);
    const { attendance } = values;
    if (!attendance) {
      const wrote = fields.some((field) => field !== 'attendance' && values[field]?.trim());
      return wrote
        ? [
            {
              attendeeId,
              revision,
              typed: values,
              given: undefined,
              faults: { [fieldName(attendeeId, 'attendance')]: faultTexts['attendance']! },
            },
          ]
        : [];
    }
    const parsed = AnswerForm.safeParse(values);
    const faults: Record<string, Text> = {};
    if (!parsed.success)
      for (const { path } of parsed.error.issues) {
        const field = String(path[0] ?? 'attendance') as Field;
        faults[fieldName(attendeeId, field)] ??= faultTexts[field] ?? faultTexts['attendance']!;
      }
    return [{ attendeeId, revision, typed: values, given: parsed.data, faults }];
  });
}

export interface AnswerView {
  readonly attendeeId: string;
  readonly names: Readonly<Record<Field | 'revision', string>>;
  readonly revision: number;
  readonly options: readonly { readonly value: string; readonly checked: boolean }[];
  readonly values: TypedAnswer;
  readonly answered: { readonly attendance: string; readonly at: string; readonly by: string } | undefined;
  /** Said of an earlier time of the meeting; it counts no more */
  readonly earlier: { readonly attendance: string; readonly at: string } | undefined;
}

/** What the form shows of one person: what was typed and came back with faults, else the present answer */
export function answerView(
  meeting: Pick<Meeting, 'revision'>,
  attendee: Pick<Attendee, 'id'>,
  answers: readonly Answer[],
  back?: TypedAnswer,
): AnswerView {
  const current = currentAnswer(answers, meeting.revision);
  const last = answers.at(-1);
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
  const name = (field: Field | 'revision') => fieldName(attendee.id, field);
  return {
    attendeeId: attendee.id,

    names: Object.fromEntries(
      [...fields, 'revision' as const].map((field) => [field, name(field)]),
    ) as AnswerView['names'],
    revision: meeting.revision,
    options: answerable.map((value) => ({ value, checked: values.attendance === value })),
    values,
    answered: current && { attendance: current.attendance, at: current.at.toISOString(), by: current.givenBy },
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
