import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { signInMail } from '../../src/identity/sign-in-mail.ts';
import { faultOf } from '../../src/mail/message.ts';
import type { StaffMember } from '../../src/identity/staff.ts';

const staff: StaffMember = {
  id: '0198',
  nameJa: '見本 花子',
  nameEn: 'Hanako Mihon',
  email: 'hanako@example.org',
  telephone: '03-0000-0000',
  role: 'staff',
  language: 'ja',
  active: true,
};
const facts = {
  staff,
  url: 'https://meguri.example.org/sign-in/TOKEN?to=%2Fa&b="<c>',
  now: DateTime.fromISO('2027-06-30T14:50:00Z', { zone: 'utc' }),
  expiresAt: DateTime.fromISO('2027-06-30T15:05:00Z', { zone: 'utc' }),
  senderName: '見本事務局',
  domain: 'example.org',
  key: 'k7q2m4xt',
};

describe('the mail with a sign-in link', () => {
  test('says in Japanese until when the link works, by the day in Japan with its weekday', () => {
    const mail = signInMail(facts);
    expect(mail.text).toContain('見本 花子 様');
    expect(mail.text).toContain('2027年7月1日(木) 0:05(日本時間)まで、1回だけ使えます。');
    expect(mail.text).toContain(`\n${facts.url}\n`);
  });

  test('says the same in English to who reads English', () => {
    const mail = signInMail({ ...facts, staff: { ...staff, language: 'en' } });
    expect(mail).toMatchObject({ language: 'en', subject: 'Meguri: your sign-in link', to: { name: 'Hanako Mihon' } });
    expect(mail.text).toContain('until 0:05 on Thu 1 July 2027 (Japan time, JST)');
    expect(mail.text).not.toMatch(/[\u3000-\u9fff]/);
  });

  test('can be sent, goes out in rehearsal too, and is not tried when the link is over', () => {
    const mail = signInMail(facts);
    expect(faultOf(mail)).toBeUndefined();
    expect(mail).toMatchObject({
      evenInRehearsal: true,
      notAfter: facts.expiresAt,
      envelopeFrom: 'bounce+k7q2m4xt@example.org',
    });
  });

  test('lets nothing of a name or an address become HTML', () => {
    const mail = signInMail({ ...facts, staff: { ...staff, nameJa: '<b>見本</b>' } });
    expect(mail.html).not.toContain('<b>');
    expect(mail.html).not.toContain('"<c>');
  });
});
