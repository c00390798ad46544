import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { terminalOn, type Typed } from './terminal.ts';

let house: StartedApp;
let type: (...argv: string[]) => Promise<Typed>;
let folder: string;

beforeAll(async () => {
  house = await startApp({ clock: '2027-01-15T00:00:00Z' });
  type = terminalOn(house);
  folder = await mkdtemp(join(tmpdir(), 'meguri 名簿 '));
  await house.get(Sample).load();
});
afterAll(async () => {
  await house?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const codeOf = ({ exit, json }: Typed) => [exit, json.error?.code];
const trailOf = (subject: string) =>
  house.dataSource.query<{ verb: string; kind: string; name: string }[]>(
    'select verb, actor_kind as kind, actor_name as name from trail where subject = $1 order by number desc',
    [subject],
  );

describe('roster list', () => {
  it('shows people in the language of the terminal, and finds them in any spelling', async () => {
    const { exit, out } = await type('roster', 'list', 'person', '--search', 'taro kaku', '--lang', 'ja');
    expect(exit).toBe(0);
    expect(out).toContain('架空 太郎');
    expect(out).not.toContain('試作 誠');
    expect((await type('roster', 'list', 'person', '--search', 'かくう たろう')).out).toContain('Taro KAKU');
  });

  it('gives programs whole things', async () => {
    const { json } = await type('roster', 'list', 'centre', '--json');
    expect(json).toHaveLength(18);
    expect(json.find((centre: { id: string }) => centre.id === 'aimec')).toMatchObject({
      name: { ja: expect.any(String), en: expect.any(String) },
      hosts: [expect.any(String), expect.any(String)],
    });
  });

  it('says so where there is nothing', async () => {
    expect(await type('roster', 'list', 'person', '--search', 'nobody of this name')).toMatchObject({
      exit: 0,
      out: 'There is nothing of that kind.\n',
    });
  });
});

describe('roster export and import', () => {
  it('go round without changing anything', async () => {
    const target = join(folder, '書き出し');
    expect((await type('roster', 'export', target)).exit).toBe(0);
    expect(await readdir(target)).toHaveLength(7);
    const { exit, json } = await type('roster', 'import', target, '--json');
    expect(exit).toBe(0);
    expect(json.counts).toMatchObject({ added: 0, changed: 0, fault: 0 });
    expect(json.counts.unchanged).toBeGreaterThan(400);
  });

  it('never overwrite unless told', async () => {
    const target = join(folder, 'kept');
    await type('roster', 'export', target);
    await writeFile(join(target, 'people.csv'), 'mine');
    const { exit, err } = await type('roster', 'export', target);
    expect({ exit, said: err.includes('people.csv: it is there already') }).toEqual({ exit: 2, said: true });
    expect(await readFile(join(target, 'people.csv'), 'utf8')).toBe('mine');
    expect((await type('roster', 'export', target, '--force')).exit).toBe(0);
    expect(await readFile(join(target, 'people.csv'), 'utf8')).toContain('kaku-taro');
    expect((await readdir(target)).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('take a file of their own, look before, and write once', async () => {
    const file = join(folder, 'people.csv');
    await writeFile(file, 'id,telephone\nkaku-taro,03-0000-1111\n');
    const before = await type('roster', 'import', file, '--dry-run', '--json');
    expect(before.json).toMatchObject({ written: false, counts: { changed: 1 } });
    expect(before.json.rows[0].changes).toEqual([
      { column: 'telephone', before: '03-0000-0001', after: '03-0000-1111' },
    ]);
    expect((await type('roster', 'list', 'person', '--search', 'kaku-taro', '--json')).json[0].telephone).toBe(
      '03-0000-0001',
    );
    expect((await type('roster', 'import', file, '--json')).json.written).toBe(true);
    expect((await type('roster', 'list', 'person', '--search', 'kaku-taro', '--json')).json[0].telephone).toBe(
      '03-0000-1111',
    );
    expect((await trailOf('person/kaku-taro'))[0]).toEqual({ verb: 'roster.import', kind: 'command', name: 'kaku' });
  });

  it('say every fault with its line and write nothing', async () => {
    const file = join(folder, 'people.csv');
    await writeFile(
      file,
      'id,telephone,zone\nkaku-taro,abc,Asia/Tokyo\nmihon-hanako,03-0000-2222,Nowhere\nshisaku-makoto,03-0000-3333,Asia/Tokyo\n',
    );
    const { exit, err } = await type('roster', 'import', file);
    expect(exit).toBe(2);
    expect(err).toMatch(/people\.csv, line 2, Telephone “abc”/);
    expect(err).toMatch(/people\.csv, line 3, Time zone “Nowhere”/);
    const skipped = await type('roster', 'import', file, '--skip-faulty', '--json');
    expect(skipped).toMatchObject({ exit: 0 });
    expect(skipped.json.counts).toMatchObject({ changed: 1, fault: 2 });
  });

  it('refuse what is no CSV of ours', async () => {
    const file = join(folder, 'picture.csv');
    await writeFile(file, Buffer.from([0, 1, 2, 255]));
    expect(await type('roster', 'import', file)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('picture.csv'),
    });
    expect(await type('roster', 'import', await mkdtemp(join(folder, 'empty')))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('there are no CSV files'),
    });
  });
});

describe('roster set', () => {
  it('corrects a field and leaves the others', async () => {
    const { exit, json } = await type('roster', 'set', 'person', 'mihon-hanako', 'telephone=03-0000-4444', '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({ written: true, counts: { added: 0, changed: 1 } });
    const [person] = (await type('roster', 'list', 'person', '--search', 'mihon-hanako', '--json')).json;
    expect(person).toMatchObject({ telephone: '03-0000-4444', name: { ja: '見本 花子' } });
  });

  it('adds a person, a term and a conflict of interest', async () => {
    const person = [
      'name_ja=仮名 試',
      'name_en=Tamesu KANA',
      'language=ja',
      'zone=Asia/Tokyo',
      'addresses=tamesu@example.org',
      'duties_accepted=3',
    ];
    expect((await type('roster', 'set', 'person', 'kana-tamesu', ...person)).exit).toBe(0);
    const conflict = ['person=kana-tamesu', 'centre=icredd', 'kind=declared', 'note==SUM(1) と書く'];
    expect((await type('roster', 'set', 'conflict', 'kana-icredd', ...conflict)).exit).toBe(0);
    const [found] = (await type('roster', 'list', 'conflict', '--search', 'kana-tamesu', '--json')).json;
    expect(found).toMatchObject({ id: 'kana-icredd', note: '=SUM(1) と書く' });
    expect((await trailOf('person/kana-tamesu'))[0]).toMatchObject({ kind: 'command', name: 'kaku' });
  });

  it('says every fault of what was typed', async () => {
    const { exit, err } = await type('roster', 'set', 'person', 'kana-tamesu', 'telephone=abc', 'zone=Mars/Base');
    expect(exit).toBe(2);
    expect(err).toMatch(/Telephone “abc”[\s\S]*Time zone “Mars\/Base”|Time zone “Mars\/Base”[\s\S]*Telephone “abc”/);
    expect((await type('roster', 'set', 'person', '../etc', 'telephone=1')).exit).toBe(2);
    expect(
      (await type('roster', 'set', 'term', 'x', 'post=nowhere', 'person=kana-tamesu', 'from=2027-04-01')).err,
    ).toContain('nowhere');
  });
});

describe('roster successor and end', () => {
  it('enter who follows before the day', async () => {
    const done = await type(
      'roster',
      'successor',
      'programme-director',
      'kana-tamesu',
      '--from',
      '2028-10-01',
      '--json',
    );
    expect(done).toMatchObject({ exit: 0 });
    const terms = (await type('roster', 'list', 'term', '--json')).json.filter(
      (term: { post: string }) => term.post === 'programme-director',
    );
    expect(
      terms.map(({ person, from, to }: { person: string; from: string; to: string }) => [person, from, to]),
    ).toEqual([
      ['kaku-taro', '2024-04-01', '2028-09-30'],
      ['kana-tamesu', '2028-10-01', null],
    ]);
  });

  it('are refused by a rule with 4, in the chosen language', async () => {
    const again = ['roster', 'successor', 'programme-director', 'kana-tamesu', '--from', '2028-10-01'];
    expect(codeOf(await type(...again, '--json'))).toEqual([4, 'roster.post-has-holder']);
    expect((await type(...again, '--lang', 'ja')).err).toContain('同じ役職に同時に2人は就けません');
    expect(codeOf(await type('roster', 'end', 'person', 'nobody', '--on', '2027-03-31', '--json'))).toEqual([
      4,
      'roster.unknown',
    ]);
  });

  it('end a conflict and a person', async () => {
    expect((await type('roster', 'end', 'conflict', 'kana-icredd', '--on', '2027-03-31')).exit).toBe(0);
    expect(codeOf(await type('roster', 'end', 'person', 'kana-tamesu', '--on', '2027-03-31', '--json'))).toEqual([
      4,
      'roster.term-after-end',
    ]);
    expect((await type('roster', 'end', 'person', 'mihon-hanako', '--on', '2027-03-31')).exit).toBe(0);
    expect((await type('roster', 'list', 'person', '--search', 'mihon-hanako', '--json')).json).toEqual([]);
    expect((await type('roster', 'list', 'person', '--search', 'mihon-hanako', '--ended', '--json')).json).toHaveLength(
      1,
    );
  });
});

describe('availability', () => {
  const said = async (person: string, from: string, to = from) =>
    (await type('availability', 'show', person, '--from', from, '--to', to, '--json')).json.answers.map(
      ({ day, half, state, comment, channel }: Record<string, string>) =>
        [day, half, state, comment, channel].join(' '),
    );

  it('is set for a day and for weeks, and taken back', async () => {
    expect(
      (
        await type(
          'availability',
          'set',
          'kaku-taro',
          '--day',
          '2027-06-01',
          '--half',
          'am',
          '--state',
          '△',
          '--comment',
          '要調整',
          '--telephone',
        )
      ).exit,
    ).toBe(0);
    expect(await said('kaku-taro', '2027-06-01')).toContain('2027-06-01 am t 要調整 telephone');
    const weeks = await type(
      'availability',
      'set',
      'kaku-taro',
      '--from',
      '2027-06-07',
      '--to',
      '2027-06-18',
      '--weekdays',
      '月・水',
      '--state',
      'x',
      '--json',
    );
    expect(weeks.json.added + weeks.json.changed + weeks.json.unchanged).toBe(8);
    expect(await said('kaku-taro', '2027-06-09')).toEqual(['2027-06-09 am x  staff', '2027-06-09 pm x  staff']);
    const cleared = await type('availability', 'set', 'kaku-taro', '--day', '2027-06-09', '--clear', '--json');
    expect(cleared.json).toEqual({ person: 'kaku-taro', cleared: 2 });
    expect(await said('kaku-taro', '2027-06-09')).toEqual([]);
  });

  it('is read from a file, or not at all', async () => {
    const file = join(folder, '都合.csv');
    await writeFile(file, '氏名,日付,回答\n架空 太郎,2027-07-09,×\n');
    expect((await type('availability', 'import', file, '--dry-run', '--json')).json).toMatchObject({
      written: false,
      people: 1,
    });
    expect((await type('availability', 'import', file, '--json')).json).toMatchObject({
      written: true,
      people: 1,
      lines: 1,
    });
    expect(await said('kaku-taro', '2027-07-09')).toEqual(['2027-07-09 am x  import', '2027-07-09 pm x  import']);
    await writeFile(file, '氏名,日付,回答\n架空 太郎,2027-07-09,○\n架空 太郎,2027-02-30,○\n誰か,2027-07-09,?\n');
    const { exit, err } = await type('availability', 'import', file);
    expect(exit).toBe(2);
    expect(err.split('\n').filter((line) => line.includes('都合.csv')).length).toBeGreaterThanOrEqual(3);
    expect(await said('kaku-taro', '2027-07-09')).toContain('2027-07-09 am x  import');
  });

  it('of nobody is refused', async () => {
    expect(codeOf(await type('availability', 'show', 'nobody', '--json'))).toEqual([4, 'availability.unknown-person']);
    expect(
      codeOf(await type('availability', 'set', 'nobody', '--day', '2027-06-01', '--state', 'o', '--json')),
    ).toEqual([4, 'availability.unknown-person']);
    expect(
      codeOf(
        await type(
          'availability',
          'set',
          'kaku-taro',
          '--from',
          '2027-06-02',
          '--to',
          '2027-06-01',
          '--state',
          'o',
          '--json',
        ),
      ),
    ).toEqual([4, 'availability.span-not-usable']);
  });
});

describe('staff', () => {
  const account = [
    '--email',
    'jiro@example.org',
    '--name-ja',
    '見本 次郎',
    '--name-en',
    'Jiro MIHON',
    '--telephone',
    '03-0000-0009',
  ];

  it('are added, closed and opened', async () => {
    expect((await type('staff', 'add', ...account)).exit).toBe(0);
    const found = async () =>
      (await type('staff', 'list', '--json')).json.find((one: { email: string }) => one.email === 'jiro@example.org');
    expect(await found()).toMatchObject({ role: 'staff', language: 'ja', active: true });
    expect((await type('staff', 'deactivate', 'Jiro@Example.org')).exit).toBe(0);
    expect(await found()).toMatchObject({ active: false });
    expect(codeOf(await type('sign-in-link', 'jiro@example.org', '--json'))).toEqual([4, 'identity.not-active']);
    expect((await type('staff', 'activate', 'jiro@example.org')).exit).toBe(0);
  });

  it('are refused a second time, and with what is wrong', async () => {
    expect(codeOf(await type('staff', 'add', ...account, '--json'))).toEqual([4, 'identity.email-taken']);
    expect(codeOf(await type('staff', 'deactivate', 'nobody@example.org', '--json'))).toEqual([4, 'identity.unknown']);
    expect(codeOf(await type('staff', 'deactivate', 'ichiko.mihon@secretariat.example.org', '--json'))).toEqual([
      4,
      'identity.last-administrator',
    ]);
    expect(codeOf(await type('first-administrator', ...account, '--json'))).toEqual([
      4,
      'identity.administrator-exists',
    ]);
  });

  it('get a link that opens the sign-in page of this house, and the trail says who made it', async () => {
    const { exit, json } = await type('sign-in-link', 'jiro@example.org', '--json');
    expect(exit).toBe(0);
    expect(json.link).toMatch(new RegExp(`^${house.config.baseUrl}/sign-in/[\\w-]{27}$`));
    expect((await fetch(json.link)).status).toBe(200);
    expect((await trailOf(`staff/${json.staff}`))[0]).toEqual({
      verb: 'identity.issue-link',
      kind: 'command',
      name: 'kaku',
    });
    const { out } = await type('sign-in-link');
    expect(out).toContain(`${house.config.baseUrl}/sign-in/`);
  });

  it('elsewhere than on the embedded database a link is for somebody named', async () => {
    const elsewhere = terminalOn({ ...house, config: { ...house.config, embeddedDatabase: false } });
    expect(await elsewhere('sign-in-link')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('EMAIL is missing.'),
    });
  });
});

describe('rehearsal and mail', () => {
  it('switch what may leave', async () => {
    expect(
      (await type('rehearsal', 'on', '--address', 'Taro@Example.org', '--address', '@pd.example.org', '--json')).json,
    ).toEqual({
      rehearsal: true,
      rehearsalAddresses: ['@pd.example.org', 'taro@example.org'],
      stopped: [],
      paused: false,
    });
    expect((await type('rehearsal', 'off', '--json')).json.rehearsal).toBe(false);
    expect((await type('rehearsal', 'on', '--json')).json.rehearsalAddresses).toEqual([
      '@pd.example.org',
      'taro@example.org',
    ]);
    expect((await type('mail', 'pause')).out).toContain('All mail is paused.');
    expect((await type('mail', 'resume', '--json')).json.paused).toBe(false);
    expect((await type('rehearsal', 'show')).out).toContain('taro@example.org');
    expect((await trailOf('mail-policy'))[0]).toEqual({ verb: 'mail.set-policy', kind: 'command', name: 'kaku' });
  });

  it('list mails by state', async () => {
    expect((await type('mail', 'list', '--state', 'failed', '--json')).json).toEqual({
      total: 0,
      page: 1,
      size: 50,
      mails: [],
    });
    expect(await type('mail', 'list', '--state', 'lost')).toMatchObject({ exit: 2 });
  });
});
