// The engines that bench/plan.mjs compares. Each is given an instance and tells whatever it finds: see({ seconds, cost, bound }).
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const root = join(import.meta.dirname, '..');

/** The compiled planner, as users run it, where it is not older than its source; else the source. */
export function planningFolder() {
  const compiled = join(root, 'dist/src/planning');
  const source = join(root, 'src/planning');
  const newest = (folder) =>
    Math.max(0, ...readdirSync(folder, { recursive: true }).map((file) => statSync(join(folder, file)).mtimeMs));
  let isFresh = false;
  try {
    isFresh = newest(compiled) >= newest(source);
  } catch {
    // never built
  }
  return isFresh ? { planning: compiled, extension: 'js' } : { planning: source, extension: 'ts' };
}

export async function readyPlanner() {
  const { planning, extension } = planningFolder();
  (await import(`${planning}/planner.service.${extension}`)).readyPlanner();
}

export const hasCpSat = () => {
  try {
    return statSync(join(root, 'bench/cp-sat/node_modules/or-tools-wasm')).isDirectory();
  } catch {
    return false;
  }
};

/** @returns engines by name; each resolves to { plan, proven, bound } and, where it ran elsewhere, { cpu, memory } */
export function enginesOf({ planning, extension }) {
  const load = (file) => import(`${planning}/${file}.${extension}`);
  return {
    planner: (job, see) => planner(load, job, see),
    highs: (job, see) => highsAlone(load, job, see),
    'cp-sat': (job, see) => cpSat({ planning, extension }, job, see),
    greedy: (job, see) => greedyAlone(load, job, see),
  };
}

async function planner(load, { instance, seconds }, see) {
  const { planInstance } = await load('planner.service');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const { plan } = await planInstance(instance, { timeLimitSeconds: seconds, seed: 1, threads: 2, onProgress: see });
  delay.disable();
  return { plan, proven: plan.proven, bound: plan.bound, delay: delay.percentile(99) / 1e6 };
}

async function greedyAlone(load, { instance, since }, see) {
  const { compile } = await load('problem/compile');
  const { greedy } = await load('search/search');
  const { planOf } = await load('search/plan-of');
  const draft = greedy(compile(instance));
  see({ seconds: since(), cost: draft.cost, bound: 0 });
  return { plan: { ...planOf(draft), cost: draft.cost }, proven: false, bound: 0 };
}

/** The same model, nothing else: no plan to begin with, no column removed */
async function highsAlone(load, { instance, seconds, since }, see) {
  const { compile } = await load('problem/compile');
  const { bookedOnPanelsAndElsewhere, modelOf } = await load('model/model-of');
  const { separateCost } = await load('model/prove');
  const { draftOf } = await load('model/draft-of');
  const { solve, wholeBound } = await load('model/solver');
  const { planOf } = await load('search/plan-of');
  const { default: loadHighs } = await import('highs');
  const problem = compile(instance);
  const planModel = modelOf(problem, { allPlaced: false, watched: bookedOnPanelsAndElsewhere(problem) });
  planModel.model.offset += separateCost(problem);
  const solved = solve(await loadHighs(), planModel.model, planModel.model.upper, {
    seconds,
    seed: 1,
    onSolution: (x) => see({ seconds: since(), cost: draftOf(problem, planModel, x).cost, bound: 0 }),
  });
  if (!solved.x) return { plan: undefined, bound: wholeBound(solved.bound), proven: false };
  const draft = draftOf(problem, planModel, solved.x);
  const bound = Math.min(wholeBound(solved.bound), draft.cost);
  return { plan: { ...planOf(draft), cost: draft.cost }, bound, proven: draft.cost - bound < 1 };
}

/** In a process of its own, ended when its time is up: CP-SAT here cannot be told to stop. */
async function cpSat(from, { options, seconds }, see) {
  const folder = mkdtempSync(join(tmpdir(), 'cp-sat-'));
  const out = join(folder, 'result.json');
  try {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(root, 'bench/cp-sat/solve.mjs'),
        JSON.stringify({ ...from, options, seconds, out }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const timer = setTimeout(() => child.kill('SIGKILL'), (seconds + 30) * 1000);
    await new Promise((resolve) => {
      listen(child.stdout, see);
      child.on('close', resolve);
    });
    clearTimeout(timer);
    return JSON.parse(readFileSync(out, 'utf8'));
  } catch {
    return { plan: undefined, proven: false, bound: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CP-SAT's log as it goes: `#3 2.10s best:712 next:[690,711]`, times since it was handed the model */
function listen(stream, see) {
  let built = 0;
  let offset = 0;
  let rest = '';
  stream.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const start = /^built (\S+) offset (\S+)/.exec(line);
      if (start) [built, offset] = [Number(start[1]), Number(start[2])];
      const found = /^#\d+\s+([\d.]+)s best:(-?\d+)\s+next:\[(-?\d+),/.exec(line);
      if (found)
        see({ seconds: built + Number(found[1]), cost: Number(found[2]) + offset, bound: Number(found[3]) + offset });
    }
  });
}
