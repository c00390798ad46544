import { beforeAll, describe, expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { conferencesBound } from '../../src/planning/apart/conference-bound.ts';
import { journeyColumns } from '../../src/planning/model/journey-columns.ts';
import { LinearModel } from '../../src/planning/model/linear-model.ts';
import { modelOf } from '../../src/planning/model/model-of.ts';
import type { ModelScope, Sit } from '../../src/planning/model/scope.ts';
import { relax } from '../../src/planning/model/solver.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { separateConferences } from '../../src/planning/problem/separate.ts';
import { yearOf } from './instances.ts';

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
});

describe('the relaxation', () => {
  it.each([true, false])(
    'has conferences that share people at what each costs by itself (all decided: %s)',
    (allPlaced) => {
      const year = compile(yearOf({ centres: 36, seed: 1 }));
      const problem = {
        ...year,
        meetings: [],
        assignments: [],
        panels: [],
        limits: [],
        hearings: year.hearings.map((hearing) => ({ ...hearing, after: [] })),
      };
      expect([problem.conferences.length, separateConferences(problem).size]).toEqual([2, 0]);
      const { model } = modelOf(problem, { allPlaced, watched: new Set() });
      const { objective } = relax(highs, model, 60);
      expect(objective).toBeCloseTo(conferencesBound(problem), 4);
    },
  );

  it.each([
    ['that begin at one moment no more trips than are brought', 0, [0.5, 0.5, 0.5], 0.5],
    // the earlier one may bring the later one as well
    ['that begin on one day no more trips than are brought', 750, [0.5, 0.25, 0.75], 0.75],
  ] as const)('spares parts of two visits to one place %s', (_, later, parts, most) => {
    const model = new LinearModel();
    const columns = parts.map((part) => {
      const column = model.column(0, () => 0);
      model.row(part, part, [1, [column]]);
      return column;
    });
    const sit = (meeting: number, from: number): Sit => ({
      person: 0,
      meeting,
      seat: { travel: null, trip: true } as Sit['seat'],
      columns: [columns[meeting]!],
      from,
      until: from + 690,
      firstDay: Math.floor(from / 1440),
      lastDay: Math.floor(from / 1440),
      inPerson: true,
    });
    const sits = [sit(0, 0), sit(1, 1440), sit(2, 1440 + later)];
    const problem = { meetings: parts.map(() => ({ place: 0 })), instance: { tripCost: [2] } };
    journeyColumns({ problem, model } as unknown as ModelScope, { sits } as never);
    const paid = 2 * parts.reduce((sum, part) => sum + part, 0);
    expect(relax(highs, model, 10).objective).toBeCloseTo(paid - 2 * most, 6);
  });
});
