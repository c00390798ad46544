import { expect, test } from '@jest/globals';
import { nameMatches, searchKey } from '../../src/roster/names.ts';

test.each([
  ['濱田', '浜田'],
  ['濵田', '濱田'],
  ['髙架', '高架'],
  ['神﨑', '神崎'],
  ['齋藤', '斉藤'],
  ['𠮷田', '吉田'],
  ['カクウ タロウ', 'かくう　たろう'],
  ['ｶｸｳ', 'かくう'],
  ['Ejemplo García', 'ejemplo garcia'],
  ['サンプル・アドラー', 'サンプルアドラー'],
])('%s and %s are looked for as one', (a, b) => {
  expect(searchKey(a)).toBe(searchKey(b));
});

test.each([
  ['浜', '浜辺'],
  ['か', 'が'],
  ['は', 'ぱ'],
])('%s and %s stay two', (a, b) => {
  expect(searchKey(a)).not.toBe(searchKey(b));
});

test('words are found in any order and anywhere in a name; nothing typed finds everybody', () => {
  const taro = ['架空 太郎', 'Taro KAKU', 'かくう たろう'];
  expect(nameMatches(taro, 'kaku taro')).toBe(true);
  expect(nameMatches(taro, '太郎')).toBe(true);
  expect(nameMatches(taro, 'タロ')).toBe(true);
  expect(nameMatches(taro, '架空 花子')).toBe(false);
  expect(nameMatches(taro, ' ')).toBe(true);
});
