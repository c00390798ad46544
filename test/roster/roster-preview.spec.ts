import { beforeAll, describe, expect, test } from '@jest/globals';
import { rosterFiles } from '../../src/roster/roster-csv.ts';
import { rosterWarnings } from '../../src/roster/roster-faults.ts';
import { previewOf } from '../../src/roster/roster-preview.ts';
import type { Roster } from '../../src/roster/roster.ts';
import { countedId, csv, emptyRoster, rosterOf, sampleRoster } from './sample-files.ts';

let sample: Roster;
beforeAll(() => {
  sample = rosterOf(sampleRoster());
});
const preview = (...files: Parameters<typeof csv>[]) =>
  previewOf(
    sample,
    files.map((file) => csv(...file)),
    countedId,
  );

describe('a roster', () => {
  test('that goes out and comes back changes nothing', () => {
    const { preview: seen, changes } = previewOf(sample, rosterFiles(sample), countedId);
    expect(seen.counts).toEqual({ added: 0, changed: 0, fault: 0, unchanged: seen.rows.length });
    expect(seen.rows.length).toBeGreaterThan(500);
    expect(changes).toEqual([]);
  });

  test('read into an empty one is the same roster', () => {
    const again = rosterOf(rosterFiles(sample), emptyRoster);
    for (const part of Object.keys(sample) as (keyof Roster)[]) expect(again[part]).toEqual(sample[part]);
  });
});

