import { IANAZone } from 'luxon';

/**
 * Names under which mail programs mean a zone of the IANA database: Windows' own (Unicode CLDR `windowsZones`), those that people from
 * whom answers come live in. Definitions inside a message are never used: they may be wrong, or made to keep us busy for ever.
 */
const windows: Readonly<Record<string, string>> = {
  'Tokyo Standard Time': 'Asia/Tokyo',
  'Osaka, Sapporo, Tokyo': 'Asia/Tokyo',
  'Korea Standard Time': 'Asia/Seoul',
  'China Standard Time': 'Asia/Shanghai',
  'Taipei Standard Time': 'Asia/Taipei',
  'Singapore Standard Time': 'Asia/Singapore',
  'SE Asia Standard Time': 'Asia/Bangkok',
  'India Standard Time': 'Asia/Kolkata',
  'West Asia Standard Time': 'Asia/Tashkent',
  'Arabian Standard Time': 'Asia/Dubai',
  'Arab Standard Time': 'Asia/Riyadh',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Russian Standard Time': 'Europe/Moscow',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'GTB Standard Time': 'Europe/Bucharest',
  'FLE Standard Time': 'Europe/Kyiv',
  'Romance Standard Time': 'Europe/Paris',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'South Africa Standard Time': 'Africa/Johannesburg',
  'Egypt Standard Time': 'Africa/Cairo',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'Argentina Standard Time': 'America/Argentina/Buenos_Aires',
  'Pacific SA Standard Time': 'America/Santiago',
  'Atlantic Standard Time': 'America/Halifax',
  'Eastern Standard Time': 'America/New_York',
  'US Eastern Standard Time': 'America/Indiana/Indianapolis',
  'Central Standard Time': 'America/Chicago',
  'Central Standard Time (Mexico)': 'America/Mexico_City',
  'Mountain Standard Time': 'America/Denver',
  'US Mountain Standard Time': 'America/Phoenix',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Alaskan Standard Time': 'America/Anchorage',
  'Hawaiian Standard Time': 'Pacific/Honolulu',
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'E. Australia Standard Time': 'Australia/Brisbane',
  'Cen. Australia Standard Time': 'Australia/Adelaide',
  'W. Australia Standard Time': 'Australia/Perth',
  'New Zealand Standard Time': 'Pacific/Auckland',
  UTC: 'Etc/UTC',
  'Coordinated Universal Time': 'Etc/UTC',
};
const byName = new Map(Object.entries(windows).map(([name, zone]) => [name.toLowerCase(), zone]));

/** The IANA zone that a TZID means, or undefined: then the time is shown as it was written and nothing is made of it */
export function zoneOf(tzid: string): string | undefined {
  const name = tzid.trim().replace(/^"|"$/g, '');
  const known = byName.get(name.toLowerCase()) ?? byName.get(name.replace(/^\([^()]*\)\s*/, '').toLowerCase());
  if (known) return known;
  // `/freeassociation.sourceforge.net/Asia/Tokyo`, `/mozilla.org/20050126_1/Europe/Berlin`
  const path = name.split('/');
  for (let from = 0; from < path.length; from++) {
    const rest = path.slice(from).join('/');
    if (/^[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/.test(rest) && IANAZone.isValidZone(rest)) return rest;
  }
  return undefined;
}
