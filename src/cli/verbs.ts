import { cycleVerbs } from './verbs/cycle.ts';
import { mailVerbs } from './verbs/mail.ts';
import { meetingVerbs } from './verbs/meeting.ts';
import { meguriVerbs } from './verbs/meguri.ts';
import { milestoneVerbs } from './verbs/milestone.ts';
import { planVerbs } from './verbs/plan.ts';
import { remindersVerbs } from './verbs/reminders.ts';
import { rosterVerbs } from './verbs/roster.ts';
import { staffVerbs } from './verbs/staff.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order of a year's work */
export const verbs: readonly Verb[] = [
  ...meguriVerbs,
  ...rosterVerbs,
  ...cycleVerbs,
  ...planVerbs,
  ...meetingVerbs,
  ...milestoneVerbs,
  ...remindersVerbs,
  ...mailVerbs,
  ...staffVerbs,
];

/** Those of a path, or below it: `meeting` means all verbs of meetings */
export const verbsUnder = (path: string): readonly Verb[] =>
  verbs.filter((verb) => verb.path === path || verb.path.startsWith(`${path} `));
