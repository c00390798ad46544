import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import type { OutgoingMail } from '../../src/mail/message.ts';
import { OutboxQueries, type MailLine } from '../../src/mail/outbox.queries.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { startMachinery, type Machinery } from './machinery.ts';
import { invitation } from './sample.ts';
import { startServer, type TestServer } from './smtp.ts';

export const actor: Actor = { kind: 'staff', id: 'b7e1', name: '見本 花子' };

export let house: Machinery;
export let server: TestServer;
export let outbox: Outbox;
export let queries: OutboxQueries;

/** A house alone at work, empty and at midnight of 1 June (UTC) before each test: what is sent when is up to the test, which drains. */
export function useHouse(): void {
  beforeAll(async () => {
    server = await startServer();
    house = await startMachinery({ config: { smtpUrl: server.url, embeddedMailbox: false, role: 'web' } });
    outbox = house.get(Outbox);
    queries = house.get(OutboxQueries);
  });
  beforeEach(async () => {
    await house.database.query('truncate mail, mail_destination cascade');
    await house.database.query(`update mail_policy set rehearsal = false, rehearsal_addresses = '{}', paused = false`);
    house.clock.set('2027-06-01T00:00:00Z');
    server.taken.length = 0;
    server.attempts.length = 0;
    server.treat = () => 'take';
  });
  afterAll(async () => {
    await house.stop();
    await server.stop();
  });
}

export const put = (mail: OutgoingMail): Promise<string> => house.database.transaction((tx) => outbox.put(tx, mail));
export const drain = (): Promise<void> => house.get(Sender).drain();
export const mailOf = async (id: string): Promise<MailLine> => (await queries.one(id))!.mail;
export const statesOf = (ids: readonly string[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await mailOf(id)).state));
export const later = (minutes: number): void => house.clock.set(house.clock.now().plus({ minutes }).toISO()!);

/** `done`, or the code of the refusal */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

/** An invitation of its own: other person, other key */
export const another = (name: string, changes: Partial<OutgoingMail> = {}): OutgoingMail =>
  invitation({
    to: { name, address: `${name}@example.org` },
    invitationId: name,
    orderingKey: name,
    messageId: `<${name}@visits.example.org>`,
    subject: name,
    ...changes,
  });
