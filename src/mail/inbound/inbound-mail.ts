import { sameAddress } from '../address.ts';
import { reportIn, type DeliveryReport } from './delivery-report.ts';
import { decodeHeader } from './encoded-text.ts';
import { addressesIn, type HeaderAddress } from './header-value.ts';
import {
  headerOf,
  headersOf,
  headOf,
  leavesOf,
  mimeTree,
  textOf,
  TooMuch,
  type Header,
  type MimePart,
} from './mime-tree.ts';
import { autoReplySign } from './auto-reply.ts';

/** What our own mail server says of where a mail came from (RFC 8601): it is believed from that server only */
export interface Authentication {
  readonly dmarc: string;
  /** Domain of the From header that was checked, lower case; empty where not said */
  readonly from: string;
}

/** A mail that came in, as far as one can read it without knowing what it is about. Plain data. */
export interface InboundMail {
  readonly from: HeaderAddress | null;
  readonly subject: string;
  readonly messageId: string | null;
  /** In-Reply-To first, then References from the newest */
  readonly refersTo: readonly string[];
  /** Instant of the Date header, ISO 8601 in UTC */
  readonly date: string | null;
  /** Everybody it was addressed to: envelope and delivery headers first, then To and Cc */
  readonly recipients: readonly string[];
  readonly nullSender: boolean;
  readonly authentication: Authentication | null;
  /** By what it shows that a machine wrote it without being asked; null: no sign */
  readonly autoReply: string | null;
  readonly report: DeliveryReport | null;
  /** Calendar texts in the order in which they are to be tried */
  readonly calendars: readonly string[];
  /** Why something in it cannot be read, though it may matter */
  readonly unreadable: UnreadablePart | null;
  /** The beginning of its text, for people */
  readonly text: string;
}

export type UnreadablePart =
  'too-large' | 'too-many-parts' | 'calendar-in-header' | 'tnef' | 'encrypted' | 'not-a-mail' | 'too-slow';

/** What the channel knows of a mail, besides its octets */
export interface Envelope {
  /** RCPT TO; empty where the channel does not know */
  readonly recipients: readonly string[];
  /** MAIL FROM; `''` for the null sender, null where the channel does not know */
  readonly sender: string | null;
}

export interface ReadingLimits {
  /** Octets of the whole message */
  readonly message: number;
  /** Octets of one calendar */
  readonly calendar: number;
  readonly calendars: number;
}

/** Above what any mail program writes as an answer (itip E2) */
export const readingLimits: ReadingLimits = { message: 5_000_000, calendar: 200_000, calendars: 20 };

const MOST_TEXT = 4_000;

/**
 * Reads a mail. Never throws for what somebody sent: what cannot be taken apart says so in `unreadable`, with as much of its headers
 * as there is.
 * @param ownDomain ours; Authentication-Results of other servers are not looked at
 */
export function readMail(raw: Buffer, envelope: Envelope, ownDomain: string, limits = readingLimits): InboundMail {
  if (raw.length > limits.message) return readHead(raw, envelope, ownDomain, 'too-large');
  try {
    return whole(mimeTree(raw), raw, envelope, ownDomain, limits);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return readHead(raw, envelope, ownDomain, 'too-many-parts');
  }
}

/** The head of a mail that is not taken apart, in time that is linear in its first 256 kB */
export function readHead(raw: Buffer, envelope: Envelope, ownDomain: string, unreadable: UnreadablePart): InboundMail {
  const nothing = { autoReply: null, report: null, calendars: [], text: '' };
  return { ...headOfMail(headOf(raw), envelope, ownDomain), ...nothing, unreadable };
}

function whole(tree: MimePart, raw: Buffer, envelope: Envelope, ownDomain: string, limits: ReadingLimits): InboundMail {
  const leaves = leavesOf(tree);
  const head = headOfMail(tree.headers, envelope, ownDomain);
  const { texts, tooLarge } = calendarsIn(leaves, limits);
  const text = plainTextIn(leaves);
  const report = reportIn(tree, head, text);
  return {
    ...head,
    autoReply: autoReplySign(tree.headers, head.nullSender, head.subject) ?? receiptIn(leaves),
    report,
    calendars: texts,
    unreadable: tooLarge ? 'too-large' : unreadablePart(tree, leaves, texts, raw),
    // a report names where mail was forwarded to: nobody is shown that
    text: report ? '' : text,
  };
}

function headOfMail(headers: readonly Header[], envelope: Envelope, ownDomain: string) {
  const returnPath = envelope.sender ?? headerOf(headers, 'return-path');
  return {
    from:
      addressesIn(headerOf(headers, 'from') ?? '').map(({ name, address }) => ({
        name: decodeHeader(name),
        address: sameAddress(address),
      }))[0] ?? null,
    subject: decodeHeader(headerOf(headers, 'subject') ?? '').slice(0, 500),
    messageId: idsIn(headerOf(headers, 'message-id') ?? '')[0] ?? null,
    refersTo: [
      ...idsIn(headerOf(headers, 'in-reply-to') ?? ''),
      ...idsIn(headerOf(headers, 'references') ?? '').reverse(),
    ].slice(0, 50),
    date: instantOf(headerOf(headers, 'date')),
    recipients: recipientsIn(headers, envelope),
    nullSender: returnPath !== undefined && /^\s*(<\s*>|<mailer-daemon>|)\s*$/i.test(returnPath),
    authentication: authenticationIn(headers, ownDomain),
  };
}

