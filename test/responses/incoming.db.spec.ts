import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { AnswerForm } from '../../src/responses/answer.ts';
import { Incoming } from '../../src/responses/incoming.service.ts';
import { Responses } from '../../src/responses/responses.service.ts';
import { Triage } from '../../src/responses/triage.service.ts';
import { writeTrialReply, type TrialAnswer } from '../../src/responses/reading/trial-reply.ts';
import { postOf, to, type Arrived, type Post } from '../invitations/post.ts';
import { codeOf, startYear, type Year } from '../meetings/year.ts';

let year: Year;
let post: Post;
let mails: Arrived[];

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
  await year.set('site/qup', '2027-07-08');
  await year.add('site/qup', 'exempla-martin');
  mails = await post.release();
});
afterAll(async () => year?.house.stop());

const director = { person: 'hinagata-yu', address: 'yu.hinagata@qup.example.org' };
const overseas = { person: 'exempla-martin', address: 'exempla.martin@overseas.example.org' };
type Row = Record<string, unknown>;
const query = async (sql: string, values: unknown[] = []): Promise<Row[]> => year.house.dataSource.query(sql, values);
const stands = async (person = director.person) => (await year.attendee('site/qup', person)).attendance;
const ledger = async (person = director.person) =>
  query(`select a.* from answer a join attendee t on t.id = a.attendee_id where t.person_id = $1 order by a.id`, [
    person,
  ]);

let nonce = 0;
interface Change {
  readonly who?: { address: string };
  readonly comment?: string;
  readonly at?: string;
  readonly edit?: (mail: string) => string;
  readonly calendar?: (calendar: string) => string;
}
/** The mail that the calendar program of somebody sends */
function reply(answer: TrialAnswer, change: Change = {}): Buffer {
  const mail = to(mails, (change.who ?? director).address);
  const source = mail.message.calendars[0]!.content.toString();
  const written = writeTrialReply({
    calendar: change.calendar ? change.calendar(source) : source,
    messageId: mail.message.messageId,
    answer,
    comment: change.comment ?? '',
    proposedStart: '2027-07-09T01:00:00Z',
    at: change.at ?? year.clock.now().toISO()!,
    nonce: String(++nonce),
  })!;
  return change.edit ? Buffer.from(change.edit(written.raw.toString())) : written.raw;
}

const tokenOf = (who: { address: string }) => to(mails, who.address).calendar!.organizer;

/** Lets a mail in, and waits until it is done */
async function letIn(raw: Buffer, recipient?: string, channel: 'lmtp' | 'smtp' = 'lmtp'): Promise<Row> {
  year.later();
  const envelope = { recipients: recipient ? [recipient] : [], sender: null };
  const { id } = await year.house.get(Inbound).store(raw, channel, envelope);
  await year.house.settle();
  const [row] = await query(`select * from incoming where id = $1`, [id]);
  return row!;
}

describe('An answer from a calendar', () => {
  it('is recorded with channel, time, whose it is, who gave it, and the mail that it came in', async () => {
    const row = await letIn(reply('ACCEPTED', { comment: '10時に伺います; よろしく' }));
    expect(row).toMatchObject({ state: 'applied', outcome: 'applied', reason: 'answered', kind: 'reply' });
    expect(await stands()).toBe('attending');
    expect(await ledger()).toMatchObject([
      {
        attendance: 'attending',
        channel: 'calendar',
        remarks: '10時に伺います; よろしく',
        sequence: 0,
        inbound_id: row['id'],
        given_by: expect.stringContaining(director.address),
      },
    ]);
  });

  it('E1: the same octets a second time change nothing', async () => {
    const before = await ledger();
    const [{ bytes }] = (await query(`select bytes from inbound_message limit 1`)) as [{ bytes: Buffer }];
    const { known } = await year.house.get(Inbound).store(bytes, 'imap', { recipients: [], sender: null });
    expect(known).toBe(true);
    await year.house.settle();
    expect(await ledger()).toEqual(before);
  });

  it('E1: a crash after each step loses nothing and does nothing twice', async () => {
    const raw = reply('DECLINED');
    year.later();
    const before = (await ledger()).length;
    // stored, and the process died before its job was there
    await query(
      `insert into inbound_message (id, sha256, channel, recipients, received_at, bytes)
       values ('7b9b1a4e-0000-4000-8000-000000000001', 'x', 'lmtp', '{}', $1, $2)`,
      [year.clock.now().toJSDate(), raw],
    );
    year.later(5);
    const incoming = year.house.get(Incoming);
    expect(await incoming.forgotten()).toEqual(['7b9b1a4e-0000-4000-8000-000000000001']);
    await Promise.all([1, 2, 3].map(() => incoming.handle('7b9b1a4e-0000-4000-8000-000000000001')));
    expect(await ledger()).toHaveLength(before + 1);
    expect(await stands()).toBe('absent');
    expect(await incoming.forgotten()).toEqual([]);
    // read, and the process died before it was decided
    await query(
      `update incoming set state = 'read', outcome = null, reason = null where id = '7b9b1a4e-0000-4000-8000-000000000001'`,
    );
    await incoming.handle('7b9b1a4e-0000-4000-8000-000000000001');
    expect(await ledger()).toHaveLength(before + 1);
  });

  it('E12: a mail that was under way for long does not overrule what was said meanwhile, and stays visible (H1)', async () => {
    const raw = reply('ACCEPTED', { at: '2027-04-20T01:00:30Z' });
    expect(await letIn(raw)).toMatchObject({ state: 'ignored', outcome: 'noted', reason: 'superseded' });
    expect(await stands()).toBe('absent');
    expect((await ledger()).at(-1)).toMatchObject({ attendance: 'attending' });
  });

  it('H1: the latest counts whatever its channel, and a calendar that repeats a fuller answer takes nothing away', async () => {
    const { id } = await year.attendee('site/qup', overseas.person);
    const { revision } = await year.meeting('site/qup');
    const given = AnswerForm.parse({ attendance: 'late', lateFrom: '11:00' });
    const giver = { channel: 'link', name: 'Martin Exempla', agent: '', mayAnswerFor: 'everybody' } as const;
    year.later(30);
    await year.house.get(Responses).record([{ attendeeId: id, revision, given }], { ...giver, actor: year.actor });
    expect(await stands(overseas.person)).toBe('late');
    year.later();
    expect(await letIn(reply('ACCEPTED', { who: overseas }))).toMatchObject({ outcome: 'applied' });
    expect(await stands(overseas.person)).toBe('late');
    expect(await ledger(overseas.person)).toHaveLength(1);
    expect(await letIn(reply('TENTATIVE', { who: overseas }))).toMatchObject({ outcome: 'applied' });
    expect(await stands(overseas.person)).toBe('undecided');
  });
});

