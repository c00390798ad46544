import type { Problem } from '../problem/problem.ts';
import { countColumns } from './count-columns.ts';
import { journeyColumns } from './journey-columns.ts';
import { LinearModel } from './linear-model.ts';
import { meetingColumns, type MeetingColumns } from './meeting-columns.ts';

export interface PlanModel {
  readonly model: LinearModel;
  readonly columns: MeetingColumns;
}

export function modelOf(problem: Problem, options: { allPlaced: boolean; watched: ReadonlySet<number> }): PlanModel {
  const model = new LinearModel();
  const scope = { problem, model, ...options };
  const columns = meetingColumns(scope);
  countColumns(scope, columns);
  journeyColumns(scope, columns);
  return { model, columns };
}
