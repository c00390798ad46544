import { describe, expect, it } from '@jest/globals';
import { decodeBytes, decodeHeader } from '../../src/mail/inbound/encoded-text.ts';
import { addressesIn, parameterised } from '../../src/mail/inbound/header-value.ts';
import { leavesOf, mimeTree, textOf, TooMuch, type MimePart } from '../../src/mail/inbound/mime-tree.ts';
import { ownAddress } from '../../src/mail/inbound/own-address.ts';

const tree = (source: string) => mimeTree(Buffer.from(source, 'latin1'));
const shape = (part: MimePart): unknown =>
  part.parts.length > 0 ? part.parts.map((inner) => shape(inner)) : textOf(part);

describe('The parts of a message', () => {
  it('are told apart although one boundary begins like another', () => {
    const message = [
      'Content-Type: multipart/mixed; boundary=a',
      '',
      'preamble',
      '--a',
      'Content-Type: multipart/alternative; boundary=a-b',
      '',
      '--a-b',
      '',
      'one',
      '--a-b',
      '',
      'two',
      '--a-b--',
      '--a',
      '',
      'three --a',
      '--a--',
      'epilogue',
    ];
    for (const end of ['\r\n', '\n']) expect(shape(tree(message.join(end)))).toEqual([['one', 'two'], 'three --a']);
  });

  it('are there although the last boundary is missing, or the type lies', () => {
    expect(shape(tree('Content-Type: multipart/mixed; boundary="x y"\n\n--x y\n\none'))).toEqual(['one']);
    expect(shape(tree('Content-Type: multipart/mixed; boundary=x\n\nno parts'))).toBe('no parts');
    expect(shape(tree('Content-Type: multipart/mixed\n\nno boundary'))).toBe('no boundary');
    expect(shape(tree('\n\nno header'))).toBe('\nno header');
  });

  it('in a message that is inside are not looked for', () => {
    const message = 'Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x--';
    expect(leavesOf(tree(message))).toHaveLength(1);
  });

  it('are decoded: base64 with rubbish in it, quoted-printable with spaces at the end of its lines', () => {
    expect(shape(tree('Content-Transfer-Encoding: BASE64\n\n44GC\n*44GE\n'))).toBe('あい');
    expect(shape(tree('Content-Transfer-Encoding: quoted-printable\n\n=E3=81=82=  \nb  \nc=zz'))).toBe('あb\r\nc=zz');
  });

  it('are limited', () => {
    const limits = { parts: 3, depth: 1, headers: 100 };
    const many = 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\n1\n--x\n\n2\n--x\n\n3\n--x--';
    expect(() => mimeTree(Buffer.from(many), limits)).toThrow(TooMuch);
    expect(() => mimeTree(Buffer.from(`X: ${'x'.repeat(100)}\n\n`), limits)).toThrow(TooMuch);
  });
});

describe('Text', () => {
  it('is UTF-8 where it can be, whatever it says, else what it says, else letters all the same', () => {
    expect(decodeBytes(Buffer.from('あ'), 'us-ascii')).toBe('あ');
    expect(decodeBytes(Buffer.from([0x82, 0xa0]), 'shift_jis')).toBe('あ');
    expect(decodeBytes(Buffer.from('\x1b$B$"\x1b(B', 'latin1'), 'ISO-2022-JP')).toBe('あ');
    expect(decodeBytes(Buffer.from([0xe9]), 'x-nothing')).toBe('é');
    expect(decodeBytes(Buffer.from('\uFEFFあ'), 'utf-8')).toBe('あ');
  });

  it.each([
    // 「あい」 cut in the middle of a letter
    ['=?utf-8?B?44GC44E=?= =?utf-8?B?hA==?=', 'あい'],
    ['=?ISO-2022-JP?B?GyRCJCIbKEI=?= tail', 'あ tail'],
    ['=?utf-8*ja?q?a_b=5F?= c', 'a b_ c'],
    ['plain =?broken', 'plain =?broken'],
  ])('in a header: %s', (written, read) => {
    expect(decodeHeader(written)).toBe(read);
  });

  it('in parameters may be cut and encoded', () => {
    expect(
      parameterised(`Text/Calendar;method=REPLY; charset="utf-8" ; name*0*=utf-8'ja'%E3%81; name*1*=%82.ics`),
    ).toEqual({
      value: 'text/calendar',
      parameters: { method: 'REPLY', charset: 'utf-8', name: 'あ.ics' },
    });
    expect(parameterised('a/b; x="q\\"q"; y').parameters).toEqual({ x: 'q"q' });
  });
});

describe('Addresses', () => {
  it('are found with and without names, in lists and groups', () => {
    expect(addressesIn('"Kaku, Taro" <a@x.org>, b@x.org (note), group: c@x.org; MAILER-DAEMON')).toEqual([
      { name: 'Kaku, Taro', address: 'a@x.org' },
      { name: '', address: 'b@x.org' },
      { name: '', address: 'c@x.org' },
    ]);
  });

  it('of ours name an invitation, at our domain only', () => {
    expect(ownAddress('<BOUNCE+Abc.12@Visits.example.org>', 'visits.example.org')).toEqual({
      purpose: 'bounce',
      token: 'abc',
      revision: 12,
    });
    expect(ownAddress('mailto:visit+abc@visits.example.org', 'visits.example.org')?.token).toBe('abc');
    for (const other of ['visit@visits.example.org', 'visit+abc@visits.example.org.evil.example', 'visit+a@b@c'])
      expect(ownAddress(other, 'visits.example.org')).toBeUndefined();
  });
});
