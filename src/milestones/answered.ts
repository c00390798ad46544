import { fill, text, type Text } from '../kernel/text.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { activityOf, type Programme } from '../programme/programme.ts';
import type { Milestone } from './milestone.ts';

/** How many of the centre's side have answered of a meeting */
export interface CentreAnswers {
  readonly answered: number;
  readonly of: number;
}

/** A milestone that answers settle (`settledBy: answers`): nobody hands anything in */
export interface Answered extends CentreAnswers {
  /** Everybody has answered, or the meeting is over and nobody is asked any more */
  readonly closed: boolean;
}

export function centreAnswers(attendees: readonly Pick<Attendee, 'side' | 'attendance'>[]): CentreAnswers {
  const theirs = attendees.filter(({ side }) => side === 'centre');
  const open = theirs.filter(({ attendance }) => attendance === 'unanswered' || attendance === 'undecided');
  return { answered: theirs.length - open.length, of: theirs.length };
}

export function isSettledByAnswers({ activity }: Pick<Milestone, 'activity'>, rules: Programme): boolean {
  const rule = activityOf(rules, activity);
  return rule?.what === 'milestone' && rule.settledBy === 'answers';
}

/** @returns undefined for a milestone that is handed in or done, and for one that staff have settled themselves */
export function answeredOf(
  milestone: Pick<Milestone, 'activity' | 'state'>,
  rules: Programme,
  meeting: Pick<Meeting, 'endsAt'> | undefined,
  answers: CentreAnswers,
  now: Date,
): Answered | undefined {
  if (!meeting || milestone.state !== 'open' || !isSettledByAnswers(milestone, rules)) return undefined;
  const over = meeting.endsAt !== null && meeting.endsAt <= now;
  return { ...answers, closed: answers.of > 0 && (over || answers.answered === answers.of) };
}

/** 5名中3名が回答 · 3 of 5 have answered */
export const answeredText = (answered: CentreAnswers): Text =>
  fill(text('{of}名中{answered}名が回答', '{answered} of {of} have answered'), { ...answered });
