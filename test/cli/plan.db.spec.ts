import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exitOf } from '../../src/cli/verbs/plan-year.service.ts';
import { PlanningQueries } from '../../src/planning/planning.queries.ts';
import { PlanRuns } from '../../src/planning/plan-runs.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { terminalOn, type Typed } from './terminal.ts';

jest.setTimeout(180_000);

const codeOf = ({ exit, json }: Typed) => [exit, json.error?.code];

/** A house with the sample and its year */
async function houseWithYear(role: 'all' | 'web'): Promise<StartedApp> {
  const house = await startApp({ config: { role } });
  await house.get(Sample).load();
  const { exit, err } = await terminalOn(house)('cycle', 'generate', '--programme', 'wpi', '--year', '2027');
  if (exit !== 0) throw new Error(err);
  return house;
}

describe('where a worker runs', () => {
  let house: StartedApp;
  let type: (...argv: string[]) => Promise<Typed>;
  beforeAll(async () => {
    house = await houseWithYear('all');
    type = terminalOn(house);
  });
  afterAll(() => house?.stop());

  it('plan waits for it, says how far it is, and what came out', async () => {
    const { exit, json, err } = await type('plan', '--time-limit', '10', '--seed', '7', '--json', '--progress', 'json');
    expect([0, 3]).toContain(exit);
    expect(exit === 3).toBe(json.unplaced.length > 0);
    expect(json).toMatchObject({
      state: 'ready',
      seed: 7,
      timeLimit: 10,
      requestedBy: 'kaku',
      cost: expect.any(Number),
    });
    expect(json).not.toHaveProperty('instance');
    for (const line of err.trim().split('\n').filter(Boolean))
      expect(JSON.parse(line)).toEqual({
        seconds: expect.any(Number),
        cost: expect.anything(),
        bound: expect.anything(),
      });
    expect(err).not.toContain('Computed by this command.');
  });

  it('plan list has it, and two are computed side by side', async () => {
    const { json } = await type('plan', 'list', '--json');
    expect(json.map((run: { state: string }) => run.state)).toEqual(['ready']);
    const first = type('plan', '--time-limit', '5', '--json');
    while ((await type('plan', 'list', '--json')).json.length < 2) await new Promise((done) => setTimeout(done, 20));
    const second = await type('plan', '--time-limit', '3', '--seed', '9', '--json');
    expect([0, 3]).toContain(second.exit);
    expect(second.json.seed).toBe(9);
    expect([0, 3]).toContain((await first).exit);
  });

  it('plan compare says how two plans differ, and the differences add up to that of the costs', async () => {
    const [b, a] = (await type('plan', 'list', '--json')).json;
    const { exit, json } = await type('plan', 'compare', a.id.slice(0, 8), b.id, '--json');
    expect({ exit, a: json.a, b: json.b, cost: json.cost }).toEqual({
      exit: 0,
      a: a.id,
      b: b.id,
      cost: [a.cost, b.cost],
    });
    const sum = json.differences.reduce((all: number, one: { cost: number }) => all + one.cost, 0);
    expect(sum).toBe(b.cost - a.cost);
    const same = await type('plan', 'compare', a.id, a.id, '--lang', 'en');
    expect(same.out).toContain('They do not differ.');
    expect(codeOf(await type('plan', 'compare', a.id, '00000000', '--json'))).toEqual([4, 'planning.unknown']);
    expect((await type('plan', 'compare', 'site/qup')).exit).toBe(2);
  });

  it('plan weights shows them and sets them by name, all or none', async () => {
    const weightOf = (json: { weights: { part: string; percent: number }[] }) =>
      json.weights.find(({ part }) => part === 'trip')!.percent;
    expect(weightOf((await type('plan', 'weights', '--json')).json)).toBe(100);
    expect((await type('plan', 'weights', '--set', 'trip=200', '--set', 'trip=much')).exit).toBe(2);
    expect(codeOf(await type('plan', 'weights', '--set', 'trip=200', '--set', 'luck=3', '--json'))).toEqual([
      4,
      'planning.bad-weight',
    ]);
    expect(weightOf((await type('plan', 'weights', '--set', 'trip=150%', '--json')).json)).toBe(150);
    expect((await type('plan', 'weights', '--lang', 'en')).out).toMatch(/trip +Trips +150%/);
    expect(weightOf((await type('plan', 'weights', '--set', 'trip=100', '--json')).json)).toBe(100);
  });

  it('plan what-if plans a copy of the year, and says every wrong change at once', async () => {
    const change = { change: 'weight', part: 'trip', percent: 40 };
    const typed = ['--change', JSON.stringify(change), '--name', 'もし', '--time-limit', '3', '--json'];
    const { exit, json } = await type('plan', 'what-if', ...typed);
    expect([0, 3]).toContain(exit);
    expect(json).toMatchObject({ state: 'ready', name: 'もし', changes: [change] });
    expect(codeOf(await type('publish', json.id, '--json'))).toEqual([4, 'planning.what-if-not-taken-over']);
    const wrong = await type('plan', 'what-if', '--change', '{', '--change', '{"change":"weight","part":"trip"}');
    expect(wrong.exit).toBe(2);
    expect(wrong.err.match(/--change/g)!.length).toBeGreaterThanOrEqual(2);
    expect((await type('plan', 'what-if')).exit).toBe(2);
    await house.dataSource.query('delete from plan where id = $1', [json.id]);
  });

  it('publish turns the newest plan into meetings, once, and sends no mail', async () => {
    const [newest] = (await type('plan', 'list', '--json')).json;
    const { exit, json } = await type('publish', '--json');
    expect({ exit, plan: json.plan }).toEqual({ exit: 0, plan: newest.id });
    const scheduled = (await type('meeting', 'list', '--json')).json.filter(
      // the reception goes with its committee, without being planned
      (one: { state: string; activity: string }) => one.state === 'scheduled' && one.activity !== 'reception',
    );
    expect(scheduled).toHaveLength(json.meetings);
    expect(json.meetings).toBeGreaterThan(7);
    expect(codeOf(await type('publish', newest.id.slice(0, 8), '--json'))).toEqual([4, 'planning.published-already']);
    expect(codeOf(await type('publish', '00000000', '--json'))).toEqual([4, 'planning.unknown']);
    expect((await type('mail', 'list', '--json')).json.total).toBe(0);
  });

  it('a plan from before a change by hand is not published over it', async () => {
    const [, older] = (await type('plan', 'list', '--json')).json;
    expect(codeOf(await type('publish', older.id, '--json'))).toEqual([4, 'planning.changed-meanwhile']);
  });
});

