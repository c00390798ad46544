import { describe, expect, test } from '@jest/globals';
import { addressFault, domainOf, hasUnusualDots, sameAddress } from '../../src/mail/address.ts';

describe('an address', () => {
  test.each([
    'taro@example.org',
    "o'hara+tag@sub.example.co.jp",
    'taro@大学.example.jp',
    'x..y.@docomo.example.jp',
    `${'a'.repeat(64)}@example.org`,
  ])('%s can be sent to', (address) => expect(addressFault(address)).toBeUndefined());

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['taro@example.org\r\nBcc: x@example.org', 'line-break'],
    ['taro@example.org, jiro@example.org', 'several'],
    ['taro@example.org;jiro@example.org', 'several'],
    ['Taro <taro@example.org>', 'several'],
    ['a@b.org@c.org', 'several'],
    ['taro', 'not-an-address'],
    ['@example.org', 'not-an-address'],
    ['taro@', 'not-an-address'],
    ['taro@localhost', 'not-an-address'],
    ['taro@192.0.2.1', 'not-an-address'],
    ['taro@exa mple.org', 'not-an-address'],
    ['taro@-example.org', 'not-an-address'],
    ['ta ro@example.org', 'not-an-address'],
    ['"taro"@example.org', 'not-an-address'],
    ['太郎@example.org', 'local-part-not-ascii'],
    [`${'a'.repeat(65)}@example.org`, 'too-long'],
    [`a@${`${'b'.repeat(60)}.`.repeat(5)}org`, 'too-long'],
  ] as const)('%j cannot be sent to: %s', (address, fault) => expect(addressFault(address)).toBe(fault));

  test('of a carrier with two dots or a dot before the @ is worth a warning', () => {
    expect(['x..y@example.org', 'y.@example.org', '.x@example.org', 'x.y@example.org'].map(hasUnusualDots)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('is compared without regard to case and with its domain in ASCII', () => {
    expect(sameAddress('Taro@大学.example.JP')).toBe('taro@xn--pss25c.example.jp');
    expect(domainOf('Taro@Example.ORG')).toBe('example.org');
  });
});
