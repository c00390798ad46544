import { oneLine } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { momentIn, type Instant } from '../kernel/zoned-time.ts';
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
import { answerByLines, answerByRow, mainRows, particulars, rowOf, said } from './particulars.ts';

export type { Letterhead };

export interface ComposedMail extends RenderedMail {
  /** Folder of `templates/mail` that it was written from */
  readonly kind:
    | 'invitation-new'
    | 'invitation-update'
    | 'invitation-cancel'
    | 'office-notice'
    | 'receipt'
    | 'link-renewal'
    | 'not-theirs'
    | 'proposal-declined';
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
    fixed_now: facts.status === 'fixed' && changes.some(({ what }) => what === 'status'),
    answer_by: answerByLines(facts, language)[0] ?? '',
    answer_url: input.answerUrl,
    // a button in the entry of one day does not say what becomes of the others
    calendar_answers: input.calendarAnswers && (facts.day?.of ?? 1) === 1,
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

/** A meeting as it is told to somebody who has no seat in it */
export const toldTo = (readerZone: string, facts: MeetingFacts): Told => ({
  ...facts,
  readerZone,
  seat: nothing,
  required: true,
});

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

export interface RenewalInput extends Pick<ReceiptInput, 'to' | 'language' | 'letterhead' | 'zone' | 'answerUrl'> {
  /** A meeting of theirs, for whom to call */
  readonly facts: MeetingFacts;
  readonly staffInCharge: StaffInCharge;
  readonly validUntil: Instant;
}

/** A new link in place of one whose time is over (itip G4) */
export function composeLinkRenewal(sources: MailSources, input: RenewalInput): ComposedMail {
  const { language, to } = input;
  const data = {
    ...common({ ...input.facts, staffInCharge: input.staffInCharge }, input.letterhead, language),
    addressee: 'office' in to ? officeAddressee(to.office, language) : addressee(to, language),
    answer_url: input.answerUrl,
    valid_until: momentIn(input.validUntil, input.zone)[language],
  };
  return { kind: 'link-renewal', ...renderMail(sourceOf(sources, 'link-renewal', language), language, data) };
}

export interface NotTheirsInput {
  readonly staff: StaffInCharge;
  readonly language: Language;
  /** Whose the link is: a person, or an office */
  readonly name: Text;
  readonly at: Instant;
  readonly zone: string;
  /** Staff's page of the meeting */
  readonly page: string;
}

/** Tells staff that a link has reached somebody else than its reader (itip G7) */
export function composeNotTheirs(sources: MailSources, input: NotTheirsInput): ComposedMail {
  const { language, staff, name, at, zone, page } = input;
  const data = {
    staff_name: oneLine(staff.name[language], 120),
    name: oneLine(name[language], 120),
    at: momentIn(at, zone)[language],
    page,
  };
  return { kind: 'not-theirs', ...renderMail(sourceOf(sources, 'not-theirs', language), language, data) };
}
