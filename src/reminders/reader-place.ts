import { getTimezone } from 'countries-and-timezones';

/** Where public holidays are the same: a country by its ISO 3166 code, or a part of one, `FR`, `AU-NSW` */
export type Place = string;

/**
 * The part of the country in which the city lies that names a zone, as date-holidays calls it, where holidays differ from part to part.
 * Who lives in another part of the same zone, as in Edinburgh, is taken for somebody of that city: a day late now and then.
 */
const partOf: Readonly<Record<string, string>> = {
  'Europe/London': 'ENG',
  'Europe/Belfast': 'NIR',
  'Atlantic/Canary': 'CN',
  'Australia/Adelaide': 'SA',
  'Australia/Brisbane': 'QLD',
  'Australia/Canberra': 'ACT',
  'Australia/Darwin': 'NT',
  'Australia/Hobart': 'TAS',
  'Australia/Melbourne': 'VIC',
  'Australia/Perth': 'WA',
  'Australia/Sydney': 'NSW',
  'America/Edmonton': 'AB',
  'America/Halifax': 'NS',
  'America/Moncton': 'NB',
  'America/Montreal': 'QC',
  'America/Regina': 'SK',
  'America/St_Johns': 'NL',
  'America/Toronto': 'ON',
  'America/Vancouver': 'BC',
  'America/Whitehorse': 'YT',
  'America/Winnipeg': 'MB',
  'Pacific/Honolulu': 'HI',
};

/** ISO 3166 code of the country of an IANA zone: of the city after which it is named. Undefined for UTC and what is no zone */
export const countryOf = (zone: string): string | undefined => getTimezone(zone)?.countries[0];

/** Whose holidays somebody who lives in a zone has; older names of zones (GB, US/Hawaii) lead to the same */
export function placeOf(zone: string): Place | undefined {
  const country = countryOf(zone);
  const part = partOf[zone] ?? partOf[getTimezone(zone)?.aliasOf ?? ''];
  return country && part ? `${country}-${part}` : country;
}
