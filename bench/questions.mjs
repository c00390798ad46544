// How long questions about a plan take from a warm process, beside answering them from nothing (the instance compiled, the plan read
// and judged anew for each question), on made-up years of the yardstick's generator.
//   node bench/questions.mjs [--sizes 18,200] [--seed 1] [--relax 9,18] [--seeds 1,2,3]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Standing } from '../src/planning/explain/alternatives.ts';
import { compile } from '../src/planning/problem/compile.ts';
import { alternativesIn, endQuestions, relaxations, whyIn } from '../src/planning/questions.service.ts';
import { judge } from '../src/planning/rules/judge.ts';
import { planOf } from '../src/planning/search/plan-of.ts';
import { greedy } from '../src/planning/search/search.ts';
import { makeInstance } from '../test/planning/yardstick/generate.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '18,200' },
    seed: { type: 'string', default: '1' },
    relax: { type: 'string', default: '9,18' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});
const seed = Number(values.seed);

async function timed(work) {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const line = (entry) => console.log(JSON.stringify({ ...entry, cores: cpus().length, node: process.version }));

for (const centres of values.sizes.split(',').map(Number)) {
  const instance = makeInstance({ centres, seed });
  const plan = planOf(greedy(compile(instance)));
  const asked = { key: `bench ${centres}`, read: async () => ({ instance, plan }) };
  const meetings = instance.meetings.slice(0, 30).map(({ id }) => id);
  const first = await timed(() => alternativesIn(asked, meetings[0]));
  const warm = [];
  for (const id of meetings) warm.push((await timed(() => alternativesIn(asked, id))).ms);
  const nothing = [];
  for (const id of meetings.slice(0, 5))
    nothing.push(
      (
        await timed(() => {
          judge(compile(instance), plan);
          return new Standing(instance, plan).alternatives(id);
        })
      ).ms,
    );
  line({
    question: 'alternatives',
    centres,
    first: first.ms,
    median: median(warm),
    slowest: Math.max(...warm),
    fromNothing: median(nothing),
  });
  const one = [];
  for (const id of meetings.slice(0, 5)) one.push((await timed(() => whyIn(asked, id))).ms);
  line({ question: 'why of one', centres, median: median(one) });
  line({ question: 'why of all', centres, ms: (await timed(() => whyIn(asked))).ms });
}

const seeds = values.seeds.split(',').map(Number);
for (const centres of values.relax.split(',').map(Number))
  for (const trouble of [1, 2, 3])
    for (const one of seeds) {
      const instance = makeInstance({ centres, seed: one, trouble });
      const before = process.cpuUsage();
      const { ms, result } = await timed(() => relaxations(instance, { most: 3, timeLimitSeconds: 60 }));
      const { user, system } = process.cpuUsage(before);
      const found = result.map(({ cost }) => cost);
      line({ question: 'relaxations', centres, trouble, seed: one, ms, cpuMs: (user + system) / 1000, found });
    }
await endQuestions();
