import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'yaml';
import { Programme } from '../../src/programme/programme.ts';
import { distanceKm, holderOn, isSupported, type Roster } from '../../src/roster/roster.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { rosterOf, sampleFile, sampleRoster } from './sample-files.ts';

let roster: Roster;
let wpi: Programme;
beforeAll(() => {
  roster = rosterOf(sampleRoster());
  wpi = Programme.parse(parse(readFileSync(join(import.meta.dirname, '../../templates/programmes/wpi.yaml'), 'utf8')));
});
const ofKind = (kind: string) => roster.posts.filter((post) => post.kind === kind);
const supported = (year: number) => roster.centres.filter((centre) => isSupported(centre, year));
const mondayWorkdays = ['2026-06-01', '2027-04-01', '2027-09-30', '2027-10-01', '2028-03-31', '2029-03-31'].map(date);

describe('the sample roster', () => {
  test('has the 18 centres, nine of them supported in FY2026 and seven in FY2027', () => {
    expect(roster.centres).toHaveLength(18);
    expect(
      supported(2026)
        .map((centre) => centre.acronym)
        .sort(),
    ).toEqual(['AIMEC', 'ASHBi', 'Bio2Q', 'ICReDD', 'IRCN', 'NanoLSI', 'PRIMe', 'QUP', 'SKCM2']);
    expect(supported(2027)).toHaveLength(7);
  });

  test('speaks the words of the programme: kinds of post, fields, schemes and relations', () => {
    const known = (words: object) => new Set(Object.keys(words));
    const kinds = known(wpi.posts);
    expect(roster.posts.filter((post) => !kinds.has(post.kind))).toEqual([]);
    expect([...kinds].filter((kind) => ofKind(kind).length === 0)).toEqual([]);
    const fields = known(wpi.fields);
    for (const centre of roster.centres) expect(centre.fields.filter((field) => !fields.has(field))).toEqual([]);
    for (const person of roster.people)
      expect(Object.keys(person.fields).filter((field) => !fields.has(field))).toEqual([]);
    expect(roster.centres.filter((centre) => !Object.hasOwn(wpi.schemes, centre.scheme))).toEqual([]);
    const relations = wpi.conflicts.rules.map((rule) => rule.kind).sort();
    expect([...new Set(roster.conflicts.map((conflict) => conflict.kind))].sort()).toEqual(relations);
    for (const post of roster.posts) {
      const of = post.centre ? 'centre' : post.institution ? 'institution' : 'programme';
      expect([post.id, of]).toEqual([post.id, wpi.posts[post.kind]!.of]);
    }
  });

  test('has everybody who is asked to a year', () => {
    expect(ofKind('programme-director')).toHaveLength(1);
    expect(ofKind('deputy-programme-director')).toHaveLength(2);
    expect(ofKind('programme-officer').length).toBeGreaterThanOrEqual(9);
    const committee = [...ofKind('committee-chair'), ...ofKind('committee-member')];
    expect(committee).toHaveLength(15);
    const members = committee.map((post) => holderOn(roster, post.id, date('2027-10-20'))!);
    expect(members.filter((member) => member.overseas)).toHaveLength(7);
    expect(new Set(members.filter((member) => member.overseas).map((member) => member.zone)).size).toBe(7);
    expect(ofKind('working-group-member').length).toBeGreaterThanOrEqual(30);
  });

  test('has a holder in every post of a supported centre and its hosts on any day, and successors in time', () => {
    for (const day of mondayWorkdays) {
      const year = Number(day.slice(0, 4)) - (day.slice(5) < '04' ? 1 : 0);
      for (const centre of supported(year)) {
        const posts = roster.posts.filter(
          (post) => post.centre === centre.id || centre.hosts.includes(post.institution ?? ''),
        );
        expect(posts).toHaveLength(2 + 3 * centre.hosts.length);
        for (const post of posts)
          expect([post.id, day, holderOn(roster, post.id, day)?.id]).toEqual([post.id, day, expect.any(String)]);
      }
    }
    const president = (day: string) => holderOn(roster, 'host-head-hokkaido-university', date(day))!.id;
    expect(president('2027-09-30')).not.toBe(president('2027-10-01'));
    const changes = new Set(roster.terms.filter((term) => term.from > '2026-04-01').map((term) => term.from));
    expect([...changes]).toEqual(
      expect.arrayContaining(['2027-04-01', '2027-07-01', '2027-10-01', '2028-01-01', '2028-04-01']),
    );
  });

  test('reaches posts in each of the three ways, and every supported centre and its hosts have an office', () => {
    expect([...new Set(roster.posts.map((post) => post.reach))].sort()).toEqual(['office', 'own', 'secretary']);
    for (const centre of supported(2026)) {
      expect(roster.offices.filter((office) => office.centre === centre.id)).toHaveLength(1);
      for (const host of centre.hosts)
        expect(roster.offices.filter((office) => office.institution === host)).toHaveLength(1);
    }
  });

  test('has a committee member who is an executive of a host, and bound by it', () => {
    const executives = new Set(
      roster.terms.filter((term) => term.post.startsWith('executive')).map((term) => term.person),
    );
    const both = roster.terms.filter((term) => term.post.startsWith('committee-member') && executives.has(term.person));
    expect(both).toHaveLength(1);
    expect(
      roster.conflicts.filter((conflict) => conflict.person === both[0]!.person).map((conflict) => conflict.kind),
    ).toEqual(['employer']);
  });

  test('can fill a panel of eight and find three officers for every centre within its fields', () => {
    const knows = (kind: string, fields: readonly string[]) =>
      roster.people.filter(
        (person) =>
          roster.terms.some((term) => term.person === person.id && term.post.startsWith(kind)) &&
          fields.some((field) => (person.fields[field] ?? 0) >= 2),
      );
    for (const centre of supported(2026)) {
      expect(knows('working-group-member', centre.fields).length).toBeGreaterThanOrEqual(8);
      expect(knows('programme-officer', centre.fields).length).toBeGreaterThanOrEqual(2);
      for (const field of centre.fields)
        expect([centre.id, field, knows('working-group-member', [field]).length > 1]).toEqual([centre.id, field, true]);
    }
  });

  test('puts a centre near one of its hosts', () => {
    const at = new Map(roster.institutions.map((institution) => [institution.id, institution]));
    for (const centre of roster.centres)
      expect(Math.min(...centre.hosts.map((host) => distanceKm(centre, at.get(host)!)))).toBeLessThan(40);
  });
});

