import { text } from '../../kernel/text.ts';
import type { Doing } from '../command.ts';
import type { Given } from '../given.ts';
import type { Search } from '../plan-search.ts';
import type { Question } from './plan-questions.service.ts';

function searchIn(given: Given): Search {
  return {
    seed: given.integer('seed', 0, 2_147_483_647) ?? 1,
    timeLimit: given.integer('time-limit', 1, 3_600) ?? 60,
    progressAsJson: given.oneOf('progress', ['json'] as const) === 'json',
  };
}

const excluded = text('--in は --year、--programme と同時に使えません。', '--in excludes --year and --programme.');

/** A file needs neither the application nor a database, so neither is loaded. */
const plan: Doing = async (command) => {
  const { given } = command;
  const search = searchIn(given);
  if (given.on('in')) {
    if (given.on('year') || given.on('programme')) given.fault(excluded);
    return (await import('./plan-file.service.ts')).planFile(command, search);
  }
  for (const name of ['out', 'threads'])
    if (given.on(name)) given.fault({ ja: `--${name} は --in と共に使います。`, en: `--${name} goes with --in.` });
  return (await import('./plan-year.service.ts')).planYear(command, search);
};

const list: Doing = async (command) => (await import('./plan-year.service.ts')).listPlans(command);

/** A question about a plan or a year: from files, or of the year that is current */
const asking =
  (question: Question): Doing =>
  async (command) => {
    const { given } = command;
    const questions = await import('./plan-questions.service.ts');
    const wish = questions.wishIn(command, question);
    if (!given.on('in')) return (await import('./plan-year-questions.service.ts')).askYear(command, wish);
    if (given.on('year') || given.on('programme')) given.fault(excluded);
    return questions.askFile(command, wish);
  };

const compare: Doing = async (command) => (await import('./plan-choices.service.ts')).comparePlansOfYear(command);

const weights: Doing = async (command) => (await import('./plan-choices.service.ts')).weightsOfYear(command);

const whatIf: Doing = async (command) => {
  const search = searchIn(command.given);
  return (await import('./plan-choices.service.ts')).whatIf(command, search);
};

export const doings: Record<string, Doing> = {
  plan,
  'plan list': list,
  'plan alternatives': asking('alternatives'),
  'plan why': asking('why'),
  'plan relax': asking('relax'),
  'plan repair': asking('repair'),
  'plan compare': compare,
  'plan weights': weights,
  'plan what-if': whatIf,
};
