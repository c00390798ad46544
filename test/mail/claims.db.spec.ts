import { afterEach, describe, expect, test } from '@jest/globals';
import { Claims } from '../../src/mail/claims.service.ts';
import type { Attempt } from '../../src/mail/delivery.ts';
import { Outcomes } from '../../src/mail/outcomes.service.ts';
import { another, house, mailOf, put, queries, useHouse } from './house.ts';
import { notice } from './sample.ts';

useHouse();
afterEach(() => house.get(Claims).release());

const claim = (which?: 'calendar mails') => house.get(Claims).claim(which);
const putNotice = (name: string) =>
  put(
    notice({
      orderingKey: name,
      messageId: `<${name}@visits.example.org>`,
      to: { name, address: `${name}@example.org` },
    }),
  );

describe('What is claimed in one go', () => {
  test('are calendar mails up to fifty, and a notice alone: a crash makes it uncertain, and it is not sent again', async () => {
    await putNotice('first');
    house.clock.set('2027-06-01T00:00:01Z');
    for (let n = 0; n < 60; n++) await put(another(`a${n}`));
    house.clock.set('2027-06-01T00:00:02Z');
    await putNotice('last');
    const sizes = [(await claim()).length, (await claim()).length, (await claim()).length, (await claim()).length];
    expect(sizes).toEqual([1, 50, 10, 1]);
    await putNotice('ahead');
    expect(await claim('calendar mails')).toEqual([]);
  });

  test("is nobody else's", async () => {
    for (let n = 0; n < 80; n++) await put(another(`a${n}`));
    const [one, other] = await Promise.all([claim(), claim()]);
    expect(new Set([...one, ...other].map(({ id }) => id)).size).toBe(80);
  });

  test('and given back is as it was', async () => {
    const id = await put(another('a'));
    const before = await mailOf(id);
    await house.get(Claims).giveBack(await claim());
    expect(await mailOf(id)).toEqual({ ...before, lastTriedAt: expect.any(Date) });
  });
});

describe('An outcome', () => {
  test.each<[Attempt, string]>([
    [{ ended: 'accepted', reply: '250 ok' }, 'sent'],
    [{ ended: 'refused', code: 550, reply: '550 no' }, 'failed'],
  ])(
    '%j is written down also where others thought the sender dead, but not where they have the mail by now',
    async (attempt, state) => {
      const ids = [await put(another('a')), await put(another('b'))];
      const mails = await claim();
      await house.database.query(`update mail set state = 'uncertain' where id = $1`, [ids[0]]);
      await house.database.query(`update mail set worker = worker - 1 where id = $1`, [ids[1]]);
      await house.get(Outcomes).settle(mails.map((mail) => ({ mail, attempt })));
      expect([(await mailOf(ids[0]!)).state, (await mailOf(ids[1]!)).state]).toEqual([state, 'sending']);
    },
  );

  test('of several is counted in the order in which they came: one taken between two refusals', async () => {
    for (let n = 0; n < 5; n++) await put(another(`a${n}`));
    const no: Attempt = { ended: 'refused', code: 550, reply: '5.1.1 unknown' };
    const attempts: Attempt[] = [no, no, { ended: 'accepted', reply: '250 ok' }, no, no];
    const mails = await claim();
    const settled = house.get(Outcomes).settle(mails.map((mail, n) => ({ mail, attempt: attempts[n]! })));
    expect([await settled, await queries.counts()]).toMatchObject([[], { sent: 1, failed: 4 }]);
  });
});
