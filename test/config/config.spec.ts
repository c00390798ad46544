import { describe, expect, it } from '@jest/globals';
import { ConfigFaults, onAddress, readConfig, schema } from '../../src/config/config.ts';

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
