import { describe, expect, it } from '@jest/globals';
import { AnswerForm } from '../../src/responses/answer.ts';
import type { ReadAnswer } from '../../src/web/respond/answer-fields.ts';
import { confirmationOf, confirmedNonce, NONCE } from '../../src/web/respond/confirmation.ts';
import { president, siteVisit } from '../invitations/sample-facts.ts';

const key = new Uint8Array(32).fill(7);
const now = Date.parse('2027-06-01T00:00:00Z');
const attendeeId = '00000000-0000-4000-8000-00000000000a';
const answer = (attendance: string, revision = 1): ReadAnswer => ({
  attendeeId,
  revision,
  seen: '',
  typed: { attendance },
  faults: {},
  given: AnswerForm.parse({ attendance }),
});
const person = { name: president.name, honorific: president.honorific } as never;
const nonceFor = (read: readonly ReadAnswer[], givenBy = '') =>
  confirmationOf(
    read,
    () => ({ facts: siteVisit, person }),
    'Asia/Tokyo',
    { key, now, once: 'once' },
    givenBy,
  ).hidden.find(({ name }) => name === NONCE)!.value;

describe('The page that asks once more (G2, G8)', () => {
  const shown = [answer('attending')];

  it('is good for what it showed', () => {
    expect(confirmedNonce(nonceFor(shown, '見本 冬子'), shown, { key }, now, '見本 冬子')).toBeDefined();
  });

  it.each([
    ['another choice', [answer('absent')], ''],
    ['another revision of the meeting', [answer('attending', 2)], ''],
    ['somebody else', [{ ...answer('attending'), attendeeId: '00000000-0000-4000-8000-00000000000b' }], ''],
    ['one more', [...shown, { ...answer('attending'), attendeeId: '00000000-0000-4000-8000-00000000000b' }], ''],
    ['another name of who gave it', shown, '架空 太郎'],
  ])('is not good for %s', (_, read, givenBy) => {
    expect(confirmedNonce(nonceFor(shown), read, { key }, now, givenBy)).toBeUndefined();
  });
});
