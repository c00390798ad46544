import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.ts';
import { readNonce, writeNonce } from '../../src/links/nonce.ts';

const key = new Uint8Array(32).fill(7);
const now = Date.parse('2027-06-01T00:00:00Z');
const hours = (n: number) => n * 3_600_000;
const form = { key, step: 'confirm', content: '["attending"]' } as const;

describe('What seals a form (G8)', () => {
  it('is good for the same link, step and content, until the page is too old', () => {
    const nonce = writeNonce(form, now, newId());
    const spent = readNonce(form, nonce, now + hours(23));
    expect(spent).toMatch(/^[0-9a-z]+\.[0-9a-f-]{36}$/);
    expect(readNonce(form, nonce, now)).toBe(spent);
    expect(readNonce(form, nonce, now + hours(25))).toBeUndefined();
    expect(readNonce(form, nonce, now - 1)).toBeUndefined();
  });

  it('is good for nothing else', () => {
    const nonce = writeNonce(form, now, newId());
    expect(readNonce({ ...form, key: new Uint8Array(32) }, nonce, now)).toBeUndefined();
    expect(readNonce({ ...form, step: 'choose' }, nonce, now)).toBeUndefined();
    expect(readNonce({ ...form, content: '["absent"]' }, nonce, now)).toBeUndefined();
  });

  it('differs each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => writeNonce(form, now, newId()))).size).toBe(100);
  });

  it.each([undefined, null, 7, '', '.', '..', 'a.b.c', ['x'], {}, 'x'.repeat(10_000)])('is not %j', (made) => {
    expect(readNonce(form, made, now)).toBeUndefined();
  });

  it('cannot be made young again', () => {
    const nonce = writeNonce(form, now, newId());
    const [, rest] = /^[^.]+(\..*)$/.exec(nonce)!;
    expect(readNonce(form, (now + hours(48)).toString(36) + rest, now + hours(48))).toBeUndefined();
  });
});
