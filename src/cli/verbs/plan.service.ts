import { text } from '../../kernel/text.ts';
import type { Doing } from '../command.ts';
import { orderIn } from '../given-order.ts';
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
    onlyOfYears(given, ['order']);
    return (await import('./plan-file.service.ts')).planFile(command, search);
  }
  const order = orderIn(given);
  for (const name of ['out', 'threads'])
    if (given.on(name)) given.fault({ ja: `--${name} は --in と共に使います。`, en: `--${name} goes with --in.` });
  return (await import('./plan-year.service.ts')).planYear(command, search, order ? { order } : {});
};

const list: Doing = async (command) => (await import('./plan-year.service.ts')).listPlans(command);

/** Flags that mean something in a year only */
const ofYears: Readonly<Record<Question, readonly string[]>> = {
  alternatives: [],
  why: [],
  relax: ['apply', 'yes'],
  repair: ['storm', 'ill', 'closed', 'take'],
};

function onlyOfYears(given: Given, names: readonly string[]): void {
  for (const name of names)
    if (given.on(name))
      given.fault({ ja: `--${name} は --in と同時に使えません。`, en: `--${name} and --in exclude each other.` });
}

/** A question about a plan or a year: from files, or of the year that is current */
const asking =
  (question: Question): Doing =>
  async (command) => {
    const { given } = command;
    const questions = await import('./plan-questions.service.ts');
    const wish = questions.wishIn(command, question);
    if (!given.on('in')) return (await import('./plan-year-questions.service.ts')).askYear(command, wish);
    if (given.on('year') || given.on('programme')) given.fault(excluded);
    onlyOfYears(given, ofYears[question]);
    return questions.askFile(command, wish);
  };

const compare: Doing = async (command) => (await import('./plan-choices.service.ts')).comparePlansOfYear(command);

type Deed = 'takeOver' | 'stop' | 'discard' | 'rename' | 'rulesOfYear';
const deed =
  (name: Deed): Doing =>
  async (command) =>
    (await import('./plan-deeds.service.ts'))[name](command);

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
  'plan take-over': deed('takeOver'),
  'plan stop': deed('stop'),
  'plan discard': deed('discard'),
  'plan rename': deed('rename'),
  'plan rules': deed('rulesOfYear'),
};
