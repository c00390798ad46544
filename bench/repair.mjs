// How long repairs take, and what planning anew would have changed instead, on made-up years of the yardstick's generator: half of the
// visits are confirmed, then a director is away for a week, or the programme director ill for two.
//   node bench/repair.mjs [--sizes 9,18] [--seeds 1,2,3] [--rich] [--time-limit 60]
// Each case runs in a process of its own. A line of JSON for each case goes to stdout, the table to stderr: seconds on the clock, and of the
// processor in brackets, which is what counts on a machine that does other things as well.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '9,18' },
    seeds: { type: 'string', default: '1,2,3' },
    rich: { type: 'boolean', default: false },
    'time-limit': { type: 'string', default: '60' },
    case: { type: 'string' },
  },
});
const limit = Number(values['time-limit']);

if (values.case) console.log(JSON.stringify(await run(JSON.parse(values.case))));
else await all();

async function all() {
  const rows = [];
  for (const centres of values.sizes.split(',').map(Number))
    for (const seed of values.seeds.split(',').map(Number)) {
      const results = await inProcess({ centres, seed, rich: values.rich });
      for (const result of results) console.log(JSON.stringify(result));
      rows.push(...results);
    }
  const seconds = (value) => (value === null ? '–' : `${value.toFixed(2)} s`);
  const both = (value) => (value === null ? '–' : `${seconds(value.time)} (${seconds(value.work)})`);
  const titles = ['centres', 'seed', 'trouble', 'first repair', 'least change proven', 'all kinds'];
  const anew = ['changed, told', 'anew: proof', 'anew: changed, told', 'least change is'];
  console.error(`\n| ${[...titles, ...anew].join(' | ')} |\n|${'---|'.repeat(titles.length + anew.length)}`);
  for (const row of rows) {
    const ratio = row.anew.proof && row.proven ? `${(row.anew.proof / row.proven.time).toFixed(1)} times as fast` : '';
    const cells = [row.centres, row.seed, row.trouble, both(row.first), both(row.proven)];
    const kinds = `${row.kinds} in ${both(row.all)}`;
    const changed = ({ changed: n, told }) => `${n}, ${told}`;
    console.error(
      `| ${[...cells, kinds, changed(row), seconds(row.anew.proof), changed(row.anew), ratio].join(' | ')} |`,
    );
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

async function run({ centres, seed, rich }) {
  const { makeInstance } = await import('../test/planning/yardstick/generate.mjs');
  const { planInstance } = await import('../src/planning/planner.service.ts');
  const planned = (instance) => planInstance(instance, { timeLimitSeconds: limit, seed: 1, threads: 2 });
  const year = makeInstance({ centres, seed, rich });
  const { plan } = await planned(year);
  const rows = [];
  for (const trouble of ['director', 'programme director']) {
    const instance = troubled({ ...structuredClone(year), reference: plan }, trouble);
    rows.push({ centres, seed, rich, trouble, ...(await measure(instance, planned)) });
  }
  return rows;
}

/** Somebody is away around the fourth visit; every other visit is confirmed, those in trouble are not. */
function troubled(instance, trouble) {
  const { meetings } = instance.reference;
  const sites = instance.meetings.filter((meeting) => meeting.kind === 'site' && meetings[meeting.id]);
  const seatsOf = ({ id, seats }) => {
    const director = seats.find((seat) => seat.id === 'director').person;
    return trouble === 'director' ? director : meetings[id].seats.lead;
  };
  const lead = sites[3].seats.find((seat) => seat.id === 'lead').oneOf[0].person;
  const person = trouble === 'director' ? seatsOf(sites[3]) : lead;
  const first = Math.max(0, (meetings[sites[3].id].start >> 1) - 2);
  const last = Math.min(instance.days.length - 1, first + (trouble === 'director' ? 4 : 9));
  const who = instance.people.find(({ id }) => id === person);
  who.availability = [...who.availability]
    .map((letter, half) => (half >> 1 >= first && half >> 1 <= last ? 'x' : letter))
    .join('');
  const isHit = (meeting) => {
    const { start } = meetings[meeting.id];
    return seatsOf(meeting) === person && start >> 1 <= last && (start + meeting.halfDays - 1) >> 1 >= first;
  };
  instance.locks = sites
    .filter((meeting, i) => i % 2 === 0 && !isHit(meeting))
    .map(({ id }) => ({ meeting: id, start: meetings[id].start, seats: meetings[id].seats }));
  return instance;
}

async function measure(instance, planned) {
  const { repairs } = await import('../src/planning/repair/repairs.ts');
  const { differences } = await import('../src/planning/repair/differences.ts');
  const { peopleToTell } = await import('../src/planning/repair/tell.ts');
  const { score } = await import('../test/planning/yardstick/score.mjs');
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  const changed = (plan) => ({
    changed: differences(instance, instance.reference, plan).length,
    told: peopleToTell(instance, instance.reference, plan).length,
  });
  let began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const used = process.cpuUsage();
  const work = () => Object.values(process.cpuUsage(used)).reduce((sum, micros) => sum + micros, 0) / 1e6;
  let first = null;
  let proven = null;
  const list = await repairs(instance, highs, {
    seconds: () => limit - since(),
    onRepair: ({ plan }) => {
      first ??= { time: since(), work: work() };
      if (plan.proven) proven ??= { time: since(), work: work() };
    },
  });
  const all = { time: since(), work: work() };
  for (const { plan } of list) {
    const judged = score(instance, plan);
    if (!judged.valid || judged.cost !== plan.cost)
      throw new Error(`not a true plan: ${JSON.stringify(judged.broken)}`);
  }
  began = performance.now();
  const anew = (await planned({ ...instance, reference: null })).plan;
  const proof = anew.proven ? since() : null;
  const [{ plan }] = list;
  return {
    first,
    proven,
    all,
    kinds: list.length,
    cost: plan.cost,
    ...changed(plan),
    anew: { proof, ...changed(anew) },
  };
}
