import type { Highs, Model, ModelData } from 'highs';
import type { LinearModel } from './linear-model.ts';

/**
 * HiGHS as WebAssembly: synchronous and single-threaded, so it runs in a worker thread. Its presolve rule 16 can lose a row and call a
 * feasible model infeasible; rule 15 (probing) costs these models more than it gains.
 */
export const PRESOLVE_RULES_OFF = 2 ** 16 + 2 ** 15;

/** More columns than this, and WebAssembly's memory may not do. */
export const MOST_COLUMNS = 250_000;

export type Outcome = 'optimal' | 'infeasible' | 'limit';

export interface Relaxed {
  readonly outcome: Outcome;
  /** Of the relaxation, where it is optimal */
  readonly objective: number;
  readonly x: Float64Array;
  readonly reducedCost: Float64Array;
}

export interface Solved {
  readonly outcome: Outcome;
  /** No solution costs less (of those within `cap`). */
  readonly bound: number;
  /** Of `x` */
  readonly objective: number;
  readonly x: Float64Array | undefined;
}

export interface SolveOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Only solutions that cost no more are looked for; what is found may still cost more. */
  readonly cap?: number;
  /** A solution that costs no more is good enough: the search ends with it. */
  readonly target?: number;
  /** A solution to begin with */
  readonly start?: Float64Array;
  readonly onSolution?: (x: Float64Array) => void;
  readonly onBound?: (bound: number) => void;
}

/** @param upper upper bounds of the columns, where they are not the model's own */
export function dataOf(model: LinearModel, integral: boolean, upper: readonly number[] | Float64Array): ModelData {
  return {
    numCols: model.columns,
    numRows: model.rows,
    offset: model.offset,
    colCost: Float64Array.from(model.cost),
    colLower: new Float64Array(model.columns),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(model.rowLower),
    rowUpper: Float64Array.from(model.rowUpper),
    matrix: {
      format: 'csr',
      numRows: model.rows,
      numCols: model.columns,
      starts: Int32Array.from(model.rowStart),
      indices: Int32Array.from(model.rowColumn),
      values: Float64Array.from(model.rowValue),
    },
    ...(integral ? { integrality: Int32Array.from(model.integer, (whole) => (whole ? 1 : 0)) } : {}),
  };
}

/**
 * Columns above which an interior point method and the way from there to a corner take less time than going from corner to corner: two
 * thirds of it with 50 centres, but four times as long with a real year of 44,000 columns
 */
const INSIDE = 60_000;

/** The model without whole numbers: a bound, and what each column would cost if it were used */
export function relax(highs: Highs, model: LinearModel, seconds: number): Relaxed {
  const run = highs.createModel(dataOf(model, false, model.upper));
  try {
    run.options.set({ output_flag: false, presolve_rule_off: PRESOLVE_RULES_OFF, time_limit: seconds });
    if (model.columns > INSIDE) run.options.set({ solver: 'ipm' });
    run.run();
    const outcome = outcomeOf(highs, run);
    const solution = outcome === 'optimal' && model.columns > 0 ? run.getSolution() : undefined;
    return {
      outcome,
      objective: model.columns > 0 ? run.getObjectiveValue() : model.offset,
      x: solution?.colValue ?? new Float64Array(0),
      reducedCost: solution?.colDual ?? new Float64Array(0),
    };
  } finally {
    run.dispose();
  }
}

/** Solves the model until its best solution is proven to within less than 1: all costs are whole numbers. */
export function solve(
  highs: Highs,
  model: LinearModel,
  upper: Float64Array | readonly number[],
  options: SolveOptions,
): Solved {
  const first = attempt(highs, model, upper, options, true);
  // a start that was feasible, or the relaxation before it, says that this cannot be: once more without presolve
  return first.outcome === 'infeasible' && options.start ? attempt(highs, model, upper, options, false) : first;
}

function attempt(
  highs: Highs,
  model: LinearModel,
  upper: Float64Array | readonly number[],
  { seconds, seed, cap, target, start, onSolution, onBound }: SolveOptions,
  presolve: boolean,
): Solved {
  const run = highs.createModel(dataOf(model, true, upper));
  try {
    run.options.set({
      output_flag: false,
      presolve: presolve ? 'choose' : 'off',
      presolve_rule_off: PRESOLVE_RULES_OFF,
      mip_rel_gap: 0,
      // less than a whole point by more than what wholeBound allows for
      mip_abs_gap: 0.97,
      mip_allow_restart: false,
      random_seed: seed % 2 ** 31,
      time_limit: seconds,
      ...(cap === undefined ? {} : { objective_bound: cap + 0.5 }),
      ...(target === undefined ? {} : { objective_target: target }),
    });
    if (start) run.setSolution({ colValue: start });
    const { mipImprovingSolution, mipInterrupt } = highs.constants.callbackType;
    let told = -Infinity;
    run.run({
      [mipImprovingSolution]: ({ data }: { data: { mip_solution?: Float64Array } }) => {
        if (data.mip_solution) onSolution?.(data.mip_solution);
      },
      [mipInterrupt]: ({ data }: { data: { mip_dual_bound?: number } }) => {
        const bound = data.mip_dual_bound ?? -Infinity;
        if (Number.isFinite(bound) && bound > told + 0.1) onBound?.((told = bound));
      },
    });
    const outcome = outcomeOf(highs, run);
    const found = Number(run.info.get('primal_solution_status')) === 2;
    return {
      outcome,
      bound: Number(run.info.get('mip_dual_bound')),
      objective: run.getObjectiveValue(),
      x: found ? run.getSolution().colValue : undefined,
    };
  } finally {
    run.dispose();
  }
}

function outcomeOf({ constants }: Highs, run: Model): Outcome {
  const { optimal, infeasible, unboundedOrInfeasible, empty } = constants.modelStatus;
  const status = run.getModelStatus();
  if (status === optimal || status === empty) return 'optimal';
  return status === infeasible || status === unboundedOrInfeasible ? 'infeasible' : 'limit';
}

/** The smallest whole number that no solution can be below, the solver's tolerance allowed for */
export const wholeBound = (bound: number): number => Math.ceil(bound - 0.02);
