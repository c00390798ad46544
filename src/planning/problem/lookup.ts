import type { Instance } from '../instance.ts';
import type { Fixed } from './fixed.ts';
import type { Calendar } from './problem.ts';

/** What all parts of the compilation look things up in */
export interface Lookup {
  readonly instance: Instance;
  readonly calendar: Calendar;
  readonly personIndex: ReadonlyMap<string, number>;
  readonly can: readonly Uint8Array[];
  readonly assignmentIndex: ReadonlyMap<string, number>;
  readonly panelIndex: ReadonlyMap<string, number>;
  readonly meetingIndex: ReadonlyMap<string, number>;
  readonly hearingIndex: ReadonlyMap<string, number>;
  /** Loads by what they count (`officer/c3`, `site/c3 lead`); twice where it is listed twice */
  readonly loadsOf: ReadonlyMap<string, readonly number[]>;
  readonly fixed: Fixed;
}

export const sumOf = (costs: Record<string, number>): number => Object.values(costs).reduce((a, b) => a + b, 0);