describe('everybody in the sample is made up', () => {
  const madeUp =
    '架空 見本 仮名 試作 例示 模擬 想定 仮想 雛形 標本 例題 演習 記入 匿名 仮定 仮設 参考 凡例 用例 事例 無名 名無 甲乙 丙丁 何某 仮題 試案 試行 例文 下書 写本 図示 型紙 手本 習作 見立 机上 仮称 仮置 例解 髙架 模濱'.split(
      ' ',
    );
  const abroad =
    /^(Sample|Exempla|Exemple|Contoh|Specimen|Placeholder|Gyeonbon|Beispiel|Muster|Ejemplo|Esempio|Voorbeeld|Yangben|Dummy|Testa|Fictus|Modell|Modelo) /;

  test('by name, in both scripts', () => {
    for (const { name } of roster.people)
      expect([name.ja, madeUp.some((surname) => name.ja.startsWith(`${surname} `)) || abroad.test(name.en)]).toEqual([
        name.ja,
        true,
      ]);
  });

  test('by mailbox and telephone', () => {
    const addresses = [
      ...roster.people.flatMap((person) => person.addresses),
      ...roster.posts.flatMap((post) => post.secretaryAddress ?? []),
      ...roster.offices.map((office) => office.address),
    ];
    expect(addresses.filter((address) => !/@([a-z0-9-]+\.)*example\.org$/.test(address))).toEqual([]);
    const telephones = [...roster.people, ...roster.offices].map(({ telephone }) => telephone);
    expect(new Set(telephones).size).toBe(telephones.length);
    expect(
      telephones
        .filter((telephone) => telephone.startsWith('0'))
        .every((telephone) => /^03-0000-0\d{3}$/.test(telephone)),
    ).toBe(true);
  });

  test('staff too: three, reachable by telephone', () => {
    const staff: Record<string, string>[] = parseCsv(Buffer.from(sampleFile('staff.csv').bytes), { columns: true });
    expect(staff).toHaveLength(3);
    for (const member of staff) {
      expect(member['email']).toMatch(/@secretariat\.example\.org$/);
      expect(member['telephone']).toMatch(/^03-0000-0\d{3}$/);
    }
  });
});
