import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { InvitationQueries } from '../../src/invitations/invitations.queries.ts';
import { ResponseQueries } from '../../src/responses/responses.queries.ts';
import { Responses } from '../../src/responses/responses.service.ts';
import { answeredTheHold } from '../../src/meetings/meeting-change.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { expectSound, postOf, recipients, to, type Arrived, type Post } from './post.ts';

let year: Year;
let post: Post;

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
});
afterAll(async () => year?.house.stop());

const contentOf = (mail: Arrived): string => mail.message.calendars[0]!.content.toString().replace(/\r\n[ \t]/g, '');
const attendances = async (key: string) =>
  Object.fromEntries((await year.attendees(key)).map((one) => [one.personId, one.attendance]));

describe('Days that are held before they are fixed', () => {
  const boss = 'hikaru.reidai@prime.example.org';
  const office = 'office@prime.example.org';
  let held: Map<string, Arrived>;

  it('go out as a request to keep them free: tentative, whole days, and so it is said to the office', async () => {
    await year.set('site/prime', { provisional: true });
    expect(await post.pending()).toEqual([]);
    await year.set('site/prime', '2027-08-03');
    expect(await year.meeting('site/prime')).toMatchObject({ provisional: true, heldFrom: 0, heldUntil: null });
    const mails = await post.release();
    held = new Map(mails.map((mail) => [mail.to, mail]));
    for (const mail of mails) expectSound(mail);
    const mail = to(mails, boss);
    expect(mail.subject).toContain('【日程確保のお願い】');
    expect(mail.text).toContain('仮にご確保くださいますよう');
    expect(mail.text).toContain('2027年8月3日(火)（時刻は追ってご案内いたします）');
    expect(mail.text).not.toContain('10:00');
    expect(contentOf(mail)).toContain('\r\nSTATUS:TENTATIVE\r\n');
    expect(contentOf(mail)).toContain('\r\nDTSTART;VALUE=DATE:20270803\r\n');
    expect(mail.calendar).toMatchObject({ method: 'REQUEST', sequence: 0, summary: expect.stringMatching(/^【仮】/) });
    expect(to(mails, office).text).toContain('仮の日程（確定後に改めてご案内いたします）');
    expect(to(mails, office).calendar).toBeUndefined();
  });

  it('are answered as they are held', async () => {
    const { id } = await year.attendee('site/prime', 'reidai-hikaru');
    const { revision } = await year.meeting('site/prime');
    await year.house.get(Responses).record(
      [
        {
          attendeeId: id,
          revision,
          given: {
            attendance: 'attending',
            lateFrom: null,
            leavingAt: null,
            proxyName: '',
            proxyTitle: '',
            accompanying: [],
            remarks: '',
          },
        },
      ],
      { channel: 'staff', name: '見本', agent: '', actor: year.actor, mayAnswerFor: 'everybody' },
    );
    expect(await attendances('site/prime')).toMatchObject({ 'reidai-hikaru': 'attending' });
  });

  it('may get other hours of which nobody is told, since only the days were said', async () => {
    await year.set('site/prime', { to: '16:00' });
    expect(await post.pending()).toEqual([]);
    const meeting = await year.meeting('site/prime');
    const told = await year.house.get(InvitationQueries).told(year.cycleId, meeting.id);
    expect(told.length).toBeGreaterThan(4);
    expect(new Set(told.map(({ startsAt }) => startsAt))).toEqual(new Set([meeting.startsAt!.toISOString()]));
  });

  it('are fixed by an update with the next SEQUENCE, confirmed, which asks anew and keeps what was said (C1)', async () => {
    year.later();
    const { revision: heldRevision } = await year.meeting('site/prime');
    await year.set('site/prime', { provisional: false, firstDay: '2027-08-05' });
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...held.keys()].sort());
    for (const mail of mails) expectSound(mail);
    const mail = to(mails, boss);
    expect(mail.subject).toContain('【日程確定】');
    expect(mail.text).toContain('日程の確保のお願いにご回答くださり、ありがとうございました。');
    expect(to(mails, 'taro.kaku@pd.example.org').text).not.toContain('ご回答くださり');
    expect(mail.text).toContain('（変更前）仮の日程');
    expect(mail.text).toContain('（変更後）確定');
    expect(mail.text).toContain('2027年8月5日(木) 10:00～16:00（日本時間）');
    expect(mail.calendar).toMatchObject({ method: 'REQUEST', sequence: 1, uid: held.get(boss)!.calendar!.uid });
    expect(contentOf(mail)).toContain('\r\nSTATUS:CONFIRMED\r\n');
    expect(contentOf(mail)).toContain('\r\nDTSTART:20270805T010000Z\r\n');
    const attendee = await year.attendee('site/prime', 'reidai-hikaru');
    expect(attendee.attendance).toBe('unanswered');
    const meeting = await year.meeting('site/prime');
    const [said] = (await year.house.get(ResponseQueries).historyOf([attendee.id])).get(attendee.id)!;
    expect(said).toMatchObject({ attendance: 'attending' });
    expect([said!.revision, heldRevision, meeting.revision].map((one) => answeredTheHold(meeting, one))).toEqual([
      true,
      true,
      false,
    ]);
    expect(await post.pending()).toEqual([]);
  });

  it('take the hearings of their committee along', async () => {
    await year.set('committee', '2027-10-26');
    await year.set('hearing/qup', { firstDay: '2027-10-26', from: '10:30' });
    await year.set('committee', { provisional: true });
    expect((await year.meeting('hearing/qup')).provisional).toBe(true);
    const mails = await post.release();
    const hearing = mails.find((mail) => mail.calendar && mail.subject.includes('QUP'))!;
    expect(contentOf(hearing)).toContain('\r\nSTATUS:TENTATIVE\r\n');
    expect(hearing.calendar!.starts).toBe('20271026T013000Z');
    await year.set('committee', { provisional: false });
    expect((await year.meeting('hearing/qup')).provisional).toBe(false);
    await post.release();
  });
});

