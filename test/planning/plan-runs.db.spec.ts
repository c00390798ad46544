import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlanRuns } from '../../src/planning/plan-runs.service.ts';
import { PlanningQueries } from '../../src/planning/planning.queries.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { endQuestions } from '../../src/planning/questions.service.ts';
import { YearFactsReader } from '../../src/planning/year-facts.service.ts';
import { actor, codeOf, yearHouse, type YearHouse } from './year-house.ts';
import { score } from './yardstick/score.mjs';

jest.setTimeout(240_000);

let house: YearHouse;
let planning: Planning;
let queries: PlanningQueries;
beforeAll(async () => {
  house = await yearHouse();
  planning = house.get(Planning);
  queries = house.get(PlanningQueries);
});
afterAll(async () => {
  await endQuestions();
  await house?.stop();
});

const never = new AbortController().signal;
const request = (settings = {}) => planning.request(house.cycleId, { timeLimit: 4, ...settings }, actor);
const compute = (id: string, signal = never) => house.get(PlanRuns).run(id, signal);
const stateOf = async (id: string) => (await queries.progress(id)).state;
async function until(what: string, is: () => Promise<boolean>, within = 60_000): Promise<void> {
  for (const end = Date.now() + within; !(await is()); await sleep(150))
    if (Date.now() > end) throw new Error(`${what}: not within ${within} ms`);
}

describe('runs of one year', () => {
  it('two compute side by side, each with its own settings and name; the third waits for one of them', async () => {
    const ids = [await request({ name: '一', seed: 1 }), await request({ name: '二', seed: 2 })];
    const third = await request({ name: '三', timeLimit: 2 });
    const computing = ids.map((id) => compute(id));
    await until('both compute', async () =>
      (await Promise.all(ids.map(stateOf))).every((state) => state === 'running'),
    );
    expect(await compute(third)).toBe(false);
    expect(await stateOf(third)).toBe('waiting');
    expect(await Promise.all(computing)).toEqual([true, true]);
    const rows = await Promise.all(ids.map((id) => queries.one(id)));
    expect(rows.map(({ name, seed, state }) => [name, seed, state])).toEqual([
      ['一', 1, 'ready'],
      ['二', 2, 'ready'],
    ]);
    for (const { instance, plan, cost, bound } of rows) {
      expect(score(instance as never, plan as never)).toMatchObject({ valid: true, cost });
      expect(bound!).toBeLessThanOrEqual(cost!);
    }
    expect(await compute(third)).toBe(true);
    expect(await stateOf(third)).toBe('ready');
  });

  it('are compared: what differs, with what it costs', async () => {
    const [first] = await queries.summaries(house.cycleId);
    const dearer = await house.plan({ changes: [{ change: 'weight', part: 'trip', percent: 1000 }] });
    const { cost, differences, changes, bound } = await queries.compare(first!.id, dearer.id);
    expect(cost).toEqual([first!.cost, dearer.cost]);
    expect(bound).toEqual([first!.bound, dearer.bound]);
    expect(differences.reduce((sum, one) => sum + one.cost, 0)).toBe(cost[1] - cost[0]);
    expect(changes).toEqual([[], [{ change: 'weight', part: 'trip', percent: 1000 }]]);
    expect(differences.every(({ title }) => title.ja !== '' && title.en !== '')).toBe(true);
    expect((await queries.compare(first!.id, first!.id)).differences).toEqual([]);
  });

  it('say how far they are while they compute, and keep the best when they are stopped', async () => {
    const id = await request({ timeLimit: 120, changes: [{ change: 'window', of: 'site', to: '2027-12-20' }] });
    const computing = compute(id);
    await until('something is known', async () => (await queries.progress(id)).cost !== null);
    expect(await queries.progress(id)).toMatchObject({ state: 'running', bound: expect.any(Number) });
    await planning.stop(id, actor);
    await computing;
    const row = await queries.one(id);
    expect(row).toMatchObject({ state: 'ready', cancelWanted: true });
    expect(score(row.instance as never, row.plan as never)).toMatchObject({ valid: true, cost: row.cost });
  });

  it('wait again where their process is told to stop, and are begun by another', async () => {
    const id = await request({ timeLimit: 60, changes: [{ change: 'window', of: 'site', to: '2027-12-20' }] });
    const stopping = new AbortController();
    const first = compute(id, stopping.signal);
    await until('it computes', async () => (await queries.progress(id)).cost !== null);
    stopping.abort();
    await expect(first).rejects.toThrow('stopped before');
    expect(await queries.one(id)).toMatchObject({ state: 'waiting', plan: null });
    const second = compute(id);
    await planning.stop(id, actor);
    await second;
    expect(await queries.one(id)).toMatchObject({ state: 'ready', attempt: 2 });
  });

  it('are not written by a process that was thought dead, once another has begun them anew', async () => {
    const id = await request({ timeLimit: 5 });
    const slow = compute(id);
    await until('it computes', async () => (await stateOf(id)) === 'running');
    // as if it had not been heard of for long, and another had been asked
    await house.dataSource.query(`update plan set attempt = attempt + 1 where id = $1`, [id]);
    await slow;
    expect(await queries.one(id)).toMatchObject({ state: 'running', plan: null, attempt: 2 });
    await house.dataSource.query(`update plan set seen_at = now() - interval '20 minutes' where id = $1`, [id]);
    await request({ timeLimit: 1 });
    expect(await queries.one(id)).toMatchObject({
      state: 'failed',
      error: 'planning.given-up',
      failure: { code: 'planning.given-up', text: { ja: expect.any(String), en: expect.any(String) }, locks: [] },
    });
  });

  it('are refused where too many wait, and where the settings are none', async () => {
    const waiting = (await queries.summaries(house.cycleId)).filter(({ state }) => state === 'waiting').length;
    for (let n = waiting; n < 6; n++) await request({ timeLimit: 1 });
    expect(await codeOf(request())).toBe('planning.too-many');
    expect(await codeOf(request({ timeLimit: 0 }))).toBe('planning.bad-settings');
    await house.dataSource.query(`update plan set state = 'discarded' where state = 'waiting'`);
  });
});

