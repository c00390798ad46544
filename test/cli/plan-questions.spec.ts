import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { projectFolder } from '../../src/config/environment.service.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { greedy } from '../../src/planning/search/search.ts';
import { makeInstance, score } from './yardstick.ts';

jest.setTimeout(120_000);

const instance = makeInstance({ centres: 3, seed: 3 });
const plan = planOf(greedy(compile(instance)));
const [meeting] = instance.meetings;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meguri 質問 '));
  await writeFile(at('instance.json'), JSON.stringify(instance));
  await writeFile(at('plan.json'), JSON.stringify(plan));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const keep = async (name: string, content: unknown) => {
  await writeFile(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
};

/** The command as somebody types it, in a process of its own; a database that cannot be reached must not be needed */
function start(...words: string[]) {
  const main = join(projectFolder, 'src/cli/main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8', DATABASE_URL: 'postgres://nobody@localhost:1/none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.once('close', (code) => done({ code, ...said })),
  );
  return { child, said, ended };
}
const meguri = (...words: string[]) => start(...words).ended;
const files = (...more: string[]) => ['--in', at('instance.json'), '--plan', at('plan.json'), ...more];

describe('meguri plan alternatives', () => {
  it('writes every start of a meeting, each true when it is carried out', async () => {
    const { code, out, err } = await meguri('plan', 'alternatives', ...files('--meeting', meeting!.id, '--json'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = JSON.parse(out) as any[];
    const step = meeting!.startsIn === 'morning' ? 1 : 2;
    expect(found).toHaveLength(step * (meeting!.to - meeting!.from + 1));
    const before = score(instance, plan).cost;
    for (const { start: half, difference, placed, blocked } of found) {
      if (blocked) {
        expect(blocked[0]).toMatchObject({
          rule: expect.any(String),
          text: { ja: expect.any(String), en: expect.any(String) },
        });
        continue;
      }
      const after = score(instance, { ...plan, meetings: { ...plan.meetings, [meeting!.id]: placed } });
      expect({ half, valid: after.valid, cost: after.cost }).toEqual({ half, valid: true, cost: before + difference });
    }
  });

  it('says them to people with weekdays, in the language of the reader', async () => {
    const { code, out } = await meguri('plan', 'alternatives', ...files('--meeting', meeting!.id, '--lang', 'ja'));
    expect(code).toBe(0);
    expect(out).toMatch(/^開始 +費用の差 +理由\n\d{4}年\d+月\d+日\([月火水木金]\) 午[前後]/);
    expect(out).toContain('都合がつきません');
  });
});

describe('meguri plan why', () => {
  it('explains every point of the cost', async () => {
    const { code, out } = await meguri('plan', 'why', ...files('--json'));
    expect(code).toBe(0);
    const found = JSON.parse(out) as { parts: { cost: number }[] }[];
    const sum = found.flatMap(({ parts }) => parts).reduce((total, { cost }) => total + cost, 0);
    expect(sum).toBe(score(instance, plan).cost);
  });

  it('explains one thing', async () => {
    const { code, out } = await meguri('plan', 'why', ...files('--meeting', instance.panels[0]!.id, '--json'));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ of: instance.panels[0]!.id, runnerUp: null }]);
  });
});

describe('meguri plan relax', () => {
  it('writes nothing to ask for where everything can be placed', async () => {
    expect(await meguri('plan', 'relax', '--in', at('instance.json'), '--json')).toMatchObject({
      code: 0,
      out: '[]\n',
    });
  });

  it('writes what could be asked for', async () => {
    const trouble = await keep('trouble.json', makeInstance({ centres: 6, seed: 1, trouble: 2 }));
    const { code, out } = await meguri('plan', 'relax', '--in', trouble, '--most', '1', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ asks: [{ ask: 'half-day', person: expect.any(String) }], cost: 1 }]);
  });

  it('ends with 3 where nothing that could be asked for would help, and says why', async () => {
    const wrong = structuredClone(instance);
    wrong.panels[0]!.needs = [...wrong.panels[0]!.needs, 'area-of-nobody'];
    const { code, out } = await meguri('plan', 'relax', '--in', await keep('vain.json', wrong));
    expect(code).toBe(3);
    expect(out).toContain(`“${wrong.panels[0]!.id}” cannot be decided as things are.`);
    expect(out).toContain('Nobody covers area-of-nobody');
  });
});

