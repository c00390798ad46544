import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cruise, projectFolder } from './cruise.ts';
import { exceptions, impure, namesForNothing, rooms, suffixes } from './rooms.ts';
import { rulesOf } from './rules.ts';
import { worldlyWordsIn } from './words.ts';

const files = (readdirSync(join(projectFolder, 'src'), { recursive: true }) as string[])
  .map((path) => join('src', path).replaceAll('\\', '/'))
  .filter((path) => /\.[a-z]+$/.test(path));
const code = files.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.startsWith('src/web/public/'));
const named = code.filter((path) => !(exceptions as readonly string[]).includes(path));
const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');

describe('the map', () => {
  it('has every folder of src, and src has every room of the map', () => {
    const folders = new Set(files.filter((path) => path.split('/').length > 2).map((path) => path.split('/')[1]!));
    expect([...folders].sort()).toEqual(Object.keys(rooms).sort());
  });

  it('names only files that exist', () => {
    expect([...exceptions, ...Object.keys(impure)].filter((path) => !files.includes(path))).toEqual([]);
  });

  it('lets nobody import itself by way of rooms beside it', () => {
    const reached = (from: string, seen = new Set<string>()): Set<string> => {
      for (const next of rooms[from]!.beside ?? []) if (!seen.has(next)) reached(next, seen.add(next));
      return seen;
    };
    expect(Object.keys(rooms).filter((room) => reached(room).has(room))).toEqual([]);
  });

  it('has arrows only between rooms of one floor', () => {
    const wrong = Object.entries(rooms).flatMap(([name, room]) =>
      (room.beside ?? []).filter((other) => rooms[other]?.floor !== room.floor).map((other) => `${name} → ${other}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('imports go as the map and the suffixes say', async () => {
  const { files: seen, violations } = await cruise(
    projectFolder,
    ['src', 'ormconfig.ts', 'migrations'],
    rulesOf(rooms),
  );
  expect(violations).toEqual([]);
  expect(named.filter((path) => path.endsWith('.ts') && !seen.includes(path))).toEqual([]);
});

describe('a file', () => {
  it('has a name with a suffix of the closed list, or none', () => {
    const pattern = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${suffixes.join('|')}))?\\.ts$`);
    expect(named.filter((path) => !pattern.test(basename(path)))).toEqual([]);
  });

  it('has a name that says something', () => {
    expect(named.filter((path) => namesForNothing.test(basename(path).split('.')[0]!))).toEqual([]);
  });

  it('without a suffix asks neither clock nor chance nor environment', () => {
    const bare = named.filter((path) => /\/[^/.]+\.ts$/.test(path) && !(path in impure));
    expect(bare.flatMap((path) => worldlyWordsIn(read(path)).map((word) => `${path}: ${word}`))).toEqual([]);
  });

  it('reads the environment in one place only', () => {
    const allowed = ['src/config/environment.service.ts', ...exceptions];
    const readers = code.filter((path) => /\bprocess\.env\b/.test(read(path)) && !allowed.includes(path));
    // programs that we start get no more of it than they need
    expect(readers).toEqual(['src/embedded/embedded-postgres.service.ts']);
  });

  it('injects no class that it imports as a type only', () => {
    // it compiles, and then Nest finds nothing to inject
    const wrong = named.filter((path) => {
      const source = read(path);
      if (!/@(Injectable|Controller|Catch)\(/.test(source)) return false;
      const types = [...source.matchAll(/import type \{([^}]*)\}/g)].flatMap(([, names]) => names!.split(','));
      const inline = [...source.matchAll(/\btype (\w+)(?=[^;{]*\} from)/g)].map(([, name]) => name!);
      const onlyTypes = new Set([...types, ...inline].map((name) => name.trim()));
      const [, parameters = ''] = /constructor\(([\s\S]*?)\)\s*\{/.exec(source) ?? [];
      const injected = parameters
        .split(',\n')
        .filter((parameter) => !/@Inject(Repository|DataSource)?\(\w/.test(parameter));
      return injected.some((parameter) => onlyTypes.has(/: (\w+)/.exec(parameter)?.[1] ?? ''));
    });
    expect(wrong).toEqual([]);
  });
});

describe('lists by hand', () => {
  const withoutEnding = (path: string) => basename(path).replace(/\.ts$/, '');

  it('ormconfig.ts has every entity', () => {
    const listed = [...read('ormconfig.ts').matchAll(/from '\.\/(src\/[^']+\.entity\.ts)'/g)].map(([, path]) => path!);
    expect(listed.sort()).toEqual(files.filter((path) => path.endsWith('.entity.ts')).sort());
    const imported = [...read('ormconfig.ts').matchAll(/\b(\w+Entity)\b(?=[\s,}\]])/g)].map(([, name]) => name!);
    const counts = Map.groupBy(imported, (name) => name);
    expect([...counts].filter(([, uses]) => uses.length !== 2).map(([name]) => name)).toEqual([]);
  });

  it('migrations/index.ts has every migration, in order', async () => {
    const { migrations } = await import('../../migrations/index.ts');
    const inFolder = readdirSync(join(projectFolder, 'migrations')).filter((path) => path !== 'index.ts');
    expect(inFolder.filter((path) => !/^\d{13}-[a-z0-9-]+\.ts$/.test(path))).toEqual([]);
    const timestamps = inFolder.map((path) => withoutEnding(path).split('-')[0]!).sort();
    expect(migrations.map((migration) => migration.name.slice(-13))).toEqual(timestamps);
    expect(new Set(timestamps).size).toBe(timestamps.length);
  });
});
