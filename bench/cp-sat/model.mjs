// The planning problem for CP-SAT, in its own terms: booleans, exactly-one, at-most-one, implications and clauses, a hint. What each
// column means is the planner's (src/planning/model), so that its solutions are read like those of HiGHS; the whole problem is in it,
// conferences included. Bookings as optional intervals that do not overlap can be had too; at-most-one by half day says the same and took
// half the time (9 centres: 9.5 s of processor against 17.4 s), so that is what is compared.
import { CpModel, LinearExpr } from 'or-tools-wasm/cp-sat';

/**
 * @param planModel the planner's linear model, and what its columns mean
 * @param hint a solution to begin with
 * @param intervals bookings as optional intervals as well
 */
export function cpModelOf({ model, columns }, hint, intervals = false) {
  const cp = new CpModel();
  const isBoolean = model.upper.map((upper) => upper === 1);
  // whatever is not whole in the linear model is whole in its best solutions: counts of what is missing or spared
  const variables = model.upper.map((upper, j) => (isBoolean[j] ? cp.newBoolVar('') : cp.newIntVar(0, upper, '')));
  for (let i = 0; i < model.rows; i++) addRow(cp, variables, isBoolean, rowOf(model, i));
  if (intervals) addDiaries(cp, variables, columns.sits);
  const priced = [...model.cost.keys()].filter((j) => model.cost[j] !== 0);
  cp.minimize(
    LinearExpr.weightedSum(
      priced.map((j) => variables[j]),
      priced.map((j) => model.cost[j]),
    ),
  );
  hint.forEach((value, j) => cp.addHint(variables[j], Math.round(value)));
  return { cp, variables };
}

function rowOf(model, i) {
  const plus = [];
  const minus = [];
  const all = [];
  for (let k = model.rowStart[i]; k < model.rowStart[i + 1]; k++) {
    const value = model.rowValue[k];
    if (value === 1) plus.push(model.rowColumn[k]);
    else if (value === -1) minus.push(model.rowColumn[k]);
    if (value !== 0) all.push([model.rowColumn[k], value]);
  }
  return { plus, minus, all, lower: model.rowLower[i], upper: model.rowUpper[i] };
}

function addRow(cp, variables, isBoolean, { plus, minus, all, lower, upper }) {
  const literals = (list) => list.map((j) => variables[j]);
  const unit = plus.length + minus.length === all.length && all.every(([j]) => isBoolean[j]);
  if (!all.length) return;
  if (unit && !minus.length) {
    if (lower === 1 && upper === 1) return void cp.addExactlyOne(literals(plus));
    if (upper === 1 && !(lower > 0)) return void cp.addAtMostOne(literals(plus));
    if (lower === 1 && upper >= plus.length) return void cp.addBoolOr(literals(plus));
  }
  // a + b + … ≤ x: at most one of them, and none without x
  if (unit && minus.length === 1 && upper === 0) {
    const none = variables[minus[0]].not();
    if (lower === 0) return void cp.addExactlyOne([...literals(plus), none]);
    if (plus.length === 1 && lower === -Infinity)
      return void cp.addImplication(variables[plus[0]], variables[minus[0]]);
    if (lower === -Infinity) return void cp.addAtMostOne([...literals(plus), none]);
  }
  // x ≤ a + b + …
  if (unit && minus.length === 1 && lower === 0 && upper === Infinity)
    return void cp.addBoolOr([...literals(plus), variables[minus[0]].not()]);
  if (unit && plus.length === 1 && upper === 0 && lower === -Infinity)
    return void cp.addBoolOr([...literals(minus), variables[plus[0]].not()]);
  const expression = LinearExpr.weightedSum(
    all.map(([j]) => variables[j]),
    all.map(([, value]) => value),
  );
  const reach = all.reduce((sum, [, value]) => sum + Math.abs(value) * 100, 0);
  cp.addLinearConstraint(expression, Math.max(lower, -reach), Math.min(upper, reach));
}

/** Nobody is in two places: an optional interval for each possible booking, and no overlap for each person */
function addDiaries(cp, variables, sits) {
  const byPerson = Map.groupBy(sits, (sit) => sit.person);
  for (const mine of byPerson.values()) {
    if (new Set(mine.map((sit) => sit.meeting)).size < 2) continue;
    const origin = Math.min(...mine.map((sit) => sit.from));
    const intervals = mine.flatMap(({ columns, from, until }) =>
      columns.map((column) => cp.newOptionalFixedSizeIntervalVar(from - origin, until - from, variables[column], '')),
    );
    cp.addNoOverlap(intervals);
  }
}
