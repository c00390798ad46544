import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ImapServer {
  readonly url: string;
  /** Commands in the order in which they came, without tags and passwords */
  readonly commands: string[];
  /** Puts a mail into INBOX; whoever idles is told. @returns its UID */
  deliver(raw: Buffer): number;
  /** Of a mail in INBOX */
  flagsOf(uid: number): string[];
  /** Names of the folders, INBOX first */
  folders(): string[];
  /** What lies in a folder, in order of arrival; nothing where there is no such folder */
  lie(folder: string): string[];
  /** Somebody else at the mailbox does away with a mail */
  takeAway(folder: string, n: number): void;
  /** Cuts every connection */
  cut(): void;
  /** INBOX was made anew: other UIDs, another UIDVALIDITY */
  remake(): void;
  /** Refuse new connections until told otherwise */
  refuse: boolean;
  /** Do not tell of new mail while a client idles */
  silent: boolean;
  /** Answer to commands that put mails elsewhere: `NO`, until told otherwise */
  full: boolean;
  /** What newcomers are told it can do, beside IDLE */
  able: readonly ('MOVE' | 'UIDPLUS')[];
  stop(): Promise<void>;
}

interface Stored {
  uid: number;
  raw: Buffer;
  flags: Set<string>;
}

class Folder {
  mails: Stored[] = [];
  next = 1;

  constructor(public validity: number) {}

  put(raw: Buffer, flags: Iterable<string> = []): number {
    const uid = this.next++;
    this.mails.push({ uid, raw, flags: new Set(flags) });
    return uid;
  }

  /** `3`, `1,4`, `5:*`, as UIDs; `n:*` has the last mail in it even where that is below n */
  among(set: string): Stored[] {
    const last = this.mails.at(-1)?.uid ?? 0;
    return this.mails.filter(({ uid }) =>
      set.split(',').some((range) => {
        const [from, to = from] = range.split(':').map((end) => (end === '*' ? last : Number(end)));
        return uid >= Math.min(from!, to!) && uid <= Math.max(from!, to!);
      }),
    );
  }
}

interface House {
  readonly folders: Map<string, Folder>;
  readonly state: Pick<ImapServer, 'able' | 'full' | 'silent'>;
  readonly heard: (command: string) => void;
  /** Tells whoever idles in a folder how many lie there */
  readonly tell: (folder: Folder) => void;
}

