import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AvailabilityQueries } from '../../src/availability/availability.queries.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import type { PlanRun } from '../../src/planning/planning.queries.ts';
import { endQuestions } from '../../src/planning/questions.service.ts';
import { YearRules } from '../../src/planning/year-rules.service.ts';
import { actor, yearHouse, type YearHouse } from '../planning/year-house.ts';
import { terminalOn, type Typed } from './terminal.ts';
import { score } from './yardstick.ts';

jest.setTimeout(300_000);

let house: YearHouse;
let run: PlanRun;
let instance: Instance;
let type: (...argv: string[]) => Promise<Typed>;
beforeAll(async () => {
  house = await yearHouse();
  type = terminalOn(house);
  run = await house.plan({ timeLimit: 3 });
  instance = run.instance as Instance;
});
afterAll(async () => {
  await endQuestions();
  await house?.stop();
});

const codeOf = ({ exit, json }: Typed) => [exit, json.error?.code];
const directorOf = (key: string): string => {
  const seat = instance.meetings.find(({ id }) => id === key)!.seats.find(({ id }) => id === 'director')!;
  return 'person' in seat ? seat.person : '';
};
const deeds = async (verb: string) =>
  (await house.dataSource.query<unknown[]>('select 1 from trail where verb = $1', [verb])).length;
const plans = async () => (await house.dataSource.query<unknown[]>('select 1 from plan')).length;

describe('of the current year, without a file', () => {
  it('plan alternatives prices every start of a meeting in the newest plan', async () => {
    const { exit, json } = await type('plan', 'alternatives', '--meeting', 'site/icredd', '--json');
    expect(exit).toBe(0);
    const now = (run.plan as Plan).meetings['site/icredd']!.start;
    expect(json.find(({ start }: { start: number }) => start === now).difference).toBeLessThanOrEqual(0);
    expect(json.some((one: object) => 'blocked' in one)).toBe(true);
    const named = await type(
      'plan',
      'alternatives',
      '--meeting',
      'site/icredd',
      '--plan',
      run.id.slice(0, 8),
      '--json',
    );
    expect(named.json).toEqual(json);
    const { out } = await type('plan', 'alternatives', '--meeting', 'site/icredd', '--lang', 'ja');
    expect(out).toMatch(/20\d\d年\d+月\d+日\([月火水木金]\)/);
    expect(codeOf(await type('plan', 'alternatives', '--meeting', 'site/atlantis', '--json'))).toEqual([
      4,
      'planning.unknown-thing',
    ]);
    expect(
      codeOf(await type('plan', 'alternatives', '--meeting', 'site/icredd', '--plan', '00000000', '--json')),
    ).toEqual([4, 'planning.unknown']);
  });

  it('plan alternatives prices every first day of the committee, its hearings taken along', async () => {
    const { exit, json } = await type('plan', 'alternatives', '--meeting', 'committee', '--json');
    expect(exit).toBe(0);
    const now = 2 * (run.plan as Plan).conferences['committee']!.day;
    expect(json.find(({ start }: { start: number }) => start === now)).toMatchObject({ difference: 0, moved: [] });
    const possible = json.filter((one: object) => 'difference' in one);
    expect(possible.length).toBeGreaterThan(1);
    for (const { hearings } of possible) expect(Object.keys(hearings)).toHaveLength(7);
    const { out } = await type('plan', 'alternatives', '--meeting', 'committee', '--lang', 'en');
    expect(out).toMatch(/ 0 +as planned/);
    const why = await type('plan', 'why', '--meeting', 'committee', '--lang', 'en');
    expect(why.exit).toBe(0);
    expect(why.out).toContain('Program Committee');
  });

  it('plan why accounts for every point, with names instead of ids', async () => {
    const { exit, json } = await type('plan', 'why', '--json');
    expect(exit).toBe(0);
    const sum = json
      .flatMap(({ parts }: { parts: { cost: number }[] }) => parts)
      .reduce((all: number, { cost }: { cost: number }) => all + cost, 0);
    expect(sum).toBe(run.cost);
    const { out } = await type('plan', 'why', '--meeting', 'site/icredd', '--lang', 'ja');
    expect(out).toContain((await house.meeting('site/icredd')).title.ja);
    expect(out).not.toMatch(/site\/icredd/);
  });

  it('plan repair has nothing to go by while no plan stands', async () => {
    expect(codeOf(await type('plan', 'repair', '--json'))).toEqual([4, 'planning.nothing-announced']);
  });

  it('plan relax says that nothing need be asked for where everything can be decided', async () => {
    const { exit, json } = await type('plan', 'relax', '--json');
    expect({ exit, json }).toEqual({ exit: 0, json: [] });
    expect((await type('plan', 'relax', '--lang', 'en')).out).toContain('nothing has to be asked for');
    expect(codeOf(await type('plan', 'relax', '--apply', '1', '--yes', '--json'))).toEqual([
      4,
      'planning.no-such-answer',
    ]);
  });

  it('flags of a year do not go with a file', async () => {
    const wrong = await type('plan', 'relax', '--in', 'no.json', '--apply', '1', '--yes');
    expect(wrong.exit).toBe(2);
    expect(wrong.err).toMatch(/--apply[^]*--yes/);
    expect((await type('plan', 'repair', '--in', 'no.json', '--storm', '2027-09-07')).err).toContain('--storm');
    expect((await type('plan', '--in', 'no.json', '--out', 'p.json', '--order', 'trip')).err).toContain('--order');
    expect((await type('plan', 'relax', '--yes')).err).toContain('--apply');
  });
});

