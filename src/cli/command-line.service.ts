import { Command as Commander, CommanderError } from 'commander';
import { UsageFaults, type RawFlags } from './given.ts';
import { commonFlags, type Flag, type Verb } from './verb.ts';
import { verbs, verbsUnder } from './verbs.ts';
import { whereToLook, whichVerb, wrongUsage } from './wrong-usage.ts';

export interface Parsed {
  readonly verb: Verb;
  readonly words: readonly string[];
  readonly flags: RawFlags;
}

/** Takes a command line apart by the table of verbs. Nothing is printed and nothing ends the process. @throws UsageFaults */
export function parse(argv: readonly string[]): Parsed {
  let parsed: Parsed | undefined;
  const program = programOf((found) => (parsed = found));
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') throw new UsageFaults([whichVerb(groupIn(argv)), whereToLook]);
    throw new UsageFaults([wrongUsage(error.code, error.message), whereToLook]);
  }
  if (!parsed) throw new Error('the parser found no verb');
  return parsed;
}

/** The words before the first flag: what is meant when help is asked for or a verb is missing */
export function leadingWords(argv: readonly string[]): string[] {
  const end = argv.findIndex((word) => word.startsWith('-'));
  return argv.slice(0, end < 0 ? argv.length : end);
}

const groupIn = (argv: readonly string[]): string =>
  argv.filter((word) => !word.startsWith('-') && verbsUnder(word).length > 0)[0] ?? 'meguri';

function programOf(found: (parsed: Parsed) => void): Commander {
  const program = configured(new Commander('meguri'), commonFlags);
  const groups = new Map<string, Commander>();
  for (const verb of verbs) {
    const [first, second] = verb.path.split(' ') as [string, string?];
    if (!groups.has(first)) groups.set(first, configured(program.command(first), []));
    const group = groups.get(first)!;
    const own = second === undefined ? group : group.command(second);
    configured(own, [...(verb.flags ?? []), ...commonFlags]);
    for (const { name, many } of verb.parameters ?? []) own.argument(`[${name}${many ? '...' : ''}]`);
    own.action(() => found({ verb, words: own.args, flags: own.optsWithGlobals<Record<string, string[] | true>>() }));
  }
  return program;
}

/** Missing words and values are left to `Given`, which says all of them at once. */
function configured(command: Commander, flags: readonly Flag[]): Commander {
  command
    .exitOverride()
    .enablePositionalOptions()
    .allowExcessArguments(false)
    .helpOption(false)
    .helpCommand(false)
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined });
  for (const { name, value } of flags) {
    // kept under the name that is typed, not in camel case
    const option = command.createOption(value ? `--${name} <value>` : `--${name}`);
    option.attributeName = () => name;
    if (value) option.argParser((given: string, before: string[] | undefined) => [...(before ?? []), given]);
    command.addOption(option);
  }
  return command;
}
