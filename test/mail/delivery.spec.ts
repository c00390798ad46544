import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attemptFrom, delayAfter, verdictOn, type Attempt, type Circumstances } from '../../src/mail/delivery.ts';

const MINUTE = 60_000;
const it0: Circumstances = { attempts: 1, hasCalendar: true, now: 0, notAfter: 48 * 60 * MINUTE, chance: 0 };
const accepted: Attempt = { ended: 'accepted', reply: '250 ok' };
const refused = (code: number): Attempt => ({ ended: 'refused', code, reply: String(code) });
const away: Attempt = { ended: 'not-handed-over', reason: 'ECONNREFUSED' };
const lost: Attempt = { ended: 'lost', reason: 'closed' };

describe('what becomes of a mail', () => {
  test.each<[string, Attempt, Partial<Circumstances>, ReturnType<typeof verdictOn>]>([
    ['that was taken over', accepted, {}, { state: 'sent' }],
    ['that was refused for now', refused(451), {}, { state: 'retry', dueAt: 5 * MINUTE }],
    ['that was refused for now a third time', refused(451), { attempts: 3 }, { state: 'retry', dueAt: 20 * MINUTE }],
    ['that was refused for good', refused(550), {}, { state: 'failed' }],
    ['for which the session was out of step', refused(503), {}, { state: 'retry', dueAt: 5 * MINUTE }],
    ['whose server is away', away, {}, { state: 'retry', dueAt: 15_000 }],
    ['with a calendar that may have been taken', lost, {}, { state: 'uncertain', dueAt: MINUTE }],
    ['without a calendar that may have been taken', lost, { hasCalendar: false }, { state: 'uncertain' }],
    ['that was refused for now until its time was over', refused(451), { notAfter: 4 * MINUTE }, { state: 'failed' }],
    ['whose server was away until its time was over', away, { notAfter: 1_000 }, { state: 'failed' }],
    ['that may have been taken and whose time is over', lost, { notAfter: 1_000 }, { state: 'uncertain' }],
  ])('%s', (_, attempt, changes, verdict) => expect(verdictOn(attempt, { ...it0, ...changes })).toEqual(verdict));

  test('waiting grows with each attempt up to its limit, by chance a third longer at most', () => {
    const ended = fc.constantFrom('refused', 'not-handed-over', 'lost' as const);
    fc.assert(
      fc.property(
        ended,
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (kind, attempts, chance) => {
          const shortest = delayAfter(kind, attempts, 0);
          const delay = delayAfter(kind, attempts, chance);
          return (
            shortest <= delayAfter(kind, attempts + 1, 0) &&
            delay >= shortest &&
            delay <= shortest * 1.34 &&
            delay <= 4 * 60 * MINUTE * 1.34
          );
        },
      ),
    );
  });

  test('a server that asks to come back later is never asked again within five minutes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (chance) => delayAfter('refused', 1, chance) >= 5 * MINUTE,
      ),
    );
  });
});

describe('what an error means', () => {
  test.each<[string, Parameters<typeof attemptFrom>[0], boolean, Attempt]>([
    [
      'greylisted',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451, response: '451 later', message: '' },
      false,
      { ended: 'refused', code: 451, reply: '451 later' },
    ],
    [
      'unknown user',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 no', message: '' },
      false,
      { ended: 'refused', code: 550, reply: '550 no' },
    ],
    [
      'sender refused',
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550, response: '550 no', message: '' },
      false,
      { ended: 'refused', code: 550, reply: '550 no' },
    ],
    [
      'refused after the dot',
      { code: 'EMESSAGE', command: 'DATA', responseCode: 554, response: '554 spam', message: '' },
      true,
      { ended: 'refused', code: 554, reply: '554 spam' },
    ],
    [
      'said 421 in the middle of the message',
      { code: 'ECONNECTION', command: 'CONN', responseCode: 421, response: '421 bye', message: '' },
      true,
      { ended: 'refused', code: 421, reply: '421 bye' },
    ],
    [
      'wrong password',
      { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 no', message: '' },
      false,
      { ended: 'not-handed-over', reason: 'EAUTH: 535 no' },
    ],
    [
      'greeting refused',
      { code: 'EPROTOCOL', command: 'CONN', responseCode: 554, response: '554 go away', message: '' },
      false,
      { ended: 'not-handed-over', reason: 'EPROTOCOL: 554 go away' },
    ],
    [
      'nobody there',
      { code: 'ESOCKET', command: 'CONN', message: 'connect ECONNREFUSED' },
      false,
      { ended: 'not-handed-over', reason: 'ESOCKET: connect ECONNREFUSED' },
    ],
    [
      'no TLS',
      { code: 'ETLS', command: 'STARTTLS', message: 'refused' },
      false,
      { ended: 'not-handed-over', reason: 'ETLS: refused' },
    ],
    [
      'hung up before 354',
      { code: 'ECONNECTION', command: 'CONN', message: 'closed' },
      false,
      { ended: 'not-handed-over', reason: 'ECONNECTION: closed' },
    ],
    [
      'hung up after 354',
      { code: 'ECONNECTION', command: 'CONN', message: 'closed' },
      true,
      { ended: 'lost', reason: 'ECONNECTION: closed' },
    ],
    [
      'silent after 354',
      { code: 'ETIMEDOUT', command: 'CONN', message: 'Timeout' },
      true,
      { ended: 'lost', reason: 'ETIMEDOUT: Timeout' },
    ],
    [
      'too large for the server',
      { code: 'EMESSAGE', command: 'MAIL FROM', message: 'larger' },
      false,
      { ended: 'refused', code: 552, reply: 'larger' },
    ],
    [
      'without a recipient',
      { code: 'EENVELOPE', command: 'API', message: 'No recipients defined' },
      false,
      { ended: 'refused', code: 553, reply: 'No recipients defined' },
    ],
  ])('%s', (_, error, goAhead, attempt) => expect(attemptFrom(error, goAhead)).toEqual(attempt));
});
