import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from './message.ts';

/**
 * The bytes of a mail (RFC 5322, RFC 2045): a plain notice is multipart/alternative{text, html}; an invitation is
 * multipart/mixed{ alternative{text, html, text/calendar last}, application/ics invite.ics } as RFC 6047 §2.4 and as the large
 * calendars send it. The same mail always gives the same bytes: boundaries come from its Message-ID and text, not from chance.
 */
export async function compose(mail: OutgoingMail): Promise<Buffer> {
  const replyTo = mail.replyTo ?? mail.from;
  const composer = new MailComposer({
    from: { name: mail.from.name, address: mail.from.address },
    to: { name: mail.to.name, address: mail.to.address },
    replyTo: { name: replyTo.name, address: replyTo.address },
    subject: mail.subject,
    messageId: mail.messageId,
    ...(mail.references ? { inReplyTo: mail.references, references: [mail.references] } : {}),
    date: mail.date.toJSDate(),
    text: networkLines(mail.text),
    html: networkLines(mail.html),
    ...(mail.calendar
      ? { icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'invite.ics' } }
      : {}),
    headers: {
      // RFC 3834 §5; the second is Microsoft's and leaves delivery reports alone, which we want to get
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': mail.language,
      ...unsubscribing(mail.unsubscribeUrl),
    },
    baseBoundary: createHash('sha256').update(mail.messageId).update(mail.text).digest('hex').slice(0, 24),
    // Bodies are given as text; a path or an address in them must never be read
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/**
 * RFC 2369 §3.2; one press without a page only over https (RFC 8058 §3.1). Not folded: a fold after the name is allowed, and some programs
 * find no address then.
 */
const unsubscribing = (url: string | undefined) =>
  url === undefined
    ? {}
    : {
        'List-Unsubscribe': { prepared: true, foldLines: false, value: `<${url}>` },
        ...(url.startsWith('https://') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
      };

/** RFC 2046 §4.1.1: text parts have CRLF line ends also inside base64, where no later step would repair them */
const networkLines = (body: string): string => body.replace(/\r\n|\r|\n/g, '\r\n');
