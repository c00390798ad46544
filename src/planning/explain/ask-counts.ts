import { askCost } from '../asks.ts';
import type { LoadUse } from '../model/scope.ts';
import type { AskScope } from './ask-scope.ts';

/** Loads of people and limits of weeks and days: as many as they are, unless more is asked for */
export function countRows(
  scope: AskScope,
  members: readonly (readonly number[])[],
  hearingUses: readonly LoadUse[],
): void {
  const { instance, problem, model, book, columns } = scope;
  const uses: LoadUse[] = [
    ...hearingUses,
    ...problem.assignments.flatMap(({ loads, index }) =>
      [...columns.holders[index]!].map(([person, column]) => ({ loads, person, columns: [column] })),
    ),
    ...problem.panels.flatMap(({ loads, index, candidates }) =>
      candidates.map(({ person }, i) => ({ loads, person, columns: [members[index]![i]!] })),
    ),
    ...columns.sits.map(({ seat, person, columns: own }) => ({
      loads: seat.kind === 'oneOf' ? seat.loads : [],
      person,
      columns: own,
    })),
  ];
  instance.loads.forEach((load, l) => {
    const mine = Map.groupBy(
      uses.filter(({ loads }) => loads.includes(l)),
      ({ person }) => person,
    );
    for (const [person, list] of mine) {
      const { id } = instance.people[person]!;
      const most = load.mostOf?.[id] ?? load.most;
      const possible = load.of.length;
      if (possible <= most) continue;
      const more =
        askCost(instance, 'load') <= scope.spare.rest
          ? [book.amount({ ask: 'load', load: load.id, person: id, most }, possible - most)]
          : [];
      const times = list.flatMap((use) => use.loads.filter((other) => other === l).map(() => use.columns));
      model.row(-Infinity, most, ...times.map((own) => [1, own] as const), [-1, more]);
    }
  });
  limitRows(scope);
}

function limitRows({ instance, problem, model, book, columns, spare }: AskScope): void {
  instance.limits.forEach((limit, l) => {
    const groups = new Map<number, number[]>();
    for (const meeting of problem.meetings) {
      if (!meeting.limits.includes(l)) continue;
      for (const start of meeting.starts) {
        const days = Array.from({ length: start.lastDay - start.firstDay + 1 }, (_, k) => start.firstDay + k);
        for (const key of limit.per === 'week' ? [problem.calendar.week[start.firstDay]!] : days)
          groups.set(key, [...(groups.get(key) ?? []), ...columns.starts[meeting.index]![start.index]!]);
      }
    }
    const possible = limit.meetings.length;
    if (possible <= limit.most) return;
    const more =
      askCost(instance, 'limit') <= spare.rest
        ? [book.amount({ ask: 'limit', limit: limit.id, most: limit.most }, possible - limit.most)]
        : [];
    for (const all of groups.values()) model.row(-Infinity, limit.most, [1, all], [-1, more]);
  });
}
