import { expect, it } from '@jest/globals';
import { Clock, FixedClock } from '../../src/clock/clock.service.ts';

it('the clock says now in UTC', () => {
  const now = new Clock().now();
  expect(now.zoneName).toBe('UTC');
  expect(Math.abs(now.toMillis() - Date.now())).toBeLessThan(1_000);
});

it('a fixed clock stands until it is set', () => {
  const clock = new FixedClock('2027-06-01T09:00:00+09:00');
  expect(clock.now().toISO()).toBe('2027-06-01T00:00:00.000Z');
  clock.set('2027-06-02T00:00:00Z');
  expect(clock.now().toISO()).toBe('2027-06-02T00:00:00.000Z');
});

it('a fixed clock takes no text that is no instant', () => {
  expect(() => new FixedClock('tomorrow')).toThrow(RangeError);
});
