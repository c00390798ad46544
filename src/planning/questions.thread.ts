import { parentPort } from 'node:worker_threads';
import loadHighs, { type Highs } from 'highs';
import { comparePlans, type Compared, type ComparedPlan } from './compare.ts';
import { Standing } from './explain/alternatives.ts';
import { conferenceDays } from './explain/conference-days.ts';
import { conflicts } from './explain/conflict-words.ts';
import { relaxations } from './explain/relax.ts';
import { why } from './explain/why.ts';
import type { Text } from '../kernel/text.ts';
import type { Plan } from './instance.ts';
import type { Titles } from './repair/sentence.ts';
import { LocksCannotHold } from './locks.ts';
import { compile } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { judge, type Judgement } from './rules/judge.ts';
import { Names } from './rules/rule.ts';
import type { Repair } from './repair/repair.ts';
import { repairs } from './repair/repairs.ts';
import type { Answer, Asked, Question, Reply, Told } from './questions.ts';
import { yearInstance } from './year-instance.ts';
import { repairInstance } from './year-repair.ts';

/** Subjects that are kept compiled: a year of 1,000 centres takes some 100 MB */
const KEPT = 4;

/** A subject in the form in which questions about it are answered; each part is made when it is first needed. */
class Known {
  readonly instance: Told['instance'];
  private readonly plan: Plan | undefined;
  private compiled: Problem | undefined;
  private stands: Standing | undefined;
  readonly names: Names;

  constructor({ instance, plan, called = {} }: Told) {
    this.instance = instance;
    this.plan = plan;
    const untold = new Set(called.untold);
    this.names = new Names(instance, {
      person: (id) => own(called.people, id),
      thing: (id) => own(called.things, id),
      isUntold: (id) => untold.has(id),
    });
  }

  get problem(): Problem {
    return (this.compiled ??= compile(this.instance));
  }

  comparedWith(other: ComparedPlan, titles: Titles): Compared {
    const { instance, plan, problem } = this;
    if (!plan) throw new Error('this question needs a plan');
    return comparePlans({ instance, plan, problem }, other, new Map(Object.entries(titles)));
  }

  /** Of any plan, also one that breaks rules */
  get judgement(): Judgement {
    if (!this.plan) throw new Error('this question needs a plan');
    return judge(this.problem, this.plan);
  }

  get standing(): Standing {
    if (!this.plan) throw new Error('this question needs a plan');
    return (this.stands ??= new Standing(this.instance, this.plan, this.problem, this.names));
  }
}

const own = (names: Readonly<Record<string, Text>> = {}, id: string): Text | undefined =>
  Object.hasOwn(names, id) ? names[id] : undefined;

/** by key, the one asked about longest ago first */
const known = new Map<string, Known>();
const tell = (reply: Reply) => parentPort!.postMessage(reply, []);

parentPort!.on('message', (asked: Asked) => void heard(asked));

async function heard({ id, subject, question }: Asked): Promise<void> {
  try {
    if (question.question === 'year') return tell({ id, reply: 'answer', answer: yearOf(question) });
    const about = recall(subject.key, subject.json);
    if (!about) return tell({ id, reply: 'forgotten' });
    tell({ id, reply: 'answer', answer: await answerTo(question, about, id) });
  } catch (error) {
    const { name, message } = error as Error;
    const locks = error instanceof LocksCannotHold ? { locks: error.locks } : {};
    tell({ id, reply: 'failed', name, message, ...locks });
  }
}

function recall(key: string, json: string | undefined): Known | undefined {
  const about = known.get(key) ?? (json === undefined ? undefined : new Known(JSON.parse(json) as Told));
  if (!about) return undefined;
  known.delete(key);
  known.set(key, about);
  for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  return about;
}

const yearOf = ({ facts, trouble }: Extract<Question, { question: 'year' }>) =>
  trouble ? repairInstance(facts, trouble) : yearInstance(facts);

async function answerTo(question: Exclude<Question, { question: 'year' }>, about: Known, id: number): Promise<Answer> {
  if (question.question === 'why') return why(about.standing, question.of);
  if (question.question === 'alternatives') return alternativesTo(question, about);
  if (question.question === 'conference-days') return conferenceDays(about.standing, question.conference);
  if (question.question === 'judgement') return about.judgement;
  if (question.question === 'compare') return about.comparedWith(question.other, question.titles);
  const began = Date.now();
  const left = () => Math.max(0, question.seconds - (Date.now() - began) / 1000);
  if (question.question === 'conflicts') return conflicts(about.instance, { highs: await solver(), left }, about.names);
  if (question.question === 'relaxations')
    return relaxations(about.instance, { highs: await solver(), left }, question.most, about.names);
  const { most, storms, titles, untold } = question;
  const onRepair = (part: Repair) => tell({ id, reply: 'part', part });
  return repairs(about.problem, await solver(), { most, seconds: left, storms, titles, untold, onRepair });
}

const alternativesTo = ({ meeting, parts }: Extract<Question, { question: 'alternatives' }>, { standing }: Known) =>
  parts ? standing.pricedAlternatives(meeting) : standing.alternatives(meeting);

let highs: Promise<Highs> | undefined;
/** Loaded once: the package's types describe its CommonJS form. */
function solver(): Promise<Highs> {
  return (highs ??= (loadHighs as unknown as typeof loadHighs.default)());
}