describe('a preview', () => {
  test('says of each row whether it is new, changed (and how) or as it was', () => {
    const { preview: seen } = preview([
      'people.csv',
      'id,name_ja,name_en,language,telephone,duties_accepted\n' +
        'kaku-taro,架空 太郎,Taro KAKU,ja,03-0000-0777,20\n' +
        'mihon-hanako,見本 花子,Hanako MIHON,ja,03-0000-0002,9\n' +
        'kaku-hatsuko,架空 初子,Hatsuko KAKU,ja,,2\n',
    ]);
    expect(seen.rows.map(({ line, id, state, changes }) => ({ line, id, state, changes }))).toEqual([
      {
        line: 2,
        id: 'kaku-taro',
        state: 'changed',
        changes: [{ column: 'telephone', before: '03-0000-0001', after: '03-0000-0777' }],
      },
      { line: 3, id: 'mihon-hanako', state: 'unchanged', changes: [] },
      { line: 4, id: 'kaku-hatsuko', state: 'added', changes: [] },
    ]);
    expect(seen.counts).toEqual({ added: 1, changed: 1, unchanged: 1, fault: 0 });
    expect(seen.files).toEqual([
      { name: 'people.csv', noun: 'person', encoding: 'utf-8', rows: 3, absent: sample.people.length - 2 },
    ]);
  });

  test('leaves columns that the file lacks as they are, and empties those that it has empty', () => {
    const { changes } = preview(['people.csv', 'id,employer\nkaku-taro,\n']);
    const taro = sample.people.find((person) => person.id === 'kaku-taro')!;
    expect(changes).toEqual([{ noun: 'person', isNew: false, thing: { ...taro, employer: null } }]);
    expect(taro.employer).toBe('waseda-university');
  });

  test('names file, line, column, what was found and what was expected', () => {
    const { preview: seen, changes } = preview([
      'people.csv',
      'id,name_ja,name_en,language,duties_accepted\n\nx y,架空 一,Hajime KAKU,ja,1\nkaku-ni,架空 二,,ja,-1\n',
    ]);
    expect(seen.faults.map(({ file, line, column, found }) => [file, line, column, found])).toEqual([
      ['people.csv', 3, 'id', 'x y'],
      ['people.csv', 4, 'name_en', ''],
      ['people.csv', 4, 'duties_accepted', '-1'],
    ]);
    expect(seen.faults[2]!.expected.en).toBe('A whole number from 0 to 99, please.');
    expect(changes).toEqual([]);
  });

  test('looks at the roster as it will be: a row may refer to one that stands in another file', () => {
    const files: Parameters<typeof csv>[] = [
      ['terms.csv', 'post,person,from,to\nprogramme-officer-11,kaku-hatsuko,2027-04-01,\n'],
      [
        'posts.csv',
        'id,kind,title_ja,title_en,reach,rank\nprogramme-officer-11,programme-officer,プログラムオフィサー,Programme Officer,own,10\n',
      ],
      ['people.csv', 'id,name_ja,name_en,language,duties_accepted\nkaku-hatsuko,架空 初子,Hatsuko KAKU,ja,2\n'],
    ];
    const { preview: seen, changes } = preview(...files);
    expect(seen.faults).toEqual([]);
    expect(changes.map((change) => change.noun)).toEqual(['person', 'post', 'term']);
    // and what refers to a faulty row is faulty itself
    files[2]![1] = files[2]![1].replace(',ja,', ',fr,');
    expect(preview(...files).preview.faults.map(({ file, column }) => [file, column])).toEqual([
      ['terms.csv', 'person'],
      ['people.csv', 'language'],
    ]);
  });

  test('refuses two holders of one post at one time, and lets a term end in the file in which the next begins', () => {
    const added = 'host-head-kyoto-university,kaku-taro,2028-04-01,\n';
    const { preview: seen } = preview(['terms.csv', `post,person,from,to\n${added}`]);
    expect(seen.faults.map(({ line, column, found }) => [line, column, found])).toEqual([[2, 'from', '2028-04-01 – ']]);
    expect(seen.faults[0]!.expected.en).toMatch(/^Overlaps with the term of .+ \(2023-04-01 – 2029-03-31\)/);
    const president = sample.terms.find((term) => term.post === 'host-head-kyoto-university')!;
    const { preview: right } = preview([
      'terms.csv',
      `post,person,from,to\n${added}host-head-kyoto-university,${president.person},2023-04-01,2028-03-31\n`,
    ]);
    expect(right.rows.map(({ state }) => state)).toEqual(['added', 'changed']);
  });

  test('knows a term or a conflict without an id by what it joins', () => {
    const term = sample.terms[0]!;
    const { preview: seen } = preview([
      'terms.csv',
      `post,person,from,to\n${term.post},${term.person},${term.from},${term.to ?? ''}\n`,
    ]);
    expect(seen.rows.map(({ id, state }) => [id, state])).toEqual([[term.id, 'unchanged']]);
  });

  test('wants an id of everything else, and each only once', () => {
    const head = 'id,name_ja,name_en,language,duties_accepted\n';
    for (const id of ['', '__proto__', 'constructor()', '../x', 'A'])
      expect(
        preview(['people.csv', `${head}${id},架空 一,Hajime KAKU,ja,1\n`]).preview.faults.map(({ column }) => column),
      ).toEqual(['id']);
    const twice = preview(['people.csv', `${head}a,架空 一,Hajime KAKU,ja,1\na,架空 一,Hajime KAKU,ja,1\n`]);
    expect(twice.preview.rows.map(({ state }) => state)).toEqual(['added', 'fault']);
  });

  test('does not know other files, nor one file twice', () => {
    const { preview: seen } = preview(['presidents.csv', 'id\na\n'], ['a/People.CSV', 'id\n'], ['people.csv', 'id\n']);
    expect(seen.faults.map(({ file, line }) => [file, line])).toEqual([
      ['presidents.csv', 0],
      ['people.csv', 0],
    ]);
  });

  test('takes thousands of rows in a moment', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `p-${i},架空 ${i},Person ${i},ja,1`).join('\n');
    const before = performance.now();
    expect(preview(['people.csv', `id,name_ja,name_en,language,duties_accepted\n${rows}`]).preview.counts.added).toBe(
      5000,
    );
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

test('words that the programme does not know are warned of, not refused', () => {
  const words = { posts: {}, fields: { physics: {} }, schemes: { standard: {} }, conflicts: { rules: [] } } as never;
  const files = [
    csv('people.csv', 'id,fields\nkaku-taro,physics:3; alchemy:1\n'),
    csv('posts.csv', 'id,kind\nprogramme-director,constructor\n'),
  ];
  const { preview: seen } = previewOf(sample, files, countedId, words);
  expect(seen.rows.map(({ state, warnings }) => [state, warnings.map((warning) => warning.en)])).toEqual([
    ['changed', ['The programme does not know “alchemy”.']],
    ['changed', ['The programme does not know “constructor”.']],
  ]);
});

test('whoever is to be written to and has no address is named', () => {
  expect(rosterWarnings(sample)).toEqual([]);
  const people = sample.people.map((person) => (person.id === 'kaku-taro' ? { ...person, addresses: [] } : person));
  expect(rosterWarnings({ ...sample, people }).map(({ id, column }) => [id, column])).toEqual([
    ['kaku-taro', 'addresses'],
  ]);
});
