import { dateLong } from '../kernel/calendar-date.ts';
import { oneLine } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { dayInZone, momentIn, type Instant } from '../kernel/zoned-time.ts';
import { renderMail, sourceOf, type MailSources, type RenderedMail } from '../mail/mail-template.ts';
import type { Change } from './change.ts';
import {
  nothing,
  type Extra,
  type InvitationFacts,
  type MeetingFacts,
  type StaffInCharge,
  type Told,
} from './invitation.ts';
import type { CancelMessage, NewMessage, UpdateMessage } from './itip.ts';
import { addressee, changeRows, common, officeAddressee, styled, type Letterhead, type Named } from './letter-parts.ts';
import { answerByLines, answerByRow, mainRows, particulars, rowOf, said, staffLine, type Row } from './particulars.ts';

export type { Letterhead };

export interface ComposedMail extends RenderedMail {
  /** Folder of `templates/mail` that it was written from */
  readonly kind: 'invitation-new' | 'invitation-update' | 'invitation-cancel' | 'office-notice' | 'receipt';
}

export interface InvitationMailInput {
  readonly message: NewMessage | UpdateMessage | CancelMessage;
  /** What is true; of a cancellation, what was last sent */
  readonly facts: InvitationFacts;
  readonly letterhead: Letterhead;
  /** Page on which this person answers */
  readonly answerUrl: string;
  /** Whether answers from the buttons of a calendar are read, so that the mail may say so */
  readonly calendarAnswers: boolean;
}

const mainChanges = ['status', 'time', 'mode', 'place'] as const;

/**
 * What follows by itself is not listed in the letter: a new day by which to answer, where everybody is asked again anyway, and the room of
 * a place to which nobody goes any more.
 */
function worthSaying(changes: readonly Change[]): readonly Change[] {
  const did = (what: Change['what']) => changes.some((change) => change.what === what);
  const gone = (change: Change) => change.after.ja === '' && change.after.en === '';
  return changes.filter(
    (change) =>
      !(change.what === 'answer-by' && mainChanges.some(did)) &&
      !((change.what === 'room' || change.what === 'access') && did('mode') && gone(change)),
  );
}

/** The mail around the calendar of one invitation, in the person's language. */
export function composeInvitationMail(sources: MailSources, input: InvitationMailInput): ComposedMail {
  const { message, facts, letterhead } = input;
  const { language } = facts;
  const changes = message.action === 'update' ? worthSaying(message.changes) : [];
  const answerKept = message.action === 'update' && message.answerKept;
  const kind = `invitation-${message.action}` as const;
  const data = {
    ...common(facts, letterhead, language),
    addressee: addressee(facts, language),
    name: styled(facts, language),
    secretary: facts.reach === 'secretary',
    rows:
      message.action === 'cancel'
        ? mainRows(facts, language)
        : [...particulars(facts, language), ...(answerKept ? [] : answerByRow(facts, language))],
    required: facts.required,
    hold: facts.status === 'hold',
    answer_by: answerByLines(facts, language)[0] ?? '',
    answer_url: input.answerUrl,
    calendar_answers: input.calendarAnswers,
    again: message.action === 'new' && message.again,
    // The most important of what changed, for the subject and the first sentence
    main_change: mainChanges.find((what) => changes.some((change) => change.what === what)) ?? 'text',
    changes: changeRows(changes, language),
    answered: message.action === 'update' && message.answered,
    answer_kept: answerKept,
    reason: message.action === 'cancel' ? message.reason : '',
    another_follows: message.action === 'cancel' && message.thenNew,
  };
  return { kind, ...renderMail(sourceOf(sources, kind, language), language, data) };
}

/** One of the people for whom an office answers, at one meeting */
export interface OfficePerson extends Named {
  readonly seat: Text;
  readonly required: boolean;
  /** `changed`: the meeting did; `removed`: not asked any more */
  readonly action: 'new' | 'changed' | 'removed' | 'unchanged';
  /** Whether they also got an invitation of their own, or only this office hears of it */
  readonly ownMail: boolean;
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

/** A meeting as it is told to somebody who has no seat in it */
const toldTo = (readerZone: string, facts: MeetingFacts): Told => ({
  ...facts,
  readerZone,
  seat: nothing,
  required: true,
});

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
  const note = parts([person.seat, news, invited]);
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

/** An answer as it was recorded for one person at one meeting */
export interface ReceiptItem extends Omit<Named, 'post'> {
  readonly facts: MeetingFacts;
  /** 出席 */
  readonly answer: Text;
  /** Proxy, hours, accompanying people, remarks, as they were given */
  readonly details: readonly Extra[];
}

export interface ReceiptInput {
  /** The person who was asked, or the office that answered */
  readonly to: Named | { readonly office: Text };
  readonly language: Language;
  readonly readerZone: string;
  readonly letterhead: Letterhead;
  readonly staffInCharge: StaffInCharge;
  /** Not empty */
  readonly items: readonly ReceiptItem[];
  /** Who pressed the button, as they named themselves; may be empty */
  readonly givenBy: string;
  readonly at: Instant;
  readonly zone: string;
  /** Page on which it can be changed */
  readonly answerUrl: string;
}

const answerLabel = text('ご回答', 'Answer');
const personLabel = text('ご出席者', 'Person');

/** Says what was recorded. It carries no calendar: a second request would ask again (itip B11, H2). */
export function composeReceipt(sources: MailSources, input: ReceiptInput): ComposedMail {
  const { language, items } = input;
  const first = items[0]!;
  const data = {
    ...common({ ...first.facts, staffInCharge: input.staffInCharge }, input.letterhead, language),
    addressee: 'office' in input.to ? officeAddressee(input.to.office, language) : addressee(input.to, language),
    items: items.map((item) => ({
      rows: said([
        ...mainRows(toldTo(input.readerZone, item.facts), language).slice(0, 2),
        rowOf(personLabel[language], styled(item, language)),
        rowOf(answerLabel[language], oneLine(item.answer[language])),
        ...item.details.map(({ label, value }) => rowOf(oneLine(label[language], 40), value[language])),
      ]),
    })),
    item_count: items.length,
    others: items.length - 1,
    given_by: oneLine(input.givenBy, 120),
    at: momentIn(input.at, input.zone)[language],
    answer_url: input.answerUrl,
  };
  return { kind: 'receipt', ...renderMail(sourceOf(sources, 'receipt', language), language, data) };
}
