import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ImapServer {
  readonly url: string;
  /** Commands in the order in which they came, without tags and passwords */
  readonly commands: string[];
  /** Puts a mail into INBOX; whoever idles is told */
  deliver(raw: Buffer): number;
  flagsOf(uid: number): string[];
  /** Cuts every connection */
  cut(): void;
  /** The mailbox was made anew: other UIDs, another UIDVALIDITY */
  remake(): void;
  /** Refuse new connections until told otherwise */
  refuse: boolean;
  /** Do not tell of new mail while a client idles */
  silent: boolean;
  stop(): Promise<void>;
}

interface Stored {
  uid: number;
  raw: Buffer;
  flags: Set<string>;
}

/** As much of an IMAP4rev1 server (RFC 3501, RFC 2177) as it takes to have mail read from it: one user, one folder, over TCP. */
export async function startImap(): Promise<ImapServer> {
  let mails: Stored[] = [];
  let next = 1;
  let validity = 1_000;
  const sockets = new Set<Session>();
  const commands: string[] = [];

  const server = createServer((socket) => {
    if (state.refuse) return socket.destroy();
    const session = new Session(socket, {
      mails: () => mails,
      validity: () => validity,
      next: () => next,
      heard: (command) => commands.push(command),
    });
    sockets.add(session);
    socket.on('close', () => sockets.delete(session));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state: ImapServer = {
    url: `imap://reader:secret@127.0.0.1:${port}/INBOX`,
    commands,
    refuse: false,
    silent: false,
    deliver: (raw) => {
      const uid = next++;
      mails.push({ uid, raw, flags: new Set() });
      if (!state.silent) for (const session of sockets) session.tell();
      return uid;
    },
    flagsOf: (uid) => [...(mails.find((mail) => mail.uid === uid)?.flags ?? [])],
    cut: () => {
      for (const { socket } of sockets) socket.destroy();
    },
    remake: () => {
      validity += 1;
      mails = mails.map((mail, n) => ({ ...mail, uid: n + 1 }));
      next = mails.length + 1;
      for (const { socket } of sockets) socket.destroy();
    },
    stop: async () => {
      for (const { socket } of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return state;
}

interface Box {
  readonly mails: () => Stored[];
  readonly validity: () => number;
  readonly next: () => number;
  readonly heard: (command: string) => void;
}

class Session {
  private buffer = '';
  private idling: string | undefined;
  private selected = false;

  constructor(
    readonly socket: Socket,
    private readonly box: Box,
  ) {
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => this.take(data));
    this.say('* OK [CAPABILITY IMAP4rev1 IDLE] ready');
  }

  tell(): void {
    if (this.idling && this.selected) this.say(`* ${this.box.mails().length} EXISTS`);
  }

  private say(line: string): void {
    this.socket.write(`${line}\r\n`, 'latin1');
  }

  private take(data: string): void {
    this.buffer += data;
    for (let end = this.buffer.indexOf('\r\n'); end !== -1; end = this.buffer.indexOf('\r\n')) {
      const line = this.buffer.slice(0, end);
      this.buffer = this.buffer.slice(end + 2);
      if (this.idling && /^done$/i.test(line)) {
        this.say(`${this.idling} OK idle over`);
        this.idling = undefined;
      } else this.obey(line);
    }
  }

  private obey(line: string): void {
    const [, tag = '*', command = '', rest = ''] = /^(\S+) (UID \S+|\S+) ?(.*)$/i.exec(line) ?? [];
    const verb = command.toUpperCase();
    this.box.heard(verb === 'LOGIN' || verb === 'AUTHENTICATE' ? verb : `${verb} ${rest}`.trim());
    const done = (words = 'done') => this.say(`${tag} OK ${words}`);
    if (verb === 'CAPABILITY') {
      this.say('* CAPABILITY IMAP4rev1 IDLE');
      done();
    } else if (verb === 'LOGIN') {
      if (/^"?reader"? "?secret"?$/.test(rest)) done();
      else this.say(`${tag} NO [AUTHENTICATIONFAILED] no`);
    } else if (verb === 'LIST' || verb === 'LSUB') {
      this.say(`* ${verb} () "/" INBOX`);
      done();
    } else if (verb === 'SELECT' || verb === 'EXAMINE') this.select(done);
    else if (verb === 'NOOP') done();
    else if (verb === 'IDLE') {
      this.idling = tag;
      this.say('+ idling');
    } else if (verb === 'UID SEARCH') {
      const range = /(\d+):(\*|\d+)/.exec(rest);
      const uids = this.box.mails().map(({ uid }) => uid);
      const found = range ? this.inRange(uids, range) : uids;
      this.say(`* SEARCH${found.map((uid) => ` ${uid}`).join('')}`);
      done();
    } else if (verb === 'UID FETCH') this.fetch(rest, done);
    else if (verb === 'UID STORE') this.store(rest, done);
    else if (verb === 'LOGOUT') {
      this.say('* BYE');
      done();
      this.socket.end();
    } else this.say(`${tag} BAD ${verb}?`);
  }

  /** `n:*` has the last mail in it even where that is below n */
  private inRange(uids: readonly number[], [, from, to]: RegExpExecArray): number[] {
    const last = uids.at(-1) ?? 0;
    const [low, high] = [Number(from), to === '*' ? last : Number(to)].sort((a, b) => a - b) as [number, number];
    return uids.filter((uid) => uid >= low && uid <= high);
  }

  private select(done: (words: string) => void): void {
    this.selected = true;
    this.say(`* ${this.box.mails().length} EXISTS`);
    this.say('* 0 RECENT');
    this.say('* FLAGS (\\Seen \\Deleted)');
    this.say('* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok');
    this.say(`* OK [UIDVALIDITY ${this.box.validity()}] ok`);
    this.say(`* OK [UIDNEXT ${this.box.next()}] ok`);
    done('[READ-WRITE] selected');
  }

  private fetch(rest: string, done: () => void): void {
    const [, uid] = /^(\d+)/.exec(rest) ?? [];
    const index = this.box.mails().findIndex((mail) => mail.uid === Number(uid));
    const mail = this.box.mails()[index];
    if (mail) {
      const [, from, most] = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(rest) ?? [];
      const body = from === undefined ? mail.raw : mail.raw.subarray(Number(from), Number(from) + Number(most));
      const name = from === undefined ? 'BODY[]' : `BODY[]<${from}>`;
      this.socket.write(`* ${index + 1} FETCH (UID ${mail.uid} ${name} {${body.length}}\r\n`);
      this.socket.write(body);
      this.socket.write(')\r\n');
    }
    done();
  }

  private store(rest: string, done: () => void): void {
    const [, uid, flags] = /^(\d+) \+FLAGS(?:\.SILENT)? \(?([^)]*)\)?/i.exec(rest) ?? [];
    const mail = this.box.mails().find((one) => one.uid === Number(uid));
    for (const flag of (flags ?? '').split(' ').filter(Boolean)) mail?.flags.add(flag);
    done();
  }
}
