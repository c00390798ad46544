import type { BasisInput, Highs } from 'highs';
import { bookedOnPanelsAndElsewhere, modelOf, type PlanModel } from '../model/model-of.ts';
import { dataOf, PRESOLVE_RULES_OFF } from '../model/solver.ts';
import type { Problem } from '../problem/problem.ts';
import type { MeetingColumns } from '../model/scope.ts';
import type { Counters } from './counters.ts';

/** What a part answers to prices */
export interface Answer {
  /** No piece of a plan costs this part less at these prices; rounded safely. */
  readonly bound: number;
  /** A relaxed piece: what it costs without prices, and how often it uses what */
  readonly cost: number;
  readonly uses: ReadonlyMap<number, number>;
  readonly x: Float64Array;
  /** What a whole use of each column adds to the bound at least */
  readonly reduced: Float64Array;
}

interface Use {
  readonly counter: number;
  readonly columns: readonly number[];
}

/**
 * One part's model, in which what the parts share is not counted but has a price per use. Its relaxation is solved again and again at
 * other prices, each time from the last basis.
 */
export class Relaxation {
  readonly problem: Problem;
  /** The last answer's bound was of pieces with everything decided: others cost `unplaced` at least. */
  allPlaced = true;
  private readonly counters: Counters;
  private data: ReturnType<typeof dataOf>;
  private uses: Use[] = [];
  private basis: BasisInput | undefined;
  /** Of meetings' starts and of who holds an assignment: the columns in which a relaxed piece can be read */
  columns: Pick<MeetingColumns, 'starts' | 'holders'> = { starts: [], holders: [] };

  constructor(problem: Problem, counters: Counters) {
    this.problem = problem;
    this.counters = counters;
    this.data = this.build();
  }

  /** @returns infeasible: no plan keeps the locks; undefined: the time was not enough */
  solve(highs: Highs, prices: Float64Array, seconds: number): Answer | 'infeasible' | undefined {
    const answer = this.attempt(highs, prices, seconds);
    if (!this.allPlaced || answer === undefined) return answer;
    if (answer !== 'infeasible' && answer.bound <= this.problem.unplaced) return answer;
    // something is or had better be undecided here
    this.allPlaced = false;
    this.basis = undefined;
    this.data = this.build();
    return this.attempt(highs, prices, seconds);
  }

  /** The model itself, with prices in its costs: its columns are those of the last answer */
  modelAt(prices: Float64Array): PlanModel {
    const uses: Use[] = [];
    const planModel = this.planModel(uses);
    for (const { counter, columns } of uses) for (const j of columns) planModel.model.cost[j]! += prices[counter]!;
    return planModel;
  }

  private build(): ReturnType<typeof dataOf> {
    this.uses = [];
    const { model, columns } = this.planModel(this.uses);
    this.columns = { starts: columns.starts, holders: columns.holders };
    return dataOf(model, false, model.upper);
  }

  private planModel(uses: Use[]): PlanModel {
    return modelOf(this.problem, {
      allPlaced: this.allPlaced,
      watched: bookedOnPanelsAndElsewhere(this.problem),
      counts: (model, what, units, columns) => {
        const counter = this.counters.of(what);
        if (!counter) return false;
        uses.push({ counter: counter.index, columns });
        const most = counter.cost.length - 1;
        if (units > most) model.row(-Infinity, most, [1, columns]);
        return true;
      },
    });
  }

  private attempt(highs: Highs, prices: Float64Array, seconds: number): Answer | 'infeasible' | undefined {
    const answer = this.run(highs, prices, seconds, true);
    // presolve can lose a row
    return answer === 'infeasible' ? this.run(highs, prices, seconds, false) : answer;
  }

  private run(
    highs: Highs,
    prices: Float64Array,
    seconds: number,
    presolve: boolean,
  ): Answer | 'infeasible' | undefined {
    const cost = Float64Array.from(this.data.colCost as Float64Array);
    for (const { counter, columns } of this.uses) for (const j of columns) cost[j]! += prices[counter]!;
    const run = highs.createModel({ ...this.data, colCost: cost });
    try {
      run.options.set({ output_flag: false, presolve_rule_off: PRESOLVE_RULES_OFF, time_limit: seconds });
      if (!presolve) run.options.set({ presolve: 'off' });
      else if (this.basis) {
        // only costs differ: the last basis is still feasible, and the primal simplex goes on from it
        run.options.set({ presolve: 'off', simplex_strategy: 4 });
        run.setBasis(this.basis);
      }
      run.run();
      const { optimal, empty, infeasible, unboundedOrInfeasible } = highs.constants.modelStatus;
      const status = run.getModelStatus();
      if (status === infeasible || status === unboundedOrInfeasible) return 'infeasible';
      if (status !== optimal && status !== empty) return undefined;
      const { colValue: x, rowDual } = run.getSolution();
      const basis = run.getBasis();
      this.basis = { colStatus: Int32Array.from(basis.colStatus), rowStatus: Int32Array.from(basis.rowStatus) };
      return { ...safeBound(this.data, cost, rowDual), ...this.read(x), x };
    } finally {
      run.dispose();
    }
  }

  private read(x: Float64Array): { cost: number; uses: Map<number, number> } {
    let cost = this.data.offset ?? 0;
    const own = this.data.colCost as Float64Array;
    for (let j = 0; j < x.length; j++) cost += own[j]! * x[j]!;
    const uses = new Map<number, number>();
    for (const { counter, columns } of this.uses) {
      let sum = 0;
      for (const j of columns) sum += x[j]!;
      if (Math.abs(sum) > 1e-9) uses.set(counter, (uses.get(counter) ?? 0) + sum);
    }
    return { cost, uses };
  }
}

/**
 * A bound from any row duals, true whatever the solver's tolerances were: each column at the end of its range that its reduced cost
 * wants (Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear programming, Math. Programming 99, 2004).
 */
function safeBound(
  data: ReturnType<typeof dataOf>,
  cost: Float64Array,
  rowDual: Float64Array,
): { bound: number; reduced: Float64Array } {
  const { rowLower, rowUpper, colUpper, matrix } = data;
  const { starts, indices, values } = matrix as { starts: Int32Array; indices: Int32Array; values: Float64Array };
  const reduced = Float64Array.from(cost);
  let bound = data.offset ?? 0;
  for (let i = 0; i < rowDual.length; i++) {
    const dual = rowDual[i]!;
    const side = dual > 0 ? rowLower[i]! : rowUpper[i]!;
    if (dual === 0 || !Number.isFinite(side)) continue;
    bound += dual * side;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) reduced[indices[k]!]! -= dual * values[k]!;
  }
  for (let j = 0; j < reduced.length; j++) if (reduced[j]! < 0) bound += reduced[j]! * colUpper[j]!;
  // no plan costs less than nothing; which column would make it dear is not known then
  return bound < 0 ? { bound: 0, reduced: new Float64Array(cost.length) } : { bound, reduced };
}
