import { awaitedAnswers, doubtedAnswers, overdueAnswers, undecidedAnswers } from './today-answers.ts';
import { brokenRules } from './today-broken.ts';
import { closedWays, mailTasks, releaseTask, waitingReplies } from './today-mails.ts';
import { planTask, undatedTasks } from './today-plan.ts';
import type { Task, TodayInput } from './today-task.ts';

/** What needs somebody of the secretariat, the worst first */
export function tasksOf(input: TodayInput): Task[] {
  const { year } = input;
  return [
    ...year.meetings.flatMap((one) => brokenRules(year, one)),
    ...doubtedAnswers(input),
    ...closedWays(input),
    ...waitingReplies(input),
    ...mailTasks(input),
    ...year.meetings.flatMap((one) => overdueAnswers(year, one)),
    ...releaseTask(input),
    ...planTask(input),
    ...undatedTasks(year),
    ...year.meetings.flatMap((one) => undecidedAnswers(year, one)),
    ...awaitedAnswers(year),
  ];
}
