import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { terminalOn } from './terminal.ts';
import { makeInstance, score } from './yardstick.ts';

jest.setTimeout(120_000);

// no house: a verb that would open one fails
const type = terminalOn(undefined);
const instance = makeInstance({ centres: 4, seed: 1 });
let folder: string;
let from: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meguri 計画 '));
  from = join(folder, 'instance.json');
  await writeFile(from, JSON.stringify(instance));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const read = async (name: string) => JSON.parse(await readFile(at(name), 'utf8'));
const plan = (out: string, ...more: string[]) => type('plan', '--in', from, '--out', at(out), '--json', ...more);

describe('plan --in', () => {
  it('writes a plan that is valid and costs what it says, and ends with 0', async () => {
    const { exit, json } = await plan('plan.json');
    expect(exit).toBe(0);
    const written = await read('plan.json');
    const judged = score(instance, written);
    expect({ valid: judged.valid, unplaced: judged.unplaced, cost: judged.cost }).toEqual({
      valid: true,
      unplaced: 0,
      cost: written.cost,
    });
    expect(json).toMatchObject({
      out: at('plan.json'),
      cost: written.cost,
      bound: written.bound,
      proven: written.proven,
      unplaced: [],
    });
    expect(written.proven).toBe(written.cost - written.bound < 1);
  });

  it('is the same plan for the same seed, where there is time to prove it', async () => {
    const [one, other] = [
      await plan('one.json', '--seed', '5'),
      await plan('other.json', '--seed', '5', '--threads', '1'),
    ];
    expect([one.exit, other.exit, one.json.proven]).toEqual([0, 0, true]);
    expect(await read('one.json')).toEqual(await read('other.json'));
  });

  it('says how far it is, a line a second at most', async () => {
    const long = makeInstance({ centres: 18, seed: 1 });
    await writeFile(at('long.json'), JSON.stringify(long));
    const { err } = await type(
      'plan',
      '--in',
      at('long.json'),
      '--out',
      at('x.json'),
      '--time-limit',
      '4',
      '--progress',
      'json',
    );
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(7);
    for (const line of lines) expect(Object.keys(line)).toEqual(['seconds', 'cost', 'bound']);
  });

  it('ends with 3 where something stays undecided, and names it', async () => {
    const trouble = makeInstance({ centres: 6, seed: 1, trouble: 2 });
    await writeFile(at('trouble.json'), JSON.stringify(trouble));
    const { exit, json } = await type(
      'plan',
      '--in',
      at('trouble.json'),
      '--out',
      at('t.json'),
      '--time-limit',
      '10',
      '--json',
    );
    const judged = score(trouble, await read('t.json'));
    expect({ exit, valid: judged.valid }).toEqual({ exit: 3, valid: true });
    expect(judged.unplaced).toBeGreaterThan(0);
    expect(json.unplaced).toHaveLength(judged.unplaced);
  });

  it('ends with 4 where no plan keeps the locks, says which, and writes nothing', async () => {
    const locks = [
      { meeting: instance.meetings[0]!.id, start: 1 },
      { assignment: instance.assignments[0]!.id, person: 'nobody-of-them' },
    ];
    const person = { ...instance.people[0]!, id: 'nobody-of-them' };
    await writeFile(at('locked.json'), JSON.stringify({ ...instance, people: [...instance.people, person], locks }));
    const { exit, json, err } = await type('plan', '--in', at('locked.json'), '--out', at('l.json'), '--json');
    expect(exit).toBe(4);
    expect(json.error.exit).toBe(4);
    expect(err).toContain(instance.assignments[0]!.id);
    expect(await readdir(folder)).not.toContain('l.json');
  });

  it('ends with 2 where the instance is wrong, says every fault with its path, and writes nothing', async () => {
    const wrong = structuredClone(instance) as unknown as Record<string, any>;
    wrong['meetings'][0].seats[0].person = 'nobody at all';
    wrong['people'][1].availability = 'oox';
    wrong['limits'][0].most = -1;
    await writeFile(at('wrong.json'), JSON.stringify(wrong));
    const { exit, err } = await type('plan', '--in', at('wrong.json'), '--out', at('w.json'));
    expect(exit).toBe(2);
    expect(err).toMatch(/meetings\[0\]\.seats\[0\]/);
    expect(err).toMatch(/people\[1\]\.availability/);
    expect(err).toMatch(/limits\[0\]\.most/);
    expect(await readdir(folder)).not.toContain('w.json');
  });

  it.each([
    ['{', 'is not JSON'],
    ['\u0000\u0001', 'is not JSON'],
    ['null', '$: This is not an instance'],
    ['[]', '$: This is not an instance'],
    ['{"format":"something else"}', '$.format: '],
    ['{"__proto__":{"format":"meguri-planning/1"}}', '$.__proto__: '],
  ])('ends with 2 for a file that holds %j', async (content, said) => {
    const file = at('odd-instance.json');
    await writeFile(file, content);
    const { exit, err } = await type('plan', '--in', file, '--out', at('odd.json'));
    expect(exit).toBe(2);
    expect(err).toContain(said);
    expect(await readdir(folder)).not.toContain('odd.json');
  });

  it.each([
    [['--in', '/nowhere/x.json', '--out', '/nowhere/plan.json'], '/nowhere/x.json: it is not there.'],
    [['--in', 'x.json'], '--out is missing.'],
    [['--in', 'x.json', '--out', './x.json'], '--in and --out must be different files.'],
    [['--in', 'x.json', '--out', '/nowhere/at/all/x'], '/nowhere/at/all/x: it is not there.'],
    [['--in', 'x.json', '--out', 'y', '--year', '2027'], '--in excludes --year and --programme.'],
    [['--in', 'x.json', '--out', 'y', '--seed', '-1'], '--seed must be a whole number'],
    [['--in', 'x.json', '--out', 'y', '--time-limit', '0'], '--time-limit must be a whole number'],
    [['--in', 'x.json', '--out', 'y', '--threads', 'many'], '--threads must be a whole number'],
    [['--in', 'x.json', '--out', 'y', '--progress', 'loud'], '--progress must be one of json'],
  ])('%j is wrong usage', async (words, said) => {
    expect(await type('plan', ...words)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(said) });
  });

  it('ends with 130 when it is interrupted, and writes the best plan so far', async () => {
    const long = makeInstance({ centres: 18, seed: 2 });
    await writeFile(at('long.json'), JSON.stringify(long));
    const ctrlC = new AbortController();
    setTimeout(() => ctrlC.abort(), 3_000);
    const terminal = terminalOn(undefined, { signal: ctrlC.signal });
    const { exit } = await terminal('plan', '--in', at('long.json'), '--out', at('best.json'), '--time-limit', '100');
    expect(exit).toBe(130);
    expect(score(long, await read('best.json'))).toMatchObject({ valid: true });
  });
});
