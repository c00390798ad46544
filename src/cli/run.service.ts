import type { Actor } from '../audit/actor.ts';
import type { Config, ConfigFaults } from '../config/config.ts';
import { Refusal } from '../kernel/refusal.ts';
import { languages, text, type Language, type Text } from '../kernel/text.ts';
import type { House } from '../start/house.service.ts';
import { faultOf } from '../start/redact.ts';
import type { Answer } from './answer.ts';
import { leadingWords, parse } from './command-line.service.ts';
import type { Command, OpenHouse } from './command.ts';
import { doingOf } from './doings.service.ts';
import { exitCodes, Interrupted, RefusedByRules, type ExitCode } from './exit-codes.ts';
import { Given, UsageFaults } from './given.ts';
import { visible } from './terminal-text.ts';
import { commonFlags } from './verb.ts';

interface Sink {
  write(line: string): unknown;
}

/** Where a command was typed: everything that it reads of the world or tells it */
export interface Terminal {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** `ja-JP`: chooses the language where `--lang` does not */
  readonly locale: string;
  /** Account of the operating system, for the trail */
  readonly user: string;
  /** Aborted by Ctrl-C */
  readonly signal?: AbortSignal;
  /** Asks and waits for a line; left out where nobody sits there */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<string>;
  /** How the house is opened: the one that the environment names unless told */
  readonly open?: () => Promise<House>;
  readonly configuration?: () => Config;
}

const never = new AbortController().signal;

/** Does one command. Whatever happens is said at the terminal, never thrown. @returns the exit code */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const opened: Promise<House>[] = [];
  const asked = beforehand(argv, terminal.locale);
  let { language } = asked;
  try {
    const { verb, words, flags } = asked.help ? helpOf(argv) : parse(argv.length === 0 ? ['help'] : argv);
    const given = new Given({ ...verb, flags: [...(verb.flags ?? []), ...commonFlags] }, words, flags);
    language = given.oneOf('lang', languages) ?? language;
    const command = commandOf(given, language, terminal, opened);
    const doing = (await doingOf(verb.path))(command);
    const done = await (verb.endsItself ? doing : unlessInterrupted(doing, command.signal));
    say(done, asked.json, language, terminal);
    return done.exit ?? exitCodes.done;
  } catch (error) {
    return sayWhy(error, asked.json, language, terminal);
  } finally {
    await closed(opened);
  }
}

/** How long a house is waited for that is still opening when somebody presses Ctrl-C: it may have started a database */
const CLOSE_WITHIN = 10_000;

async function closed(opened: readonly Promise<House>[]): Promise<void> {
  const all = Promise.allSettled(opened.map(async (opening) => (await opening).close()));
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise((done) => (timer = setTimeout(done, CLOSE_WITHIN)));
  await Promise.race([all, tooLong]);
  clearTimeout(timer);
}

/** What must be known even where the rest cannot be understood */
function beforehand(argv: readonly string[], locale: string): { language: Language; json: boolean; help: boolean } {
  const end = argv.indexOf('--');
  const flags = end < 0 ? argv : argv.slice(0, end);
  const lang = flags.flatMap((flag, i) =>
    flag === '--lang' ? [flags[i + 1]] : flag.startsWith('--lang=') ? [flag.slice('--lang='.length)] : [],
  )[0];
  const known = languages.find((language) => language === lang);
  return {
    language: known ?? (locale.toLowerCase().startsWith('ja') ? 'ja' : 'en'),
    json: flags.includes('--json'),
    help: flags.some((flag) => flag === '--help' || flag === '-h'),
  };
}

const helpOf = (argv: readonly string[]) => ({ ...parse(['help']), words: leadingWords(argv) });

function commandOf(given: Given, language: Language, terminal: Terminal, opened: Promise<House>[]): Command {
  const actor: Actor = { kind: 'command', name: terminal.user };
  const signal = terminal.signal ?? never;
  let house: Promise<OpenHouse> | undefined;
  const { ask } = terminal;
  return {
    given,
    language,
    actor,
    signal,
    house: () => {
      given.done();
      return (house ??= open(terminal, opened));
    },
    configuration: async () =>
      terminal.configuration?.() ?? (await import('../config/environment.service.ts')).configFromEnvironment(),
    tell: (line) => terminal.stderr.write(`${visible(typeof line === 'string' ? line : line[language])}\n`),
    confirm:
      ask && (async (question) => /^\s*(y|yes|はい|ｙ)\s*$/i.test(await ask(visible(question[language]), signal))),
  };
}

async function open(terminal: Terminal, opened: Promise<House>[]): Promise<OpenHouse> {
  const opening = terminal.open?.() ?? import('../start/house.service.ts').then(({ openHouse }) => openHouse());
  opened.push(opening);
  const house = await opening;
  return {
    config: house.config,
    get: (type) => house.app.get(type as never, { strict: false }),
  };
}

function unlessInterrupted(doing: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  // looked at again below; without a handler of its own a late failure would be nobody's
  doing.catch(() => undefined);
  return new Promise((done, fail) => {
    const stop = () => fail(new Interrupted());
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    doing.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Programs read it, but people look at it too: what could steer a terminal is escaped */
const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function say(answer: Answer, json: boolean, language: Language, { stdout }: Terminal): void {
  const said = json ? jsonText(answer.json) : visible(answer.human(language));
  if (said !== '') stdout.write(`${said}\n`);
}

const ours = text(
  '予期しない不具合が起きました。次の内容を開発者へお知らせください。',
  'Something failed that should not. Please pass this on to the developers.',
);
const wrongConfiguration = text('設定に誤りがあります。', 'The configuration has faults.');

function sayWhy(error: unknown, json: boolean, language: Language, terminal: Terminal): ExitCode {
  const { exit, code, lines } = explained(error);
  for (const line of lines) terminal.stderr.write(`${visible(line[language])}\n`);
  if (json) terminal.stdout.write(`${jsonText({ error: { exit, code, texts: lines } })}\n`);
  return exit;
}

/** Told by their names: their classes come with the application, which may not have been loaded */
const isA = (error: unknown, name: string): error is Error =>
  error instanceof Error && (error.name === name || error.constructor.name === name);

function explained(error: unknown): { exit: ExitCode; code: string; lines: readonly Text[] } {
  if (error instanceof UsageFaults) return { exit: exitCodes.usage, code: 'usage', lines: error.faults };
  if (isA(error, 'ConfigFaults')) {
    const faults = (error as ConfigFaults).faults.map(({ ja, en }) => ({ ja, en }));
    return { exit: exitCodes.usage, code: 'config', lines: [wrongConfiguration, ...faults] };
  }
  if (error instanceof RefusedByRules) return { exit: exitCodes.refused, code: error.code, lines: error.texts };
  if (error instanceof Refusal) return { exit: exitCodes.refused, code: error.code, lines: [error.text] };
  if (error instanceof Interrupted || isA(error, 'AbortError')) {
    const { text: said } = error instanceof Interrupted ? error : new Interrupted();
    return { exit: exitCodes.interrupted, code: 'interrupted', lines: [said] };
  }
  if (isA(error, 'UnreachableDatabase'))
    return { exit: exitCodes.fault, code: 'database', lines: [text(error.message, error.message)] };
  const fault = faultOf(error);
  const what = [`${fault.type}: ${fault.message}`, fault.stack].filter(Boolean).join('\n');
  return { exit: exitCodes.fault, code: 'fault', lines: [ours, text(what, what)] };
}
