import { createHash } from 'node:crypto';
import type { Relaxation } from './asks.ts';
import type { Compared } from './compare.ts';
import type { Alternative } from './explain/alternatives.ts';
import type { ConferenceDay } from './explain/conference-days.ts';
import type { Conflict } from './explain/conflict-words.ts';
import type { Why } from './explain/why.ts';
import type { Instance, Plan } from './instance.ts';
import { Desk, type Matter } from './question-desk.service.ts';
import type { CalledAs, Repair, Told } from './questions.ts';
import type { Storm } from './repair/repair.ts';
import type { Titles } from './repair/sentence.ts';
import type { Judgement } from './rules/judge.ts';
import type { YearFacts } from './year-facts.ts';
import type { YearInstance } from './year-instance.ts';
import type { RepairYear, Trouble } from './year-repair.ts';

/*
 * Questions about a year or a plan, answered in threads of their own that stay warm: a second question about the same plan costs
 * milliseconds. Quick and long questions have different threads, so that a board never waits for a proof.
 */

export interface LongQuestion {
  /** So many answers at most */
  readonly most: number;
  readonly timeLimitSeconds: number;
  /** Ends it; what is known by then is thrown away */
  readonly signal?: AbortSignal;
  /** Better names than the instance has, for the sentences */
  readonly called?: CalledAs;
}

export interface QuickQuestion {
  /** Names the instance and plan, where the caller has a name for them that never means another: then they are not read again */
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly called?: CalledAs;
}

/** A plan that is only read where the thread does not know it yet */
export interface PlanByKey {
  readonly key: string;
  read(): Promise<{ instance: Instance; plan: Plan; called?: CalledAs }>;
}

/**
 * Why things are as they are: of one meeting, assignment, panel, conference or hearing, or of everything.
 * @param plan one that keeps all rules
 * @throws RangeError where there is no such thing; AbortError where the signal ended it
 */
export const whyOf = (instance: Instance, plan: Plan, of?: string, options: QuickQuestion = {}): Promise<Why[]> =>
  whyAbout(given(instance, plan, options), of, options);

/** Every start of one meeting with its price or what forbids it. @throws RangeError, AbortError */
export const alternativesOf = (
  instance: Instance,
  plan: Plan,
  meeting: string,
  options: QuickQuestion = {},
): Promise<Alternative[]> => alternativesAbout(given(instance, plan, options), meeting, options);

export const whyIn = (plan: PlanByKey, of?: string, options: QuickQuestion = {}): Promise<Why[]> =>
  whyAbout(byKey(plan), of, options);

/** @param options `parts`: with what each start would make dearer or cheaper, which takes some ten times as long */
export const alternativesIn = (
  plan: PlanByKey,
  meeting: string,
  options: QuickQuestion & { readonly parts?: boolean } = {},
): Promise<Alternative[]> => alternativesAbout(byKey(plan), meeting, options);

/** Every first day of a conference with its price, its hearings taken along, or what forbids it. @throws RangeError, AbortError */
export const conferenceDaysOf = (
  instance: Instance,
  plan: Plan,
  conference: string,
  options: QuickQuestion = {},
): Promise<ConferenceDay[]> => conferenceDaysAbout(given(instance, plan, options), conference, options);

export const conferenceDaysIn = (
  plan: PlanByKey,
  conference: string,
  options: Pick<QuickQuestion, 'signal'> = {},
): Promise<ConferenceDay[]> => conferenceDaysAbout(byKey(plan), conference, options);

/** What a plan costs and which rules it breaks: of any plan */
export const judgementIn = (plan: PlanByKey): Promise<Judgement> =>
  quick.ask(byKey(plan), { question: 'judgement' }, {}) as Promise<Judgement>;

const whyAbout = (about: Matter, of: string | undefined, { signal }: QuickQuestion) =>
  quick.ask(about, { question: 'why', ...(of === undefined ? {} : { of }) }, { signal }) as Promise<Why[]>;

const alternativesAbout = (
  about: Matter,
  meeting: string,
  { signal, parts = false }: QuickQuestion & { readonly parts?: boolean },
) => quick.ask(about, { question: 'alternatives', meeting, parts }, { signal }) as Promise<Alternative[]>;

