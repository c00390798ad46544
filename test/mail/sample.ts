import { DateTime } from 'luxon';
import type { OutgoingMail } from '../../src/mail/message.ts';

export const instant = (iso: string): DateTime => DateTime.fromISO(iso, { zone: 'utc' });

export const calendar = (method: 'REQUEST' | 'CANCEL' = 'REQUEST'): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Meguri//test//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'UID:inv-1@visits.example.org',
    'SEQUENCE:0',
    'DTSTAMP:20270601T000000Z',
    'DTSTART:20270709T010000Z',
    'DTEND:20270709T080000Z',
    'SUMMARY:現地視察',
    'ORGANIZER;CN="見本事務局":mailto:visit+k7q2m4xt@visits.example.org',
    'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="架空 太郎":mailto:taro@example.org',
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** A plain notice to 架空 太郎 */
export const notice = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  kind: 'notice',
  to: { name: '架空 太郎', address: 'taro@example.org' },
  from: { name: '見本事務局', address: 'office@visits.example.org' },
  envelopeFrom: 'bounce+n1@visits.example.org',
  subject: '【お知らせ】日程について',
  text: '架空 太郎 様\n\n日程をお知らせします。\n',
  html: '<html lang="ja"><body class="mail"><p>日程をお知らせします。</p></body></html>',
  messageId: '<notice-1@visits.example.org>',
  language: 'ja',
  orderingKey: 'notice-1',
  date: instant('2027-06-01T00:00:00Z'),
  ...changes,
});

/** An invitation of 架空 太郎 */
export const invitation = (changes: Partial<OutgoingMail> = {}): OutgoingMail =>
  notice({
    kind: 'invitation',
    from: { name: '見本事務局', address: 'visit+k7q2m4xt@visits.example.org' },
    envelopeFrom: 'bounce+k7q2m4xt.0@visits.example.org',
    subject: '【ご出席のお願い】現地視察 7月9日(金)',
    calendar: { method: 'REQUEST', content: calendar() },
    messageId: '<inv-1.0@visits.example.org>',
    personId: 'kaku-taro',
    invitationId: 'invitation-1',
    revision: 0,
    releaseId: 'release-1',
    orderingKey: 'invitation-1',
    ...changes,
  });
