import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.ts';
import type { Cells } from '../../src/roster/cells.ts';
import { cellsOf, nouns, rules, thingsOf, type Noun } from '../../src/roster/noun.ts';
import { rosterRefusals } from '../../src/roster/refusals.ts';
import { previewOf } from '../../src/roster/roster-preview.ts';
import { RosterViews } from '../../src/roster/roster-views.ts';
import { faultsOfRefusal, faultSummary, newIdOf } from '../../src/web/staff/roster-edit.ts';
import { cellsFrom, formOf, type FormField } from '../../src/web/staff/roster-form.ts';
import { importView } from '../../src/web/staff/roster-import-view.ts';
import { listPage } from '../../src/web/staff/roster-list-page.ts';
import { thingPage } from '../../src/web/staff/roster-pages.ts';
import { searchPage } from '../../src/web/staff/roster-search.ts';
import { likelyWords, wordsInOrder } from '../../src/web/staff/roster-vocabulary.ts';
import { RosterWords } from '../../src/web/staff/roster-words.ts';
import { shipped } from '../programme/shipped.ts';
import { countedId, csv, rosterOf, sampleRoster } from '../roster/sample-files.ts';

const wpi = shipped('wpi');
const roster = rosterOf(sampleRoster());
const day = '2027-06-01' as const;
const words = new RosterWords(roster, wordsInOrder(wpi));
const file = { roster, day, words, views: new RosterViews(roster, day), warnings: [], cycle: undefined };
const everything = { q: '', kind: '', of: '', vacant: false, ended: false, page: 1 };

