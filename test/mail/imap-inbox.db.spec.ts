import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Contacts } from '../../src/mail/inbound/contacts.service.ts';
import { ImapFiling } from '../../src/mail/inbound/imap-filing.service.ts';
import { ImapInbox } from '../../src/mail/inbound/imap-inbox.service.ts';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import type { Filing } from '../../src/mail/inbound/inbound-message.entity.ts';
import { startImap, type ImapServer } from '../support/imap.ts';
import { startMachinery, until, type Machinery } from './machinery.ts';

// without the rooms that decide about mails: what is decided, and when, is up to the tests
let house: Machinery;
let server: ImapServer;
const mail = (n: number | string) =>
  Buffer.from(`From: a@example.net\r\nTo: visit@example.org\r\nSubject: ${n}\r\n\r\nbody of ${n}\r\n`);
const stored = async (): Promise<Record<string, unknown>[]> =>
  house.database.query(
    `select convert_from(bytes, 'utf8') as text, uid::int, uid_validity::int as validity, channel from inbound_message order by received_at, uid`,
  );
const arrives = (count: number) => until(`${count} mails are stored`, async () => (await stored()).length === count);

beforeAll(async () => {
  server = await startImap();
  house = await startMachinery();
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
    const again = anotherReader();
    again.start(server.url);
    await until('it has looked', async () => server.commands.slice(before).filter((one) => one === 'IDLE').length > 0);
    expect(server.commands.slice(before).filter((command) => command.startsWith('UID FETCH'))).toEqual([]);
    await again.beforeApplicationShutdown();
  });
});

const anotherReader = () =>
  new ImapInbox({ role: 'all' }, house.database, house.get(Inbound), house.get(ImapFiling), house.get(Contacts));

const file = (subject: number | string, as: Filing) =>
  house.database.transaction(async (tx) => {
    const [{ id }]: [{ id: string }] = await tx.query(
      `select id from inbound_message where convert_from(bytes, 'utf8') like $1`,
      [`%Subject: ${subject}\r%`],
    );
    await house.get(Inbound).file(tx, id, as);
  });
const subjectsIn = (folder: string) => server.lie(folder).map((raw) => /Subject: (.*)\r/.exec(raw)![1]!);
const looks = () => server.commands.filter((command) => command.startsWith('UID SEARCH')).length;
/** So that whatever was to follow from the last thing has followed */
async function afterTwoLooks(): Promise<void> {
  const before = looks();
  await until('it has looked twice', () => looks() >= before + 2);
}

describe('E20: A mail that was read', () => {
  it('stays where it is until what follows from it is committed, and goes then where it belongs', async () => {
    expect(server.folders()).toEqual(['INBOX']);
    let commit = () => {};
    const committed = new Promise<void>((resolve) => (commit = resolve));
    const deciding = house.database.transaction(async (tx) => {
      const [{ id }]: [{ id: string }] = await tx.query(
        `select id from inbound_message where convert_from(bytes, 'utf8') like '%Subject: 1%'`,
      );
      await house.get(Inbound).file(tx, id, 'processed');
      await committed;
    });
    await afterTwoLooks();
    expect(subjectsIn('INBOX')).toEqual(['1', '2', '3', '4', '5']);
    commit();
    await deciding;
    await file(2, 'review');
    await until('both are away', () => subjectsIn('INBOX').length === 3);
    // the folders were not there
    expect(server.folders().sort()).toEqual(['INBOX', 'Processed', 'Review']);
    expect([subjectsIn('Processed'), subjectsIn('Review')]).toEqual([['1'], ['2']]);
  });

  it('goes on to Processed when somebody has settled it', async () => {
    await file(2, 'processed');
    await until('it has moved on', () => subjectsIn('Review').length === 0);
    expect(subjectsIn('Processed')).toEqual(['1', '2']);
    await until('the folder that is read is open again', () => {
      const selects = server.commands.filter((command) => command.startsWith('SELECT'));
      return selects.at(-1) === 'SELECT INBOX' && server.commands.at(-1) === 'IDLE';
    });
    server.deliver(mail(6));
    await arrives(6);
  });

  it('and has vanished is no trouble, nor is one that was moved before we could note it', async () => {
    server.takeAway('INBOX', subjectsIn('INBOX').indexOf('3'));
    await file(3, 'processed');
    await file(4, 'processed');
    await until('the other is away', () => subjectsIn('Processed').includes('4'));
    // as after a crash between the server's answer and our note
    await house.database.query(
      `insert into imap_place (mailbox, folder, uid_validity, uid, message_id)
       select mailbox, 'inbox', uid_validity, uid, id from inbound_message where convert_from(bytes, 'utf8') like '%Subject: 4%'`,
    );
    await until('the note is gone', async () => (await placesOf(4)) === 0);
    expect(subjectsIn('Processed')).toEqual(['1', '2', '4']);
  });

  it('is read again when the mailbox was made anew, is known, and goes where it belongs', async () => {
    server.full = true;
    await file(5, 'processed');
    await afterTwoLooks();
    expect(subjectsIn('INBOX')).toEqual(['5', '6']);
    server.remake();
    server.full = false;
    await until('it is away', () => !subjectsIn('INBOX').includes('5'));
    expect(subjectsIn('Processed').filter((one) => one === '5')).toEqual(['5']);
    expect(await stored()).toHaveLength(6);
    await until('the old numbers are forgotten', async () => {
      const [{ old }]: [{ old: number }] = await house.database.query(
        `select count(*)::int as old from imap_place where uid_validity <= 1001`,
      );
      return old === 0;
    });
  });

  it('twice, octet by octet, is known once and put away twice', async () => {
    server.deliver(mail(6));
    await file(6, 'processed');
    await until('both are away', () => subjectsIn('INBOX').length === 0);
    expect(subjectsIn('Processed').filter((one) => one === '6')).toHaveLength(2);
    expect(await stored()).toHaveLength(6);
  });

  it.each([
    ['without MOVE', ['UIDPLUS'], 'UID EXPUNGE'],
    ['without MOVE and UIDPLUS', [], 'EXPUNGE'],
    ['without UIDPLUS', ['MOVE'], 'UID MOVE'],
  ] as const)('is put away on a server %s, too, by two readers at once', async (_, able, command) => {
    server.able = able;
    server.cut();
    const second = anotherReader();
    second.start(server.url);
    const before = server.commands.length;
    const known = (await stored()).length;
    const subject = `able to ${able.join(' ')}`;
    server.deliver(mail(subject));
    // while one waits to be decided, it is looked again soon
    server.deliver(mail(`${subject}, undecided`));
    await arrives(known + 2);
    await file(subject, 'review');
    await until('it is away', () => !subjectsIn('INBOX').includes(subject));
    await afterTwoLooks();
    await second.beforeApplicationShutdown();
    expect(subjectsIn('Review').filter((one) => one === subject)).toEqual([subject]);
    expect(server.commands.slice(before).some((one) => one.startsWith(command))).toBe(true);
    // from where nobody told us where it lies, nothing is moved on, and nothing breaks
    await file(subject, 'processed');
    await afterTwoLooks();
    expect(subjectsIn(able.includes('UIDPLUS' as never) ? 'Processed' : 'Review')).toContain(subject);
  });
});

const placesOf = async (subject: number | string): Promise<number> => {
  const [{ n }]: [{ n: number }] = await house.database.query(
    `select count(*)::int as n from imap_place p join inbound_message m on m.id = p.message_id
      where convert_from(m.bytes, 'utf8') like $1`,
    [`%Subject: ${subject}\r%`],
  );
  return n;
};