describe('What waits for a person', () => {
  it('E9: an answer from another address is held, and the ledger is as before', async () => {
    const before = await ledger();
    const row = await letIn(
      reply('ACCEPTED', { calendar: (text) => text.replaceAll(director.address, 'other@qup.example.org') }),
    );
    expect(row).toMatchObject({ state: 'held', reason: 'other-address' });
    expect(row['reply']).toMatchObject({ partstat: 'ACCEPTED', attendee: { address: 'other@qup.example.org' } });
    expect(await ledger()).toEqual(before);
  });

  it('E10: the right UID alone, to an address that everybody knows, is held', async () => {
    const raw = reply('ACCEPTED', {
      edit: (mail) => mail.replace(/^To: .*$/m, 'To: <visit@example.org>').replace(/^In-Reply-To.*\r\n/m, ''),
    });
    expect(await letIn(raw)).toMatchObject({ state: 'held', reason: 'not-authentic' });
  });

  it('E10: what a mail says of its own checks is believed from our mail server, not from whoever speaks SMTP to us', async () => {
    const checked = (n: number) =>
      reply('DECLINED', {
        edit: (mail) =>
          `Authentication-Results: mx.example.org; dmarc=pass header.from=qup.example.org\r\nX-Copy: ${n}\r\n${mail
            .replace(/^To: .*$/m, 'To: <visit@example.org>')
            .replace(/^In-Reply-To.*\r\n/m, '')}`,
      });
    const stood = await stands();
    expect(await letIn(checked(1), undefined, 'smtp')).toMatchObject({ state: 'held', reason: 'not-authentic' });
    expect(await stands()).toBe(stood);
    expect(await letIn(checked(2), undefined, 'lmtp')).toMatchObject({ outcome: 'applied' });
    expect(await stands()).toBe('absent');
  });

  it('E17: who asks for the invitation again gets the same octets at a press', async () => {
    const { message } = to(mails, director.address);
    const refresh = `From: ${director.address}\r\nTo: ${tokenOf(director)}\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REFRESH\r\nBEGIN:VEVENT\r\nUID:${to(mails, director.address).calendar!.uid}\r\nATTENDEE:mailto:${director.address}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    const row = await letIn(Buffer.from(refresh));
    expect(row).toMatchObject({ state: 'held', kind: 'refresh', reason: 'asks-again' });
    await year.house.get(Triage).sendAgain(String(row['id']), year.actor);
    const [again, ...others] = await post.arrived();
    expect(others).toEqual([]);
    expect(again!.message.raw.equals(message.raw)).toBe(true);
    expect(await codeOf(year.house.get(Triage).sendAgain(String(row['id']), year.actor))).toBe(
      'responses.mail-settled',
    );
  });

  it('E16: another time is a proposal; the meeting stays where it is and the answer what it was', async () => {
    const [before, stood] = [await year.meeting('site/qup'), await stands()];
    expect(await letIn(reply('COUNTER'))).toMatchObject({ state: 'held', outcome: 'proposal', reason: 'other-time' });
    expect(await year.meeting('site/qup')).toEqual(before);
    expect(await stands()).toBe(stood);
  });

  it('E19: words are for people, whatever they say', async () => {
    const mail = `From: ${director.address}\r\nTo: ${tokenOf(director)}\r\nSubject: Re\r\n\r\n出席します。\r\n`;
    const row = await letIn(Buffer.from(mail));
    expect(row).toMatchObject({ state: 'held', kind: 'human', reason: 'words' });
    expect(row['invitation_id']).not.toBeNull();
  });

  it('E18: nothing is sent to anybody in answer to any of this', async () => {
    expect(await post.arrived()).toEqual([]);
  });
});

describe('A meeting that moves', () => {
  it('E13, H3: asks again; what was said stays for the revision that it was given to, and a late answer to that one does not count', async () => {
    const old = reply('ACCEPTED');
    await year.set('site/qup', '2027-07-15');
    await year.house.settle();
    expect(await stands()).toBe('unanswered');
    // nobody has been told yet: whoever answers now answers what they know
    expect(await letIn(old)).toMatchObject({ outcome: 'stale', reason: 'changed-meanwhile' });
    expect(await stands()).toBe('unanswered');
    const late = reply('DECLINED');
    mails = await post.release();
    expect(await letIn(late)).toMatchObject({ outcome: 'stale', reason: 'older-revision' });
    expect(await stands()).toBe('unanswered');
    const { revision } = await year.meeting('site/qup');
    expect((await ledger()).at(-1)!['revision']).toBe(revision - 1);
    year.later();
    expect(await letIn(reply('ACCEPTED'))).toMatchObject({ outcome: 'applied' });
    expect(await stands()).toBe('attending');
    expect((await ledger()).at(-1)).toMatchObject({ revision, sequence: 1 });
  });
});

describe('What comes back', () => {
  const report = (who: { address: string }, status: string, action = 'failed') => {
    const sender = to(mails, who.address).calendar!.organizer.replace('visit+', 'bounce+').replace('@', '.1@');
    return {
      sender,
      raw: Buffer.from(
        [
          'Return-Path: <>',
          'From: MAILER-DAEMON@mx.example.net',
          `To: ${sender}`,
          'Subject: Undelivered',
          `Message-ID: <${++nonce}@mx.example.net>`,
          'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
          '',
          '--b',
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; mx.example.net',
          '',
          `Final-Recipient: rfc822; private@elsewhere.example.net`,
          `Action: ${action}`,
          `Status: ${status}`,
          `Diagnostic-Code: smtp; 550 ${status} <private@elsewhere.example.net> says no`,
          '',
          '--b--',
          '',
        ].join('\r\n'),
      ),
    };
  };
  const mailTo = async (address: string) =>
    (
      await query(`select * from mail where to_address = $1 and kind like 'invitation%' order by put_at desc limit 1`, [
        address,
      ])
    )[0]!;

  it('F3, F4, F8: a mail that did not arrive has failed; where it was forwarded to is kept nowhere but in the mail itself', async () => {
    const { raw, sender } = report(overseas, '5.1.1');
    const row = await letIn(raw, sender);
    expect(row).toMatchObject({ kind: 'dsn', outcome: 'undeliverable', state: 'held', reason: 'not-reached' });
    const mail = await mailTo(overseas.address);
    expect(mail).toMatchObject({ state: 'failed', returned_as: 'undeliverable' });
    expect(row['mail_id']).toBe(mail['id']);
    expect(mail['reply']).toContain('5.1.1');
    expect(JSON.stringify([row, { ...mail, bytes: '' }])).not.toContain('private@');
    // others go on
    expect(await stands()).toBe('attending');
  });

  it('F4: a delay is no failure', async () => {
    const { raw, sender } = report(director, '4.4.1', 'delayed');
    expect(await letIn(raw, sender)).toMatchObject({ outcome: 'noted', reason: 'still-trying', state: 'ignored' });
    expect(await mailTo(director.address)).toMatchObject({ state: 'sent', returned_as: 'delayed' });
  });

  it('F4: a refusal that is our own fault stops whatever else goes to that domain', async () => {
    const { raw, sender } = report(director, '5.7.26');
    expect(await letIn(raw, sender)).toMatchObject({ outcome: 'our-problem', state: 'held' });
    expect(await query(`select destination, refusal, stopped_at is not null as stopped from mail_destination`)).toEqual(
      [{ destination: 'qup.example.org', refusal: '5.7.26', stopped: true }],
    );
    await year.house.get(Outbox).resumeDestination('qup.example.org', year.actor);
  });

  it('F7: nothing more goes to somebody who has called it spam', async () => {
    const sender = to(mails, director.address).calendar!.organizer;
    const raw = [
      'From: feedback@example.net',
      'To: abuse@example.org',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `From: <${sender}>`,
      '',
      'x',
      '--b--',
    ].join('\r\n');
    expect(await letIn(Buffer.from(raw))).toMatchObject({ kind: 'complaint', outcome: 'complaint', state: 'held' });
    await year.set('site/qup', '2027-07-22');
    await year.house.settle();
    const sent = await post.release();
    expect(sent.map((mail) => mail.to)).not.toContain(director.address);
    expect(sent.length).toBeGreaterThan(0);
    expect(await mailTo(director.address)).toMatchObject({ state: 'kept-back' });
  });
});