describe('meguri plan repair', () => {
  it('writes plans that keep what is fixed', async () => {
    const at0 = plan.meetings[meeting!.id]!;
    const year = {
      ...instance,
      reference: plan,
      locks: [{ meeting: meeting!.id, start: at0.start }],
    };
    const { code, out } = await meguri(
      'plan',
      'repair',
      '--in',
      await keep('repair.json', year),
      '--most',
      '2',
      '--json',
    );
    expect(code).toBe(0);
    const found = JSON.parse(out) as { plan: typeof plan; change: number; tell: string[] }[];
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(score(year, one.plan)).toMatchObject({ valid: true });
  });
});

describe('what is wrong', () => {
  const asked = ['plan', 'why'] as const;

  it('with a plan is all said at once', async () => {
    const wrong = structuredClone(plan) as any;
    wrong.instance = 'another year';
    wrong.meetings['site/nowhere'] = null;
    wrong.assignments[instance.assignments[0]!.id] = 'nobody';
    const file = await keep('wrong-plan.json', wrong);
    const { code, out, err } = await meguri(...asked, '--in', at('instance.json'), '--plan', file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('$.instance: A plan for another instance, “another year”');
    expect(err).toContain('$.meetings["site/nowhere"]: There is no “site/nowhere”');
    expect(err).toContain('There is nobody “nobody”');
  });

  it('with a plan that breaks rules is each rule', async () => {
    const wrong = structuredClone(plan);
    wrong.meetings[meeting!.id] = { ...wrong.meetings[meeting!.id]!, start: 2 * meeting!.to + 1 };
    const file = await keep('invalid-plan.json', wrong);
    const { code, err } = await meguri(...asked, '--in', at('instance.json'), '--plan', file);
    expect(code).toBe(2);
    expect(err).toContain(`$.meetings["${meeting!.id}"]: It breaks a rule`);
    expect(err).toContain('Outside its window');
  });

  it.each([
    [['plan', 'alternatives'], '--meeting is missing.'],
    [['plan', 'alternatives', '--meeting', 'site/nowhere'], '--meeting: there is no “site/nowhere”.'],
    [['plan', 'why', '--meeting', '__proto__'], '--meeting: there is no “__proto__”.'],
    [['plan', 'why', '--year', '2027'], '--in excludes --year and --programme.'],
  ])('%j', async (words, said) => {
    expect(await meguri(...words, ...files())).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) });
  });

  it('with --plan that is missing', async () => {
    const { code, err } = await meguri('plan', 'why', '--in', at('instance.json'));
    expect({ code, err }).toEqual({ code: 2, err: '--plan is missing.\n' });
  });
});

