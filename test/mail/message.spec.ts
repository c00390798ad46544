import { describe, expect, test } from '@jest/globals';
import { faultOf, type OutgoingMail } from '../../src/mail/message.ts';
import { calendar, invitation, notice } from './sample.ts';

describe('a mail', () => {
  test('in order has no fault', () => {
    expect(
      [
        notice(),
        invitation(),
        notice({ references: '<notice-0@visits.example.org>' }),
        notice({ unsubscribeUrl: 'https://meguri.example.org/u/a_b-c' }),
      ].map(faultOf),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each<[string, Partial<OutgoingMail>, string]>([
    ['a line break in the subject', { subject: 'a\r\nBcc: x@example.org' }, 'line break'],
    ['a line break in the name of its reader', { to: { name: 'a\nb', address: 'taro@example.org' } }, 'line break'],
    ['a line break in the name of its sender', { from: { name: 'a\rb', address: 'o@example.org' } }, 'line break'],
    ['a line break in the name for answers', { replyTo: { name: 'a\nb', address: 'o@example.org' } }, 'line break'],
    ['no subject', { subject: ' ' }, 'no subject'],
    ['two recipients', { to: { name: '', address: 'a@example.org, b@example.org' } }, 'exactly one'],
    ['no sender', { from: { name: '見本事務局', address: '' } }, 'empty'],
    ['a broken envelope sender', { envelopeFrom: 'bounce' }, 'not an address'],
    ['a broken address for answers', { replyTo: { name: '', address: 'x' } }, 'not an address'],
    ['a Message-ID without brackets', { messageId: 'notice-1@visits.example.org' }, 'Message-ID'],
    ['a Message-ID with a line break', { messageId: '<a@b.org>\r\nX: y' }, 'Message-ID'],
    [
      'an address to unsubscribe at that breaks the line',
      { unsubscribeUrl: 'https://x.org/u/a\r\nX: y' },
      'unsubscribe',
    ],
    [
      'an address to unsubscribe at that ends early',
      { unsubscribeUrl: 'https://x.org/u/a>, <https://y.org' },
      'unsubscribe',
    ],
    ['an address to unsubscribe at that is no page', { unsubscribeUrl: 'mailto:stop@x.org' }, 'unsubscribe'],
    [
      'an invitation from which one could unsubscribe',
      { unsubscribeUrl: 'https://x.org/u/a', calendar: { method: 'REQUEST', content: calendar() } },
      'cannot be unsubscribed',
    ],
    ['a reference that is none', { references: 'see above' }, 'Message-ID'],
    ['a calendar of another METHOD', { calendar: { method: 'CANCEL', content: calendar('REQUEST') } }, 'METHOD'],
    ['a calendar with two METHODs', { calendar: { method: 'REQUEST', content: calendar() + calendar() } }, 'METHOD'],
    [
      'a calendar for its own organizer',
      { from: { name: '', address: 'TARO@example.org' }, calendar: { method: 'REQUEST', content: calendar() } },
      'the sender is the recipient',
    ],
  ])('with %s is refused', (_, changes, reason) => expect(faultOf(notice(changes))?.en).toContain(reason));
});
