import { z } from 'zod';
import { degrees, Line, OptionalDay, RequiredLine, type Cells } from './cells.ts';
import type { Institution } from './roster.ts';

/** The cells of an institution → everything but its id */
export const InstitutionForm = z
  .object({
    name_ja: RequiredLine,
    name_en: RequiredLine,
    city_ja: Line,
    city_en: Line,
    latitude: degrees(90),
    longitude: degrees(180),
    ended_on: OptionalDay,
  })
  .transform((cells): Omit<Institution, 'id'> => ({
    name: { ja: cells.name_ja, en: cells.name_en },
    city: { ja: cells.city_ja, en: cells.city_en },
    latitude: cells.latitude,
    longitude: cells.longitude,
    endedOn: cells.ended_on,
  }));

export const institutionCells = (institution: Institution): Cells => ({
  id: institution.id,
  name_ja: institution.name.ja,
  name_en: institution.name.en,
  city_ja: institution.city.ja,
  city_en: institution.city.en,
  latitude: String(institution.latitude),
  longitude: String(institution.longitude),
  ended_on: institution.endedOn ?? '',
});
