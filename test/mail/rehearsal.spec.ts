import { describe, expect, test } from '@jest/globals';
import { faultOf } from '../../src/mail/message.ts';
import { isListed, markRehearsal, mayLeave, rehearsalEntry, type Policy } from '../../src/mail/rehearsal.ts';
import { invitation, notice } from './sample.ts';

const policy: Policy = {
  rehearsal: true,
  rehearsalAddresses: ['hanako@example.org', '@test.example.org'],
  paused: false,
};

describe('the list of a rehearsal', () => {
  test.each([
    [' Hanako@Example.org ', 'hanako@example.org'],
    ['@Test.Example.org', '@test.example.org'],
    ['@大学.example.jp', '@xn--pss25c.example.jp'],
    ['hanako', undefined],
    ['@', undefined],
    ['', undefined],
    ['a@example.org, b@example.org', undefined],
    ['*@example.org, @x', undefined],
  ])('%j stands on it as %s', (value, entry) => expect(rehearsalEntry(value)).toBe(entry));

  test.each([
    ['hanako@example.org', true],
    ['HANAKO@EXAMPLE.ORG', true],
    ['anybody@test.example.org', true],
    ['taro@example.org', false],
    ['taro@sub.test.example.org', false],
    ['hanako@example.org.evil.example', false],
    ['xhanako@example.org', false],
  ])('%s is covered by it: %s', (address, listed) => expect(isListed(address, policy.rehearsalAddresses)).toBe(listed));

  test('lets everybody through when there is no rehearsal, and who has just asked for a mail in any case', () => {
    const stranger = { address: 'taro@example.org', evenInRehearsal: false };
    expect(mayLeave(policy, stranger)).toBe(false);
    expect(mayLeave({ ...policy, rehearsalAddresses: [] }, stranger)).toBe(false);
    expect(mayLeave({ ...policy, rehearsal: false }, stranger)).toBe(true);
    expect(mayLeave(policy, { ...stranger, evenInRehearsal: true })).toBe(true);
  });
});

describe('a rehearsed mail', () => {
  test('says so in Japanese in its subject and in the first line of text and HTML, inside the body', () => {
    const mail = markRehearsal(notice());
    expect(mail.subject).toBe('【試行】【お知らせ】日程について');
    expect(mail.text.split('\n')[0]).toBe(
      'これは試行（リハーサル）のメールです。実際のご案内ではありませんので、ご対応の必要はありません。',
    );
    expect(mail.html).toMatch(/<body class="mail"><p><strong>これは試行（リハーサル）のメールです。/);
  });

  test('says so in English to who reads English, also where the HTML has no body', () => {
    const mail = markRehearsal(notice({ language: 'en', subject: 'Your visit', html: '<p>Hello</p>' }));
    expect(mail.subject).toBe('[Rehearsal] Your visit');
    expect(mail.text.startsWith('This is a rehearsal. ')).toBe(true);
    expect(mail.html).toMatch(/^<p><strong>This is a rehearsal\. .*<\/strong><\/p><p>Hello<\/p>$/);
  });

  test('has a Message-ID of its own in each release, and can be sent', () => {
    const ids = [
      invitation(),
      invitation({ releaseId: 'release-2' }),
      invitation({ releaseId: undefined as never }),
    ].map((mail) => markRehearsal(mail));
    expect(new Set([...ids.map((mail) => mail.messageId), invitation().messageId]).size).toBe(4);
    expect(ids.map(faultOf)).toEqual([undefined, undefined, undefined]);
  });

  test('keeps its calendar', () => expect(markRehearsal(invitation()).calendar).toEqual(invitation().calendar));
});
