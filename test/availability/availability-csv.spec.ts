import { describe, expect, test } from '@jest/globals';
import { readAvailability } from '../../src/availability/availability-csv.ts';
import { answersOf } from '../../src/availability/half-days.ts';
import { csv, rosterOf, sampleFile, sampleRoster } from '../roster/sample-files.ts';

const { people } = rosterOf(sampleRoster());
const read = (text: string) => readAvailability(people, csv('answers.csv', text));

describe('a file of answers', () => {
  test('names people by id, address, or name in any spelling', () => {
    const sheet = read(
      'person,name,kana,date,state\nkaku-taro,,,2027-06-01,○\nTARO.KAKU@pd.example.org,,,2027/6/1,△\n,模浜　実,もはま みのる,2027年6月1日,×\n,Sample Adler,,2027-06-01,o\n',
    );
    expect(sheet.faults).toEqual([]);
    expect(sheet.rows.map(({ person, span }) => [person!.id, span!.state])).toEqual([
      ['kaku-taro', 'o'],
      ['kaku-taro', 't'],
      ['mohama-minoru', 'x'],
      ['sample-adler', 'o'],
    ]);
  });

  test('may have Japanese headings, spans, halves, weekdays and comments', () => {
    const sheet = read(
      '氏名,開始日,終了日,曜日,午前・午後,回答,コメント\n架空 太郎,2027-06-01,2027-06-30,火・木,午後,△,会議の後なら可\n',
    );
    expect(sheet.faults).toEqual([]);
    expect(sheet.rows[0]!.span).toEqual({
      from: '2027-06-01',
      to: '2027-06-30',
      half: 'pm',
      weekdays: [2, 4],
      state: 't',
      comment: '会議の後なら可',
    });
  });

  test('says for each line what cannot be read, and names the unknown', () => {
    const sheet = read(
      'person,name,from,to,half,state\nnobody,,2027-06-01,,,○\n,架空 未登録,2027-06-01,,,○\n,,2027-06-01,,,○\nkaku-taro,,2027-02-29,,,○\nkaku-taro,,2027-06-02,2027-06-01,夕方,ok?\nkaku-taro,,2027-06-01,2030-06-01,,○\n',
    );
    expect(sheet.faults.map(({ line, column, found }) => [line, column, found])).toEqual([
      [2, 'person', 'nobody'],
      [3, 'name', '架空 未登録'],
      [4, 'person', ''],
      [5, 'from', '2027-02-29'],
      [6, 'to', '2027-06-01'],
      [6, 'half', '夕方'],
      [6, 'state', 'ok?'],
      [7, 'to', '2030-06-01'],
    ]);
    expect(sheet.faults[0]!.expected.en).toBe('The roster has nobody called “nobody”.');
    expect(sheet.rows.map(({ span }) => span)).toEqual([null, null, null, null, null, null]);
  });

  test('does not guess between namesakes', () => {
    const twins = ['a', 'b'].map((id) => ({
      ...people[0]!,
      id,
      kana: id === 'a' ? 'かくう' : 'かそら',
      addresses: [],
    }));
    const sheet = (kana: string) =>
      readAvailability(twins, csv('x.csv', `name,kana,date,state\n架空 太郎,${kana},2027-06-01,○\n`));
    expect(sheet('').faults[0]!.expected.en).toBe('“架空 太郎” may be any of a, b: give the id.');
    expect(sheet('カソラ').rows[0]!.person!.id).toBe('b');
  });

  test('that would fill the memory is refused before it does', () => {
    const sheet = read(`person,from,to,state\n${'kaku-taro,2027-01-01,2028-12-31,o\n'.repeat(600)}`);
    expect(sheet.rows).toEqual([]);
    expect(sheet.faults.map((fault) => fault.expected.en)).toEqual(['The spans are too long in all. Divide the file.']);
  });

  test('that is no text, or names nobody it should not, is harmless', () => {
    expect(readAvailability(people, { name: 'x.csv', bytes: Uint8Array.from([0, 1, 2]) }).rows).toEqual([]);
    expect(read('person,date,state\n__proto__,2027-06-01,○\n').faults.map(({ found }) => found)).toEqual(['__proto__']);
    expect(read("person,date,state,comment\nkaku-taro,2027-06-01,○,'=1+1\n").rows[0]!.span!.comment).toBe('=1+1');
  });
});

test('the sample’s answers can all be read: two years, most people, some silent', () => {
  const sheet = readAvailability(people, sampleFile('availability.csv'));
  expect(sheet.faults).toEqual([]);
  const said = Map.groupBy(sheet.rows, (row) => row.person!.id);
  expect(said.size).toBeGreaterThan(90);
  for (const year of ['2026', '2027']) {
    const answers = [...said.values()]
      .flatMap((rows) => answersOf(rows.map((row) => row.span!)))
      .filter((answer) => answer.day.startsWith(`${year}-0`));
    for (const state of ['o', 't', 'x'])
      expect(answers.filter((answer) => answer.state === state).length).toBeGreaterThan(500);
  }
});
