import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { FiscalYear } from '../kernel/fiscal-year.ts';
import type { Text } from '../kernel/text.ts';
import type { Due, Offset } from '../programme/programme.ts';

/** What a fiscal year consists of, computed from programme and roster: before staff add or drop anything. */
export interface GeneratedYear {
  readonly fiscalYear: FiscalYear;
  readonly covers: FiscalYear;
  readonly centres: readonly CentreYear[];
  readonly meetings: readonly GeneratedMeeting[];
  readonly milestones: readonly GeneratedMilestone[];
}

/** What the year is for one centre */
export interface CentreYear {
  readonly centre: string;
  /** 1 in the year of adoption */
  readonly year: number;
  /** Kind of year of the programme; `after-support` where support has ended, `before-adoption` where it has not begun */
  readonly kind: string;
  readonly name: Text;
  readonly evaluation: boolean;
  readonly reason: Text;
}

export interface GeneratedMeeting {
  /** `site/icredd`, `committee`: stable over the year, unique in it */
  readonly key: string;
  readonly activity: string;
  readonly centre: string | null;
  readonly partOf: string | null;
  readonly title: Text;
  readonly reason: Text;
  readonly window: { readonly from: CalendarDate; readonly to: CalendarDate } | null;
  readonly halfDays: number;
  /** Length of a part of another meeting; null where hours are those of half days */
  readonly minutes: number | null;
  readonly evaluation: boolean;
  /** Not sooner than these offsets after other meetings of the year */
  readonly notBefore: readonly { readonly meeting: string; readonly offsets: readonly Offset[] }[];
  readonly seats: readonly GeneratedSeat[];
}

export interface GeneratedSeat {
  /** `director`, `executive/hokkaido-university` (per host), `committee/post-id` (one of several holders); unique in its meeting */
  readonly key: string;
  /** Id of the seat in the programme's activity */
  readonly rule: string;
  readonly name: Text;
  readonly side: 'visiting' | 'centre';
  readonly required: boolean;
  readonly institution: string | null;
  /** The one post whose holder sits here; null for seats that the plan, an assignment, a panel or staff fill */
  readonly post: string | null;
  /** For a seat of one of several holders: the posts of the roster that may fill it, the one that is meant first */
  readonly choices: readonly SeatChoice[];
  readonly reason: Text;
}

export interface SeatChoice {
  readonly post: string;
  readonly cost: number;
  readonly costName: 'stand-in' | 'rank';
}

export interface GeneratedMilestone {
  readonly key: string;
  readonly activity: string;
  readonly centre: string | null;
  /** Key of the meeting that the due day counts from or that it prepares; null for a fixed day */
  readonly meeting: string | null;
  readonly title: Text;
  readonly reason: Text;
  readonly owedBy: 'centre' | 'officer' | 'committee' | 'secretariat';
  readonly logistics: boolean;
  readonly due: DueInYear;
}

/** The programme's words for a due day (`offset` names what it really counts from this year), and what they come to */
export interface DueInYear extends Due {
  /**
   * From the milestone's meeting to the due day, one after the other: an answer three weeks after points that are due two weeks after
   * the committee has both. Empty where no meeting decides the day. `dueDayAlong` adds them up.
   */
  readonly offsets: readonly Offset[];
  /** The day, where no meeting decides it */
  readonly fixedDay: CalendarDate | null;
}