describe('a wrong instance', () => {
  const change = (edit: (wrong: any) => void) => {
    const wrong = structuredClone(instance) as any;
    edit(wrong);
    return JSON.stringify(wrong);
  };
  const cases: [string, string | (() => string), string[]][] = [
    [
      'says unknown ids, wrong letters and lengths, and negative costs all at once',
      change((wrong) => {
        wrong.meetings[0].seats[0].person = 'nobody';
        wrong.people[0].availability = 'oox';
        wrong.people[1].availability = wrong.people[1].availability.replace(/^./, 'y');
        wrong.tripCost[0] = -3;
        wrong.loads[0].cost = [-1];
      }),
      ['$.people[0].availability: ', '$.people[1].availability: ', '$.tripCost[0]: ', '$.loads[0].cost[0]: '],
    ],
    [
      'says which locks contradict each other',
      change((wrong) => {
        wrong.locks = [
          { meeting: wrong.meetings[0].id, start: 10 },
          { meeting: wrong.meetings[0].id, start: 12 },
        ];
      }),
      ['$.locks[1].start: This contradicts locks[0]'],
    ],
    [
      'may not have names that every object has',
      change((wrong) => (wrong.people[0].id = 'toString')),
      ['$.people[0].id: '],
    ],
    [
      'may not have __proto__ as a key',
      JSON.stringify(instance).replace('"askCosts":', '"__proto__":').replace(/}$/, ',"__proto__":{}}'),
      ['__proto__'],
    ],
    [
      'may not say a thing twice',
      JSON.stringify(instance).replace(/}$/, ',"name":"again"}'),
      ['$.name: This key stands there twice'],
    ],
    ['may have no NaN', JSON.stringify(instance).replace(/"unplaced":\d+/, '"unplaced":NaN'), ['This is not JSON']],
    [
      'may have no huge number',
      JSON.stringify(instance).replace(/"unplaced":\d+/, '"unplaced":1e400'),
      ['$.unplaced: '],
    ],
    ['must be JSON', 'Meguri', ['This is not JSON']],
    ['must be a text', '\ud800\u0000', ['$: ']],
    [
      'may not have a million meetings',
      () => JSON.stringify({ ...instance, meetings: Array.from({ length: 1_000_000 }, () => ({})) }),
      ['$.meetings: Too many: 1000000, at most 10000'],
    ],
  ];

  it.each(cases)('%s', async (_, content, said) => {
    const file = await keep('wrong.json', typeof content === 'string' ? content : content());
    const began = Date.now();
    const { code, out, err } = await meguri('plan', '--in', file, '--out', at('never.json'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const part of said) expect(err).toContain(part);
    expect(Date.now() - began).toBeLessThan(30_000);
    expect(await readdir(folder)).not.toContain('never.json');
  });

  it('may not be a folder, nor its plan be written where nothing can be', async () => {
    const { code, err } = await meguri('plan', '--in', folder, '--out', join(at('instance.json'), 'plan.json'));
    expect(code).toBe(2);
    expect(err).toContain(`${folder}: it is a folder.`);
    expect(err).toMatch(/plan\.json: (not a folder|it is not there)\./);
  });
});

describe('meguri plan --in', () => {
  it('says how far it is, one line a second at most; an interrupt keeps the best plan and ends with 130', async () => {
    const long = makeInstance({ centres: 18, seed: 3 });
    const file = await keep('long.json', long);
    const running = start('plan', '--in', file, '--out', at('best.json'), '--time-limit', '100', '--progress', 'json');
    const began = Date.now();
    await new Promise<void>((done) => running.child.stderr.once('data', () => done()));
    await new Promise((done) => setTimeout(done, 2_500));
    running.child.kill('SIGINT');
    const { code, err } = await running.ended;
    const seconds = (Date.now() - began) / 1000;
    expect(code).toBe(130);
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, number>);
    expect(lines.length).toBeLessThanOrEqual(seconds + 1);
    for (const line of lines) expect(Object.keys(line)).toEqual(['seconds', 'cost', 'bound']);
    const best = JSON.parse(await readFile(at('best.json'), 'utf8'));
    expect(score(long, best)).toMatchObject({ valid: true, cost: best.cost });
  });

  it('ends at once at a second interrupt', async () => {
    const trouble = await keep('troubled.json', makeInstance({ centres: 9, seed: 1, trouble: 3 }));
    const running = start('plan', 'relax', '--in', trouble, '--time-limit', '100');
    await new Promise((done) => setTimeout(done, 3_000));
    const began = Date.now();
    running.child.kill('SIGINT');
    setTimeout(() => running.child.kill('SIGINT'), 700);
    expect(await running.ended).toMatchObject({ code: 130 });
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});
