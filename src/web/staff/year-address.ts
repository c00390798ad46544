import type { Cycle } from '../../cycle/cycle.ts';
import type { SectionId } from '../frame.ts';

/** Sections that are about one year; the others are about everybody and everything */
const ofAYear: readonly SectionId[] = ['today', 'year-board', 'plan', 'release'];

type Named = Pick<Cycle, 'programme' | 'fiscalYear'>;

/** `/y/wpi/2027/plan`; `/roster` */
export const addressIn = (cycle: Named, section: SectionId, rest = ''): string =>
  ofAYear.includes(section) ? `/y/${cycle.programme}/${cycle.fiscalYear}/${section}${rest}` : `/${section}${rest}`;

/** Beside today, not in the navigation: what will be asked of whom */
export const remindersAddress = ({ programme, fiscalYear }: Named, rest = ''): string =>
  `/y/${programme}/${fiscalYear}/reminders${rest}`;

export const meetingAddress = (meetingId: string, rest = ''): string => `/meetings/${meetingId}${rest}`;

export const milestoneAddress = (milestoneId: string, rest = ''): string => `/milestones/${milestoneId}${rest}`;

export function yearInPath(url: string): Named | undefined {
  const match = /^\/y\/([a-z][a-z0-9-]*)\/(\d{4})\//.exec(url);
  return match ? { programme: match[1]!, fiscalYear: Number(match[2]) } : undefined;
}

export const YEAR_COOKIE = 'meguri_year';

/** The year that was last looked at, from a cookie that only chooses what is shown */
export function rememberedYear(cookie: string | undefined): Named | undefined {
  const match = /(?:^|;\s*)meguri_year=([a-z][a-z0-9-]*)\.(\d{4})(?:;|$)/.exec(cookie ?? '');
  return match ? { programme: match[1]!, fiscalYear: Number(match[2]) } : undefined;
}
