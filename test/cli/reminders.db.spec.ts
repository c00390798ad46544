import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startYear, type Year } from '../meetings/year.ts';
import { postOf, type Post } from '../invitations/post.ts';
import { terminalOn, type Typed } from './terminal.ts';

let year: Year;
let post: Post;
let type: (...argv: string[]) => Promise<Typed>;
const director = 'misao.sanko@aimec.example.org';

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
  await year.set('site/aimec', '2027-07-08');
  await year.house.settle();
  await post.release();
  type = terminalOn(year.house);
  year.clock.set('2027-05-13T01:00:00Z');
});
afterAll(async () => year?.house.stop());

const toDirector = (typed: Typed) =>
  typed.json.coming.find((mail: { to: { address: string } | null }) => mail.to?.address === director);

describe('reminders', () => {
  it('are listed with day, reader and matter, for people and for programs', async () => {
    const said = await type('reminders', 'list', '--lang', 'ja');
    expect([said.exit, said.err]).toEqual([0, '']);
    expect(said.out).toContain('2027年5月13日(木) 10:00（日本時間）');
    expect(said.out).toContain(director);
    expect(said.out).toContain('期限の14日前');
    const first = toDirector(await type('reminders', 'list', '--json'));
    expect(first.reminders[0]).toMatchObject({ step: 'two-weeks-before', hold: null, due: true });
  });

  it('say what they cannot understand', async () => {
    expect((await type('reminders', 'list', '--past', '--calls')).exit).not.toBe(0);
    expect((await type('reminders', 'list', '--days', 'many')).err).toContain('--days');
    const { exit, json } = await type('reminders', 'pause', '--of', 'everybody', '--json');
    expect([exit === 0, json.error.code]).toEqual([false, 'reminders.unknown-subject']);
    expect((await type('reminders', 'pause', '--of', 'meeting/site/nowhere', '--json')).json.error.code).toBe(
      'meetings.unknown',
    );
  });

  it('stop for a meeting and go on', async () => {
    expect((await type('reminders', 'pause', '--of', 'meeting/site/aimec')).exit).toBe(0);
    expect(toDirector(await type('reminders', 'list', '--json')).reminders[0].hold).toBe('paused');
    expect((await type('reminders', 'resume', '--of', 'meeting/site/aimec')).exit).toBe(0);
    expect(toDirector(await type('reminders', 'list', '--json')).reminders[0].hold).toBeNull();
  });

  it('stop for the year, and then nothing is sent', async () => {
    await type('reminders', 'pause');
    expect((await type('reminders', 'list')).out).toContain('Reminders of this year are paused.');
    expect((await type('reminders', 'send', '--json')).json).toMatchObject({ mails: 0 });
    await type('reminders', 'resume');
  });

  it('are sent once', async () => {
    const { json } = await type('reminders', 'send', '--json');
    expect(json.mails).toBeGreaterThan(4);
    expect((await post.arrived()).map((mail) => mail.to)).toContain(director);
    expect((await type('reminders', 'send', '--json')).json).toMatchObject({ mails: 0 });
    expect((await type('reminders', 'list', '--past')).out).toContain('two-weeks-before');
  });

  it('by mail are switched off and on for somebody', async () => {
    const off = await type('reminders', 'unsubscribe', '--of', 'person/sanko-misao', '--json');
    expect([off.exit, off.json]).toMatchObject([
      0,
      { programme: 'wpi', subject: 'person/sanko-misao', unsubscribed: true },
    ]);
    expect((await type('reminders', 'list', '--unsubscribed')).out).toContain('person/sanko-misao');
    expect((await type('reminders', 'unsubscribe', '--json')).exit).not.toBe(0);
    expect((await type('reminders', 'unsubscribe', '--of', 'person/nobody', '--json')).json.error.code).toBe(
      'reminders.unknown-reader',
    );
    await type('reminders', 'subscribe', '--of', 'person/sanko-misao');
    expect((await type('reminders', 'list', '--unsubscribed')).out).toBe('Everybody gets reminders by mail.\n');
  });

  it('name whom to call', async () => {
    expect((await type('reminders', 'list', '--calls')).out).toBe('Nobody is to be called.\n');
    year.clock.set('2027-06-02T01:00:00Z');
    expect((await type('reminders', 'list', '--calls')).out).toContain('03-0000-0163');
  });
});
