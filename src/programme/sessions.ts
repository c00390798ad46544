import type { MeetingActivity, SessionRule } from './programme.ts';

export interface Session extends Omit<SessionRule, 'day' | 'in'> {
  /** Day of the meeting, from 1 */
  readonly day: number;
}

/** On how many days a meeting of so many half days lies, when it begins in the morning */
export const daysOf = (halfDays: number): number => Math.ceil(halfDays / 2);

/** The sessions of one meeting of an activity, in order: those of its own length, in an ordinary or an evaluation year */
export function sessionsOf(activity: MeetingActivity, meeting: { halfDays: number; evaluation: boolean }): Session[] {
  const last = daysOf(meeting.halfDays);
  const held = meeting.evaluation ? 'evaluation' : 'ordinary';
  return activity.sessions
    .filter((session) => session.in === 'every' || session.in === held)
    .map(({ day, in: _, ...session }) => ({ ...session, day: day === 'last' ? last : day }))
    .filter((session) => session.day <= last)
    .sort((a, b) => a.day - b.day || a.from.localeCompare(b.from));
}