describe('the order of the parts', () => {
  it('is set, shown and taken back by plan weights', async () => {
    const set = await type('plan', 'weights', '--order', 'tentative,trip', '--order', 'load', '--json');
    expect(set.json.order).toEqual([['tentative', 'trip'], ['load']]);
    expect((await type('plan', 'weights', '--lang', 'en')).out).toMatch(/Level 1 +.+\n.*Level 2/);
    expect(codeOf(await type('plan', 'weights', '--order', 'luck', '--json'))).toEqual([4, 'planning.bad-order']);
    expect((await type('plan', 'weights', '--order', 'trip,')).exit).toBe(2);
    expect((await type('plan', 'weights', '--order', 'none', '--json')).json.order).toEqual([]);
  });

  it('of one plan holds for that plan', async () => {
    expect(codeOf(await type('plan', '--order', 'luck', '--json'))).toEqual([4, 'planning.bad-order']);
    const { exit, json } = await type('plan', '--order', 'trip', '--order', 'load', '--time-limit', '2', '--json');
    expect([0, 3]).toContain(exit);
    expect(json.order).toEqual([['trip'], ['load']]);
    const levels: { parts: string[] }[] = json.levels;
    expect(levels[0]!.parts).toContain('trip');
    expect(levels[1]!.parts).toEqual(['load']);
    expect((await type('plan', 'weights', '--json')).json.order).toEqual([]);
    expect((await type('plan', 'rename', json.id, '出張を先に')).exit).toBe(0);
    const [named] = (await type('plan', 'list', '--json')).json;
    expect(named).toMatchObject({ id: json.id, name: '出張を先に' });
    expect((await type('plan', 'discard', json.id)).exit).toBe(0);
    expect(((await type('plan', 'list', '--json')).json as PlanRun[]).map(({ id }) => id)).not.toContain(json.id);
    expect(codeOf(await type('plan', 'stop', '00000000', '--json'))).toEqual([4, 'planning.unknown']);
    expect(codeOf(await type('publish', json.id, '--json'))).toEqual([4, 'planning.unknown']);
  });
});

describe('a copy of the year', () => {
  it('is taken over after a yes, is listed among what holds for this year only, and is taken back', async () => {
    const change = { change: 'limit', limit: instance.limits[0]!.id, most: 7 };
    const copy = await type('plan', 'what-if', '--change', JSON.stringify(change), '--time-limit', '2', '--json');
    const id = copy.json.id as string;
    expect((await type('plan', 'take-over', id)).exit).toBe(2);
    const asked: string[] = [];
    const no = terminalOn(house, { reply: (question) => (asked.push(question), 'n') });
    expect((await no('plan', 'take-over', id)).exit).toBe(130);
    expect(asked.join()).toContain('written into the year');
    expect((await type('plan', 'rules', '--json')).json).toEqual([]);
    expect((await type('plan', 'take-over', id, '--yes', '--json')).json).toEqual({ plan: id, changes: [change] });
    expect(await deeds('planning.take-over')).toBe(1);
    expect((await type('plan', 'rules', '--json')).json).toMatchObject([{ number: 1, change }]);
    expect(codeOf(await type('plan', 'take-over', id, '--yes', '--json'))).toEqual([
      4,
      'planning.nothing-to-take-over',
    ]);
    expect(codeOf(await type('plan', 'rules', '--drop', '2', '--json'))).toEqual([4, 'planning.no-such-change']);
    expect((await type('plan', 'rules', '--drop', '1', '--json')).json).toEqual([]);
    expect(codeOf(await type('plan', 'take-over', run.id, '--yes', '--json'))).toEqual([
      4,
      'planning.nothing-to-take-over',
    ]);
    await house.dataSource.query('delete from plan where id = $1', [id]);
  });
});

