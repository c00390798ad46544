import { text, type Text } from '../kernel/text.ts';
import { addressFault, domainOf, sameAddress } from './address.ts';
import type { OutgoingMail } from './message.ts';

/** What staff decide about all mail at once. */
export interface Policy {
  /** Mail leaves only for listed addresses, marked */
  readonly rehearsal: boolean;
  /** Addresses, `@domain` for everybody there, or `@*.domain` for everybody in its subdomains; lower case */
  readonly rehearsalAddresses: readonly string[];
  /** Nothing leaves until it is resumed */
  readonly paused: boolean;
  /** Addresses to which nothing is sent, lower case: their owners have called our mail spam */
  readonly stopped?: readonly string[];
}

const SUBDOMAINS = '@*.';

/** `undefined` where the entry is neither an address nor `@domain` nor `@*.domain` */
export function rehearsalEntry(value: string): string | undefined {
  const entry = value.trim();
  const below = entry.startsWith(SUBDOMAINS);
  const address = entry.startsWith('@') ? `anybody@${entry.slice(below ? SUBDOMAINS.length : 1)}` : entry;
  if (addressFault(address)) return undefined;
  if (!entry.startsWith('@')) return sameAddress(entry);
  return `${below ? SUBDOMAINS : '@'}${domainOf(address)}`;
}

/** `@domain` covers its own addresses only, not those of its subdomains, which may be somebody else's. */
export const isListed = (address: string, entries: readonly string[]): boolean =>
  entries.includes(sameAddress(address)) ||
  entries.includes(`@${domainOf(address)}`) ||
  entries.some((entry) => entry.startsWith(SUBDOMAINS) && domainOf(address).endsWith(entry.slice(2)));

/** Whether the mail may leave as things stand; otherwise it is kept back. */
export const mayLeave = (
  policy: Policy,
  mail: { readonly address: string; readonly evenInRehearsal: boolean },
): boolean =>
  !policy.stopped?.includes(sameAddress(mail.address)) &&
  (!policy.rehearsal || mail.evenInRehearsal || isListed(mail.address, policy.rehearsalAddresses));

const subjectMark: Text = text('【試行】', '[Rehearsal] ');
const firstLine: Text = text(
  'これは試行（リハーサル）のメールです。実際のご案内ではありませんので、ご対応の必要はありません。',
  'This is a rehearsal. It is not a real notice, and nothing is asked of you.',
);

/**
 * The same mail, saying in its own language that it is a rehearsal: in the subject and in the first line of text and HTML. It gets a
 * Message-ID of its own, because mail servers silently drop a second mail with the same one, and the real mail will come with it.
 */
export function markRehearsal(mail: OutgoingMail): OutgoingMail {
  const line = firstLine[mail.language];
  const paragraph = `<p><strong>${line}</strong></p>`;
  // Into the body where the HTML is a whole document: before `<html>` some clients show nothing
  const html = /<body[^>]*>/i.test(mail.html)
    ? mail.html.replace(/<body[^>]*>/i, (tag) => tag + paragraph)
    : paragraph + mail.html;
  return {
    ...mail,
    subject: subjectMark[mail.language] + mail.subject,
    text: `${line}\n\n${mail.text}`,
    html,
    messageId: mail.messageId.replace(
      '<',
      `<rehearsal-${mail.releaseId?.replace(/[^A-Za-z0-9]/g, '').slice(0, 12) ?? '0'}.`,
    ),
  };
}
