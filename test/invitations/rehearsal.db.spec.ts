import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { ResponseQueries } from '../../src/responses/responses.queries.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { formIn, seen, visitorOf, type Visitor } from '../responses/visitor.ts';
import { addressesOf, expectSound, linkIn, postOf, recipients, to, type Post } from './post.ts';

let year: Year;
let post: Post;
let visitor: Visitor;

const director = 'misao.sanko@aimec.example.org';
const administrator = 'ichiro.hanrei@aimec.example.org';
const office = 'office@aimec.example.org';
const listed = [administrator, director, office];

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  visitor = visitorOf(year);
  await post.rehearse(true, listed);
});
afterAll(async () => year?.house.stop());

const attendees = () => year.house.get(Attendees);
const rowOf = async (person: string) =>
  (
    await year.house.dataSource.query<{ rehearsal: boolean; state: string; sequence: number }[]>(
      'select rehearsal, state, sequence from invitation where person_id = $1 order by sent_at desc',
      [person],
    )
  )[0];
const stands = async (person: string) => (await year.attendee('site/aimec', person)).attendance;
let uid: string;
let officeLink: string;
let directorLink: string;

describe('In a rehearsal', () => {
  it('mail leaves for listed addresses only, and says everywhere that it is one', async () => {
    await year.set('site/aimec', '2027-07-08');
    const all = await post.pending();
    expect(all.filter((mail) => mail.wouldLeave).map((mail) => mail.recipient.address)).toEqual(
      expect.arrayContaining(listed),
    );
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...listed].sort());
    for (const mail of mails) {
      expectSound(mail);
      expect(mail.subject).toMatch(/^【試行】/);
      expect(mail.text.split('\n')[0]).toContain('試行（リハーサル）');
      expect(mail.message.html).toContain('試行（リハーサル）');
      expect(mail.message.messageId).toMatch(/^<rehearsal-/);
    }
    uid = to(mails, director).calendar!.uid;
    officeLink = linkIn(to(mails, office));
    directorLink = linkIn(to(mails, director));
    expect(await rowOf('sanko-misao')).toMatchObject({ rehearsal: true, state: 'live' });
  });

  it('those whose mail is kept back still wait, and another release sends nothing twice', async () => {
    const left = await post.pending();
    expect(left.map((mail) => mail.recipient.address)).not.toEqual(expect.arrayContaining([director]));
    expect(left).toHaveLength(5);
    expect(left.every((mail) => !mail.wouldLeave)).toBe(true);
    expect(await post.release()).toEqual([]);
    expect(await post.pending()).toHaveLength(5);
  });

  it('people answer as they will, for themselves and through the office', async () => {
    const { id } = await year.attendee('site/aimec', 'sanko-misao');
    const { html } = await visitor.get(directorLink);
    const answer = await visitor.answer(directorLink, { ...formIn(html), [`attendance-${id}`]: 'absent' });
    expect(answer.status).toBe(303);
    const form = formIn((await visitor.get(officeLink)).html);
    const { id: other } = await year.attendee('site/aimec', 'hanrei-ichiro');
    const saved = await visitor.answer(officeLink, {
      ...form,
      [`attendance-${other}`]: 'online',
      givenBy: '見本 事務',
    });
    expect(saved.location).toBe(`${officeLink}?saved=1`);
    expect([await stands('sanko-misao'), await stands('hanrei-ichiro')]).toEqual(['absent', 'online']);
    const receipts = await post.arrived();
    expect(recipients(receipts)).toEqual([director, office].sort());
    for (const receipt of receipts) expect(receipt.subject).toMatch(/^【試行】/);
    expect(seen((await visitor.get(directorLink)).html)).toContain('現在のご回答');
  });

  it('a change is rehearsed as an update of the rehearsed entry', async () => {
    year.later();
    await year.set('site/aimec', { room: { ja: '別室', en: 'Another room' } });
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...listed].sort());
    expect(to(mails, director).calendar).toMatchObject({ method: 'REQUEST', uid, sequence: 0 });
    await year.set('site/aimec', '2027-07-15');
    expect(to(await post.release(), director).calendar).toMatchObject({ uid, sequence: 1, starts: '20270715' });
    const { id } = await year.attendee('site/aimec', 'sanko-misao');
    year.later();
    await visitor.answer(directorLink, {
      ...formIn((await visitor.get(directorLink)).html),
      [`attendance-${id}`]: 'absent',
    });
    expect(await stands('sanko-misao')).toBe('absent');
    await post.arrived();
  });
});

