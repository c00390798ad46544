import { describe, expect, it } from '@jest/globals';
import { isLongDown, wayNow } from '../../src/mail/inbound/contact.ts';

const now = new Date('2027-06-01T12:00:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const fine = { failingSince: null, fault: '' };

describe('A way by which replies come', () => {
  it('is not configured, or awaited until its process says something', () => {
    expect(wayNow(false, undefined, now).state).toBe('not configured');
    expect(wayNow(true, undefined, now).state).toBe('awaited');
  });

  it('is up while its process says so every few minutes, wherever it is configured', () => {
    expect(wayNow(false, { reachedAt: before(4), ...fine }, now)).toEqual({
      state: 'up',
      lastContact: before(4),
      since: null,
      fault: '',
    });
  });

  it('is down since it fails, with what the other side said', () => {
    const contact = { reachedAt: before(90), failingSince: before(10), fault: 'NO' };
    expect(wayNow(true, contact, now)).toMatchObject({ state: 'down', since: before(10), fault: 'NO' });
    expect(wayNow(true, { ...contact, reachedAt: null }, now)).toMatchObject({ state: 'down', lastContact: null });
  });

  it('is down since its process was last heard, where it says nothing any more', () => {
    expect(wayNow(true, { reachedAt: before(6), ...fine }, now)).toMatchObject({ state: 'down', since: before(6) });
  });

  it('concerns people once it was down for half an hour', () => {
    const failing = (minutes: number) =>
      isLongDown(wayNow(true, { reachedAt: null, failingSince: before(minutes), fault: '' }, now), now);
    expect([failing(29), failing(30)]).toEqual([false, true]);
    expect(isLongDown(wayNow(true, { reachedAt: before(1), ...fine }, now), now)).toBe(false);
  });
});