describe('Somebody who is bound to a centre', () => {
  const bound = 'sample.adler@overseas.example.org';
  const free = 'shiro.katei@committee.example.org';
  const executive = 'umeko.kinyu@tohoku-university.example.org';
  const soft = 'yu.hanrei@committee.example.org';
  const committee = (mails: readonly Arrived[], address: string) =>
    mails.find((mail) => mail.to === address && mail.calendar?.starts === '20271026')!.text;
  let mails: Arrived[];
  beforeAll(async () => {
    await year.set('hearing/aimec', { firstDay: '2027-10-26', from: '14:30' });
    await year.set('hearing/skcm2', { firstDay: '2027-10-26', from: '15:30' });
    await year.house
      .get(Attendees)
      .add(
        (await year.meeting('hearing/aimec')).id,
        { person: 'kinyu-umeko', side: 'centre', role: { ja: '理事', en: 'Executive' } },
        year.actor,
      );
    year.later();
    mails = await post.release();
  });

  it('is told in the committee’s programme for which slot to leave the room, and nobody else is', () => {
    expect(committee(mails, bound)).toMatch(/10:30[^\n]*QUP[^\n]*\(you are asked to leave the room\)/);
    const leaving = committee(mails, bound)
      .split('\n')
      .filter((line) => line.includes('leave the room'));
    expect(leaving.filter((line) => !line.includes('QUP'))).toEqual([]);
    expect(committee(mails, free)).toContain('QUP');
    expect(committee(mails, free)).not.toMatch(/ご退席|拠点側/);
  });

  it('and is an executive of its host attends that slot on the other side of the table', () => {
    expect(committee(mails, executive)).toMatch(/14:30[^\n]*AIMEC[^\n]*（拠点側でのご出席となります）/);
    expect(committee(mails, executive)).not.toContain('ご退席');
  });

  it('by a rule that only costs the plan something stays in the room', () => {
    expect(committee(mails, soft)).toMatch(/15:30[^\n]*SKCM/);
    expect(committee(mails, soft)).not.toContain('ご退席');
  });
});
