import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { cruise } from './cruise.ts';
import { rulesOf } from './rules.ts';
import { worldlyWordsIn } from './words.ts';

/** A house of three rooms in which each rule is broken once, beside what is allowed. */
const house = {
  'src/kernel/text.ts': `export const t = 1;`,
  'src/mail/mail.entity.ts': `export class MailEntity {}`,
  'src/mail/mail.service.ts': `import { t } from '../kernel/text.ts'; import { MailEntity } from './mail.entity.ts'; export const mail = [t, MailEntity];`,
  'src/mail/mail.facts.ts': `export const sent = 1;`,
  'src/mail/mail.worker.ts': `export const works = 1;`,
  'src/clock/clock.service.ts': `export const now = 1;`,
  'src/roster/people.ts': `import { t } from '../kernel/text.ts'; import { sent } from '../mail/mail.facts.ts'; export const p = [t, sent];`,
  'src/roster/roster.service.ts': `import { mail } from '../mail/mail.service.ts'; export const roster = mail;`,
  'ormconfig.ts': `import { MailEntity } from './src/mail/mail.entity.ts'; export const entities = [MailEntity];`,

  'src/kernel/up.ts': `import { sent } from '../mail/mail.facts.ts'; export const up = sent;`,
  'src/mail/beside.service.ts': `import { now } from '../clock/clock.service.ts'; export const b = now;`,
  'src/roster/thief.service.ts': `import { MailEntity } from '../mail/mail.entity.ts'; export const s = MailEntity;`,
  'src/roster/driver.service.ts': `import { works } from '../mail/mail.worker.ts'; export const w = works;`,
  'src/roster/one.ts': `import { two } from './two.ts'; export const one = () => two;`,
  'src/roster/two.ts': `import { one } from './one.ts'; export const two = () => one;`,
  'src/roster/reads-files.ts': `import { readFileSync } from 'node:fs'; export const r = readFileSync;`,
  'src/roster/asks-service.ts': `import { roster } from './roster.service.ts'; export const a = roster;`,
  'src/roster/uses-database.ts': `import { Client } from 'pg'; export const c = Client;`,
  'src/roster/lost.ts': `import { gone } from './gone.ts'; export const l = gone;`,
  'migrations/1-x.ts': `import { t } from '../src/kernel/text.ts'; export const m = t;`,
};
const map = { kernel: { floor: 0 }, clock: { floor: 1 }, mail: { floor: 1 }, roster: { floor: 2 } };

const folder = await mkdtemp(join(tmpdir(), 'meguri-house-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the rules', () => {
  it('find each of these and nothing else', async () => {
    for (const [path, source] of Object.entries(house)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), source);
    }
    await mkdir(join(folder, 'node_modules/pg'), { recursive: true });
    await writeFile(join(folder, 'node_modules/pg/index.js'), 'export const Client = 1;');
    await writeFile(join(folder, 'node_modules/pg/package.json'), '{"name":"pg","type":"module","main":"index.js"}');
    await writeFile(join(folder, 'package.json'), '{"name":"house","type":"module","dependencies":{"pg":"1"}}');
    const { violations } = await cruise(folder, ['src', 'ormconfig.ts', 'migrations'], rulesOf(map));
    expect([...violations].sort()).toEqual(
      [
        'kernel imports downstairs: src/kernel/up.ts → src/mail/mail.facts.ts',
        'mail imports downstairs: src/mail/beside.service.ts → src/clock/clock.service.ts',
        'a entity is private to its room: src/roster/thief.service.ts → src/mail/mail.entity.ts',
        'a worker is private to its room: src/roster/driver.service.ts → src/mail/mail.worker.ts',
        'no cycle: src/roster/one.ts → src/roster/two.ts',
        'a bare file uses pure parts of Node: src/roster/reads-files.ts → fs',
        'a bare file imports bare files: src/roster/asks-service.ts → src/roster/roster.service.ts',
        'a bare file uses pure packages: src/roster/uses-database.ts → node_modules/pg/index.js',
        'everything imported exists: src/roster/lost.ts → ./gone.ts',
        'migrations stand alone: migrations/1-x.ts → src/kernel/text.ts',
      ].sort(),
    );
  });
});

describe('a word that asks the world', () => {
  it.each([
    ['const t = Date.now();', ['Date.now()']],
    ['const t = new Date();', ['new Date()']],
    ['const t = new Date(at);', []],
    ['const t = DateTime.utc();', ['DateTime.now()']],
    ['const t = DateTime.utc(2027, 4, 1);', []],
    ['// Date.now() is never asked', []],
    ['/** Date.now() */ const x = 1;', []],
    ["const s = 'Date.now()';", []],
    ['const u = process.env.X ?? Math.random();', ['process', 'Math.random()']],
  ])('is found in %s', (source, expected) => {
    expect(worldlyWordsIn(source)).toEqual(expected);
  });
});
