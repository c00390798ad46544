import { describe, expect, it } from '@jest/globals';
import { doubtOf, type Circumstances } from '../../src/responses/doubt.ts';

const now = new Date('2027-06-01T00:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';
const person: Circumstances = {
  userAgent: chrome,
  now,
  deliveredAt: ago(3600),
  before: [],
  attendance: 'attending',
};

describe('Evidence that a machine gave an answer (G2)', () => {
  it.each([
    ['a browser an hour after the delivery', {}],
    ['a browser without any delivery', { deliveredAt: undefined }],
    [
      'an iPhone a minute after it',
      { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1', deliveredAt: ago(60) },
    ],
    ['an old browser without script', { userAgent: 'Mozilla/5.0 (Windows NT 6.1; rv:52.0) Firefox/52.0' }],
    ['one change of mind', { before: [{ attendance: 'absent', at: ago(20) }] }],
    ['the same answer over and over', { before: [5, 9, 30].map((s) => ({ attendance: 'attending', at: ago(s) })) }],
    [
      'three answers within a day',
      {
        before: [
          { attendance: 'absent', at: ago(9000) },
          { attendance: 'undecided', at: ago(500) },
        ],
      },
    ],
  ] as [string, Partial<Circumstances>][])('there is none against %s', (_, changed) => {
    expect(doubtOf({ ...person, ...changed })).toBeUndefined();
  });

  it.each([
    ['scanner', { userAgent: 'Barracuda Sentinel (EE)' }],
    ['scanner', { userAgent: 'Mozilla/5.0 HeadlessChrome/147.0' }],
    ['scanner', { userAgent: 'python-requests/2.31' }],
    ['scanner', { userAgent: undefined }],
    ['scanner', { userAgent: '' }],
    ['hasty', { deliveredAt: ago(3) }],
    ['hasty', { deliveredAt: now }],
    [
      'every-choice',
      {
        before: [
          { attendance: 'absent', at: ago(9) },
          { attendance: 'undecided', at: ago(5) },
        ],
      },
    ],
  ] as [string, Partial<Circumstances>][])('%s: %j', (reason, changed) => {
    expect(doubtOf({ ...person, ...changed })).toBe(reason);
  });
});
