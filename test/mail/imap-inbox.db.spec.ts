import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import { ImapInbox } from '../../src/mail/inbound/imap-inbox.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { startImap, type ImapServer } from '../support/imap.ts';
import { until } from './machinery.ts';

let house: StartedApp;
let server: ImapServer;
const mail = (n: number | string) =>
  Buffer.from(`From: a@example.net\r\nTo: visit@example.org\r\nSubject: ${n}\r\n\r\nbody of ${n}\r\n`);
const stored = async (): Promise<Record<string, unknown>[]> =>
  house.dataSource.query(
    `select convert_from(bytes, 'utf8') as text, uid::int, uid_validity::int as validity, channel from inbound_message order by received_at, uid`,
  );
const arrives = (count: number) => until(`${count} mails are stored`, async () => (await stored()).length === count);

beforeAll(async () => {
  server = await startImap();
  house = await startApp();
});
afterAll(async () => {
  await house?.stop();
  await server?.stop();
});

describe('A mailbox on an IMAP server', () => {
  it('E20: is read from the beginning, and a mail is marked only after it is stored', async () => {
    server.deliver(mail(1));
    server.deliver(mail(2));
    house.get(ImapInbox).start(server.url);
    await arrives(2);
    await until('both are marked', async () => server.flagsOf(2).includes('\\Seen'));
    expect(await stored()).toMatchObject([
      { uid: 1, validity: 1000, channel: 'imap' },
      { uid: 2, validity: 1000 },
    ]);
    expect(server.flagsOf(1)).toEqual(['\\Seen']);
    const fetches = server.commands.findIndex((command) => command.startsWith('UID FETCH 1'));
    const marks = server.commands.findIndex((command) => command.startsWith('UID STORE 1'));
    expect(marks).toBeGreaterThan(fetches);
  });

  it('E20: tells of new mail while nobody asks', async () => {
    await until('it idles', async () => server.commands.at(-1) === 'IDLE');
    const began = Date.now();
    server.deliver(mail(3));
    await arrives(3);
    expect(Date.now() - began).toBeLessThan(5_000);
    // what has been read is not fetched again
    expect(server.commands.filter((command) => command.startsWith('UID FETCH 1'))).toHaveLength(1);
  });

  it('E20: is connected to again when the connection is lost, and nothing is missed', async () => {
    server.cut();
    server.deliver(mail(4));
    await arrives(4);
    expect((await stored()).at(-1)).toMatchObject({ uid: 4 });
  });

  it('E20: that was made anew is read again, and what is known stays known', async () => {
    server.remake();
    server.deliver(mail(5));
    await arrives(5);
    await until('all is read', async () => server.flagsOf(5).includes('\\Seen'));
    const rows = await stored();
    expect(rows).toHaveLength(5);
    expect(rows.at(-1)).toMatchObject({ uid: 5, validity: 1001 });
    expect(server.commands.filter((command) => /^UID FETCH [1-5] /.test(command)).length).toBeGreaterThanOrEqual(9);
  });

  it('goes on where it was after a restart of ours', async () => {
    const before = server.commands.length;
    const again = new ImapInbox({ role: 'all' }, house.dataSource, house.get(Inbound));
    again.start(server.url);
    await until('it has looked', async () => server.commands.slice(before).filter((one) => one === 'IDLE').length > 0);
    expect(server.commands.slice(before).filter((command) => command.startsWith('UID FETCH'))).toEqual([]);
    await again.beforeApplicationShutdown();
  });
});
