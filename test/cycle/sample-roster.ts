import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Centre, Institution, Post, Roster } from '../../src/roster/roster.ts';

/** The real centres of `centres.csv` with made-up posts, none of which anybody holds. */

interface Row {
  acronym: string;
  name_ja: string;
  name_en: string;
  host_institutions: string;
  city: string;
  adoption_fy: string;
  scheme: string;
  support_end_fy: string;
}

export const slug = (name: string): string =>
  name
    .replace(/\(.*?\)/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const nothing = { ja: '', en: '' };

export function readCentres(): { centres: Centre[]; institutions: Institution[] } {
  const rows = parse<Row>(readFileSync(join(import.meta.dirname, 'centres.csv'), 'utf8'), { columns: true, bom: true });
  const institutions = new Map<string, Institution>();
  const centres = rows.map((row): Centre => {
    const hosts = row.host_institutions.split(';').map((name) => name.replace(/\(.*?\)/g, '').trim());
    const cities = row.city.split(';').map((city) => city.trim());
    hosts.forEach((name, i) => {
      const city = cities[i] ?? cities[0] ?? '';
      institutions.set(slug(name), {
        id: slug(name),
        name: { ja: name, en: name },
        city: { ja: city, en: city },
        latitude: 35,
        longitude: 139,
      });
    });
    return {
      id: slug(row.acronym),
      acronym: row.acronym,
      name: { ja: row.name_ja, en: row.name_en },
      scheme: row.scheme,
      adoptionYear: Number(row.adoption_fy),
      supportEndYear: Number(row.support_end_fy),
      gateYear: null,
      hosts: hosts.map(slug),
      fields: [],
      city: { ja: cities[0]!, en: cities[0]! },
      latitude: 35,
      longitude: 139,
      building: nothing,
      room: nothing,
      access: nothing,
    };
  });
  return { centres, institutions: [...institutions.values()] };
}

export const post = (kind: string, of: { centre?: string; institution?: string } = {}, rank = 0): Post => ({
  id: [kind, of.centre ?? of.institution, rank || undefined].filter(Boolean).join('-'),
  kind,
  title: { ja: kind, en: kind },
  centre: of.centre ?? null,
  institution: of.institution ?? null,
  reach: 'own',
  secretaryAddress: null,
  office: null,
  rank,
});

/** Posts as a programme of WPI's kind has them, for these centres */
export function rosterOf(centres: readonly Centre[], institutions: readonly Institution[]): Roster {
  const posts = [
    post('programme-director'),
    post('deputy-programme-director'),
    ...[1, 2, 3].map((n) => post('programme-officer', {}, n)),
    post('committee-chair'),
    ...Array.from({ length: 14 }, (_, i) => post('committee-member', {}, i + 1)),
    ...centres.flatMap(({ id }) => [
      post('centre-director', { centre: id }),
      post('administrative-director', { centre: id }),
    ]),
    ...institutions.flatMap(({ id }) => [
      post('host-head', { institution: id }),
      post('executive-for-research', { institution: id }),
    ]),
  ];
  return { institutions, centres, people: [], posts, terms: [], offices: [], conflicts: [] };
}

export function wpiRoster(): Roster {
  const { centres, institutions } = readCentres();
  return rosterOf(centres, institutions);
}

/** A made-up centre; what is not named is as with a standard centre adopted in FY2024 */
export const madeUpCentre = (values: Partial<Centre> & { id: string }): Centre => {
  const adoptionYear = values.adoptionYear ?? 2024;
  return {
    acronym: values.id.toUpperCase(),
    name: { ja: '架空拠点', en: 'Made-up centre' },
    scheme: 'standard',
    adoptionYear,
    supportEndYear: adoptionYear + 9,
    gateYear: null,
    hosts: ['kaku-university'],
    fields: [],
    city: { ja: '架空市', en: 'Kaku City' },
    latitude: 35,
    longitude: 139,
    building: nothing,
    room: nothing,
    access: nothing,
    ...values,
  };
};

export const madeUpRoster = (...centres: Centre[]): Roster =>
  rosterOf(
    centres,
    [...new Set(centres.flatMap(({ hosts }) => hosts))].map((id) => ({
      id,
      name: { ja: `架空機関${id}`, en: `Made-up ${id}` },
      city: { ja: '架空市', en: 'Kaku City' },
      latitude: 35,
      longitude: 139,
    })),
  );