describe('a year in which not everything can be decided', () => {
  const key = 'site/icredd';
  const away = () => ({ from: '2027-04-01', to: '2028-03-31', half: 'all', state: 'x' }) as const;
  let found: Typed;
  beforeAll(async () => {
    const change = { change: 'half-days', person: directorOf(key), ...away() } as const;
    await house.get(YearRules).applyChange(house.cycleId, change, actor);
    found = await type('plan', 'relax', '--most', '2', '--time-limit', '60', '--json');
  });

  it('plan relax says whom to ask for what, as changes of the year', () => {
    expect(found.exit).toBe(0);
    const [first] = found.json;
    expect(first).toMatchObject({ proven: true, cost: first.asks.length });
    expect(first.changes).toHaveLength(first.asks.length);
    expect(first.said).toHaveLength(first.asks.length);
    for (const change of first.changes) expect(change).toHaveProperty('change');
  });

  it('--apply writes one set into the year after a yes, all in one, and then everything can be decided', async () => {
    const before = await deeds('planning.apply-change');
    expect((await type('plan', 'relax', '--apply', '1')).exit).toBe(2);
    const asked: string[] = [];
    const no = terminalOn(house, { reply: (question) => (asked.push(question), 'n') });
    expect((await no('plan', 'relax', '--apply', '1', '--most', '1')).exit).toBe(130);
    expect(asked.join()).toMatch(/Have they agreed\?/);
    expect(await deeds('planning.apply-change')).toBe(before);
    expect(codeOf(await type('plan', 'relax', '--apply', '50', '--yes', '--json', '--time-limit', '10'))).toEqual([
      4,
      'planning.no-such-answer',
    ]);
    const yes = terminalOn(house, { reply: 'y' });
    const { exit, json } = await yes('plan', 'relax', '--apply', '1', '--most', '1', '--json');
    expect(exit).toBe(0);
    expect(await deeds('planning.apply-change')).toBe(before + json.applied.changes.length);
    for (const change of json.applied.changes)
      if (change.change === 'half-days')
        for (const { half, state } of await house
          .get(AvailabilityQueries)
          .ofPerson(change.person, change.from as CalendarDate, change.to as CalendarDate))
          if (change.half === 'all' || change.half === half) expect(state).toBe('t');
    expect((await type('plan', 'relax', '--json')).json).toEqual([]);
  });
});

describe('a year that stands', () => {
  const key = 'site/aimec';
  let day: CalendarDate;
  beforeAll(async () => {
    const again = await house.plan({ timeLimit: 3 });
    await house.get(Planning).publish(again.id, actor);
    day = (await house.meeting(key)).firstDay!;
  });

  it('plan repair finds ways through a storm, an illness and a closed day that the year does not know of', async () => {
    const moves = async (...trouble: string[]) => {
      const { exit, json } = await type('plan', 'repair', ...trouble, '--most', '1', '--time-limit', '30', '--json');
      expect(exit).toBe(0);
      const [{ plan, text, tell }] = json;
      expect(text.ja).toMatch(/。$/);
      return { placed: plan.meetings[key], tell };
    };
    const { placed: standing, tell } = await moves();
    expect(tell).toEqual([]);
    const isAsNow = ({ placed }: { placed: { start: number; online?: boolean } }) =>
      placed.start === standing.start && Boolean(placed.online) === Boolean(standing.online);
    expect(isAsNow(await moves('--storm', `aimec=${day}`))).toBe(false);
    expect(isAsNow(await moves('--ill', `${directorOf(key)}=${day}..${day}`))).toBe(false);
    expect((await moves('--closed', day)).placed.start).not.toBe(standing.start);
  });

  it('plan repair says whom to tell: nobody before they were told of anything', async () => {
    const typed = ['plan', 'repair', '--storm', `aimec=${day}`, '--most', '1', '--time-limit', '30', '--json'] as const;
    const [quiet] = (await type(...typed)).json;
    expect(quiet.tell).toEqual([]);
    expect(quiet.text.en).toContain('Nobody has to be told.');
    expect((await type('release', '--all', '--yes')).exit).toBe(0);
    const [loud] = (await type(...typed)).json;
    expect(loud.tell).toContain(directorOf(key));
    expect(loud.text.en).toContain('must be told');
  });

  it('says everything about a trouble that is not right', async () => {
    const shape = await type('plan', 'repair', '--storm', 'tomorrow', '--ill', '2027-09-07');
    expect(shape.exit).toBe(2);
    expect(shape.err).toMatch(/--storm[^]*--ill/);
    const unknown = await type('plan', 'repair', '--storm', 'atlantis=2027-09-07', '--closed', '2030-01-01');
    expect(unknown.exit).toBe(2);
    expect(unknown.err).toMatch(/atlantis[^]*2030-01-01/);
  });

  it('--take keeps one as a plan, which is taken over and published', async () => {
    const before = await plans();
    const typed = ['--storm', `aimec=${day}`, '--time-limit', '30', '--json'] as const;
    expect(codeOf(await type('plan', 'repair', '--take', '40', ...typed))).toEqual([4, 'planning.no-such-answer']);
    const { exit, json } = await type('plan', 'repair', '--take', '1', ...typed);
    expect({ exit, more: (await plans()) - before }).toEqual({ exit: 0, more: 1 });
    expect(await deeds('planning.repair')).toBe(1);
    const { valid, cost } = score(
      (
        await house.dataSource.query<{ instance: Instance }[]>('select instance from plan where id = $1', [json.plan])
      )[0]!.instance,
      json.repair.plan,
    );
    expect({ valid, cost }).toEqual({ valid: true, cost: json.repair.plan.cost });
    if (json.changes.length > 0) expect((await type('plan', 'take-over', json.plan, '--yes')).exit).toBe(0);
    expect(await type('publish', json.plan)).toMatchObject({ exit: 0, err: '' });
    const after = await house.meeting(key);
    expect(after.firstDay === day && after.mode !== 'online').toBe(false);
  });
});
