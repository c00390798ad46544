import type { Text } from '../kernel/text.ts';
import type { Relaxation } from './asks.ts';
import type { Compared } from './compare.ts';
import type { Alternative } from './explain/alternatives.ts';
import type { ConferenceDay } from './explain/conference-days.ts';
import type { Conflict } from './explain/conflict-words.ts';
import type { Why } from './explain/why.ts';
import type { Instance, Plan } from './instance.ts';
import type { HeldLock } from './locks.ts';
import type { Repair, Storm } from './repair/repair.ts';
import type { Titles } from './repair/sentence.ts';
import type { Judgement } from './rules/judge.ts';
import type { YearFacts } from './year-facts.ts';
import type { YearInstance } from './year-instance.ts';
import type { RepairYear, Trouble } from './year-repair.ts';

export type { Repair };

/** What is asked about: sent as JSON once, then only named. */
export interface Subject {
  readonly key: string;
  /** Left out where the thread was told before */
  readonly json?: string;
}

export interface Told {
  readonly instance: Instance;
  /** Questions about a plan have one. */
  readonly plan?: Plan;
  /** Better names than the instance has, for the sentences: by id */
  readonly called?: CalledAs;
}

export interface CalledAs {
  readonly people?: Readonly<Record<string, Text>>;
  readonly things?: Readonly<Record<string, Text>>;
  /** Things that stand but of which nobody was told yet: meetings, and assignments and panels of theirs */
  readonly untold?: readonly string[];
}

export type Question =
  /** The year as an instance, or as one for repairs: about no subject */
  | { readonly question: 'year'; readonly facts: YearFacts; readonly trouble?: Trouble }
  | { readonly question: 'why'; readonly of?: string }
  /** `parts`: with what each start makes dearer or cheaper */
  | { readonly question: 'alternatives'; readonly meeting: string; readonly parts?: boolean }
  /** Each first day of a conference */
  | { readonly question: 'conference-days'; readonly conference: string }
  | { readonly question: 'judgement' }
  /** With another plan, of this instance or of another */
  | { readonly question: 'compare'; readonly other: Required<Omit<Told, 'called'>>; readonly titles: Titles }
  | { readonly question: 'conflicts'; readonly seconds: number }
  | { readonly question: 'relaxations'; readonly most: number; readonly seconds: number }
  | {
      readonly question: 'repairs';
      readonly most: number;
      readonly seconds: number;
      readonly storms?: readonly Storm[];
      readonly titles?: Titles;
      /** As in CalledAs */
      readonly untold?: readonly string[];
    };

export interface Asked {
  readonly id: number;
  readonly subject: Subject;
  readonly question: Question;
}

/** What comes back: everything but `part` is the end of a question. */
export type Reply =
  | { readonly id: number; readonly reply: 'answer'; readonly answer: Answer }
  /** Something that is known before the end */
  | { readonly id: number; readonly reply: 'part'; readonly part: Repair }
  /** The subject was forgotten: it must be told again. */
  | { readonly id: number; readonly reply: 'forgotten' }
  | {
      readonly id: number;
      readonly reply: 'failed';
      readonly name: string;
      readonly message: string;
      /** Of LocksCannotHold */
      readonly locks?: readonly HeldLock[];
    };

export type Answer =
  | YearInstance
  | RepairYear
  | Compared
  | Judgement
  | readonly Why[]
  | readonly Alternative[]
  | readonly ConferenceDay[]
  | readonly Conflict[]
  | readonly Relaxation[]
  | readonly Repair[];
