// How long the planner takes, side by side with HiGHS alone on the same model, on made-up years of the yardstick's generator.
//   node bench/plan.mjs [--sizes 9,18] [--seeds 1,2,3] [--rich] [--time-limit 120] [--only planner|highs]
// Each case runs in a process of its own. A line of JSON for each case goes to stdout, the table to stderr.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '9,18' },
    seeds: { type: 'string', default: '1,2,3' },
    rich: { type: 'boolean', default: false },
    'time-limit': { type: 'string', default: '120' },
    only: { type: 'string' },
    case: { type: 'string' },
  },
});
const limit = Number(values['time-limit']);

if (values.case) console.log(JSON.stringify(await run(JSON.parse(values.case))));
else await compare();

async function compare() {
  const rows = [];
  for (const centres of values.sizes.split(',').map(Number))
    for (const seed of values.seeds.split(',').map(Number))
      for (const engine of values.only ? [values.only] : ['planner', 'highs']) {
        const result = await inProcess({ centres, seed, rich: values.rich, engine });
        console.log(JSON.stringify(result));
        rows.push(result);
      }
  const of = (row, engine) => rows.find((r) => r.centres === row.centres && r.seed === row.seed && r.engine === engine);
  const seconds = (value) => (value === null || value === undefined ? '–' : `${value.toFixed(1)} s`);
  console.error(
    '\n| centres | seed | engine | first plan | within 1 % | proof | cost | bound | memory | against HiGHS alone |',
  );
  console.error('|---|---|---|---|---|---|---|---|---|---|');
  for (const row of rows) {
    const alone = of(row, 'highs')?.proof;
    const ratio =
      row.engine === 'planner' && alone && row.proof ? `${(alone / row.proof).toFixed(1)} times as fast` : '';
    const cells = [
      row.centres,
      row.seed,
      row.engine,
      seconds(row.first),
      seconds(row.good),
      seconds(row.proof),
      row.cost,
      row.bound,
    ];
    console.error(`| ${[...cells, `${(row.memory / 2 ** 30).toFixed(2)} GiB`, ratio].join(' | ')} |`);
  }
}

/** @returns what the case printed */
function inProcess(which) {
  return new Promise((resolve, reject) => {
    const args = [import.meta.filename, '--case', JSON.stringify(which), '--time-limit', String(limit)];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (data) => (out += data));
    child.on('close', (code) => (code ? reject(new Error(`exit ${code}`)) : resolve(JSON.parse(out))));
  });
}

async function run({ centres, seed, rich, engine }) {
  const { makeInstance } = await import('../test/planning/yardstick/generate.mjs');
  const { score } = await import('../test/planning/yardstick/score.mjs');
  const instance = makeInstance({ centres, seed, rich });
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const seen = [];
  const result = engine === 'planner' ? await planner(instance, seen) : await highsAlone(instance, seen, since);
  const { plan, proven, bound } = result;
  const judged = score(instance, plan);
  if (!judged.valid || judged.cost !== plan.cost) throw new Error(`not a true plan: ${JSON.stringify(judged.broken)}`);
  const goal = Math.max(bound, 0) * 1.01;
  return {
    centres,
    seed,
    rich,
    engine,
    first: seen[0]?.seconds ?? null,
    good: seen.find(({ cost }) => cost <= goal)?.seconds ?? null,
    proof: proven ? since() : null,
    cost: judged.cost,
    bound,
    unplaced: judged.unplaced,
    memory: process.resourceUsage().maxRSS * 1024,
  };
}

async function planner(instance, seen) {
  const { planInstance } = await import('../src/planning/planner.service.ts');
  const { plan } = await planInstance(instance, {
    timeLimitSeconds: limit,
    seed: 1,
    threads: 2,
    onProgress: (progress) => seen.push(progress),
  });
  return { plan, proven: plan.proven, bound: plan.bound };
}

/** The same model, nothing else: no plan to begin with, no column removed */
async function highsAlone(instance, seen, since) {
  const { compile } = await import('../src/planning/problem/compile.ts');
  const { bookedOnPanelsAndElsewhere, modelOf } = await import('../src/planning/model/model-of.ts');
  const { separateCost } = await import('../src/planning/model/prove.ts');
  const { draftOf } = await import('../src/planning/model/draft-of.ts');
  const { solve, wholeBound } = await import('../src/planning/model/solver.ts');
  const { planOf } = await import('../src/planning/search/plan-of.ts');
  const { default: loadHighs } = await import('highs');
  const problem = compile(instance);
  const planModel = modelOf(problem, { allPlaced: false, watched: bookedOnPanelsAndElsewhere(problem) });
  planModel.model.offset += separateCost(problem);
  const see = (x) => seen.push({ seconds: since(), cost: draftOf(problem, planModel, x).cost });
  const solved = solve(await loadHighs(), planModel.model, planModel.model.upper, {
    seconds: limit,
    seed: 1,
    onSolution: see,
  });
  const draft = draftOf(problem, planModel, solved.x);
  const bound = Math.min(wholeBound(solved.bound), draft.cost);
  return { plan: { ...planOf(draft), cost: draft.cost }, bound, proven: draft.cost - bound < 1 };
}
