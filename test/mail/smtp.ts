import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** How the server treats a mail. `lost` ones: the connection is cut before 354, in the middle of the message, or after the final dot. */
export type Treatment =
  | 'take'
  | 'cut before 354'
  | 'cut in the message'
  | 'take and cut'
  | { readonly at: 'RCPT' | 'DATA'; readonly code: number; readonly reply?: string };

export interface TakenMail {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
}

export interface TestServer {
  readonly url: string;
  /** Everything that it has taken, in order; what it lost after taking it included */
  readonly taken: TakenMail[];
  /** Recipients of every attempt, in order */
  readonly attempts: string[];
  /** Decides on each attempt; `take` until set */
  treat: (to: string, attempt: number) => Treatment | Promise<Treatment>;
  readonly subjects: () => string[];
  stop(): Promise<void>;
}

/** A real SMTP server that can be told to misbehave at every stage of the dialogue. */
export async function startServer(): Promise<TestServer> {
  const attempts: string[] = [];
  const taken: TakenMail[] = [];
  const treatments = new Map<string, Treatment>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 200,
    onRcptTo: (address, session, callback) => {
      attempts.push(address.address);
      const count = attempts.filter((to) => to === address.address).length;
      Promise.resolve(test.treat(address.address, count)).then((treatment) => {
        treatments.set(session.id, treatment);
        if (treatment === 'cut before 354') cut(session);
        else callback(refusal(treatment, 'RCPT'));
      }, callback);
    },
    onData: (stream, session, callback) => {
      const treatment = treatments.get(session.id)!;
      const chunks: Buffer[] = [];
      if (treatment === 'cut in the message') {
        stream.once('data', () => cut(session));
        return;
      }
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusal(treatment, 'DATA');
        if (refused) return callback(refused);
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        taken.push({ from, to: session.envelope.rcptTo[0]!.address, raw: Buffer.concat(chunks) });
        if (treatment === 'take and cut') cut(session);
        else callback();
      });
    },
  });
  server.on('error', () => undefined);
  const cut = (session: SMTPServerSession): void => {
    for (const connection of server.connections) {
      const { id, _socket } = connection as unknown as { id: string; _socket: { destroy(): void } };
      if (id === session.id) _socket.destroy();
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const test: TestServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    attempts,
    treat: () => 'take',
    subjects: () => taken.map(({ raw }) => /^Subject: (.*)\r\n/m.exec(raw.toString())![1]!),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return test;
}

function refusal(treatment: Treatment, at: 'RCPT' | 'DATA'): Error | undefined {
  if (typeof treatment === 'string' || treatment.at !== at) return undefined;
  return Object.assign(new Error(treatment.reply ?? 'as the test wants it'), { responseCode: treatment.code });
}
