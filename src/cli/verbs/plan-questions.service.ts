import type { Instance, Plan } from '../../planning/instance.ts';
import { LocksCannotHold } from '../../planning/locks.ts';
import {
  alternativesOf,
  conferenceDaysOf,
  conflicts,
  relaxations,
  repairs,
  whyOf,
  type LongQuestion,
} from '../../planning/questions.service.ts';
import { answer, type Answer } from '../answer.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { instanceIn, planIn } from '../given-plan.service.ts';
import { alternativesText, conferenceDaysText, relaxationsText, repairsText, whyText } from '../plan-answer-text.ts';
import { heldLocks } from '../held-locks.ts';

/** What a question is about, from files or from a year */
export interface Asked {
  readonly instance: Instance;
  readonly plan: Plan;
  readonly called?: NonNullable<LongQuestion['called']>;
}

export type Question = 'alternatives' | 'why' | 'relax' | 'repair';

/** Questions about one plan, and those about the year itself */
export const needsPlan = (question: Question): boolean => question === 'alternatives' || question === 'why';

/** For a long question, unless told */
const SECONDS = 20;

/** What is common to both ways of asking */
export interface Wish {
  readonly question: Question;
  readonly meeting: string | undefined;
  readonly most: number | undefined;
  readonly seconds: number;
}

export function wishIn({ given }: Command, question: Question): Wish {
  const about = needsPlan(question);
  const meeting = about ? (question === 'alternatives' ? given.needed('meeting') : given.text('meeting')) : undefined;
  return {
    question,
    meeting,
    most: about ? undefined : given.integer('most', 1, 50),
    seconds: about ? 0 : (given.integer('time-limit', 1, 3_600) ?? SECONDS),
  };
}

/** From files: no database, no application. */
export async function askFile(command: Command, wish: Wish): Promise<Answer> {
  const { given } = command;
  const instance = await instanceIn(given, given.needed('in'));
  const plan = needsPlan(wish.question) ? await planIn(given, given.needed('plan'), instance) : undefined;
  if (instance) checkMeeting(command, wish, instance);
  given.done();
  return ask(command, wish, { instance: instance!, plan: plan! });
}

/** Said with everything else that is wrong, before anything is computed */
function checkMeeting({ given }: Command, { question, meeting }: Wish, instance: Instance): void {
  if (!meeting) return;
  const things: readonly { id: string }[] =
    question === 'alternatives'
      ? [...instance.meetings, ...instance.conferences]
      : [
          ...instance.meetings,
          ...instance.assignments,
          ...instance.panels,
          ...instance.conferences,
          ...instance.conferences.flatMap(({ hearings }) => hearings),
          ...instance.loads,
          ...instance.limits,
        ];
  if (things.some(({ id }) => id === meeting)) return;
  given.fault({ ja: `--meeting：「${meeting}」はありません。`, en: `--meeting: there is no “${meeting}”.` });
}

/** The answer in the form that programs read, and in words */
export async function ask({ signal }: Command, wish: Wish, { instance, plan, called }: Asked): Promise<Answer> {
  const { question, meeting, most, seconds } = wish;
  const how = { signal, ...(called ? { called } : {}) };
  if (question === 'alternatives') {
    if (instance.conferences.some(({ id }) => id === meeting)) {
      const days = await conferenceDaysOf(instance, plan, meeting!, how);
      const found = days.map(({ day, ...rest }) => ({ start: 2 * day, ...rest }));
      return answer(found, (language) => conferenceDaysText(instance, plan, meeting!, days, language));
    }
    const found = await alternativesOf(instance, plan, meeting!, how);
    return answer(found, (language) => alternativesText(instance, plan, meeting!, found, language));
  }
  if (question === 'why') {
    const found = await whyOf(instance, plan, meeting, how);
    return answer(found, (language) => whyText(instance, found, called, language));
  }
  const long = { ...how, timeLimitSeconds: seconds };
  if (question === 'repair') {
    const { called: _, ...rest } = long;
    const titles = called?.things;
    const found = await kept(repairs(instance, { ...rest, most: most ?? 3, ...(titles ? { titles } : {}) }));
    return answer(found, (language) => repairsText(found, instance, called, language));
  }
  const against = await conflicts(instance, long);
  const found = against.length ? await relaxations(instance, { ...long, most: most ?? 5 }) : [];
  const isVain = against.length > 0 && !found.length;
  return answer(
    found,
    (language) => relaxationsText(against, found, language),
    isVain ? exitCodes.undecided : exitCodes.done,
  );
}

/** Where no plan keeps what is fixed, that is refused as it is of a plan. */
async function kept<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof LocksCannotHold ? heldLocks(error) : error;
  }
}