describe('what staff fixed and cannot hold', () => {
  it('is said as a code, in both languages, with the locks', async () => {
    const sites = await Promise.all(['site/icredd', 'site/ashbi'].map((key) => house.meeting(key)));
    const { roster } = await house.get(YearFactsReader).ofCycle(house.cycleId);
    const pd = roster.terms.find((term) => term.post === 'programme-director')!.person;
    // the same person leads two meetings on one day, in two places
    const day = sites[0]!.windowFrom!;
    const changes = sites.map(({ key }) => ({ change: 'fix' as const, meeting: key, day, half: 'am' as const }));
    const only = roster.terms
      .filter(({ post, person }) => post.startsWith('deputy-programme-director') && person !== pd)
      .flatMap(({ person }) => sites.map(({ key }) => ({ change: 'forbid' as const, person, of: `${key} lead` })));
    const run = await house.plan({ changes: [...changes, ...only] });
    expect(run).toMatchObject({ state: 'failed', error: 'planning.locks-cannot-hold', plan: null });
    expect(run.failure!.text).toEqual({ ja: expect.stringContaining('固定'), en: expect.stringContaining('No plan') });
    expect(run.failure!.locks.length).toBeGreaterThan(0);
    for (const { of, title, reasons } of run.failure!.locks) {
      expect(sites.find(({ key }) => key === of)!.title).toEqual(title);
      expect(reasons.every(({ ja, en }) => ja !== '' && en !== '')).toBe(true);
    }
  });
});

describe('a process that is killed while it computes', () => {
  const children: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of children) await kill(child);
  });
  const hook = pathToFileURL(join(import.meta.dirname, '../mail/typescript.mjs')).href;
  function startWorker(): ChildProcess {
    const child = spawn(process.execPath, ['--import', hook, join(import.meta.dirname, 'planning-process.ts')], {
      env: { ...process.env, DATABASE_URL: house.config.databaseUrl, LOG_LEVEL: 'error', BASE_URL: house.url },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.push(child);
    return child;
  }
  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  it('leaves no half run: another process computes it from the beginning', async () => {
    await house.dataSource.query(`delete from pgboss.job where name = 'planning/run'`);
    const victim = startWorker();
    const id = await request({ timeLimit: 6, changes: [{ change: 'window', of: 'site', to: '2027-12-20' }] });
    await until('it computes', async () => (await queries.progress(id)).cost !== null);
    await kill(victim);
    const left = await queries.one(id);
    expect(left).toMatchObject({ state: 'running', plan: null, attempt: 1, finishedAt: null });
    startWorker();
    await until('another has done it', async () => (await stateOf(id)) === 'ready', 150_000);
    const row = await queries.one(id);
    expect(row.attempt).toBe(2);
    expect(score(row.instance as never, row.plan as never)).toMatchObject({ valid: true, cost: row.cost });
  });
});
