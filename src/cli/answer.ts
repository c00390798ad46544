import type { Language } from '../kernel/text.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';

/** What a verb has to say at its end, for programs and for people. */
export interface Answer {
  /** Written to standard output with `--json`; days and instants in ISO 8601, texts in both languages */
  readonly json: unknown;
  /** Written to standard output otherwise */
  readonly human: (language: Language) => string;
  /** `done` unless told */
  readonly exit?: ExitCode;
}

export const answer = (json: unknown, human: Answer['human'], exit: ExitCode = exitCodes.done): Answer => ({
  json,
  human,
  exit,
});
