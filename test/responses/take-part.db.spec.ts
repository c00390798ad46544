import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { AnswerForm } from '../../src/responses/answer.ts';
import { ResponseQueries } from '../../src/responses/responses.queries.ts';
import { Responses } from '../../src/responses/responses.service.ts';
import { addressesOf, postOf, to, type Arrived, type Post } from '../invitations/post.ts';
import { codeOf, startYear, type Year } from '../meetings/year.ts';
import { terminalOn } from '../cli/terminal.ts';
import { replyTo } from './reply-mail.ts';

let year: Year;
let post: Post;
let first: Arrived[];

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
  await year.set('site/qup', '2027-07-08');
  await year.set('site/qup', { onlineUrl: 'https://meet.example.org/j/qup' });
  await year.add('site/qup', 'exempla-martin');
  first = await post.release();
});
afterAll(async () => year?.house.stop());

const director = { person: 'hinagata-yu', address: 'yu.hinagata@qup.example.org' };
const overseas = { person: 'exempla-martin', address: 'exempla.martin@overseas.example.org' };
const stands = async ({ person }: { person: string }) => (await year.attendee('site/qup', person)).attendance;
async function say(who: { person: string }, attendance: 'attending' | 'absent'): Promise<number> {
  year.later();
  const { id: attendeeId } = await year.attendee('site/qup', who.person);
  const { revision } = await year.meeting('site/qup');
  const giver = { channel: 'link', name: '', agent: '', actor: year.actor, mayAnswerFor: 'everybody' } as const;
  const given = AnswerForm.parse({ attendance });
  return (await year.house.get(Responses).record([{ attendeeId, revision, given }], giver)).length;
}
async function switchTo(online: boolean, who = director): Promise<void> {
  year.later();
  const { id } = await year.attendee('site/qup', who.person);
  await year.house.get(Attendees).takePart(id, online, year.actor);
  await year.house.settle();
}

describe('One person who joins a meeting on site online', () => {
  it('is asked anew, alone; what was said is kept and counts no more', async () => {
    await say(director, 'attending');
    await say(overseas, 'attending');
    await switchTo(true);
    expect([await stands(director), await stands(overseas)]).toEqual(['unanswered', 'attending']);
    const { id } = await year.attendee('site/qup', director.person);
    expect((await year.house.get(ResponseQueries).historyOf([id])).get(id)).toMatchObject([
      { attendance: 'attending', askedAnew: true },
    ]);
    // nothing has been mailed, and only their own letter waits
    expect(await post.arrived()).toEqual([]);
    expect(addressesOf(await post.pending())).toEqual([director.address]);
  });

  it('is told by a letter and an entry of their own that it is online, with the link', async () => {
    const mails = await post.release();
    expect(mails.map((mail) => mail.to)).toEqual([director.address]);
    const mail = to(mails, director.address);
    expect(mail.subject).toContain('【開催方法の変更】');
    expect(mail.text).toContain('先にご回答をいただいておりますが');
    expect(mail.text).toContain('https://meet.example.org/j/qup');
    expect(mail.calendar).toMatchObject({
      method: 'REQUEST',
      uid: to(first, director.address).calendar!.uid,
      sequence: 1,
    });
    expect(mail.message.calendars[0]!.content.toString().replace(/\r\n /g, '')).toMatch(/^LOCATION:オンライン/m);
  });

  it('may say the same again, which is an answer; a button pressed in the old entry is none', async () => {
    const raw = replyTo(to(first, director.address), 'DECLINED', year.clock.now().plus({ minutes: 1 }).toISO()!);
    year.later(2);
    await year.house.get(Inbound).store(raw, 'lmtp', { recipients: [], sender: null });
    await year.house.settle();
    expect(await stands(director)).toBe('unanswered');
    expect(await say(director, 'attending')).toBe(1);
    expect(await stands(director)).toBe('attending');
    expect(await say(director, 'attending')).toBe(0);
  });

  it('comes after all in the same way, and a second press of the same changes nothing', async () => {
    await switchTo(true);
    expect(await stands(director)).toBe('attending');
    await switchTo(false);
    const mail = to(await post.release(), director.address);
    expect(mail.calendar!.sequence).toBe(2);
    expect(mail.text).toContain('開催方法：対面');
  });

  it('is switched from the command line, too', async () => {
    const type = terminalOn(year.house);
    const { person } = director;
    const said = await type('meeting', 'take-part', 'site/qup', person, 'online', '--json');
    expect([said.exit, said.err]).toEqual([0, '']);
    expect((await year.attendee('site/qup', person)).online).toBe(true);
    expect((await type('meeting', 'take-part', 'site/qup', person, 'by-telephone')).exit).not.toBe(0);
    expect((await year.attendee('site/qup', person)).online).toBe(true);
  });

  it('is not switched where everybody joins online', async () => {
    await year.set('site/qup', { mode: 'hybrid' });
    const { id } = await year.attendee('site/qup', director.person);
    expect(await codeOf(year.house.get(Attendees).takePart(id, true, year.actor))).toBe('meetings.same-way-for-all');
  });
});
