import { z } from 'zod';
import {
  degrees,
  Id,
  idPattern,
  integer,
  Line,
  Lines,
  List,
  listCell,
  OptionalDay,
  optionalInteger,
  RequiredLine,
  says,
  type Cells,
} from './cells.ts';
import type { Centre } from './roster.ts';

const ids = List.refine(
  (values) => values.every((value) => idPattern.test(value)) && new Set(values).size === values.length,
  says(
    'ID（英小文字・数字・ハイフン）を「;」で区切り、重複なく入力してください。',
    'Ids (small letters, digits, hyphens) separated by semicolons, each once.',
  ),
);

/** The cells of a centre → everything but its id */
export const CentreForm = z
  .object({
    acronym: RequiredLine,
    name_ja: RequiredLine,
    name_en: RequiredLine,
    scheme: Id,
    adoption_year: integer(1990, 2100),
    support_end_year: integer(1990, 2150),
    gate_year: optionalInteger(1, 30),
    hosts: ids.refine(
      (hosts) => hosts.length >= 1 && hosts.length <= 3,
      says('ホスト機関は1〜3機関です。', 'A centre has one to three host institutions.'),
    ),
    fields: ids,
    city_ja: Line,
    city_en: Line,
    latitude: degrees(90),
    longitude: degrees(180),
    building_ja: Line,
    building_en: Line,
    room_ja: Line,
    room_en: Line,
    access_ja: Lines,
    access_en: Lines,
    ended_on: OptionalDay,
  })
  .refine((cells) => cells.support_end_year >= cells.adoption_year, {
    path: ['support_end_year'],
    error: says('支援終了年度は採択年度以降にしてください。', 'Support cannot end before the year of adoption.'),
  })
  .refine((cells) => cells.gate_year === null || cells.gate_year <= cells.support_end_year - cells.adoption_year + 1, {
    path: ['gate_year'],
    error: says('ステージゲートは支援期間内の年次にしてください。', 'The stage gate lies in the years of support.'),
  })
  .transform((cells): Omit<Centre, 'id'> => ({
    acronym: cells.acronym,
    name: { ja: cells.name_ja, en: cells.name_en },
    scheme: cells.scheme,
    adoptionYear: cells.adoption_year,
    supportEndYear: cells.support_end_year,
    gateYear: cells.gate_year,
    hosts: cells.hosts,
    fields: cells.fields,
    city: { ja: cells.city_ja, en: cells.city_en },
    latitude: cells.latitude,
    longitude: cells.longitude,
    building: { ja: cells.building_ja, en: cells.building_en },
    room: { ja: cells.room_ja, en: cells.room_en },
    access: { ja: cells.access_ja, en: cells.access_en },
    endedOn: cells.ended_on,
  }));

export const centreCells = (centre: Centre): Cells => ({
  id: centre.id,
  acronym: centre.acronym,
  name_ja: centre.name.ja,
  name_en: centre.name.en,
  scheme: centre.scheme,
  adoption_year: String(centre.adoptionYear),
  support_end_year: String(centre.supportEndYear),
  gate_year: centre.gateYear === null ? '' : String(centre.gateYear),
  hosts: listCell(centre.hosts),
  fields: listCell(centre.fields),
  city_ja: centre.city.ja,
  city_en: centre.city.en,
  latitude: String(centre.latitude),
  longitude: String(centre.longitude),
  building_ja: centre.building.ja,
  building_en: centre.building.en,
  room_ja: centre.room.ja,
  room_en: centre.room.en,
  access_ja: centre.access.ja,
  access_en: centre.access.en,
  ended_on: centre.endedOn ?? '',
});
