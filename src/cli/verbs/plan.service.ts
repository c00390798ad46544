import { text } from '../../kernel/text.ts';
import type { Doing } from '../command.ts';
import type { Given } from '../given.ts';
import type { Search } from '../plan-search.ts';

function searchIn(given: Given): Search {
  return {
    seed: given.integer('seed', 0, 2_147_483_647) ?? 1,
    timeLimit: given.integer('time-limit', 1, 3_600) ?? 60,
    progressAsJson: given.oneOf('progress', ['json'] as const) === 'json',
  };
}

/** A file needs neither the application nor a database, so neither is loaded. */
const plan: Doing = async (command) => {
  const { given } = command;
  const search = searchIn(given);
  if (given.on('in')) {
    if (given.on('year') || given.on('programme'))
      given.fault(text('--in は --year、--programme と同時に使えません。', '--in excludes --year and --programme.'));
    return (await import('./plan-file.service.ts')).planFile(command, search);
  }
  for (const name of ['out', 'threads'])
    if (given.on(name)) given.fault({ ja: `--${name} は --in と共に使います。`, en: `--${name} goes with --in.` });
  return (await import('./plan-year.service.ts')).planYear(command, search);
};

const list: Doing = async (command) => (await import('./plan-year.service.ts')).listPlans(command);

export const doings: Record<string, Doing> = { plan, 'plan list': list };
