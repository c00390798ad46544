import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnnouncedQueries } from '../../src/invitations/announced.queries.ts';
import { InvitationQueries } from '../../src/invitations/invitations.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import { writeTrialReply } from '../../src/responses/reading/trial-reply.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { expectSound, postOf, type Arrived, type Post } from './post.ts';

let year: Year;
let post: Post;
const key = 'site/aimec';
const boss = 'misao.sanko@aimec.example.org';
const office = 'office@aimec.example.org';

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
  // the programme wants an invitation for each day of its site visits
  await year.house.dataSource.query(
    `update cycle set rules = jsonb_set(rules, '{activities}', (
       select jsonb_agg(case when a->>'id' = 'site' then a || '{"severalDays": "entry-per-day"}' else a end order by n)
         from jsonb_array_elements(rules->'activities') with ordinality as activity(a, n)))`,
  );
});
afterAll(async () => year?.house.stop());

const of = (mails: readonly Arrived[]) =>
  mails.filter((mail) => mail.to === boss).sort((a, b) => a.calendar!.starts.localeCompare(b.calendar!.starts));

describe('A meeting of two days that the programme announces day by day (A9)', () => {
  let first: Arrived[];

  it('is one invitation for each day: an own UID, an own mail, the hours of that day', async () => {
    await year.set(key, '2027-07-08');
    const mails = await post.release();
    for (const mail of mails) expectSound(mail);
    first = of(mails);
    expect(first.map(({ calendar }) => calendar!.starts)).toEqual(['20270708T010000Z', '20270709T010000Z']);
    expect(new Set(first.map(({ calendar }) => calendar!.uid)).size).toBe(2);
    expect(new Set(first.map(({ calendar }) => calendar!.organizer)).size).toBe(2);
    expect(first.map(({ subject }) => /（\d日目）/.exec(subject)?.[0])).toEqual(['（1日目）', '（2日目）']);
    for (const { text } of first) {
      expect(text).toContain('2027年7月8日(木)～9日(金)。日ごとに一つの予定としてお送りしています。');
      expect(text).toContain('ご出欠は、上の回答ページからお知らせください。');
    }
    expect(mails.filter((mail) => mail.to === office)).toHaveLength(1);
    expect(await post.pending()).toEqual([]);
  });

  it('is one meeting on the page on which it is answered, and to staff', async () => {
    const { id, startsAt } = await year.meeting(key);
    expect(await year.house.get(AnnouncedQueries).toPerson(id, 'sanko-misao')).toMatchObject({
      state: 'open',
      byDay: true,
      facts: { firstDay: '2027-07-08', lastDay: '2027-07-09', form: 'whole-days', startsAt: startsAt!.toISOString() },
    });
    const told = await year.house.get(InvitationQueries).told(year.cycleId, id);
    const ofBoss = told.filter(({ personId, via }) => personId === 'sanko-misao' && via === 'person');
    expect(ofBoss.map((one) => one.startsAt)).toEqual([startsAt!.toISOString()]);
  });

  it('is not answered by the button of one day: what that means for the others is left to a person', async () => {
    const [day] = first;
    const { raw } = writeTrialReply({
      calendar: day!.message.calendars[0]!.content.toString(),
      messageId: day!.message.messageId,
      answer: 'ACCEPTED',
      comment: '',
      proposedStart: '',
      at: year.clock.now().toISO()!,
      nonce: '1',
    })!;
    year.later();
    const { id } = await year.house.get(Inbound).store(raw, 'lmtp', { recipients: [], sender: null });
    await year.house.settle();
    const [row] = await year.house.dataSource.query(`select state, outcome, reason from incoming where id = $1`, [id]);
    expect(row).toEqual({ state: 'held', outcome: 'held', reason: 'single-event' });
    expect((await year.attendee(key, 'sanko-misao')).attendance).toBe('unanswered');
  });

  it('moves with both entries, each an update of its own', async () => {
    year.later();
    await year.set(key, '2027-07-15');
    const moved = of(await post.release());
    expect(moved.map(({ calendar }) => [calendar!.uid, calendar!.sequence, calendar!.starts])).toEqual([
      [first[0]!.calendar!.uid, 1, '20270715T010000Z'],
      [first[1]!.calendar!.uid, 1, '20270716T010000Z'],
    ]);
  });

  it('of which a day falls away loses that entry and keeps the other', async () => {
    year.later();
    await year.set(key, { firstDay: '2027-07-15', lastDay: '2027-07-15' });
    const mails = of(await post.release());
    expect(mails.map(({ calendar }) => [calendar!.method, calendar!.uid])).toEqual([
      ['REQUEST', first[0]!.calendar!.uid],
      ['CANCEL', first[1]!.calendar!.uid],
    ]);
    expect(mails[0]!.subject).not.toContain('日目');
    expect(await post.pending()).toEqual([]);
    const { id } = await year.meeting(key);
    expect(await year.house.get(AnnouncedQueries).toPerson(id, 'sanko-misao')).toMatchObject({
      state: 'open',
      byDay: false,
      facts: { firstDay: '2027-07-15', lastDay: '2027-07-15' },
    });
  });

  it('is cancelled with all of its entries', async () => {
    year.later();
    await year.set(key, { firstDay: '2027-07-15', lastDay: '2027-07-16' });
    const again = of(await post.release());
    expect(again.map(({ calendar }) => calendar!.method)).toEqual(['REQUEST', 'REQUEST']);
    expect(again[1]!.calendar!.uid).not.toBe(first[1]!.calendar!.uid);
    year.later();
    await year.house.get(Meetings).cancel((await year.meeting(key)).id, year.actor);
    const over = of(await post.release());
    expect(over.map(({ calendar }) => [calendar!.method, calendar!.uid])).toEqual(
      again.map(({ calendar }) => ['CANCEL', calendar!.uid]),
    );
    for (const mail of over) expect(mail.subject).toContain('【開催中止】');
    expect(await post.pending()).toEqual([]);
  });
});