/** What a browser sends of a form that is shown: unticked boxes and empty choices send nothing or nothing in them */
function sentBy(fields: readonly FormField[]): Record<string, unknown> {
  const body: Record<string, string[]> = {};
  const send = (name: string, value: string) => (body[name] ??= []).push(value);
  for (const field of fields) {
    if (field.kind === 'check') {
      if (field.value === 'yes') send(field.name, 'yes');
    } else if (field.kind === 'boxes') {
      for (const part of field.parts!) if (part.checked) send(part.name, part.value);
    } else if (field.parts) for (const part of field.parts) send(part.name, part.value);
    else send(field.name, field.value.replaceAll('\n', '\r\n'));
  }
  return Object.fromEntries(Object.entries(body).map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

describe('the forms of the roster', () => {
  it.each(nouns)('give back every %s of the sample as it was', (noun: Noun) => {
    for (const thing of thingsOf(roster, noun)) {
      const { id, ...cells } = cellsOf(noun, thing as never);
      const fields = formOf(noun, cells, { ...file, isNew: false, before: cells }).flatMap((group) =>
        group.rows.flat(),
      );
      const parsed = rules[noun].form.safeParse(cellsFrom(noun, sentBy(fields), cells, false));
      expect({ ...parsed.data, id }).toEqual({ ...thing });
    }
  });

  it('show each column once, a new thing its id and nothing its end until it has one', () => {
    const columns = (noun: Noun, isNew: boolean, cells: Cells = {}) =>
      formOf(noun, cells, { ...file, isNew, before: cells }).flatMap((group) =>
        group.rows.flat().map((field) => field.name),
      );
    for (const noun of nouns) {
      const known = rules[noun].columns;
      const withId = noun !== 'term' && noun !== 'conflict';
      const fresh = columns(noun, true);
      expect([...fresh].sort()).toEqual(known.filter((c) => c !== 'ended_on' && (withId || c !== 'id')).sort());
      if (known.includes('ended_on')) expect(columns(noun, false, { ended_on: '2027-03-31' })).toContain('ended_on');
    }
  });

  it('keep what they do not show', () => {
    const before = { ...cellsOf('person', roster.people[0]!), ended_on: '' };
    const after = cellsFrom('person', { name_ja: '別 名' }, before, false);
    expect(after['ended_on']).toBe('');
    expect(after['name_ja']).toBe('別 名');
    const ended = cellsFrom('person', { ended_on: '' }, { ...before, ended_on: '2027-03-31' }, false);
    expect(ended['ended_on']).toBe('');
  });

  it('keep a choice that nobody offers any more', () => {
    const cells = { ...cellsOf('centre', roster.centres[0]!), scheme: 'gone' };
    const scheme = formOf('centre', cells, { ...file, isNew: false, before: cells })
      .flatMap((group) => group.rows.flat())
      .find((field) => field.name === 'scheme');
    expect(scheme?.options?.map((option) => option.value)).toContain('gone');
  });

  it('tell posts of one title apart by who holds them', () => {
    const post = formOf('term', {}, { ...file, isNew: true, before: {} })[0]!.rows[0]![0]!;
    const officers = post.options!.filter((option) => option.value.startsWith('programme-officer'));
    expect(new Set(officers.map((option) => JSON.stringify(option.label))).size).toBe(officers.length);
  });
});

describe('an id that nobody chose', () => {
  it('is the English name, the surname in capitals first, and another one where it is taken', () => {
    expect(newIdOf('person', { name_en: 'Zoë VAN DER KAKU' }, roster)).toBe('van-der-kaku-zoe');
    expect(newIdOf('person', { name_en: 'Taro KAKU' }, roster)).toBe('kaku-taro-2');
    expect(newIdOf('centre', { acronym: 'New C²' }, roster)).toBe('new-c2');
    expect(newIdOf('post', { kind: 'centre-director', centre: 'x' }, roster)).toBe('centre-director-x');
  });

  it('is left to the room where the name has no letters, and for terms and conflicts', () => {
    expect(newIdOf('person', { name_en: '架空' }, roster)).toBeUndefined();
    expect(newIdOf('term', {}, roster)).toBeUndefined();
  });
});

describe('what a room refuses', () => {
  it('stands at its field where the form has it, with the name of the field in the list above', () => {
    const taken = Refusal.of(rosterRefusals, 'roster.acronym-taken', { acronym: 'X' });
    const faults = faultsOfRefusal(taken, ['acronym']);
    expect(Object.keys(faults)).toEqual(['acronym']);
    expect(faultSummary('centre', faults)['acronym']!.ja).toBe('略称：略称「X」の拠点がすでにあります。');
    expect(Object.keys(faultsOfRefusal(taken, []))).toEqual(['form']);
  });
});

describe('lists and search', () => {
  it('find people in any spelling', () => {
    for (const q of ['架空', 'かくう', 'カクウ　太郎', 'KAKU taro'])
      expect(searchPage(q, file)[0]?.found.map((one) => one.href)).toContain('/roster/people/kaku-taro');
    expect(searchPage('nobody of that name', file)).toEqual([]);
  });

  it('show vacant posts only, where that is asked for', () => {
    const vacated = { ...roster, terms: roster.terms.filter((term) => term.post !== 'programme-director') };
    const views = new RosterViews(vacated, day);
    const page = listPage('post', { ...everything, vacant: true }, { ...file, roster: vacated, views });
    expect(page.total).toBe(1);
    expect(page.table.rows.at(-1)).toMatchObject({ attention: true, cells: [{}, { alarm: true }, {}, {}] });
  });

  it('stand under the place to which a post belongs, the programme first, and in the order of its seats', () => {
    const { rows } = listPage('post', everything, file).table;
    expect(rows[0]!.group?.en).toBe('The programme');
    expect(rows[1]!.cells[0]!.href).toBe('/roster/posts/programme-director');
    const second = listPage('post', { ...everything, page: 2 }, file);
    const both = [...rows, ...second.table.rows].filter((row) => !row.group);
    expect(new Set(both.map((row) => row.cells[0]!.href)).size).toBe(roster.posts.length);
    expect([second.pages, second.previous, second.next]).toEqual([2, 1, 0]);
  });

  it('have a page for everything in the sample', () => {
    for (const noun of nouns.filter((one) => one !== 'term'))
      for (const { id } of thingsOf(roster, noun)) {
        const page = thingPage(noun, id, file, []);
        expect(page?.title.ja).toBeTruthy();
        expect(page?.facts.length).toBeGreaterThan(2);
      }
  });
});

describe('the words of a roster without a year', () => {
  it('are those of the programme that knows its posts', () => {
    const words = likelyWords([shipped('erc'), wpi, shipped('j-peaks')], roster);
    expect(Object.keys(words.schemes).sort()).toEqual(Object.keys(wpi.schemes).sort());
  });

  it('say ids by the names of what they mean', () => {
    expect(words.cell('post', 'centre', 'icredd')).toEqual({ ja: 'ICReDD', en: 'ICReDD' });
    expect(words.cell('person', 'fields', 'physics:3; unknown:1').ja).toBe('物理学（3）、unknown（1）');
    expect(words.cell('centre', 'adoption_year', '2018').en).toBe('FY2018');
    expect(words.cell('office', 'kind', 'constructor').ja).toBe('constructor');
    expect(words.name('person', 'nobody').ja).toBe('nobody');
  });
});

describe('the preview of an import', () => {
  const preview = previewOf(
    roster,
    [
      csv('people.csv', 'id,telephone\nkaku-taro,03-9999-0000\nmihon-hanako,03-0000-0002\nnew-one,x\n'),
      csv('other.csv', 'id\n1\n'),
    ],
    countedId,
    wpi,
  ).preview;
  const view = importView(preview, words);

  it('shows faulty lines first, then changes with before and after, and only counts the rest', () => {
    const [people, other] = view.files;
    expect(people!.lines.map((line) => [line.state, line.id])).toEqual([
      ['fault', 'new-one'],
      ['changed', 'kaku-taro'],
    ]);
    expect(people!.lines[1]!.changes).toEqual([
      {
        label: { ja: '電話', en: 'Telephone' },
        before: { ja: '03-0000-0001', en: '03-0000-0001' },
        after: { ja: '03-9999-0000', en: '03-9999-0000' },
      },
    ]);
    expect(people!.counts.map(({ n }) => n)).toEqual([1, 1, 0, 1]);
    expect(people!.encoding?.en).toBe('UTF-8');
    expect(other!.faults).toHaveLength(1);
    expect(view.writes).toBe(true);
  });
});
