import { dateLong } from '../kernel/calendar-date.ts';
import { oneLine } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { dayInZone, momentIn, type Instant } from '../kernel/zoned-time.ts';
import { renderMail, sourceOf, type MailSources } from '../mail/mail-template.ts';
import type { Change } from './change.ts';
import type { MeetingFacts, StaffInCharge, Told } from './invitation.ts';
import { changeRows, styled, type Letterhead, type Named } from './letter-parts.ts';
import { toldTo, type ComposedMail } from './mail-text.ts';
import { answerByRow, mainRows, rowOf, said, staffLine, type Row } from './particulars.ts';

/** One of the people for whom an office answers, at one meeting */
export interface OfficePerson extends Named {
  readonly seat: Text;
  readonly required: boolean;
  /** `changed`: the meeting did; `removed`: not asked any more */
  readonly action: 'new' | 'changed' | 'removed' | 'unchanged';
  /** Whether they also got an invitation of their own, or only this office hears of it */
  readonly ownMail: boolean;
  /** Parts of the meeting for which they leave the room */
  readonly recused?: Text;
}

export interface OfficeMeeting {
  readonly facts: MeetingFacts;
  /** Empty where it is new to the office, or did not change */
  readonly changes: readonly Change[];
  readonly people: readonly OfficePerson[];
}

export interface OfficeNoticeInput {
  readonly office: { readonly name: Text; readonly language: Language };
  /** Zone in which the office works */
  readonly readerZone: string;
  readonly letterhead: Letterhead;
  readonly staffInCharge: StaffInCharge;
  /** In the order in which they should be read; those that the release is about first or by day, as staff prefer */
  readonly meetings: readonly OfficeMeeting[];
  /** The one link of the office */
  readonly link: string;
  /** The earliest day by which something is asked for; null: as soon as possible */
  readonly answerBy: Instant | null;
  /** Zone in which that day is said first */
  readonly zone: string;
}

const personStates: Readonly<Record<OfficePerson['action'], Text | undefined>> = {
  new: text('新規', 'new'),
  changed: undefined,
  removed: text('ご案内の取消', 'withdrawn'),
  unchanged: undefined,
};
const meetingStates = {
  new: text('新規', 'new'),
  changed: text('変更', 'changed'),
  people: text('対象の方の変更', 'change of people'),
  cancelled: text('開催中止', 'cancelled'),
  withdrawn: text('ご案内の取消', 'withdrawn'),
  unchanged: text('変更なし', 'unchanged'),
} satisfies Record<string, Text>;
const ownMail = text('ご本人にもご案内を送付しています', 'has also been invited in person');

export function stateOf(meeting: OfficeMeeting): keyof typeof meetingStates {
  const did = (action: OfficePerson['action']) => meeting.people.some((person) => person.action === action);
  if (meeting.facts.status === 'cancelled') return 'cancelled';
  if (meeting.changes.length > 0 || did('changed')) return 'changed';
  if (did('new') && meeting.people.every((person) => person.action === 'new')) return 'new';
  if (did('removed') && meeting.people.every((person) => person.action === 'removed')) return 'withdrawn';
  return did('new') || did('removed') ? 'people' : 'unchanged';
}

/** One mail to an office for a whole release: its people, its meetings and what is new of each, one link. */
export function composeOfficeNotice(sources: MailSources, input: OfficeNoticeInput): ComposedMail {
  const { language } = input.office;
  const states = input.meetings.map(stateOf);
  const asked = input.meetings
    .filter((meeting) => meeting.facts.status !== 'cancelled')
    .flatMap((meeting) => meeting.people.filter(({ action }) => action === 'new' || action === 'changed'));
  const data = {
    office: oneLine(input.office.name[language]),
    programme: oneLine(input.letterhead.programme[language]),
    secretariat: oneLine(input.letterhead.secretariat[language]),
    staff: staffLine(input.letterhead.secretariat, input.staffInCharge, language),
    link: input.link,
    answer_by: input.answerBy === null ? '' : momentIn(input.answerBy, input.zone)[language],
    answer_day: input.answerBy === null ? '' : dateLong(dayInZone(input.answerBy, input.zone))[language],
    meetings: input.meetings.map((meeting, index) => ({
      title: oneLine(meeting.facts.title[language], 120),
      state: meetingStates[states[index]!][language],
      rows: officeRows(toldTo(input.readerZone, meeting.facts), meeting, language),
    })),
    meeting_count: input.meetings.length,
    people_count: new Set(asked.map((person) => styled(person, language) + person.post[language])).size,
    // Cancellations, and people who are not asked any more, leave nothing to answer
    to_answer: asked.length > 0,
    news: newsOf(states, language),
  };
  return { kind: 'office-notice', ...renderMail(sourceOf(sources, 'office-notice', language), language, data) };
}

const peopleLabel = text('対象の方', 'People');
const changesLabel = text('変更点', 'Changes');

function officeRows(facts: Told, meeting: OfficeMeeting, language: Language): readonly Row[] {
  const state = stateOf(meeting);
  const off = state === 'cancelled' || state === 'withdrawn';
  const people = meeting.people.map((person) => personLine(person, state, language));
  const changes = changeRows(meeting.changes, language).flatMap(({ label, lines }) =>
    lines.map((line) => (language === 'ja' ? `${label}${line}` : `${label} ${line}`)),
  );
  return said([
    // Its title stands in the heading; where it does not take place for them, the time is enough
    ...mainRows(facts, language).slice(1, off ? 2 : undefined),
    rowOf(changesLabel[language], ...changes),
    rowOf(peopleLabel[language], ...people),
    ...(off ? [] : answerByRow(facts, language)),
  ]);
}

/** Who, as what, and what is news about them where the meeting's own heading does not say it */
function personLine(person: OfficePerson, state: keyof typeof meetingStates, language: Language): string {
  const news = state === 'changed' || state === 'people' ? personStates[person.action] : undefined;
  const invited = person.ownMail && person.action !== 'removed' && state !== 'cancelled' ? ownMail : undefined;
  const parts = (all: readonly (Text | undefined)[]) =>
    all.map((part) => oneLine(part?.[language] ?? '', 160)).filter(Boolean);
  const who = [...parts([person.post]), styled(person, language)];
  const recused = person.recused && text(`${person.recused.ja}の間はご退席`, `leaves for ${person.recused.en}`);
  const note = parts([person.seat, recused, news, invited]);
  if (language === 'ja') return who.join(' ') + (note.length > 0 ? `（${note.join('、')}）` : '');
  return who.toReversed().join(', ') + (note.length > 0 ? ` (${note.join('; ')})` : '');
}

/** 新規2件・変更1件 · 2 new, 1 changed */
function newsOf(states: readonly (keyof typeof meetingStates)[], language: Language): string {
  const counts = (Object.keys(meetingStates) as (keyof typeof meetingStates)[])
    .filter((state) => state !== 'unchanged')
    .map((state) => ({ name: meetingStates[state], count: states.filter((each) => each === state).length }))
    .filter(({ count }) => count > 0);
  return language === 'ja'
    ? counts.map(({ name, count }) => `${name.ja}${count}件`).join('・')
    : counts.map(({ name, count }) => `${count} ${name.en}`).join(', ');
}
