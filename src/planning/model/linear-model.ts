import type { Draft } from '../search/draft.ts';

/** What a column is in a given draft; columns that follow from others read these in `x`, which is filled in order. */
export type Meaning = (draft: Draft, x: Float64Array) => number;

export interface ColumnOptions {
  /** Default 1; the lower bound is always 0 */
  readonly upper?: number;
  /** Default true */
  readonly integer?: boolean;
}

/** Columns with one coefficient */
export type Terms = readonly [coefficient: number, columns: readonly number[]];

/**
 * A mixed-integer programme in the making: minimise offset + cost × x, rows between two bounds, 0 ≤ x ≤ upper. It knows what its
 * columns mean, so that a draft can be written as a solution of it.
 */
export class LinearModel {
  offset = 0;
  readonly cost: number[] = [];
  readonly upper: number[] = [];
  readonly integer: boolean[] = [];
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  /** Compressed rows */
  readonly rowStart: number[] = [0];
  readonly rowColumn: number[] = [];
  readonly rowValue: number[] = [];
  private readonly meaning: Meaning[] = [];

  get columns(): number {
    return this.cost.length;
  }

  get rows(): number {
    return this.rowLower.length;
  }

  column(cost: number, meaning: Meaning, { upper = 1, integer = true }: ColumnOptions = {}): number {
    this.cost.push(cost);
    this.upper.push(upper);
    this.integer.push(integer);
    this.meaning.push(meaning);
    return this.cost.length - 1;
  }

  /** A column may appear in several terms: its coefficients are added. Returns the row's index, −1 where it says nothing. */
  row(lower: number, upper: number, ...terms: readonly Terms[]): number {
    const start = this.rowColumn.length;
    const seen = new Map<number, number>();
    for (const [coefficient, columns] of terms)
      for (const column of columns) {
        const at = seen.get(column);
        if (at !== undefined) {
          this.rowValue[at]! += coefficient;
          continue;
        }
        seen.set(column, this.rowColumn.length);
        this.rowColumn.push(column);
        this.rowValue.push(coefficient);
      }
    if (this.rowColumn.length === start && lower <= 0 && upper >= 0) return -1;
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    this.rowStart.push(this.rowColumn.length);
    return this.rowLower.length - 1;
  }

  /** A draft as a solution */
  solutionOf(draft: Draft): Float64Array {
    const x = new Float64Array(this.columns);
    for (let j = 0; j < x.length; j++) x[j] = this.meaning[j]!(draft, x);
    return x;
  }

  objectiveOf(x: Float64Array): number {
    let sum = this.offset;
    for (let j = 0; j < x.length; j++) sum += this.cost[j]! * x[j]!;
    return sum;
  }

  /** Rows that a solution breaks by more than the tolerance; for tests */
  broken(x: Float64Array, tolerance = 1e-6): number[] {
    const rows: number[] = [];
    for (let i = 0; i < this.rows; i++) {
      let sum = 0;
      for (let k = this.rowStart[i]!; k < this.rowStart[i + 1]!; k++) sum += this.rowValue[k]! * x[this.rowColumn[k]!]!;
      if (sum < this.rowLower[i]! - tolerance || sum > this.rowUpper[i]! + tolerance) rows.push(i);
    }
    return rows;
  }
}

export const sumAt = (columns: readonly number[], x: Float64Array): number => {
  let sum = 0;
  for (const column of columns) sum += x[column]!;
  return sum;
};
