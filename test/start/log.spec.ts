import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import { Log } from '../../src/start/log.service.ts';

function logged(config: Pick<Config, 'logLevel' | 'logFormat'>, write: (log: Log) => void): string {
  let output = '';
  write(new Log(config, { write: (record) => (output += record) }));
  return output;
}

const everything = (log: Log) => {
  log.log('Nest is wired', 'InstanceLoader');
  log.log('3 mails sent', 'Mail');
  log.warn({ msg: 'late', queue: 'mail/send' }, 'Jobs');
  log.error(new Error('cannot reach taro@example.org'), 'Mail');
  log.error({ queue: 'mail/send', error: new RangeError('too far') }, 'Jobs');
};

describe('as JSON', () => {
  it('has level, time, context and fields, and keeps Nest’s wiring to itself', () => {
    const records = logged({ logLevel: 'info', logFormat: 'json' }, everything)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toEqual([
      { level: 'info', time: expect.any(String), context: 'Mail', msg: '3 mails sent' },
      { level: 'warn', time: expect.any(String), context: 'Jobs', msg: 'late', queue: 'mail/send' },
      {
        level: 'error',
        time: expect.any(String),
        context: 'Mail',
        msg: 'Error: cannot reach …',
        fault: { type: 'Error', message: 'cannot reach …', stack: expect.stringContaining('at ') },
      },
      {
        level: 'error',
        time: expect.any(String),
        context: 'Jobs',
        queue: 'mail/send',
        msg: 'RangeError: too far',
        fault: { type: 'RangeError', message: 'too far', stack: expect.stringContaining('at ') },
      },
    ]);
  });

  it('shows the wiring to whoever looks for a fault in it', () => {
    expect(logged({ logLevel: 'debug', logFormat: 'json' }, everything)).toContain('Nest is wired');
  });

  it('is silent when told so', () => {
    expect(logged({ logLevel: 'silent', logFormat: 'json' }, everything)).toBe('');
  });
});

it('as lines a record is one line for people, with the stack below', () => {
  const lines = logged({ logLevel: 'warn', logFormat: 'lines' }, everything).trim().split('\n');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d {2}warn {3}Jobs {2}late {2}queue=mail\/send$/);
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d {2}error {2}Mail {2}Error: cannot reach …$/);
  expect(lines[2]).toMatch(/^\s+at /);
});
