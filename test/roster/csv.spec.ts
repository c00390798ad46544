import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, guarded, readSheet, writeSheet } from '../../src/roster/csv-text.ts';
import { csv } from './sample-files.ts';

const columns = new Map<string, readonly string[]>([
  ['id', []],
  ['name', ['氏名']],
  ['note', []],
]);
const read = (text: string) => readSheet(csv('x.csv', text), columns);
/** 架空, 髙 in Shift_JIS as Windows writes it */
const shiftJis = Uint8Array.from(
  [...'id,name\n1,'].map((c) => c.charCodeAt(0)).concat([0x89, 0xcb, 0x8b, 0xf3, 0xfb, 0xfc]),
);

describe('the encoding of a file', () => {
  test('is guessed and said', () => {
    expect(decode(new TextEncoder().encode('架空'))).toEqual({ text: '架空', encoding: 'utf-8' });
    expect(decode(new TextEncoder().encode('\ufeff架空'))).toEqual({ text: '架空', encoding: 'utf-8-bom' });
    expect(decode(shiftJis)).toEqual({ text: 'id,name\n1,架空髙', encoding: 'shift_jis' });
    expect(decode(Uint8Array.from([0xff, 0xfe, 0x61, 0]))).toEqual({ text: 'a', encoding: 'utf-16' });
  });
  test('is none where it is no text', () => {
    expect(decode(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))).toBeUndefined();
    expect(decode(Uint8Array.from([0x61, 0, 0x62]))).toBeUndefined();
    expect(decode(Uint8Array.from([0xfd, 0xff, 0xfd]))).toBeUndefined();
  });
});

describe('a file', () => {
  test('may have its columns in any order, under their Japanese names, with commas, tabs or semicolons', () => {
    for (const text of ['氏名,id\n架空,a\n', '氏名\tid\r\n架空\ta\r\n', 'ID;氏名\na;架空']) {
      expect(read(text)).toMatchObject({ faults: [], rows: [{ line: 2, cells: { id: 'a', name: '架空' } }] });
    }
  });

  test('says the line of a row where cells have several lines and lines are empty', () => {
    expect(read('id,note\r\n\r\na,"one\r\ntwo"\r\n,\r\nb,x').rows).toEqual([
      { line: 3, cells: { id: 'a', note: 'one\ntwo' } },
      { line: 6, cells: { id: 'b', note: 'x' } },
    ]);
  });

  test('with an unknown column, a column twice or too many values says where', () => {
    expect(read('id,__proto__,id\na,b,c\n').faults.map(({ line, found }) => [line, found])).toEqual([
      [1, '__proto__'],
      [1, 'id'],
    ]);
    expect(read('id,name\na,b,c\n').faults.map(({ line, found }) => [line, found])).toEqual([[2, 'c']]);
  });

  test('that is empty, binary, a spreadsheet, broken or too large says so and has no rows', () => {
    const bytes = (values: number[]) => readSheet({ name: 'x.csv', bytes: Uint8Array.from(values) }, columns);
    for (const [sheet, said] of [
      [read(''), /first line/],
      [bytes([1, 0, 2]), /not text/],
      [bytes([0x50, 0x4b, 3, 4]), /CSV UTF-8/],
      [read('id,name\na,"b'), /quotation mark/],
      [readSheet({ name: 'x.csv', bytes: new Uint8Array(5_000_001) }, columns), /5 MB/],
    ] as const) {
      expect(sheet.faults.map((fault) => fault.expected.en)).toEqual([expect.stringMatching(said)]);
      expect(sheet.rows).toEqual([]);
    }
  });

  test('with too many lines is cut and says so', () => {
    const sheet = read(`id\n${'a\n'.repeat(20_001)}`);
    expect(sheet.rows).toHaveLength(20_000);
    expect(sheet.faults.map((fault) => fault.expected.en)).toEqual(['At most 20000 lines.']);
  });
});

describe('a cell that a spreadsheet would take for a formula', () => {
  test.each(['=HYPERLINK("https://example.org")', '+81-3-0000-0001', '@SUM(1)', '-2+3', '\t=1', '＝1', "'=1"])(
    'leaves with an apostrophe: %s',
    (value) => {
      expect(guarded(value)).toBe(`'${value}`);
    },
  );
  test.each(['-139.75', 'a=b', "d'Exemple", '', '03-0000-0001'])('unlike %p', (value) => {
    expect(guarded(value)).toBe(value);
  });
  test('any text comes back as it went out', () => {
    const value = fc.string({ unit: fc.constantFrom(..."='+-@\t\"',;架 a1\n") });
    fc.assert(
      fc.property(fc.array(fc.record({ id: fc.constant('x'), name: value, note: value }), { minLength: 1 }), (rows) => {
        const back = readSheet(writeSheet('x.csv', ['id', 'name', 'note'], rows), columns);
        expect(back.faults).toEqual([]);
        expect(back.rows.map((row) => row.cells)).toEqual(rows);
      }),
    );
  });
});