describe('When the rehearsal is over', () => {
  it('all are told in earnest, in place of what they had got, and what was answered does not count', async () => {
    year.later();
    await post.rehearse(false);
    const pending = await post.pending();
    expect(pending).toHaveLength(8);
    expect(addressesOf(pending.filter((mail) => mail.rehearsed))).toEqual([...listed].sort());
    expect(pending.every((mail) => mail.action === 'new' || mail.action === 'notice')).toBe(true);
    const mails = await post.release();
    expect(mails).toHaveLength(8);
    for (const mail of mails) {
      expectSound(mail);
      expect(mail.subject + mail.text).not.toContain('試行');
    }
    const mail = to(mails, director);
    expect(mail.subject).toContain('ご出席のお願い');
    expect(mail.calendar).toMatchObject({ method: 'REQUEST', uid, sequence: 2, starts: '20270715' });
    expect(mail.header('in-reply-to')).toBeUndefined();
    expect(to(mails, office).text).toContain('【新規】');
    expect(await stands('sanko-misao')).toBe('unanswered');
    expect(await rowOf('sanko-misao')).toMatchObject({ rehearsal: false, sequence: 2 });
    expect(await post.pending()).toEqual([]);
  });

  it('pages, whichever link opens them, know nothing of what was rehearsed', async () => {
    const html = seen((await visitor.get(directorLink)).html);
    expect(html).not.toContain('現在のご回答');
    expect(html).not.toContain('変更前の日程へのご回答');
    const { id } = await year.attendee('site/aimec', 'sanko-misao');
    expect((await year.house.get(ResponseQueries).historyOf([id])).get(id)).toBeUndefined();
    expect(await year.house.get(ResponseQueries).latest(year.cycleId, 10)).toEqual([]);
    const [ledger] = await year.house.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from answer',
    );
    expect(ledger!.count).toBe(3);
  });

  it('answers count', async () => {
    year.later();
    const { id } = await year.attendee('site/aimec', 'sanko-misao');
    await visitor.answer(directorLink, {
      ...formIn((await visitor.get(directorLink)).html),
      [`attendance-${id}`]: 'attending',
    });
    expect(await stands('sanko-misao')).toBe('attending');
    expect(seen((await visitor.get(directorLink)).html)).toContain('現在のご回答');
    await post.arrived();
  });

  it('who is not asked any more has the rehearsed entry taken out of their calendar', async () => {
    await post.rehearse(true, ['haruko.mihon@po.example.org']);
    await year.add('site/aimec', 'mihon-haruko');
    const rehearsed = to(await post.release(), 'haruko.mihon@po.example.org').calendar!;
    await post.rehearse(false);
    await attendees().remove((await year.attendee('site/aimec', 'mihon-haruko')).id, year.actor);
    const cancelled = to(await post.release(), 'haruko.mihon@po.example.org');
    expect(cancelled.calendar).toMatchObject({ method: 'CANCEL', uid: rehearsed.uid, sequence: 1 });
    expect(await post.pending()).toEqual([]);
  });
});

describe('A rehearsal of a year that is announced', () => {
  it('shows an update without touching anybody’s calendar, and leaves it waiting', async () => {
    await post.rehearse(true, listed);
    year.later();
    await year.set('site/aimec', '2027-07-22');
    const before = await post.pending();
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...listed].sort());
    for (const mail of mails) {
      expect(mail.subject).toMatch(/^【試行】/);
      expect(mail.calendar).toBeUndefined();
    }
    expect(to(mails, director).text).toContain('（変更後）');
    expect((await post.pending()).map((mail) => mail.key)).toEqual(before.map((mail) => mail.key));
    expect(seen((await visitor.get(directorLink)).html)).toContain('7月15日');
  });

  it('is told in earnest afterwards, as if nothing had been rehearsed', async () => {
    await post.rehearse(false);
    const mails = await post.release();
    expect(mails).toHaveLength(8);
    expect(to(mails, director).calendar).toMatchObject({ method: 'REQUEST', uid, sequence: 3, starts: '20270722' });
    expect(to(mails, director).text).toContain('（変更前）2027年7月15日(木)');
    expect(await stands('sanko-misao')).toBe('unanswered');
  });

  it('keeps back what was released in earnest and has not left; it is due again', async () => {
    await post.pause(true);
    await year.set('site/qup', '2027-07-27');
    const keys = (await post.pending()).map((mail) => mail.key).sort();
    await post.release();
    expect(await post.pending()).toEqual([]);
    await post.rehearse(true, ['nobody@example.org']);
    await post.pause(false);
    expect(await post.arrived()).toEqual([]);
    await post.rehearse(false);
    expect((await post.pending()).map((mail) => mail.key).sort()).toEqual(keys);
    const mails = await post.release();
    expect(mails).toHaveLength(keys.length);
    for (const mail of mails) if (mail.calendar) expect(mail.calendar.sequence).toBe(0);
  });
});
