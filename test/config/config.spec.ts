import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConfigFaults, onAddress, readConfig } from '../../src/config/config.ts';
import { schema } from '../../src/config/variables.ts';

const faultsIn = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults;
    throw error;
  }
  return [];
};

const production = {
  DATABASE_URL: 'postgres://meguri:secret@db.example.org/meguri',
  SMTP_URL: 'smtps://user:secret@mail.example.org',
  BASE_URL: 'https://meguri.example.org/',
  MAIL_DOMAIN: 'example.org',
};

describe('nothing set', () => {
  it('is a trial on this machine only', () => {
    expect(readConfig({})).toEqual({
      embeddedDatabase: true,
      embeddedMailbox: true,
      mailPerMinute: 0,
      mailPerMinuteToDomain: 0,
      takesReplies: true,
      baseUrl: 'http://localhost:3000',
      baseUrlGiven: false,
      portGiven: false,
      secure: false,
      host: '127.0.0.1',
      port: 3000,
      role: 'all',
      mailFromDomain: 'example.org',
      mailFromName: '見本事務局',
      dataDir: 'data',
      databasePool: 10,
      trustProxy: false,
      logLevel: 'warn',
      logFormat: 'lines',
    });
  });

  it('is the same as everything empty or blank', () => {
    const empty = Object.fromEntries(Object.keys(schema.shape).map((name, n) => [name, n % 2 ? '' : '  ']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('does not mind variables of other programs', () => {
    expect(readConfig({ PATH: '/usr/bin', PORTS: '1' })).toEqual(readConfig({}));
  });
});

describe('a server', () => {
  it('embeds nothing, logs JSON, listens to all and trusts its address', () => {
    expect(readConfig(production)).toMatchObject({
      databaseUrl: production.DATABASE_URL,
      smtpUrl: production.SMTP_URL,
      embeddedDatabase: false,
      embeddedMailbox: false,
      baseUrl: 'https://meguri.example.org',
      baseUrlGiven: true,
      secure: true,
      host: '0.0.0.0',
      logFormat: 'json',
      logLevel: 'info',
      mailFromName: 'Meguri',
    });
  });

  it.each([
    ['DATABASE_URL', { embeddedDatabase: false, embeddedMailbox: true }],
    ['SMTP_URL', { embeddedDatabase: true, embeddedMailbox: false }],
  ] as const)('with %s alone replaces that part only', (name, expected) => {
    const { DATABASE_URL: _, ...rest } = production;
    const environment = name === 'SMTP_URL' ? rest : { DATABASE_URL: production.DATABASE_URL };
    expect(readConfig(environment)).toMatchObject(expected);
  });

  it.each([
    ['nothing', {}, false],
    ['a mailbox', { IMAP_URL: 'imaps://reply:secret@mail.example.org/Answers' }, true],
    ['a listener', { INBOUND_LISTEN: 'lmtp://127.0.0.1:2424' }, true],
  ])('takes replies with %s: %j', (_, more, takesReplies) => {
    expect(readConfig({ ...production, ...more }).takesReplies).toBe(takesReplies);
  });

  it('tells nobody the password of its mailbox', () => {
    expect(() => readConfig({ ...production, IMAP_URL: 'pop://reply:secret@mail.example.org' })).toThrow(
      /^(?!.*secret)IMAP_URL/s,
    );
  });

  it('that sends mail elsewhere must know its own address and domain', () => {
    const { BASE_URL: _1, MAIL_DOMAIN: _2, ...rest } = production;
    expect(faultsIn(rest).map((fault) => fault.variable)).toEqual(['BASE_URL', 'MAIL_DOMAIN']);
  });

  it.each(['smtp://localhost:1025', 'smtp://127.0.0.1:1025', 'smtp://[::1]:1025'])(
    'that hands its mail to %s may do without',
    (SMTP_URL) => {
      expect(readConfig({ SMTP_URL }).smtpUrl).toBe(SMTP_URL);
    },
  );

  it.each([
    ['no', false],
    ['2', 2],
    ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
  ])('trusts the proxies that TRUST_PROXY=%s says', (TRUST_PROXY, expected) => {
    expect(readConfig({ TRUST_PROXY }).trustProxy).toBe(expected);
  });
});

describe('faults', () => {
  const wrong = {
    DATABASE_URL: 'mysql://user:hunter2@db/x',
    SMTP_URL: 'user:hunter2@mail',
    BASE_URL: 'meguri.example.org',
    PORT: '80a',
    HOST: 'two words',
    ROLE: 'boss',
    MAIL_DOMAIN: 'localhost',
    MAIL_FROM_NAME: 'a\nb',
    DATABASE_POOL: '1',
    TRUST_PROXY: 'yes',
    LOG_LEVEL: 'loud',
    LOG_FORMAT: 'xml',
  };

  it('are told all at once, each by its variable, in both languages', () => {
    const faults = faultsIn(wrong);
    expect(faults.map((fault) => fault.variable).sort()).toEqual(Object.keys(wrong).sort());
    for (const { variable, ja, en } of faults) {
      expect(ja.startsWith(`${variable}: `) && ja.includes('にしてください')).toBe(true);
      expect(en.startsWith(`${variable}: must be `)).toBe(true);
    }
  });

  it('show the value, but never one that holds a password', () => {
    const told = faultsIn(wrong)
      .map((fault) => fault.ja + fault.en)
      .join('\n');
    expect(told).toContain('"80a"');
    expect(told).not.toContain('hunter2');
  });

  it.each(['0', '65536', '3000.5', '-1'])('are told for PORT=%s', (PORT) => {
    expect(faultsIn({ PORT }).map((fault) => fault.variable)).toEqual(['PORT']);
  });
});

describe('another address', () => {
  it('moves port and links together', () => {
    expect(onAddress(readConfig({}), 'http://localhost:3005')).toMatchObject({
      port: 3005,
      baseUrl: 'http://localhost:3005',
    });
  });

  it('leaves links alone where BASE_URL was given', () => {
    const config = readConfig({ BASE_URL: 'https://meguri.example.org' });
    expect(onAddress(config, 'http://localhost:3005').baseUrl).toBe('https://meguri.example.org');
  });
});

describe('the signature of mails', () => {
  const pem = (bits: number): string =>
    generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const files: Record<string, string> = {
    'dkim.pem': pem(2048),
    'short.pem': pem(768),
    'other.pem': generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'notes.txt': 'himitsu',
  };
  const readFile = (path: string) => {
    if (files[path] === undefined) throw new Error('ENOENT');
    return files[path];
  };
  const read = (environment: Record<string, string>) => readConfig(environment, readFile);

  it('takes the key from its file', () => {
    const { dkim } = read({ DKIM_SELECTOR: 'meguri2027', DKIM_KEY_FILE: 'dkim.pem' });
    expect(dkim).toMatchObject({ selector: 'meguri2027', key: { type: 'private', asymmetricKeyType: 'rsa' } });
    expect(JSON.stringify(dkim)).not.toContain('PRIVATE');
  });

  it.each([
    ['DKIM_KEY_FILE', { DKIM_SELECTOR: 'a' }],
    ['DKIM_SELECTOR', { DKIM_KEY_FILE: 'dkim.pem' }],
    ['DKIM_SELECTOR', { DKIM_SELECTOR: 'a b', DKIM_KEY_FILE: 'dkim.pem' }],
    ['DKIM_KEY_FILE', { DKIM_SELECTOR: 'a', DKIM_KEY_FILE: 'nowhere.pem' }],
    ['DKIM_KEY_FILE', { DKIM_SELECTOR: 'a', DKIM_KEY_FILE: 'short.pem' }],
    ['DKIM_KEY_FILE', { DKIM_SELECTOR: 'a', DKIM_KEY_FILE: 'other.pem' }],
    ['DKIM_KEY_FILE', { DKIM_SELECTOR: 'a', DKIM_KEY_FILE: 'notes.txt' }],
  ])('says what is wrong with %s: %j', (variable, environment) => {
    try {
      read(environment);
      throw new Error('nothing was wrong');
    } catch (error) {
      expect((error as ConfigFaults).faults.map((fault) => fault.variable)).toEqual([variable]);
      expect((error as Error).message).not.toContain('himitsu');
    }
  });
});