describe('where no worker runs', () => {
  let house: StartedApp;
  beforeAll(async () => {
    house = await houseWithYear('web');
  });
  afterAll(() => house?.stop());
  const jobs = () =>
    house.dataSource.query<{ state: string; late: boolean }[]>(
      `select state, start_after > now() + interval '1 minute' as late from pgboss.job where name = 'planning/run' order by created_on desc`,
    );

  it('plan computes here, and leaves the job for others should this process die', async () => {
    const { exit, json, err } = await terminalOn(house)('plan', '--time-limit', '3', '--json');
    expect([0, 3]).toContain(exit);
    expect(json.state).toBe('ready');
    expect(err).toContain('Computed by this command.');
    expect(await jobs()).toEqual([{ state: 'created', late: true }]);
    // whoever gets the job later finds nothing left to do
    const before = await house.get(PlanningQueries).one(json.id);
    await house.get(PlanRuns).run(json.id, new AbortController().signal);
    expect(await house.get(PlanningQueries).one(json.id)).toEqual(before);
  });

  it('Ctrl-C ends the search with 130 and keeps the best plan so far', async () => {
    const ctrlC = new AbortController();
    setTimeout(() => ctrlC.abort(), 5_000);
    const began = Date.now();
    const { exit, json } = await terminalOn(house, { signal: ctrlC.signal })('plan', '--time-limit', '120', '--json');
    expect(exit).toBe(130);
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(json).toMatchObject({ state: 'ready', plan: { format: 'meguri-plan/1' } });
    expect((await terminalOn(house)('plan', 'list', '--json')).json.map((run: { state: string }) => run.state)).toEqual(
      ['ready', 'ready'],
    );
  });

  it('names what cannot be decided, with its reasons, and ends with 3', async () => {
    const type = terminalOn(house);
    const away = ['--from', '2027-04-01', '--to', '2028-03-31', '--weekdays', 'all', '--state', 'x'];
    const post = (await type('roster', 'list', 'post', '--json')).json.find(
      (one: { kind: string; centre: string }) => one.kind === 'centre-director' && one.centre === 'icredd',
    );
    const terms = (await type('roster', 'list', 'term', '--json')).json.filter(
      (term: { post: string; to: string | null }) =>
        term.post === post.id && (term.to === null || term.to > '2027-04-01'),
    );
    expect(terms.length).toBeGreaterThan(0);
    for (const { person } of terms) expect((await type('availability', 'set', person, ...away)).exit).toBe(0);
    const { exit, json } = await type('plan', '--time-limit', '3', '--json');
    expect(exit).toBe(3);
    const undecided = json.unplaced.find((one: { of: string }) => one.of === 'site/icredd');
    expect(undecided.reasons.length).toBeGreaterThan(0);
    for (const reason of undecided.reasons) expect([reason.ja, reason.en].every((said) => said.length > 3)).toBe(true);
    const shown = await type('plan', 'list');
    expect(shown).toMatchObject({ exit: 0, out: expect.stringContaining('ready') });
  });
});

it.each([
  ['ready', '', [], false, 0],
  ['ready', '', [{ of: 'site/x', reasons: [] }], false, 3],
  ['ready', '', [], true, 130],
  ['failed', 'planning.locks-cannot-hold', [], false, 4],
  ['failed', 'planning.broke-down', [], false, 1],
] as const)(
  'a run that is %s (%s) with %j undecided, interrupted: %j, ends with %i',
  (state, error, unplaced, interrupted, exit) => {
    expect(exitOf({ state, error, unplaced: [...unplaced] as never }, interrupted)).toBe(exit);
  },
);