const conferenceDaysAbout = (about: Matter, conference: string, { signal }: QuickQuestion) =>
  quick.ask(about, { question: 'conference-days', conference }, { signal }) as Promise<ConferenceDay[]>;

/** The year as the planner sees it. It takes some tens of milliseconds, in which a web process would serve nobody. */
export const builtYear = (facts: YearFacts): Promise<YearInstance> =>
  quick.ask(about('year'), { question: 'year', facts }, {}) as Promise<YearInstance>;

/** The same for repairs */
export const builtRepairYear = (facts: YearFacts, trouble: Trouble): Promise<RepairYear> =>
  quick.ask(about('year'), { question: 'year', facts, trouble }, {}) as Promise<RepairYear>;

/** What the second plan does otherwise than the first, and what that costs. @param titles of meetings and the like, by id */
export const compareIn = (
  first: PlanByKey,
  second: { readonly instance: Instance; readonly plan: Plan },
  titles: Titles,
): Promise<Compared> =>
  quick.ask(byKey(first), { question: 'compare', other: second, titles }, {}) as Promise<Compared>;

/** What could be asked for so that everything can be placed, the cheapest first; nothing where it can be placed. @throws AbortError */
export const relaxations = (
  instance: Instance,
  { most, timeLimitSeconds, signal, called }: LongQuestion,
): Promise<Relaxation[]> =>
  forRelaxations.ask(
    whole({ instance, ...(called ? { called } : {}) }),
    { question: 'relaxations', most, seconds: timeLimitSeconds },
    { signal },
  ) as Promise<Relaxation[]>;

/** Which things cannot be decided together, and through which rules; nothing where everything can be. @throws AbortError */
export const conflicts = (
  instance: Instance,
  { timeLimitSeconds, signal, called }: Omit<LongQuestion, 'most'>,
): Promise<Conflict[]> =>
  forRelaxations.ask(
    whole({ instance, ...(called ? { called } : {}) }),
    { question: 'conflicts', seconds: timeLimitSeconds },
    { signal },
  ) as Promise<Conflict[]>;

export interface RepairQuestion extends Omit<LongQuestion, 'called'> {
  /** Hears of each repair as soon as it is known; what comes later may replace it */
  readonly onRepair?: (repair: Repair) => void;
  /** Meetings that can only be online on some days */
  readonly storms?: readonly Storm[];
  /** How things are called in the sentences, by id */
  readonly titles?: Titles;
  /** Of these nobody was told yet, so that nobody has to be told that they change */
  readonly untold?: readonly string[];
}

/**
 * Plans that keep what is fixed and change little of what was announced, each of another kind, the cheapest first.
 * @throws LocksCannotHold where no plan keeps what is fixed; AbortError
 */
export const repairs = (
  instance: Instance,
  { most, timeLimitSeconds, signal, onRepair, ...rest }: RepairQuestion,
): Promise<Repair[]> =>
  forRepairs.ask(
    whole({ instance }),
    { question: 'repairs', most, seconds: timeLimitSeconds, ...rest },
    { signal, onPart: onRepair },
  ) as Promise<Repair[]>;

/** Ends the threads; they come back with the next question. */
export async function endQuestions(): Promise<void> {
  await Promise.all([quick, forRelaxations, forRepairs].map((desk) => desk.close()));
}

/** A question that brings what it is about itself */
const about = (key: string): Matter => ({ key, json: () => '' });

const byKey = ({ key, read }: PlanByKey): Matter => ({ key, json: async () => JSON.stringify(await read()) });

function given(instance: Instance, plan: Plan, { key, called }: QuickQuestion): Matter {
  const told: Told = { instance, plan, ...(called ? { called } : {}) };
  return key === undefined ? whole(told) : { key, json: () => JSON.stringify(told) };
}

/** Known by its content: an object that was changed since is another one. */
function whole(told: Told): Matter {
  const json = JSON.stringify(told);
  return { key: createHash('sha256').update(json).digest('base64'), json: () => json };
}

const quick = new Desk();
const forRelaxations = new Desk();
const forRepairs = new Desk();
