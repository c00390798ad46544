import { expect, it } from '@jest/globals';
import { slotId } from '../../src/jobs/slot.ts';

it('the id of a slot is a UUID of version 8, the same for everybody', () => {
  const id = slotId('mail/tick', '2027-06-01T09:00');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(slotId('mail/tick', '2027-06-01T09:00')).toBe(id);
});

it('another slot or another queue has another id', () => {
  const ids = [slotId('a', '1'), slotId('a', '2'), slotId('b', '1'), slotId('a\n1', ''), slotId('', 'a\n1')];
  expect(new Set(ids).size).toBe(5);
});
