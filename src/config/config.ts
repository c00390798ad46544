import { createPrivateKey, type KeyObject } from 'node:crypto';
import { text, type Text } from '../kernel/text.ts';
import { schema, variables, type Given, type VariableName } from './variables.ts';

/** What the application knows about where it runs. */
export interface Config {
  /** Set from the start, or filled in once the embedded server runs */
  readonly databaseUrl?: string;
  /** Set from the start; with the built-in mailbox its own address is used instead */
  readonly smtpUrl?: string;
  /** A mailbox in which replies arrive */
  readonly imapUrl?: string;
  /** lmtp:// or smtp:// with host and port, where replies are delivered to us */
  readonly inboundListen?: string;
  /** Replies reach us in some way; the built-in mailbox has buttons for them */
  readonly takesReplies: boolean;
  readonly embeddedDatabase: boolean;
  readonly embeddedMailbox: boolean;
  /** Without a slash at the end */
  readonly baseUrl: string;
  /** Whether BASE_URL and PORT were given: what was given is never changed */
  readonly baseUrlGiven: boolean;
  readonly portGiven: boolean;
  /** People reach us by https */
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly role: 'all' | 'web' | 'worker';
  readonly mailFromDomain: string;
  readonly mailFromName: string;
  /** Mails a minute, over all and to one domain; 0 for no limit */
  readonly mailPerMinute: number;
  readonly mailPerMinuteToDomain: number;
  /** With what mails are signed (RFC 6376); absent: by the server that takes them, or not at all */
  readonly dkim?: { readonly selector: string; readonly key: KeyObject };
  /** As given; from the project's folder when it is not absolute */
  readonly dataDir: string;
  readonly databasePool: number;
  /** As Fastify takes it: false, a number of hops, or addresses */
  readonly trustProxy: false | number | string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly logFormat: 'lines' | 'json';
}

/** For `@Inject(CONFIG) private readonly config: Config` */
export const CONFIG = Symbol('config');

export interface ConfigFault extends Text {
  readonly variable: VariableName;
}

/** Every fault at once, each naming its variable. */
export class ConfigFaults extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map((fault) => fault.en).join('\n'));
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param readFile gives the text of a file that a variable names; throws where it cannot be read
 * @throws ConfigFaults
 */
export function readConfig(environment: Environment, readFile: (path: string) => string = noFiles): Config {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = schema.safeParse(given);
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0] as VariableName));
  const faults = [...wrong].map((name) => describe(name, given[name]));
  if (!wrong.has('SMTP_URL') && given.SMTP_URL && !isLoopback(new URL(given.SMTP_URL).hostname)) {
    for (const name of ['BASE_URL', 'MAIL_DOMAIN'] as const) if (!given[name]) faults.push(missingForMail(name));
  }
  const dkim = dkimOf(given, readFile);
  for (const name of dkim instanceof Set ? dkim : []) if (!wrong.has(name)) faults.push(describe(name, given[name]));
  if (!parsed.success || faults.length > 0 || dkim instanceof Set) throw new ConfigFaults(faults);
  return { ...complete(parsed.data), ...(dkim ? { dkim } : {}) };
}

const noFiles = (): string => {
  throw new Error('no files here');
};

/** Undefined: mails are not signed. @returns the variables that are wrong, where some are */
function dkimOf(
  given: Environment,
  readFile: (path: string) => string,
): NonNullable<Config['dkim']> | Set<VariableName> | undefined {
  const { DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = given;
  if (!selector && !file) return undefined;
  if (!selector) return new Set(['DKIM_SELECTOR']);
  if (!file) return new Set(['DKIM_KEY_FILE']);
  try {
    const key = createPrivateKey(readFile(file));
    // RFC 8301 §3.2: verifiers need not believe shorter keys
    if (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails!.modulusLength! >= 1024) return { selector, key };
  } catch {
    // unreadable, or not a key: said like a key of another kind
  }
  return new Set(['DKIM_KEY_FILE']);
}

function describe(variable: VariableName, value: string | undefined): ConfigFault {
  const { expects, secret } = variables.get(schema.shape[variable])!;
  const shown = secret ? text('', '') : text(`(今は「${value}」)`, ` (it is "${value}")`);
  return {
    variable,
    ja: `${variable}: ${expects.ja}にしてください${shown.ja}`,
    en: `${variable}: must be ${expects.en}${shown.en}`,
  };
}

/** Mails that leave this machine with links to localhost would be of no use to anybody who gets them. */
function missingForMail(variable: VariableName): ConfigFault {
  const { expects } = variables.get(schema.shape[variable])!;
  return {
    variable,
    ja: `${variable}: SMTP_URL で外へメールを送るときは必要です。${expects.ja}にしてください`,
    en: `${variable}: is needed when SMTP_URL sends mail elsewhere; must be ${expects.en}`,
  };
}

const isLoopback = (host: string): boolean => /^(localhost|127\.[\d.]+|\[?::1\]?)$/.test(host);

function complete(given: Given): Config {
  const embeddedDatabase = given.DATABASE_URL === undefined;
  const embeddedMailbox = given.SMTP_URL === undefined;
  const port = given.PORT ?? 3000;
  const logFormat = given.LOG_FORMAT ?? (embeddedDatabase ? 'lines' : 'json');
  const baseUrl = (given.BASE_URL ?? `http://localhost:${port}`).replace(/\/+$/, '');
  return {
    ...(given.DATABASE_URL === undefined ? {} : { databaseUrl: given.DATABASE_URL }),
    ...(given.SMTP_URL === undefined ? {} : { smtpUrl: given.SMTP_URL }),
    ...(given.IMAP_URL === undefined ? {} : { imapUrl: given.IMAP_URL }),
    ...(given.INBOUND_LISTEN === undefined ? {} : { inboundListen: given.INBOUND_LISTEN }),
    takesReplies: embeddedMailbox || given.IMAP_URL !== undefined || given.INBOUND_LISTEN !== undefined,
    embeddedDatabase,
    embeddedMailbox,
    baseUrl,
    baseUrlGiven: given.BASE_URL !== undefined,
    portGiven: given.PORT !== undefined,
    secure: baseUrl.startsWith('https:'),
    host: given.HOST ?? (embeddedDatabase ? '127.0.0.1' : '0.0.0.0'),
    port,
    role: given.ROLE,
    mailFromDomain: given.MAIL_DOMAIN ?? 'example.org',
    mailPerMinute: given.MAIL_PER_MINUTE ?? (embeddedMailbox ? 0 : 120),
    mailPerMinuteToDomain: given.MAIL_PER_MINUTE_TO_DOMAIN ?? (embeddedMailbox ? 0 : 30),
    mailFromName: given.MAIL_FROM_NAME ?? (embeddedMailbox ? '見本事務局' : 'Meguri'),
    dataDir: given.DATA_DIR,
    databasePool: given.DATABASE_POOL,
    trustProxy:
      given.TRUST_PROXY === 'no'
        ? false
        : /^\d$/.test(given.TRUST_PROXY)
          ? Number(given.TRUST_PROXY)
          : given.TRUST_PROXY,
    logLevel: given.LOG_LEVEL ?? (logFormat === 'lines' ? 'warn' : 'info'),
    logFormat,
  };
}

/** The same configuration at another address of this machine; what was given stays. */
export const onAddress = (config: Config, address: string): Config => ({
  ...config,
  port: Number(new URL(address).port || config.port),
  baseUrl: config.baseUrlGiven ? config.baseUrl : address,
});
