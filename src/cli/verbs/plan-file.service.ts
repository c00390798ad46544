import { resolve } from 'node:path';
import { text, type Text } from '../../kernel/text.ts';
import type { Instance } from '../../planning/instance.ts';
import {
  LocksCannotHold,
  planInstance,
  readyPlanner,
  type Planned,
  type PlannerOptions,
} from '../../planning/planner.service.ts';
import { answer, type Answer } from '../answer.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { mayWrite, writeWhole } from '../files.service.ts';
import { instanceIn } from '../given-plan.service.ts';
import { heldLocks } from '../held-locks.ts';
import type { Search } from '../plan-search.ts';
import { costFacts, progressLine, undecidedIn, undecidedText } from '../plan-text.ts';
import { factsOf, paragraphs } from '../terminal-text.ts';

/** Plans a problem that lies in a file: no database, no application. Ctrl-C writes the best plan so far. */
export async function planFile(command: Command, search: Search): Promise<Answer> {
  const { given, signal } = command;
  const out = given.needed('out');
  const from = given.needed('in');
  const threads = given.integer('threads', 1, 64) ?? 2;
  if (out !== '' && resolve(out) === resolve(from))
    given.fault(text('--in と --out は別のファイルにしてください。', '--in and --out must be different files.'));
  if (out !== '') await mayWrite(given, out);
  readyPlanner();
  const instance = await instanceIn(given, from);
  given.done();
  const { plan, unplaced: explained } = await planned(instance!, {
    timeLimitSeconds: search.timeLimit,
    seed: search.seed,
    threads,
    signal,
    onProgress: reporter(command, search.progressAsJson),
  });
  const unplaced = undecidedIn(plan, explained);
  await writeWhole(given, out, `${JSON.stringify(plan)}\n`);
  const { cost = null, bound = null, proven = false } = plan;
  const exit = signal.aborted ? exitCodes.interrupted : unplaced.length > 0 ? exitCodes.undecided : exitCodes.done;
  return answer(
    { out, cost, bound, proven, unplaced },
    (language) =>
      paragraphs(
        factsOf(language, [...costFacts(cost, bound, proven), [text('ファイル', 'File'), out]]),
        undecidedText(unplaced, new Map(), language),
      ),
    exit,
  );
}

async function planned(instance: Instance, options: PlannerOptions): Promise<Planned> {
  try {
    return await planInstance(instance, options);
  } catch (error) {
    if (!(error instanceof LocksCannotHold)) throw error;
    throw heldLocks(error);
  }
}

interface Progress {
  readonly seconds: number;
  readonly cost: number | null;
  readonly bound: number | null;
}

/** One line a second at most */
function reporter(command: Command, asJson: boolean): (progress: Progress) => void {
  let last = 0;
  return ({ seconds, cost, bound }) => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    const line: Text | string = asJson ? JSON.stringify({ seconds, cost, bound }) : progressLine(seconds, cost, bound);
    command.tell(line);
  };
}
