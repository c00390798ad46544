import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutToOctets, oneLine, plainText } from '../../src/kernel/plain-text.ts';

describe('A text from outside', () => {
  it.each([
    ['line ends of every kind', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['empty lines and margins', '  a  \n \n\u3000b', 'a\nb'],
    ['controls', 'a\u0000\u0007\u001b\u007f\u009fb', 'ab'],
    ['what turns the direction of writing', 'a\u202e\u2066\u200f\u061cb', 'ab'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
    ['kana in two parts', 'か\u3099', 'が'],
    ['emoji with joiners', '👩‍🔬', '👩‍🔬'],
  ])('is rid of %s', (_, value, expected) => {
    expect(plainText(value)).toBe(expected);
  });

  it('fits on one line, and into as many characters as are allowed', () => {
    expect(oneLine('a\n b\tc   d')).toBe('a b c d');
    expect(oneLine('𠮷'.repeat(5), 5)).toBe('𠮷'.repeat(5));
    expect(oneLine('𠮷'.repeat(6), 5)).toBe(`${'𠮷'.repeat(4)}…`);
  });

  it('changes no more when it is cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(plainText(plainText(value))).toBe(plainText(value));
        expect(oneLine(oneLine(value))).toBe(oneLine(value));
        expect(oneLine(value)).not.toMatch(/[\r\n\u2028]/);
      }),
    );
  });

  it('is cut between characters that people see', () => {
    expect(cutToOctets('あいう', 9)).toBe('あいう');
    expect(cutToOctets('あいうえ', 9)).toBe('あい…');
    expect(cutToOctets('a👨‍👩‍👧‍👦b', 10)).toBe('a…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 3, max: 100 }), (value, most) => {
        expect(Buffer.byteLength(cutToOctets(value, most))).toBeLessThanOrEqual(most);
      }),
    );
  });
});