const idsIn = (value: string): string[] => value.slice(0, 20_000).match(/<[^<>\s]{1,500}>/g) ?? [];

function instantOf(date: string | undefined): string | null {
  const millis = Date.parse((date ?? '').slice(0, 200).replace(/\([^()]*\)/g, ' '));
  return Number.isNaN(millis) ? null : new Date(millis).toISOString();
}

function recipientsIn(headers: readonly Header[], envelope: Envelope): string[] {
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'original-recipient', 'x-forwarded-to'];
  const received = headersOf(headers, 'received').flatMap((value) => /\bfor\s+<([^<>\s]+)>/.exec(value)?.[1] ?? []);
  const said = [...delivered, 'to', 'cc'].flatMap((name) =>
    headersOf(headers, name).flatMap((value) =>
      addressesIn(value.replace(/^\s*rfc822\s*;/i, '')).map(({ address }) => address),
    ),
  );
  const all = [...envelope.recipients, ...received, ...said].map((address) => sameAddress(address));
  return [...new Set(all)].slice(0, 100);
}

/** The topmost of our own server only: below it stands what the sender wrote, perhaps in its name (RFC 8601 §5) */
function authenticationIn(headers: readonly Header[], ownDomain: string): Authentication | null {
  const first = headersOf(headers, 'authentication-results').find((value) => isOurs(value, ownDomain));
  const [, dmarc] = /\bdmarc\s*=\s*([a-z]+)/i.exec(first ?? '') ?? [];
  if (dmarc === undefined) return null;
  const [, from] = /\bheader\.from\s*=\s*([^\s;]+)/i.exec(first!) ?? [];
  return { dmarc: dmarc.toLowerCase(), from: (from ?? '').toLowerCase().replace(/^.*@/, '') };
}

function isOurs(value: string, ownDomain: string): boolean {
  const server = (/^\s*([^\s;]+)/.exec(value)?.[1] ?? '').toLowerCase();
  return server === ownDomain.toLowerCase() || server.endsWith(`.${ownDomain.toLowerCase()}`);
}

/** «Has been read»: nobody wrote it (RFC 8098) */
const receiptIn = (leaves: readonly MimePart[]): string | null =>
  leaves.some(({ type }) => type.value === 'message/disposition-notification') ? 'Disposition-Notification' : null;

const isCalendar = ({ type, filename }: MimePart): boolean =>
  type.value === 'text/calendar' || type.value === 'application/ics' || /\.ics$/i.test(filename);

/** The parts that mail programs read first; the same text twice (a part and its copy as a file) counts once. */
function calendarsIn(leaves: readonly MimePart[], limits: ReadingLimits): { texts: string[]; tooLarge: boolean } {
  const parts = leaves.filter((part) => isCalendar(part) && part.body.length > 0);
  const tooLarge = parts.length > limits.calendars || parts.some((part) => part.body.length > limits.calendar);
  if (tooLarge) return { texts: [], tooLarge };
  const ordered = [
    ...parts.filter((part) => part.type.value === 'text/calendar'),
    ...parts.filter((part) => part.type.value !== 'text/calendar'),
  ];
  return { texts: [...new Set(ordered.map((part) => textOf(part)))], tooLarge };
}

function plainTextIn(leaves: readonly MimePart[]): string {
  const shown = leaves.filter((part) => part.disposition.value !== 'attachment' && part.body.length > 0);
  const plain = shown.filter((part) => part.type.value === 'text/plain');
  const html = shown.filter((part) => part.type.value === 'text/html');
  const text =
    plain.map((part) => textOf(part)).find((value) => value.trim() !== '') ??
    html.map((part) => withoutMarkup(textOf(part).slice(0, 100_000))).find((value) => value.trim() !== '');
  return (text ?? '').trim().slice(0, MOST_TEXT);
}

const withoutMarkup = (html: string): string =>
  html
    .replace(/<(?:br|\/p|\/div|\/li|\/tr)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/[ \t]{2,}/g, ' ');

/** Parts in which an answer may hide from us */
function unreadablePart(
  tree: MimePart,
  leaves: readonly MimePart[],
  calendars: readonly string[],
  raw: Buffer,
): UnreadablePart | null {
  if (calendars.length > 0) return null;
  if (leaves.some((part) => part.headers.some(({ name, value }) => name === 'begin' && /^vcalendar$/i.test(value))))
    return 'calendar-in-header';
  if (leaves.some(({ type, filename }) => type.value === 'application/ms-tnef' || /^winmail\.dat$/i.test(filename)))
    return 'tnef';
  const sealed = /^application\/(x-)?pkcs7-mime$/;
  if (leaves.some(({ type }) => sealed.test(type.value)) || tree.type.value === 'multipart/encrypted')
    return 'encrypted';
  if (tree.headers.length === 0 || raw.length === 0) return 'not-a-mail';
  return null;
}
