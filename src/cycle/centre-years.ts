import type { Programme } from '../programme/programme.ts';
import type { CentreYear } from './generated-year.ts';
import { reasonAfterSupport, reasonBeforeAdoption, reasonOfYear } from './reasons.ts';
import { kindsThatFit, type Options, type YearOfCentre } from './years.ts';

/** Kinds of year that every programme has */
const afterSupport = { ja: '支援終了', en: 'Support ended' };
const beforeAdoption = { ja: '採択前', en: 'Before adoption' };

/**
 * What the year is for a centre, and why.
 * @throws RangeError for a programme none of whose kinds of year fits
 */
export function centreYear(programme: Programme, at: YearOfCentre, options: Options): CentreYear {
  const { centre, year } = at;
  const base = { centre: centre.id, year };
  if (year < 1)
    return {
      ...base,
      kind: 'before-adoption',
      name: beforeAdoption,
      evaluation: false,
      reason: reasonBeforeAdoption(centre),
    };
  if (!at.supported) {
    const name = programme.afterSupport?.name ?? afterSupport;
    return { ...base, kind: 'after-support', name, evaluation: false, reason: reasonAfterSupport(centre, name) };
  }
  const kinds = kindsThatFit(programme, at, options);
  const [kind] = kinds;
  if (!kind) throw new RangeError(`no kind of year of ${programme.id} fits year ${year} of ${centre.id}`);
  return { ...base, kind: kind.id, name: kind.name, evaluation: kind.evaluation, reason: reasonOfYear(at, kinds) };
}