/** As much of an IMAP4rev1 server (RFC 3501, 2177, 4315, 6851) as it takes to have mail read and put away: one user, over TCP. */
export async function startImap(): Promise<ImapServer> {
  const inbox = new Folder(1_000);
  const folders = new Map([['INBOX', inbox]]);
  const sockets = new Set<Session>();
  const commands: string[] = [];
  const tell = (folder: Folder) => {
    for (const session of sockets) session.tell(folder);
  };

  const server = createServer((socket) => {
    if (state.refuse) return socket.destroy();
    const session = new Session(socket, { folders, state, tell, heard: (command) => commands.push(command) });
    sockets.add(session);
    socket.on('close', () => sockets.delete(session));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const { socket } of sockets) socket.destroy();
  };
  const state: ImapServer = {
    url: `imap://reader:secret@127.0.0.1:${port}/INBOX`,
    commands,
    refuse: false,
    silent: false,
    full: false,
    able: ['MOVE', 'UIDPLUS'],
    deliver: (raw) => {
      const uid = inbox.put(raw);
      if (!state.silent) tell(inbox);
      return uid;
    },
    flagsOf: (uid) => [...(inbox.mails.find((mail) => mail.uid === uid)?.flags ?? [])],
    folders: () => [...folders.keys()],
    lie: (folder) => (folders.get(folder)?.mails ?? []).map(({ raw }) => raw.toString()),
    takeAway: (folder, n) => void folders.get(folder)!.mails.splice(n, 1),
    cut,
    remake: () => {
      inbox.validity += 1;
      inbox.mails = inbox.mails.map((mail, n) => ({ ...mail, uid: n + 1 }));
      inbox.next = inbox.mails.length + 1;
      cut();
    },
    stop: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return state;
}

class Session {
  private buffer = '';
  private idling: string | undefined;
  private open: Folder | undefined;
  /** How many lie in the open folder, as the client knows */
  private told = 0;

  constructor(
    readonly socket: Socket,
    private readonly house: House,
  ) {
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => this.take(data));
    this.say(`* OK [CAPABILITY ${this.able}] ready`);
  }

  private get able(): string {
    return ['IMAP4rev1', 'IDLE', ...this.house.state.able].join(' ');
  }

  tell(folder: Folder): void {
    if (!this.idling || this.open !== folder) return;
    this.told = folder.mails.length;
    this.say(`* ${this.told} EXISTS`);
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
    this.house.heard(verb === 'LOGIN' || verb === 'AUTHENTICATE' ? verb : `${verb} ${rest}`.trim());
    const done = (words = 'done') => this.say(`${tag} OK ${words}`);
    const no = (words: string) => this.say(`${tag} NO ${words}`);
    const handlers: Readonly<Record<string, () => void>> = {
      CAPABILITY: () => {
        this.say(`* CAPABILITY ${this.able}`);
        done();
      },
      LOGIN: () => (/^"?reader"? "?secret"?$/.test(rest) ? done() : no('[AUTHENTICATIONFAILED] no')),
      LIST: () => this.list(verb, rest, done),
      LSUB: () => this.list(verb, rest, done),
      SELECT: () => this.select(unquoted(rest), done, no),
      EXAMINE: () => this.select(unquoted(rest), done, no),
      CREATE: () => this.create(unquoted(rest), done, no),
      SUBSCRIBE: done,
      NOOP: done,
      IDLE: () => {
        this.idling = tag;
        this.say('+ idling');
        // what came while it did not idle is told at once, as servers do
        if (!this.house.state.silent && this.open && this.open.mails.length !== this.told) this.tell(this.open);
      },
      'UID SEARCH': () => {
        const found = this.open!.among(/(\d+:(?:\*|\d+))/.exec(rest)?.[1] ?? '1:*');
        this.say(`* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}`);
        done();
      },
      'UID FETCH': () => this.fetch(rest, done),
      'UID STORE': () => this.store(rest, done),
      'UID COPY': () => this.copy(rest, done, no),
      ...(this.house.state.able.includes('MOVE') ? { 'UID MOVE': () => this.copy(rest, done, no, true) } : {}),
      EXPUNGE: () => {
        this.expunge(this.open!.mails.filter(({ flags }) => flags.has('\\Deleted')));
        done();
      },
      ...(this.house.state.able.includes('UIDPLUS')
        ? {
            'UID EXPUNGE': () => {
              this.expunge(this.open!.among(rest).filter(({ flags }) => flags.has('\\Deleted')));
              done();
            },
          }
        : {}),
      LOGOUT: () => {
        this.say('* BYE');
        done();
        this.socket.end();
      },
    };
    const handler = handlers[verb];
    if (handler) handler();
    else this.say(`${tag} BAD ${verb}?`);
  }

  /** An empty pattern asks what stands between the names of folders */
  private list(verb: string, rest: string, done: () => void): void {
    if (rest.endsWith(' ""')) this.say(`* ${verb} (\\Noselect) "/" ""`);
    else for (const name of this.house.folders.keys()) this.say(`* ${verb} () "/" ${name}`);
    done();
  }

  private create(name: string, done: () => void, no: (words: string) => void): void {
    if (this.house.folders.has(name)) return no('[ALREADYEXISTS] it is there');
    this.house.folders.set(name, new Folder(2_000 + this.house.folders.size));
    done();
  }

  private select(name: string, done: (words: string) => void, no: (words: string) => void): void {
    const folder = this.house.folders.get(name);
    this.open = folder;
    if (!folder) return no('[NONEXISTENT] no such folder');
    this.told = folder.mails.length;
    this.say(`* ${this.told} EXISTS`);
    this.say('* 0 RECENT');
    this.say('* FLAGS (\\Seen \\Deleted)');
    this.say('* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok');
    this.say(`* OK [UIDVALIDITY ${folder.validity}] ok`);
    this.say(`* OK [UIDNEXT ${folder.next}] ok`);
    done('[READ-WRITE] selected');
  }

  private fetch(rest: string, done: () => void): void {
    const [, uid] = /^(\d+)/.exec(rest) ?? [];
    const mails = this.open!.mails;
    const index = mails.findIndex((mail) => mail.uid === Number(uid));
    const mail = mails[index];
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
    const [, set = '', flags = ''] = /^(\S+) \+FLAGS(?:\.SILENT)? \(?([^)]*)\)?/i.exec(rest) ?? [];
    for (const mail of this.open!.among(set)) for (const flag of flags.split(' ').filter(Boolean)) mail.flags.add(flag);
    done();
  }

  /** UIDs that are not there are passed over in silence, as RFC 3501 §6.4.8 has it */
  private copy(rest: string, done: (words: string) => void, no: (words: string) => void, moves = false): void {
    const [, set = '', name = ''] = /^(\S+) (.+)$/.exec(rest) ?? [];
    const target = this.house.folders.get(unquoted(name));
    if (this.house.state.full) return no('[OVERQUOTA] no room');
    if (!target) return no('[TRYCREATE] no such folder');
    const mails = this.open!.among(set);
    const there = mails.map((mail) => target.put(mail.raw, mail.flags));
    const told =
      this.house.state.able.includes('UIDPLUS') && mails.length > 0
        ? `[COPYUID ${target.validity} ${mails.map(({ uid }) => uid).join(',')} ${there.join(',')}] `
        : '';
    if (moves) {
      if (told) this.say(`* OK ${told}moved`);
      this.expunge(mails);
    }
    done(moves ? 'done' : `${told}done`);
  }

  private expunge(gone: readonly Stored[]): void {
    const folder = this.open!;
    for (const mail of gone) {
      this.say(`* ${folder.mails.indexOf(mail) + 1} EXPUNGE`);
      folder.mails.splice(folder.mails.indexOf(mail), 1);
      this.told -= 1;
    }
  }
}

const unquoted = (name: string): string => name.replace(/^"(.*)"$/, '$1');
