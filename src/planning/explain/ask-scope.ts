import type { Instance } from '../instance.ts';
import type { MeetingColumns, ModelScope } from '../model/scope.ts';
import type { AskBook } from './ask-book.ts';
import type { Spare } from './asked-problem.ts';

/** What all parts of the model of asks are written into and look things up in */
export interface AskScope extends ModelScope {
  /** As it was asked about (restricted to the things looked at, its locks as in the whole) */
  readonly instance: Instance;
  readonly book: AskBook;
  readonly columns: MeetingColumns;
  /** Points of asks that nothing else needs: more than that no single thing may take */
  readonly spare: Spare;
  /** The half days of each person, as letters */
  readonly availability: readonly string[];
  /** Columns that say that somebody is in a meeting in this half day */
  visiting(person: number, half: number): readonly number[];
}
