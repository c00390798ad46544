import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Contacts } from '../../src/mail/inbound/contacts.service.ts';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import { MailListener } from '../../src/mail/inbound/mail-listener.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';

let house: StartedApp;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  house = await startApp();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => house?.stop());

async function listen(protocol: 'lmtp' | 'smtp', inbound: Pick<Inbound, 'store'> = house.get(Inbound)) {
  const listener = new MailListener(
    { mailFromDomain: 'example.org', role: 'all' },
    inbound as Inbound,
    house.get(Contacts),
  );
  const url = new URL(await listener.listen(`${protocol}://127.0.0.1:0`));
  const socket = connect(Number(url.port), '127.0.0.1');
  const dialogue = speaker(socket);
  open.push({
    close: async () => {
      socket.destroy();
      await listener.beforeApplicationShutdown();
    },
  });
  await dialogue.hear();
  return dialogue;
}

/** Says a line and hears the answer, or so many answers */
function speaker(socket: Socket) {
  let heard = '';
  let waiting: (() => void) | undefined;
  socket.setEncoding('utf8');
  socket.on('data', (data: string) => {
    heard += data;
    waiting?.();
  });
  socket.on('error', () => undefined);
  const hear = async (answers = 1): Promise<string[]> => {
    const lines: string[] = [];
    while (lines.length < answers) {
      const [line] = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard) ?? [];
      if (line) {
        heard = heard.slice(line.length);
        lines.push(line.trim());
      } else await new Promise<void>((resolve) => (waiting = resolve));
    }
    return lines;
  };
  const say = async (line: string, answers = 1) => {
    socket.write(`${line}\r\n`);
    return (await hear(answers)).join('\n');
  };
  return { hear, say, destroy: () => socket.destroy() };
}

const stored = async (): Promise<Record<string, unknown>[]> =>
  house.dataSource.query(
    `select channel, recipients, envelope_from, convert_from(bytes, 'utf8') as text from inbound_message order by received_at`,
  );

describe('Mail that is delivered to us', () => {
  it('by LMTP is stored before it is acknowledged, with an answer for each recipient', async () => {
    const { say } = await listen('lmtp');
    expect(await say('LHLO mx.example.org')).toMatch(/^250/m);
    expect(await say('MAIL FROM:<>')).toMatch(/^250/);
    expect(await say('RCPT TO:<visit+abc@example.org>')).toMatch(/^250/);
    expect(await say('RCPT TO:<Bounce+ABC.1@example.org>')).toMatch(/^250/);
    expect(await say('RCPT TO:<somebody@elsewhere.example.net>')).toMatch(/^550 5\.7\.1/);
    expect(await say('DATA')).toMatch(/^354/);
    const answers = await say('From: a@example.net\r\n\r\n..dot\r\n.', 2);
    expect(answers.split('\n')).toEqual([expect.stringMatching(/^250 2\.0\.0 stored/), expect.stringMatching(/^250/)]);
    expect(await stored()).toEqual([
      {
        channel: 'lmtp',
        recipients: ['visit+abc@example.org', 'bounce+abc.1@example.org'],
        envelope_from: '',
        text: 'From: a@example.net\r\n\r\n.dot\r\n',
      },
    ]);
  });

  it('by SMTP is stored likewise; we relay for nobody', async () => {
    const { say } = await listen('smtp');
    await say('EHLO client.example.net');
    await say('MAIL FROM:<a@example.net>');
    expect(await say('RCPT TO:<visit+abc@example.org.evil.example>')).toMatch(/^550/);
    expect(await say('RCPT TO:<visit+abc@EXAMPLE.org>')).toMatch(/^250/);
    await say('DATA');
    expect(await say('Subject: two\r\n\r\nx\r\n.')).toMatch(/^250/);
    expect((await stored()).at(-1)).toMatchObject({ channel: 'smtp', envelope_from: 'a@example.net' });
  });

  it('that cannot be stored is for later, for every recipient', async () => {
    const { say } = await listen('lmtp', { store: () => Promise.reject(new Error('the disk is full')) });
    await say('LHLO mx');
    await say('MAIL FROM:<a@example.net>');
    await say('RCPT TO:<visit+a@example.org>');
    await say('RCPT TO:<visit+b@example.org>');
    await say('DATA');
    const answers = (await say('x: y\r\n\r\nz\r\n.', 2)).split('\n');
    expect(answers).toEqual([expect.stringMatching(/^451 4\.3\.0/), expect.stringMatching(/^451 4\.3\.0/)]);
    expect(answers.join()).not.toContain('disk');
  });

  it('whose sender goes away in the middle leaves nothing behind', async () => {
    const before = (await stored()).length;
    const { say, destroy } = await listen('smtp');
    await say('EHLO x');
    await say('MAIL FROM:<a@example.net>');
    await say('RCPT TO:<visit+a@example.org>');
    await say('DATA');
    destroy();
    await house.settle();
    expect(await stored()).toHaveLength(before);
  });
});
