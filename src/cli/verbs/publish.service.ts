import { Refusal } from '../../kernel/refusal.ts';
import { fill, text } from '../../kernel/text.ts';
import { PlanningQueries, type PlanRun } from '../../planning/planning.queries.ts';
import { Planning } from '../../planning/planning.service.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Doing } from '../command.ts';

/** The plan that was named; `latest` is the newest one that is ready */
function named(runs: readonly PlanRun[], name: string): PlanRun | undefined {
  if (name === 'latest') return runs.find((run) => run.state === 'ready') ?? runs[0];
  const found = runs.filter((run) => run.id.startsWith(name.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

const publish: Doing = async (command) => {
  const { given, actor } = command;
  const name = given.word('PLAN') || 'latest';
  if (name !== 'latest' && !/^[0-9a-f]{4}[0-9a-f-]*$/i.test(name))
    given.fault(
      text(
        'PLAN は計画のID（先頭4文字以上）か latest にしてください。',
        'PLAN is the id of a plan (its first four characters or more) or latest.',
      ),
    );
  const { house, cycle } = await chosenYear(command);
  const run = named(await house.get(PlanningQueries).ofCycle(cycle.id), name);
  if (!run) throw Refusal.of(planningRefusals, 'planning.unknown');
  const { meetings } = await house.get(Planning).publish(run.id, actor);
  return answer(
    { plan: run.id, meetings },
    (language) =>
      fill(
        text(
          '{n}件の会議の日程を公開しました。メールはまだ送っていません（meguri release で確認して送ります）。',
          '{n} meetings were published. No mail was sent: see meguri release.',
        ),
        { n: meetings },
      )[language],
  );
};

export const doings: Record<string, Doing> = { publish };
