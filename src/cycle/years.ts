import type { FiscalYear } from '../kernel/fiscal-year.ts';
import type { KindOfYear, Programme, Years } from '../programme/programme.ts';
import { yearOfCentre, type Centre } from '../roster/roster.ts';

/** What a fiscal year is to a centre, before any activity is looked at */
export interface YearOfCentre {
  readonly centre: Centre;
  /** 1 in the year of adoption; 0 and less before it */
  readonly year: number;
  readonly last: number;
  /** The stage-gate year; null where the scheme has none */
  readonly gate: number | null;
  readonly supported: boolean;
}

export type Options = Readonly<Record<string, boolean>>;

export function yearOf(programme: Programme, centre: Centre, fiscalYear: FiscalYear): YearOfCentre {
  const year = yearOfCentre(centre, fiscalYear);
  const last = yearOfCentre(centre, centre.supportEndYear);
  const gateBy = programme.schemes[centre.scheme]?.gateBy;
  return {
    centre,
    year,
    last,
    gate: centre.gateYear ?? gateBy ?? null,
    supported: year >= 1 && year <= last,
  };
}

/**
 * The programme's options as they are in this year.
 * @throws RangeError for an option that the programme does not have
 */
export function optionsOf(programme: Programme, chosen: Options = {}): Options {
  const unknown = Object.keys(chosen).find((id) => !Object.hasOwn(programme.options, id));
  if (unknown !== undefined) throw new RangeError(`${programme.id} has no option ${unknown}`);
  const defaults = Object.entries(programme.options).map(([id, option]) => [id, option.default]);
  return { ...Object.fromEntries(defaults), ...chosen };
}

const isYear = (named: number | 'last' | 'gate', at: YearOfCentre): boolean =>
  named === 'last' ? at.year === at.last : named === 'gate' ? at.year === at.gate : at.year === named;

/** Whether something with these years happens for a centre */
export function fits(years: Years, at: YearOfCentre, options: Options): boolean {
  if (at.year < 1) return false;
  if (at.supported ? years.afterSupport === 'only' : years.afterSupport === false) return false;
  if (years.schemes && !years.schemes.includes(at.centre.scheme)) return false;
  if (years.also.some((more) => options[more.option] && isYear(more.year, at))) return true;
  if (years.option !== undefined && !options[years.option]) return false;
  if (at.year < years.from || (years.to !== undefined && at.year > years.to)) return false;
  if (years.except.includes(at.year)) return false;
  return years.only === undefined || years.only.some((named) => isYear(named, at));
}

/** Every kind of year that fits, the first of which counts: a stage gate in year 5 is one of an interim evaluation's year. */
export const kindsThatFit = (programme: Programme, at: YearOfCentre, options: Options): KindOfYear[] =>
  programme.kindsOfYear.filter((kind) => fits(kind.years, at, options));

/** Whether a rule says nothing of a centre's year, so that what happens once for the programme needs no centre to happen */
export const isOfEveryYear = (years: Years): boolean =>
  years.from === 1 &&
  years.to === undefined &&
  years.only === undefined &&
  years.schemes === undefined &&
  years.except.length === 0;
