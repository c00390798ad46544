import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/config/config.ts';
import { doingOf } from '../../src/cli/doings.service.ts';
import { exitCodeMeanings, exitCodes } from '../../src/cli/exit-codes.ts';
import { Given, UsageFaults } from '../../src/cli/given.ts';
import { tableOf, visible, widthOf } from '../../src/cli/terminal-text.ts';
import { usageOf, type Verb } from '../../src/cli/verb.ts';
import { verbs } from '../../src/cli/verbs.ts';
import type { House } from '../../src/start/house.service.ts';
import { terminalOn } from './terminal.ts';

const type = terminalOn(undefined);
const typeJa = terminalOn(undefined, { locale: 'ja-JP' });
const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;

describe('help', () => {
  it('lists every verb with a line, in the language of the terminal', async () => {
    for (const [terminal, language] of [
      [type, 'en'],
      [typeJa, 'ja'],
    ] as const) {
      const { exit, out, err } = await terminal('help');
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      const lines = out.split('\n');
      for (const verb of verbs)
        expect(lines.some((line) => line.startsWith(`  ${verb.path} `) && line.endsWith(verb.says[language]))).toBe(
          true,
        );
    }
  });

  it('is what is said where nothing was typed', async () => {
    expect((await type()).out).toBe((await type('help')).out);
  });

  it.each(verbs.map((verb) => [verb.path, verb] as const))('says how %s is used', async (path, verb) => {
    const asked = [
      await type('help', ...path.split(' ')),
      await type(...path.split(' '), '--help'),
      await type(...path.split(' '), '-h'),
    ];
    expect(asked.map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expect(new Set(asked.map(({ out }) => out)).size).toBe(1);
    expect(asked[0]!.out).toContain(usageOf(verb));
    for (const flag of verb.flags ?? []) expect(asked[0]!.out).toContain(`--${flag.name}`);
  });

  it('speaks the language that is asked for, wherever it is asked', async () => {
    for (const words of [
      ['--lang', 'ja', 'help'],
      ['help', '--lang', 'ja'],
      ['help', '--lang=ja'],
    ])
      expect((await type(...words)).out).toBe((await typeJa('help')).out);
    expect((await typeJa('help', '--lang', 'en')).out).toBe((await type('help')).out);
  });

  it('of a group lists its verbs', async () => {
    const { exit, out } = await type('meeting', '--help');
    expect(exit).toBe(0);
    expect(out).toContain('meeting cancel');
    expect(out).not.toContain('roster list');
  });

  it('of exit codes says each of them', async () => {
    const { out } = await type('help', 'exit-codes');
    for (const { code, means } of exitCodeMeanings) expect(out).toMatch(new RegExp(`^${code} +${means.en}$`, 'm'));
    expect(exitCodeMeanings.map(({ code }) => code)).toEqual(Object.values(exitCodes));
  });

  it('for programs is the table of verbs', async () => {
    const { json } = await type('help', '--json');
    expect(json.verbs.map((verb: { verb: string }) => verb.verb)).toEqual(verbs.map((verb) => verb.path));
    expect(json.exitCodes.map((code: { code: number }) => code.code)).toEqual([0, 1, 2, 3, 4, 130]);
  });
});

describe('the table of verbs', () => {
  it.each(verbs.map((verb) => [verb.path]))('%s has somebody who does it', async (path) => {
    expect(await doingOf(path)).toBeInstanceOf(Function);
  });

  it('names each verb once and each of its flags once', () => {
    expect(new Set(verbs.map((verb) => verb.path)).size).toBe(verbs.length);
    for (const { flags = [] } of verbs) expect(new Set(flags.map((flag) => flag.name)).size).toBe(flags.length);
  });

  it('says everything in Japanese where it is Japanese, and in English where it is English', () => {
    for (const { path, says, more, parameters = [], flags = [] } of verbs)
      for (const said of [
        says,
        ...(more ? [more] : []),
        ...parameters.map((p) => p.says),
        ...flags.map((f) => f.says),
      ]) {
        expect(`${path}: ${said.ja}`).toMatch(japanese);
        expect(`${path}: ${said.en}`).not.toMatch(japanese);
      }
  });
});

describe('wrong usage ends with 2, opens nothing, and is said', () => {
  it.each([
    [['nonsense'], 'There is no verb “nonsense”.', '「nonsense」というコマンドはありません。'],
    [['meeting'], '“meeting” needs a verb after it.', '「meeting」の後にコマンドを続けてください。'],
    [['meeting', 'nonsense'], 'There is no verb “nonsense”.', '「nonsense」というコマンドはありません。'],
    [
      ['meeting', 'lst'],
      'There is no verb “lst”. Did you mean list?',
      '「lst」というコマンドはありません。list のことですか。',
    ],
    [['help', 'nonsense'], 'There is no verb “nonsense”.', '「nonsense」というコマンドはありません。'],
    [['cycle', 'list', '--nonsense'], 'There is no option --nonsense.', '--nonsense というオプションはありません。'],
    [['meeting', 'set', 'x', '--day'], '--day needs a value.', '--day に値を指定してください。'],
    [['meeting', 'show'], 'KEY is missing.', 'KEY を指定してください。'],
    [['meeting', 'show', ''], 'KEY is missing.', 'KEY を指定してください。'],
    [['meeting', 'show', 'a', 'b'], 'Too many arguments: 2 instead of 1.', '引数が多すぎます（1個のところ2個）。'],
    [
      ['cycle', 'list', '--lang', 'fr'],
      '--lang must be one of ja, en (it is “fr”).',
      '--lang は次のいずれかにしてください：ja, en（今は「fr」）。',
    ],
    [
      ['meeting', 'list', '--year', '27'],
      '--year must be a whole number from 2007 to 2100 (it is “27”).',
      '--year は 2007 から 2100 までの整数にしてください（今は「27」）。',
    ],
    [
      ['meeting', 'list', '--year', '2027', '--year', '2028'],
      '--year is given more than once.',
      '--year は1回だけ指定してください。',
    ],
    [['meeting', 'show', 'a\u001b[2J'], 'Control characters cannot be used.', '制御文字は使えません。'],
    [['meeting', 'show', 'a\0b'], 'Control characters cannot be used.', '制御文字は使えません。'],
    [
      ['meeting', 'set', 'site/x'],
      'Say what is to change: at least one option.',
      '何を変えるか、オプションで指定してください。',
    ],
    [
      ['meeting', 'set', 'site/x', '--day', '2027-02-29'],
      'Please give the day as 2027-07-09.',
      '日付を「2027-07-09」のように入力してください。',
    ],
    [
      ['roster', 'list', '__proto__'],
      'NOUN must be one of institution, centre',
      'NOUN は次のいずれかにしてください：institution, centre',
    ],
    [['roster', 'set', 'constructor', 'x', 'a=b'], 'NOUN must be one of', 'NOUN は次のいずれか'],
    [
      ['roster', 'set', 'person', 'x', '__proto__=1'],
      'There is no field “__proto__”',
      '「__proto__」という項目はありません',
    ],
    [
      ['roster', 'set', 'person', 'x', 'telephone'],
      '“telephone” must be written as field=value.',
      '「telephone」は「項目=値」の形に',
    ],
    [['roster', 'successor', 'a', 'b'], '--from is missing.', '--from を指定してください。'],
    [
      ['milestone', 'extend', 'a', '--to', 'tomorrow'],
      '--to must be a day that exists',
      '--to は「2027-07-09」のように',
    ],
    [['release', '--all', '--list'], '--list and --all exclude each other.', '--list と --all は同時に使えません。'],
    [['release', '--all'], '--yes is needed to send', '--yes が必要です'],
    [['release', '--list', '--yes'], '--yes goes with --all or KEY.', '--yes は --all か KEY と共に使います。'],
    [['publish', 'zz'], 'PLAN is the id of a plan', 'PLAN は計画のID'],
    [['plan', '--out', 'x'], '--out goes with --in.', '--out は --in と共に使います。'],
    [
      ['rehearsal', 'on', '--address', 'nobody'],
      '“nobody” is neither an address nor “@domain”.',
      '「nobody」はメールアドレスでも',
    ],
    [['staff', 'add', '--role', 'king'], '--email is missing.', '--email を指定してください。'],
    [['availability', 'set', 'x', '--day', '2027-06-01'], '--state must be o, t or x', '--state は o、t、x'],
    [
      ['availability', 'import', '/nowhere/at/all.csv'],
      '/nowhere/at/all.csv: it is not there.',
      '/nowhere/at/all.csv：ありません。',
    ],
    [
      ['roster', 'import', '/dev/null'],
      '/dev/null: it is no ordinary file.',
      '/dev/null：ふつうのファイルではありません。',
    ],
  ])('%j', async (argv, english, japaneseText) => {
    const [en, ja] = [await type(...argv), await typeJa(...argv)];
    expect({ exit: en.exit, out: en.out }).toEqual({ exit: 2, out: '' });
    expect(en.err).toContain(english);
    expect(ja.exit).toBe(2);
    expect(ja.err).toContain(japaneseText);
    expect(en.err).not.toMatch(japanese);
  });

  it('with all its faults at once', async () => {
    const { exit, err } = await type('staff', 'add', '--role', 'king', '--language', 'fr');
    expect(exit).toBe(2);
    for (const part of ['--email', '--name-ja', '--name-en', '--role', '--language']) expect(err).toContain(part);
  });

  it('with --json also as JSON on standard output', async () => {
    const { exit, json, err } = await type('cycle', 'generate', '--json', '--window', 'site');
    expect(exit).toBe(2);
    expect(json.error).toMatchObject({ exit: 2, code: 'usage' });
    expect(json.error.texts.length).toBeGreaterThan(2);
    for (const { ja, en } of json.error.texts) expect([japanese.test(ja), err.includes(en)]).toEqual([true, true]);
  });
});

describe('hostile arguments', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...verbs.flatMap((verb) => verb.path.split(' ')),
        '--',
        '-',
        '--json',
        '--lang',
        '--year',
        '__proto__',
        'constructor',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 6 },
  );

  it('never throw, and end with a known code and a word about it', async () => {
    const quiet = terminalOn(undefined, { configuration: () => readConfig({}) });
    const codes = new Set<number>(Object.values(exitCodes));
    await fc.assert(
      fc.asyncProperty(words, async (argv) => {
        const { exit, out, err } = await quiet(...argv);
        expect(codes).toContain(exit);
        expect(`${out}${err}`.length).toBeGreaterThan(0);
        // nothing that somebody typed may steer the terminal
        // oxlint-disable-next-line no-control-regex
        expect(`${out}${err}`).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('config check', () => {
  const check = (environment: Record<string, string>, ...more: string[]) =>
    terminalOn(undefined, { configuration: () => readConfig(environment) })('config', 'check', ...more);

  it('is done where everything is right, and shows no password', async () => {
    const environment = { DATABASE_URL: 'postgres://kaku:himitsu@db.example.org/meguri', PORT: '3100' };
    const [human, program] = [await check(environment), await check(environment, '--json')];
    expect([human.exit, program.exit]).toEqual([0, 0]);
    expect(program.json.configuration).toMatchObject({ port: 3100, embeddedDatabase: false });
    expect(human.out + program.out).not.toContain('himitsu');
  });

  it('lists every fault by the name of its variable', async () => {
    const { exit, err } = await check({ PORT: 'x', ROLE: 'boss', BASE_URL: 'ftp://example.org' });
    expect(exit).toBe(2);
    for (const variable of ['PORT:', 'ROLE:', 'BASE_URL:']) expect(err).toContain(variable);
  });
});

it('version says name and number, also to programs', async () => {
  expect((await type('version')).out).toMatch(/^meguri \d+\.\d+\.\d+ \(Node \d+/);
  expect((await type('version', '--json')).json).toMatchObject({
    name: 'meguri',
    version: expect.stringMatching(/^\d/),
  });
});

describe('a command that is interrupted', () => {
  it('ends with 130 and closes the house that was still opening', async () => {
    const ctrlC = new AbortController();
    let closed = 0;
    const open = async (): Promise<House> => {
      ctrlC.abort();
      await new Promise((done) => setTimeout(done, 50));
      return { app: {} as never, config: readConfig({}), close: async () => void closed++ };
    };
    const typed = await terminalOn(undefined, { signal: ctrlC.signal, open })('cycle', 'list', '--json');
    expect([typed.exit, typed.err, closed]).toEqual([130, 'Interrupted.\n', 1]);
    expect(typed.json.error).toMatchObject({ exit: 130, code: 'interrupted' });
  });
});

describe('a fault of ours', () => {
  const fault = Object.assign(new Error('no row for taro@example.org at postgres://kaku:himitsu@db/x'), {
    code: 'XX000',
  });

  it('ends with 1 and is said without addresses and passwords', async () => {
    const typed = await terminalOn(undefined, { open: () => Promise.reject(fault) })('cycle', 'list');
    expect(typed).toMatchObject({
      exit: 1,
      out: '',
      err: expect.stringContaining('Something failed that should not.'),
    });
    expect(typed.err).not.toMatch(/taro|himitsu/);
    expect(typed.err).toMatch(/\n\s+at /);
  });
});

describe('what was given', () => {
  const verb: Verb = {
    path: 'test',
    says: { ja: '試す', en: 'tries' },
    parameters: [{ name: 'A', says: { ja: '', en: '' } }],
    flags: [{ name: 'day', value: 'D', says: { ja: '', en: '' } }],
  };

  it('is refused with everything that is wrong, together', () => {
    const given = new Given(verb, [], { day: ['2027-13-01'] });
    given.day('day');
    expect(() => given.done()).toThrow(UsageFaults);
    try {
      given.done();
    } catch (error) {
      expect((error as UsageFaults).faults).toHaveLength(2);
    }
  });

  it('cannot be asked for by a name that help does not know', () => {
    expect(() => new Given(verb, ['a'], {}).text('nonsense')).toThrow('test has no --nonsense');
    expect(() => new Given(verb, ['a'], {}).word('B')).toThrow('test has no B');
  });
});

describe('text at a terminal', () => {
  it('lines up, since Japanese characters take two columns', () => {
    const table = tableOf(
      'ja',
      [
        { ja: '氏名', en: 'Name' },
        { ja: '宛先', en: 'To' },
      ],
      [
        ['架空 太郎', 'a'],
        ['Taro', 'b'],
      ],
    );
    expect(table.split('\n').map((line) => widthOf(line.slice(0, line.search(/(宛先|a|b)$/))))).toEqual([11, 11, 11]);
  });

  it('is shown and not obeyed', () => {
    expect(visible('a\u001b]0;x\u0007b\u202ec\r\nd\u009b2Je\u0085')).toBe('a]0;xbc\nd2Je');
  });
});
