// One case for CP-SAT in a process of its own, which can be ended: node bench/cp-sat/solve.mjs <case as JSON>
// Lines like "#1 0.53s best:712 next:[690,711]" are CP-SAT's own log, as it goes; the result is written to a file.
import { writeFileSync } from 'node:fs';
import { CpSolver } from 'or-tools-wasm/cp-sat';
import { makeInstance } from '../../test/planning/yardstick/generate.mjs';
import { cpModelOf } from './model.mjs';

const { options, planning, extension, seconds, out } = JSON.parse(process.argv[2]);
const load = (file) => import(`${planning}/${file}.${extension}`);
const { compile } = await load('problem/compile');
const { bookedOnPanelsAndElsewhere, modelOf } = await load('model/model-of');
const { separateCost } = await load('model/prove');
const { draftOf } = await load('model/draft-of');
const { greedy } = await load('search/search');
const { planOf } = await load('search/plan-of');

const began = performance.now();
const problem = compile(makeInstance(options));
const planModel = modelOf(problem, { allPlaced: false, watched: bookedOnPanelsAndElsewhere(problem) });
// what CP-SAT does not see: constants, and conferences that are arranged by themselves
const apart = planModel.model.offset + separateCost(problem);
const { cp, variables } = cpModelOf(planModel, planModel.model.solutionOf(greedy(problem)));
const built = (performance.now() - began) / 1000;
console.log(`built ${built} offset ${apart}`);
const solver = new CpSolver();
const status = await solver.solve(cp, {
  // this build runs one subsolver whatever is said here
  numWorkers: 2,
  linearizationLevel: 2,
  randomSeed: 1,
  maxTimeInSeconds: Math.max(1, seconds - built),
  logSearchProgress: true,
  logToStdout: true,
});
const name = solver.statusName(status);
const found = name === 'OPTIMAL' || name === 'FEASIBLE';
const x = found ? Float64Array.from(variables, (variable) => solver.value(variable)) : undefined;
const draft = x && draftOf(problem, planModel, x);
const result = {
  plan: draft && { ...planOf(draft), cost: draft.cost },
  bound: solver.bestObjectiveBound() + apart,
  proven: name === 'OPTIMAL' && draft.cost <= Math.round(solver.objectiveValue()) + apart,
  cpu: process.cpuUsage().user / 1e6,
  memory: process.resourceUsage().maxRSS * 1024,
};
writeFileSync(out, JSON.stringify(result));
process.exit(0);
