import { describe, expect, test } from '@jest/globals';
import { readDay, readZone, sentence } from '../../src/roster/cells.ts';
import { ConflictForm } from '../../src/roster/conflict.ts';
import { CentreForm } from '../../src/roster/centre.ts';
import { OfficeForm } from '../../src/roster/office.ts';
import { fieldsCell, personCells, PersonForm, personWarnings } from '../../src/roster/person.ts';
import { PostForm, TermForm } from '../../src/roster/post.ts';

const taro = {
  name_ja: '架空 太郎',
  name_en: 'Taro KAKU',
  kana: 'かくう たろう',
  language: 'ja',
  telephone: '03-0000-0001',
  addresses: 'taro.kaku@example.org',
  fields: 'physics:3; chemistry:2',
  duties_accepted: '3',
};

/** The columns with a fault, each with its English sentence */
function faults(
  form: { safeParse(cells: unknown): { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined } },
  cells: object,
) {
  return Object.fromEntries(
    (form.safeParse(cells).error?.issues ?? []).map((issue) => [String(issue.path[0]), sentence(issue.message).en]),
  );
}

describe('a day', () => {
  test.each([
    ['2027-04-01', '2027-04-01'],
    ['2027/4/1', '2027-04-01'],
    ['2027年4月1日', '2027-04-01'],
    ['２０２７年４月１日（木）', '2027-04-01'],
    ['令和9年4月1日', '2027-04-01'],
    ['R9.4.1', '2027-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['平成31年4月30日', '2019-04-30'],
  ])('is read from %s', (typed, day) => {
    expect(readDay(typed)).toBe(day);
  });
  test.each(['2027-02-29', '27-4-1', '4/1', '2027-13-01', 'tomorrow', '', '2027-04-01T00:00:00Z'])(
    'is not read from %p',
    (typed) => {
      expect(readDay(typed)).toBeUndefined();
    },
  );
});

describe('a time zone', () => {
  test('is one that IANA names, in whatever case it was typed', () => {
    expect(readZone('asia/tokyo')).toBe('Asia/Tokyo');
    expect(readZone('Asia/Kolkata')).toBe('Asia/Kolkata');
    expect(readZone('UTC')).toBe('UTC');
  });
  test.each(['+09:00', 'JST', 'Asia/Nowhere', 'constructor', ''])('is not %p', (typed) => {
    expect(readZone(typed)).toBeUndefined();
  });
});

describe('the form of a person', () => {
  test('gives the person, with what was left out in its plainest form', () => {
    expect(PersonForm.parse(taro)).toEqual({
      name: { ja: '架空 太郎', en: 'Taro KAKU' },
      kana: 'かくう たろう',
      honorific: { ja: '', en: '' },
      aliases: [],
      language: 'ja',
      zone: 'Asia/Tokyo',
      telephone: '03-0000-0001',
      addresses: ['taro.kaku@example.org'],
      fields: { physics: 3, chemistry: 2 },
      dutiesAccepted: 3,
      employer: null,
      overseas: false,
      endedOn: null,
    });
  });

  test('keeps addresses in small letters, half-width, in their order', () => {
    expect(
      PersonForm.parse({ ...taro, addresses: 'Taro.KAKU@Example.ORG\n ｔａｒｏ＠ｅｘａｍｐｌｅ．ｏｒｇ ' }).addresses,
    ).toEqual(['taro.kaku@example.org', 'taro@example.org']);
  });

  test.each([
    ['a list in one address', 'a@example.org, b@example.org', 'must be exactly one address'],
    ['two at signs', 'a@b@example.org', 'must be exactly one address'],
    ['brackets', 'Taro <taro@example.org>', 'must be exactly one address'],
    ['no at sign', 'taro', 'is not an address'],
    ['no domain', 'taro@', 'is not an address'],
    ['a host without a dot', 'taro@localhost', 'is not an address'],
    ['another header', 'a@example.org\u0000Bcc: b@example.org', ''],
  ])('refuses an address with %s', (_, addresses, why) => {
    const found = faults(PersonForm, { ...taro, addresses });
    expect(Object.keys(found)).toEqual(['addresses']);
    expect(found['addresses']).toContain(why);
  });

  test('refuses the same address twice', () => {
    expect(faults(PersonForm, { ...taro, addresses: 'a@example.org; A@example.org' })).toEqual({
      addresses: 'The same address is given twice.',
    });
  });

  test('accepts the addresses that Japanese carriers gave out against the standard, and warns', () => {
    const person = PersonForm.parse({ ...taro, addresses: 'taro..kaku.@example.org; taro@example.org' });
    expect(person.addresses[0]).toBe('taro..kaku.@example.org');
    expect(personWarnings(person).map((warning) => warning.en)).toEqual([
      'taro..kaku.@example.org is not written as the standard allows (dots in a row, or a dot beside the @): mail may not arrive.',
    ]);
  });

  test('refuses a line break in a name: it would become a header of a mail', () => {
    expect(Object.keys(faults(PersonForm, { ...taro, name_en: 'Taro\r\nBcc: x@example.org' }))).toEqual(['name_en']);
    expect(Object.keys(faults(PersonForm, { ...taro, name_ja: '架空\u2028太郎' }))).toEqual(['name_ja']);
  });

  test('names every fault at once, in both languages', () => {
    const { error } = PersonForm.safeParse({
      ...taro,
      name_ja: ' ',
      language: 'fr',
      duties_accepted: 'many',
      fields: 'physics',
      employer: 'A B',
    });
    expect(error!.issues.map((issue) => issue.path[0])).toEqual([
      'name_ja',
      'language',
      'fields',
      'duties_accepted',
      'employer',
    ]);
    for (const issue of error!.issues) {
      expect(sentence(issue.message).ja).toMatch(/。$/);
      expect(issue.message.split(' | ')).toHaveLength(2);
    }
  });

  test('wants a time zone of somebody who lives overseas', () => {
    expect(faults(PersonForm, { ...taro, overseas: 'yes' })).toEqual({
      zone: 'Somebody who lives overseas needs a time zone.',
    });
    expect(PersonForm.parse({ ...taro, overseas: 'on', zone: 'europe/paris' })).toMatchObject({
      overseas: true,
      zone: 'Europe/Paris',
    });
  });

  test('keeps the rare characters of names and joins the marks that macOS writes apart', () => {
    const person = PersonForm.parse({ ...taro, name_ja: '神﨑 𠮷濵', kana: 'か\u3099くう' });
    expect(person.name.ja).toBe('神﨑 𠮷濵');
    expect(person.kana).toBe('がくう');
  });

  test('fields named like parts of JavaScript are only words', () => {
    expect(Object.keys(faults(PersonForm, { ...taro, fields: '__proto__:3' }))).toEqual(['fields']);
    expect(Object.entries(PersonForm.parse({ ...taro, fields: 'constructor:2' }).fields)).toEqual([['constructor', 2]]);
  });

  test('reads its own cells as the same person', () => {
    const person = {
      ...PersonForm.parse({ ...taro, aliases: '架空 多郎; 髙空 太郎', overseas: 'yes', zone: 'Asia/Singapore' }),
      id: 'kaku-taro',
    };
    const { id, ...cells } = personCells(person);
    expect({ ...PersonForm.parse(cells), id }).toEqual(person);
    expect(fieldsCell({ physics: 3, chemistry: 2 })).toBe('chemistry:2; physics:3');
  });
});

describe('the other forms', () => {
  const centre = {
    acronym: 'X',
    name_ja: '拠点',
    name_en: 'Centre',
    scheme: 'standard',
    adoption_year: '2021',
    support_end_year: '2030',
    hosts: 'a',
    fields: 'physics',
    latitude: '36.1',
    longitude: '140.1',
  };
  test('a centre has one to three hosts, each once', () => {
    expect(faults(CentreForm, centre)).toEqual({});
    expect(Object.keys(faults(CentreForm, { ...centre, hosts: '' }))).toEqual(['hosts']);
    expect(faults(CentreForm, { ...centre, hosts: 'a; b; c' })).toEqual({});
    expect(Object.keys(faults(CentreForm, { ...centre, hosts: 'a; b; c; d' }))).toEqual(['hosts']);
    expect(Object.keys(faults(CentreForm, { ...centre, hosts: 'a; a' }))).toEqual(['hosts']);
  });
  test('support ends in or after the year of adoption, and the gate lies in between', () => {
    expect(Object.keys(faults(CentreForm, { ...centre, support_end_year: '2020' }))).toEqual(['support_end_year']);
    expect(faults(CentreForm, { ...centre, gate_year: '10' })).toEqual({});
    expect(Object.keys(faults(CentreForm, { ...centre, gate_year: '11' }))).toEqual(['gate_year']);
  });
  test('a post says how its holder is reached, with what is needed for it', () => {
    const post = {
      kind: 'host-head',
      title_ja: '総長',
      title_en: 'President',
      institution: 'a',
      reach: 'own',
      rank: '0',
    };
    expect(faults(PostForm, post)).toEqual({});
    expect(Object.keys(faults(PostForm, { ...post, reach: 'secretary' }))).toEqual(['secretary_address']);
    expect(Object.keys(faults(PostForm, { ...post, reach: 'office' }))).toEqual(['office']);
    expect(Object.keys(faults(PostForm, { ...post, reach: 'pigeon' }))).toEqual(['reach']);
    expect(Object.keys(faults(PostForm, { ...post, centre: 'b' }))).toEqual(['institution']);
    expect(Object.keys(faults(PostForm, { ...post, secretary_address: 'a@b@c' }))).toEqual(['secretary_address']);
  });
  test('a term does not end before it begins; one day is a term', () => {
    const term = { post: 'p', person: 'q', from: '2027-04-01' };
    expect(TermForm.parse(term)).toEqual({ ...term, to: null });
    expect(faults(TermForm, { ...term, to: '2027-04-01' })).toEqual({});
    expect(Object.keys(faults(TermForm, { ...term, to: '2027-03-31' }))).toEqual(['to']);
  });
  test('an office is of a centre or of a host, and has one mailbox', () => {
    const office = {
      kind: 'centre',
      name_ja: '事務部門',
      name_en: 'Office',
      centre: 'a',
      address: 'office@example.org',
      language: 'ja',
    };
    expect(faults(OfficeForm, office)).toEqual({});
    expect(Object.keys(faults(OfficeForm, { ...office, kind: 'host' }))).toEqual(['centre', 'institution']);
    expect(Object.keys(faults(OfficeForm, { ...office, address: '' }))).toEqual(['address']);
  });
  test('a conflict is with a centre or an institution, one of the two', () => {
    const conflict = { person: 'p', kind: 'declared', centre: 'a' };
    expect(faults(ConflictForm, conflict)).toEqual({});
    expect(Object.keys(faults(ConflictForm, { ...conflict, institution: 'b' }))).toEqual(['centre']);
    expect(Object.keys(faults(ConflictForm, { ...conflict, centre: '' }))).toEqual(['centre']);
  });
});
