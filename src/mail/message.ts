import type { DateTime } from 'luxon';
import { text, type Language, type Text } from '../kernel/text.ts';
import { addressFault, sameAddress, type AddressFault, type Mailbox } from './address.ts';

/** A calendar object that travels with a mail. `content` is the whole VCALENDAR with CRLF line ends; its METHOD is `method`. */
export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
}

/** One mail to one person, as the room that writes it hands it to the outbox. */
export interface OutgoingMail {
  /** What kind of mail: `invitation`, `office-request`, `sign-in`, … With invitation and revision it is unique. */
  readonly kind: string;
  readonly to: Mailbox;
  readonly from: Mailbox;
  /** Where answers go; `from` where not given */
  readonly replyTo?: Mailbox;
  /** The envelope sender (RFC 5321 MAIL FROM), to which bounces return: one per mail, so that a bounce names its mail */
  readonly envelopeFrom: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly calendar?: CalendarPart;
  /** With angle brackets; stable per invitation, revision and kind */
  readonly messageId: string;
  /** The first mail of the same matter; goes into In-Reply-To and References */
  readonly references?: string;
  /** A page on which the reader stops mails of this kind, by one press of their mail program where it is https (RFC 8058). Never of an invitation */
  readonly unsubscribeUrl?: string;
  readonly language: Language;
  readonly personId?: string;
  readonly officeId?: string;
  readonly invitationId?: string;
  readonly revision?: number;
  readonly releaseId?: string;
  /** Mails of one key leave strictly in the order in which they were put; nothing overtakes */
  readonly orderingKey: string;
  /** The Date header, and the beginning of the time in which sending is tried */
  readonly date: DateTime;
  /** After this instant it is no longer tried: a sign-in link that has run out, a meeting that is over. Two days after `date` where not given */
  readonly notAfter?: DateTime;
  /**
   * Leaves unmarked and to anybody even in rehearsal. Only for a mail that its reader has just asked for, such as a sign-in link:
   * otherwise staff who rehearse could not sign in.
   */
  readonly evenInRehearsal?: true;
  /** The calendar part is stamped with the time at which the mail is first handed over, instead of that at which it was put */
  readonly stampedWhenSent?: true;
}

/** What a mail is written from, as far as its bytes depend on it. Plain JSON. */
export type MailDraft = Omit<OutgoingMail, 'date' | 'notAfter'>;

/** The same mail as of an instant: its Date, and the DTSTAMP and LAST-MODIFIED of its calendar part (RFC 5545 §3.8.7.2, §3.8.7.3). */
export function stampedAt(draft: MailDraft, at: DateTime): OutgoingMail {
  const stamp = at.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'");
  const { calendar } = draft;
  const stamped = calendar?.content.replace(/^(DTSTAMP|LAST-MODIFIED):\d{8}T\d{6}Z(?=\r$)/gm, `$1:${stamp}`);
  return { ...draft, date: at, ...(calendar && { calendar: { ...calendar, content: stamped! } }) };
}

export const addressFaultText: Record<AddressFault, Text> = {
  empty: text('空欄です', 'it is empty'),
  'line-break': text('改行が含まれています', 'it contains a line break'),
  several: text('アドレスは1件だけ指定してください', 'it must be exactly one address'),
  'not-an-address': text('メールアドレスの形ではありません', 'it is not an address'),
  'too-long': text('長すぎます', 'it is too long'),
  'local-part-not-ascii': text(
    '@の前に使えない文字があります',
    'there are characters before the @ that cannot be sent',
  ),
};

const messageIdPattern = /^<[A-Za-z0-9._+$-]+@[A-Za-z0-9.-]+>$/;

/**
 * Why this mail must not leave, or undefined. Everything that ends up in a header is looked at: a line break in a name would be a
 * header of its own (CWE-93).
 */
export function faultOf(mail: OutgoingMail): Text | undefined {
  const headerValues = [mail.subject, mail.to.name, mail.from.name, mail.replyTo?.name ?? ''];
  if (headerValues.some((value) => /[\r\n\0]/.test(value)))
    return text('件名または氏名に改行が含まれています', 'a line break in the subject or in a name');
  if (mail.subject.trim() === '') return text('件名がありません', 'it has no subject');
  for (const address of [
    mail.to.address,
    mail.from.address,
    mail.envelopeFrom,
    ...(mail.replyTo ? [mail.replyTo.address] : []),
  ]) {
    const fault = addressFault(address);
    if (fault) return addressFaultText[fault];
  }
  if (![mail.messageId, mail.references ?? mail.messageId].every((id) => messageIdPattern.test(id)))
    return text('Message-IDの形が正しくありません', 'its Message-ID is malformed');
  if (mail.unsubscribeUrl !== undefined && !/^https?:\/\/[!-;=?-~]+$/.test(mail.unsubscribeUrl))
    return text('配信停止のアドレスの形が正しくありません', 'the address to unsubscribe at is malformed');
  if (mail.calendar) return calendarFault(mail, mail.calendar);
  return undefined;
}

function calendarFault(mail: OutgoingMail, calendar: CalendarPart): Text | undefined {
  const methods = calendar.content.match(/^METHOD:.*$/gm)?.map((line) => line.trim()) ?? [];
  if (methods.length !== 1 || methods[0] !== `METHOD:${calendar.method}`)
    return text('予定データのMETHODが一致しません', 'the METHOD of the calendar differs');
  // a press on it would be taken for a refusal of the meeting
  if (mail.unsubscribeUrl !== undefined)
    return text('招待のメールに配信停止の見出しは付けられません', 'an invitation cannot be unsubscribed from');
  // Clients send no answer when the organizer is the reader (itip A15)
  if (sameAddress(mail.from.address) === sameAddress(mail.to.address))
    return text('差出人と宛先が同じです', 'the sender is the recipient');
  return undefined;
}
