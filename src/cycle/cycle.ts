import type { Programme } from '../programme/programme.ts';

/** One fiscal year of a programme */
export interface Cycle {
  id: string;
  programme: string;
  /** The year in which it runs */
  fiscalYear: number;
  /** The year that it reports on; official titles use either */
  covers: number;
  /** The programme as it was when the year was set up, with this year's windows */
  rules: Programme;
  options: Record<string, boolean>;
  sample: boolean;
  staffInCharge: string | null;
  createdAt: Date;
}
