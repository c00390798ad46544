import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { createTransport } from 'nodemailer';
import { AppModule } from '../../src/app.module.ts';
import { Clock } from '../../src/clock/clock.service.ts';
import { readConfig } from '../../src/config/config.ts';
import { Triage } from '../../src/responses/triage.service.ts';
import { Log } from '../../src/start/log.service.ts';
import { postOf, to, type Arrived } from '../invitations/post.ts';
import { until } from '../mail/machinery.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { startImap, type ImapServer } from '../support/imap.ts';
import { freePort } from '../support/ports.ts';
import { replyTo } from './reply-mail.ts';

/** Serves pages and knows nothing of IMAP_URL and INBOUND_LISTEN */
let year: Year;
/** A worker as somebody configures it, on the same database */
let worker: TestingModule;
let server: ImapServer;
let lmtpPort: number;
let mails: Arrived[];

beforeAll(async () => {
  year = await startYear();
  const post = postOf(year);
  await post.rehearse(false);
  await year.set('site/qup', '2027-07-08');
  await year.add('site/qup', 'exempla-martin');
  mails = await post.release();
  server = await startImap();
  lmtpPort = await freePort();
  const config = readConfig({
    ROLE: 'worker',
    DATABASE_URL: year.house.config.databaseUrl!,
    IMAP_URL: server.url,
    INBOUND_LISTEN: `lmtp://127.0.0.1:${lmtpPort}`,
    MAIL_DOMAIN: year.house.config.mailFromDomain,
    LOG_LEVEL: 'error',
  });
  const building = Test.createTestingModule({ imports: [AppModule.forRoot(config)] });
  building.overrideProvider(Clock).useValue(year.clock).setLogger(new Log(config, process.stderr));
  worker = await building.compile();
  await worker.init();
});
afterAll(async () => {
  await worker?.close();
  await server?.stop();
  await year?.house.stop();
});

const director = { person: 'hinagata-yu', address: 'yu.hinagata@qup.example.org' };
const overseas = { person: 'exempla-martin', address: 'exempla.martin@overseas.example.org' };
const stands = async ({ person }: { person: string }) => (await year.attendee('site/qup', person)).attendance;
const reply = (who: { address: string }, answer: 'ACCEPTED' | 'DECLINED') => {
  year.later();
  return replyTo(to(mails, who.address), answer, year.clock.now().toISO()!);
};
const prose = (subject: string) =>
  Buffer.from(
    `From: ${director.address}\r\nTo: ${to(mails, director.address).calendar!.organizer}\r\nSubject: ${subject}\r\n\r\n10時に伺います\r\n`,
  );
const ready = async () => {
  const response = await fetch(`${year.house.url}/ready`);
  return { status: response.status, inbound: ((await response.json()) as { inbound: Record<string, object> }).inbound };
};

describe('A worker that is configured to take replies', () => {
  it('E20: reads the mailbox of IMAP_URL: an answer is in the ledger, and its mail in Processed', async () => {
    server.deliver(reply(director, 'ACCEPTED'));
    await until('the answer counts', async () => (await stands(director)) === 'attending');
    await until('the mail is put away', () => server.lie('Processed').length === 1);
    expect(server.lie('INBOX')).toEqual([]);
  });

  it('E20: puts what waits for a person into Review, and into Processed once it is settled', async () => {
    server.deliver(prose('Re: site visit'));
    await until('it is in Review', () => server.lie('Review').length === 1);
    const [{ id }]: [{ id: string }] = await year.house.dataSource.query(
      `select id from incoming where state = 'held'`,
    );
    await year.house.get(Triage).putAside(id, 'seen', year.actor);
    // whatever comes next has it look again; else it does so every minute
    server.deliver(prose('Re: something else'));
    await until('it is in Processed', () => server.lie('Processed').length === 2);
    expect(server.lie('Processed').at(-1)).toContain('Re: site visit');
  });

  it('takes mail at INBOUND_LISTEN: an answer is in the ledger', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true } as object);
    const envelope = { from: '', to: to(mails, overseas.address).calendar!.organizer };
    await transport.sendMail({ envelope, raw: reply(overseas, 'DECLINED') });
    transport.close();
    await until('the answer counts', async () => (await stands(overseas)) === 'absent');
    expect(await year.house.dataSource.query(`select from inbound_message where channel = 'lmtp'`)).toHaveLength(1);
  });

  it('tells whoever watches the pages how the mailbox and the listener stand, and a mailbox that is away does not close the pages', async () => {
    const up = { state: 'up', lastContact: expect.any(String), downSince: null };
    expect(await ready()).toEqual({ status: 200, inbound: { imap: up, listener: up } });
    server.refuse = true;
    server.cut();
    await until('it is missed', async () => 'down' === (await ready()).inbound['imap']!['state' as never]);
    expect(await ready()).toEqual({
      status: 200,
      inbound: { imap: { ...up, state: 'down', downSince: expect.any(String) }, listener: up },
    });
    expect(JSON.stringify(await ready())).not.toContain('127.0.0.1');
    server.refuse = false;
    await until('it is read again', async () => 'up' === (await ready()).inbound['imap']!['state' as never]);
    year.later(6);
    expect((await ready()).inbound['listener']).toMatchObject({ state: 'down' });
  });
});
