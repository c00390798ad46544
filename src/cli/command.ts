import type { Actor } from '../audit/actor.ts';
import type { Config } from '../config/config.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Answer } from './answer.ts';
import type { Given } from './given.ts';

/** The house as a verb sees it */
export interface OpenHouse {
  readonly config: Config;
  get<T>(type: abstract new (...parameters: never[]) => T): T;
}

/** One call of a verb: what was typed, who typed it, and the ways out into the world */
export interface Command {
  readonly given: Given;
  readonly language: Language;
  readonly actor: Actor;
  /** Aborted by Ctrl-C */
  readonly signal: AbortSignal;
  /** Opens the house at the first call; the runner closes it. Read everything that was given before */
  house(): Promise<OpenHouse>;
  /** @throws ConfigFaults */
  configuration(): Promise<Config>;
  /** One line to standard error, in the chosen language; text is for people, a string is for programs */
  tell(line: Text | string): void;
  /** Asks for a yes; undefined where nobody sits at the terminal */
  readonly confirm: ((question: Text) => Promise<boolean>) | undefined;
}

export type Doing = (command: Command) => Promise<Answer>;
