// How long the planner takes, side by side with HiGHS alone on the same model, CP-SAT alone and the greedy plan, on made-up years of the
// yardstick's generator.
//   node bench/plan.mjs [--sizes 9,18] [--seeds 1,2,3] [--rich] [--time-limit 120] [--only planner,highs,cp-sat,greedy] [--keep]
// Each case runs in a process of its own. A line of JSON for each case goes to stdout (and with --keep to bench/results/plan.jsonl), the
// table to stderr. CP-SAT takes part once `npm ci --prefix bench/cp-sat` was run.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { enginesOf, hasCpSat, planningFolder, readyPlanner } from './plan-engines.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '9,18' },
    seeds: { type: 'string', default: '1,2,3' },
    rich: { type: 'boolean', default: false },
    'time-limit': { type: 'string', default: '120' },
    only: { type: 'string', default: 'planner,highs,cp-sat,greedy' },
    keep: { type: 'boolean', default: false },
    case: { type: 'string' },
  },
});
const limit = Number(values['time-limit']);

if (values.case) console.log(JSON.stringify(await run(JSON.parse(values.case))));
else await compare();

async function compare() {
  let engines = values.only.split(',');
  const { planning } = planningFolder();
  console.error(`The planner of ${planning}, Node ${process.version}, ${cpus().length} processors`);
  if (engines.includes('cp-sat') && !hasCpSat()) {
    console.error('CP-SAT is left out: npm ci --prefix bench/cp-sat');
    engines = engines.filter((engine) => engine !== 'cp-sat');
  }
  const rows = [];
  for (const centres of values.sizes.split(',').map(Number))
    for (const seed of values.seeds.split(',').map(Number))
      for (const engine of engines) {
        const row = await inProcess({ options: { centres, seed, rich: values.rich }, engine });
        console.log(JSON.stringify(row));
        if (values.keep) keep(row);
        rows.push(row);
      }
  printTable(rows);
}

function keep(row) {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, 'plan.jsonl'), `${JSON.stringify(row)}\n`);
}

function printTable(rows) {
  // what is good is measured for all engines by the best bound that any of them has
  const alike = (a, b) => a.centres === b.centres && a.seed === b.seed && a.rich === b.rich;
  const head =
    'centres | seed | engine | first | within 1 % | proof | cost | bound | processor | memory | delay p99 | ratio';
  console.error(`\n| ${head} |\n|${'---|'.repeat(head.split('|').length)}`);
  const seconds = (value) => (typeof value === 'number' ? `${value.toFixed(1)} s` : '–');
  for (const row of rows) {
    const same = rows.filter((other) => alike(row, other));
    const bound = Math.max(...same.map((other) => other.bound));
    const good = row.seen.find(([, cost]) => cost <= Math.max(0, bound) * 1.01)?.[0];
    const cells = [
      `${row.centres}${row.rich ? ' rich' : ''}`,
      row.seed,
      row.engine,
      typeof row.first === 'number' ? `${row.first.toFixed(2)} s` : '–',
      seconds(good),
      seconds(row.proof),
      row.cost ?? '–',
      row.bound,
      seconds(row.cpu),
      `${(row.memory / 2 ** 30).toFixed(2)} GiB`,
      row.delay === undefined ? '' : `${row.delay.toFixed(0)} ms`,
      ratio(
        row,
        same.find((other) => other.engine === 'planner'),
      ),
    ];
    console.error(`| ${cells.join(' | ')} |`);
  }
}

/** How many times as long as the planner, to the proof; where one of them has none, to the time limit at least */
function ratio(row, planner) {
  if (!planner || row === planner || row.engine === 'greedy') return '';
  if (row.proof && planner.proof) return `× ${(row.proof / planner.proof).toFixed(1)}`;
  if (planner.proof) return `> × ${(row.limit / planner.proof).toFixed(1)}`;
  return row.proof ? `< × ${(row.proof / planner.limit).toFixed(1)}` : '';
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

async function run({ options, engine }) {
  // as a command does before it reads its file
  if (engine === 'planner') await readyPlanner();
  const { makeInstance } = await import('../test/planning/yardstick/generate.mjs');
  const { score } = await import('../test/planning/yardstick/score.mjs');
  const instance = makeInstance(options);
  const load = loadavg()[0];
  const before = process.cpuUsage().user;
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const seen = [];
  const see = ({ seconds, cost, bound }) => seen.push([seconds, cost, bound]);
  const engines = enginesOf(planningFolder());
  const result = await engines[engine]({ instance, options, seconds: limit, since }, see);
  const took = since();
  const cpu = (process.cpuUsage().user - before) / 1e6;
  const { plan, proven, bound } = result;
  const judged = plan && score(instance, plan);
  if (judged && (!judged.valid || judged.cost !== plan.cost))
    throw new Error(`not a true plan: ${JSON.stringify(judged.broken)}`);
  return {
    ...options,
    engine,
    limit,
    first: seen[0]?.[0] ?? null,
    proof: proven ? took : null,
    cost: judged?.cost ?? null,
    bound: Math.round(bound * 1000) / 1000,
    unplaced: judged?.unplaced ?? null,
    cpu: result.cpu ?? cpu,
    memory: result.memory ?? process.resourceUsage().maxRSS * 1024,
    ...(result.delay === undefined ? {} : { delay: result.delay }),
    // the machine's load when it began: whoever shares it lengthens everything
    load,
    seen: improvements(seen),
  };
}

/** Only what was better than before, and the last */
function improvements(seen) {
  return seen.filter(([, cost], i) => i === seen.length - 1 || cost < (seen[i - 1]?.[1] ?? Infinity));
}
