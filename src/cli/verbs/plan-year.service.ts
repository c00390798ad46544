import { setTimeout as sleep } from 'node:timers/promises';
import { Jobs } from '../../jobs/jobs.service.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import { text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { PlanningQueries, type PlanRun } from '../../planning/planning.queries.ts';
import { PLAN_QUEUE, PlanRuns } from '../../planning/plan-runs.service.ts';
import { Planning, type PlanSettings } from '../../planning/planning.service.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, OpenHouse } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Search } from '../plan-search.ts';
import { planData, planText, progressLine, stateNames } from '../plan-text.ts';
import { tableOf } from '../terminal-text.ts';

/** How long a running application is waited for before the plan is computed here, in ms */
const PATIENCE = 3_000;
const EVERY = 200;

/**
 * Asks for a plan as the page does, so that there is one way into planning, then waits for it. A worker of a running application takes the
 * job at once; where none does, the job is put off and computed in this process: should this process die, the job comes back and somebody
 * else does it.
 */
export async function planYear(
  command: Command,
  { seed, timeLimit, progressAsJson }: Search,
  copy: Pick<PlanSettings, 'changes' | 'name' | 'order'> = {},
): Promise<Answer> {
  const { house, cycle } = await chosenYear(command);
  const id = await house.get(Planning).request(cycle.id, { seed, timeLimit, ...copy }, command.actor);
  const run = await follow(command, house, id, progressAsJson);
  const titles = new Map(
    (await house.get(MeetingQueries).ofCycle(cycle.id)).map((meeting) => [meeting.key, meeting.title]),
  );
  return answer(planData(run), (language) => planText(run, titles, language), exitOf(run, command.signal.aborted));
}

/** A run that failed because of what staff fixed is refused, not broken: staff can put it right. */
export function exitOf(
  { state, error, unplaced }: Pick<PlanRun, 'state' | 'error' | 'unplaced'>,
  interrupted: boolean,
): ExitCode {
  if (state === 'failed') return error === 'planning.locks-cannot-hold' ? exitCodes.refused : exitCodes.fault;
  if (interrupted) return exitCodes.interrupted;
  return unplaced.length > 0 ? exitCodes.undecided : exitCodes.done;
}

const isOver = ({ state }: PlanRun): boolean => state !== 'waiting' && state !== 'running';

/** Until the run is over; Ctrl-C stops the search and keeps its best plan. */
async function follow(command: Command, house: OpenHouse, id: string, progressAsJson: boolean): Promise<PlanRun> {
  const planning = house.get(Planning);
  const since = Date.now();
  let stopping: Promise<void> | undefined;
  let here: Promise<void> | undefined;
  const report = reporter(command, progressAsJson);
  for (; ; await Promise.race([sleep(EVERY), ...(here ? [here] : [])])) {
    const run = await house.get(PlanningQueries).one(id);
    report(run);
    if (isOver(run)) {
      await here;
      return run;
    }
    if (command.signal.aborted) stopping ??= planning.stop(id, command.actor);
    await stopping;
    const waited = command.signal.aborted || Date.now() - since > PATIENCE;
    if (!here && run.state === 'waiting' && waited && (await putOff(house, id, run.timeLimit))) {
      command.tell(text('このコマンドで計算します。', 'Computed by this command.'));
      here = house
        .get(PlanRuns)
        .run(id, new AbortController().signal)
        .then(async (isOver) => {
          // others of the year are being computed
          if (!isOver) await sleep(PATIENCE);
          here = undefined;
        });
      // awaited above and in the end; not to be nobody's in between
      here.catch(() => undefined);
    }
  }
}

/** @returns whether the job was still to be had: of two who ask, one gets it */
const putOff = async (house: OpenHouse, planId: string, timeLimit: number): Promise<boolean> =>
  (await house.get(Jobs).putOff(PLAN_QUEUE, { planId }, timeLimit + 120)) > 0;

/** Says how far the search is, once a second at most and only what is new */
function reporter(command: Command, asJson: boolean): (run: PlanRun) => void {
  let last = { at: 0, said: '' };
  return ({ seconds, cost, bound }) => {
    if (cost === null && bound === null) return;
    const said = JSON.stringify({ seconds, cost, bound });
    if (said === last.said || Date.now() - last.at < 1_000) return;
    last = { at: Date.now(), said };
    command.tell(asJson ? said : progressLine(seconds, cost, bound));
  };
}

export async function listPlans(command: Command): Promise<Answer> {
  const { house, cycle } = await chosenYear(command);
  const runs = await house.get(PlanningQueries).ofCycle(cycle.id);
  return answer(runs.map(planData), (language) =>
    runs.length === 0
      ? text('計画はまだありません。', 'There is no plan yet.')[language]
      : tableOf(
          language,
          [
            text('計画', 'Plan'),
            text('依頼日時', 'Asked for'),
            text('状態', 'State'),
            text('費用', 'Cost'),
            text('下限', 'Bound'),
            text('最良と証明', 'Proven'),
            text('未定', 'Undecided'),
          ],
          runs.map((run) => [
            run.id.slice(0, 8),
            momentIn(run.requestedAt.toISOString(), cycle.rules.zone),
            stateNames[run.state],
            run.cost,
            run.bound?.toFixed(1),
            run.proven ? text('はい', 'yes') : '',
            run.unplaced.length || '',
          ]),
        ),
  );
}
