import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Language, Text } from '../kernel/text.ts';

/** The roster as plain data: what the cycle, the planner and the mails are computed from. Ids are slugs (`icredd`) or UUIDs. */
export interface Roster {
  readonly institutions: readonly Institution[];
  readonly centres: readonly Centre[];
  readonly people: readonly Person[];
  readonly posts: readonly Post[];
  readonly terms: readonly Term[];
  readonly offices: readonly Office[];
  readonly conflicts: readonly Conflict[];
}

export interface Institution {
  readonly id: string;
  readonly name: Text;
  readonly city: Text;
  /** Degrees, WGS 84 */
  readonly latitude: number;
  readonly longitude: number;
  /** Last day on which it exists; it stays in the roster for the years in which it did. Absent or null: goes on */
  readonly endedOn?: CalendarDate | null;
}

export interface Centre {
  readonly id: string;
  readonly acronym: string;
  readonly name: Text;
  readonly scheme: string;
  readonly adoptionYear: number;
  /** Fiscal year on whose last day support ends */
  readonly supportEndYear: number;
  /** The year of the stage gate, counted from 1; only where the scheme has one */
  readonly gateYear: number | null;
  /** 1 to 3 host institutions, the one that answers for the centre first */
  readonly hosts: readonly string[];
  readonly fields: readonly string[];
  /** Where a visit takes place */
  readonly city: Text;
  readonly latitude: number;
  readonly longitude: number;
  readonly building: Text;
  readonly room: Text;
  readonly access: Text;
  readonly endedOn?: CalendarDate | null;
}

/** 1 knows of it, 2 works in it, 3 is an authority */
export type Level = 1 | 2 | 3;

export interface Person {
  readonly id: string;
  /** In Japanese the surname comes first: 架空 太郎; somebody without a Japanese spelling has it in katakana */
  readonly name: Text;
  readonly kana: string;
  /** 様, 先生; empty for English mails, where the title stands */
  readonly honorific: Text;
  readonly aliases: readonly string[];
  readonly language: Language;
  /** IANA zone in which they live */
  readonly zone: string;
  readonly telephone: string;
  /** The first is the one that is written to */
  readonly addresses: readonly string[];
  readonly fields: Readonly<Record<string, Level>>;
  /** How many duties of a year they accept */
  readonly dutiesAccepted: number;
  readonly employer: string | null;
  readonly overseas: boolean;
  readonly endedOn?: CalendarDate | null;
}

export type Reach = 'own' | 'secretary' | 'office';

export interface Post {
  readonly id: string;
  /** Kind of post of the programme: centre-director, host-head … */
  readonly kind: string;
  readonly title: Text;
  readonly centre: string | null;
  readonly institution: string | null;
  /** How its holder is reached: own mailbox; the secretary's mailbox, which is then To and ATTENDEE; only the link of the office */
  readonly reach: Reach;
  readonly secretaryAddress: string | null;
  /** The office that answers for it */
  readonly office: string | null;
  /** Order among posts of one kind at one institution: 0 first */
  readonly rank: number;
  readonly endedOn?: CalendarDate | null;
}

export interface Term {
  readonly id: string;
  readonly post: string;
  readonly person: string;
  readonly from: CalendarDate;
  /** Last day in office; null: open */
  readonly to: CalendarDate | null;
}

export interface Office {
  readonly id: string;
  readonly kind: 'centre' | 'host';
  readonly name: Text;
  readonly centre: string | null;
  readonly institution: string | null;
  readonly address: string;
  readonly language: Language;
  readonly telephone: string;
  readonly endedOn?: CalendarDate | null;
}

export interface Conflict {
  readonly id: string;
  readonly person: string;
  readonly centre: string | null;
  readonly institution: string | null;
  /** Kind of relation as the programme's rules name it: employer, former-head, co-investigator, declared */
  readonly kind: string;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly note: string;
}

const inOffice = (term: Term, day: CalendarDate) => term.from <= day && (term.to === null || day <= term.to);

/** Who holds a post on a day; undefined where it is vacant */
export function holderOn(roster: Roster, postId: string, day: CalendarDate): Person | undefined {
  const term = roster.terms.find((t) => t.post === postId && inOffice(t, day));
  return term && roster.people.find((person) => person.id === term.person);
}

/** Everybody who holds the post on some day of the span, with the part of it in which they do */
export function holdersBetween(
  roster: Roster,
  postId: string,
  from: CalendarDate,
  to: CalendarDate,
): { person: string; from: CalendarDate; to: CalendarDate }[] {
  return roster.terms
    .filter((t) => t.post === postId && t.from <= to && (t.to === null || t.to >= from))
    .map((t) => ({
      person: t.person,
      from: t.from > from ? t.from : from,
      to: t.to !== null && t.to < to ? t.to : to,
    }));
}

/** Year n of a centre: 1 in the year of adoption */
export const yearOfCentre = (centre: Centre, fiscalYear: number): number => fiscalYear - centre.adoptionYear + 1;
export const isSupported = (centre: Centre, fiscalYear: number): boolean =>
  fiscalYear >= centre.adoptionYear && fiscalYear <= centre.supportEndYear;

/** Great-circle distance in kilometres (haversine, mean radius 6371 km: within 0.5 %, enough to tell a night from a day trip) */
export function distanceKm(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLat = radians(b.latitude - a.latitude);
  const dLon = radians(b.longitude - a.longitude);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}
