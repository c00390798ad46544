import { Refusal } from '../../kernel/refusal.ts';
import { fill, text } from '../../kernel/text.ts';
import { PlanningQueries } from '../../planning/planning.queries.ts';
import { Planning } from '../../planning/planning.service.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Doing } from '../command.ts';
import { checkName, named } from '../named-plan.ts';

const publish: Doing = async (command) => {
  const { given, actor } = command;
  const name = given.word('PLAN') || 'latest';
  checkName(given, name);
  const { house, cycle } = await chosenYear(command);
  const run = named(await house.get(PlanningQueries).ofCycle(cycle.id), name);
  if (!run) throw Refusal.of(planningRefusals, 'planning.unknown');
  const { meetings } = await house.get(Planning).publish(run.id, actor, { held: given.on('provisional') });
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
