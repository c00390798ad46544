import { answersOf, spansOf, stateMark, type Answer, type Span } from '../../availability/half-days.ts';
import type { AvailabilitySheet } from '../../availability/availability-csv.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { encodingName, writeSheet, type NamedFile } from '../../roster/csv-text.ts';
import type { Person } from '../../roster/roster.ts';
import { faultView, type FaultView } from './roster-import-view.ts';
import { spanWhen } from './availability-view.ts';

const columns = ['person', 'name', 'from', 'to', 'weekdays', 'half', 'state', 'comment'];

/** Answers as stretches of days, as the import reads them: read back, the file changes nothing. */
export function availabilityFile(
  people: readonly Person[],
  answers: readonly (Answer & { readonly personId: string })[],
): NamedFile {
  const of = Map.groupBy(answers, (answer) => answer.personId);
  const rows = people.flatMap((person) =>
    spansOf(of.get(person.id) ?? []).map((span) => ({
      person: person.id,
      name: person.name.ja,
      from: span.from,
      to: span.to,
      weekdays: '',
      half: span.half === 'all' ? '' : span.half,
      state: stateMark[span.state],
      comment: span.comment,
    })),
  );
  return writeSheet('availability.csv', columns, rows);
}

interface PersonLine {
  readonly name: Text;
  readonly id: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** What would be written, the first few stretches */
  readonly spans: readonly { readonly when: Text; readonly mark: string; readonly comment: string }[];
  readonly more: number;
}

export interface AvailabilityPreview {
  readonly encoding: Text | undefined;
  readonly lines: number;
  readonly people: readonly PersonLine[];
  readonly faults: readonly FaultView[];
  readonly moreFaults: number;
  readonly summary: Text;
  readonly writes: boolean;
}

const MOST_FAULTS = 200;
const MOST_SPANS = 6;

/** What a file says of each person, beside what is on record @param recorded of the people that the file names */
export function availabilityPreview(
  sheet: AvailabilitySheet,
  recorded: readonly (Answer & { readonly personId: string })[],
): AvailabilityPreview {
  const said = Map.groupBy(
    sheet.rows.filter((row) => row.person && row.span),
    (row) => row.person!,
  );
  const known = Map.groupBy(recorded, (answer) => answer.personId);
  const people = [...said].map(([person, rows]) =>
    personLine(
      person,
      rows.map((row) => row.span!),
      known.get(person.id) ?? [],
    ),
  );
  const sum = (count: 'added' | 'changed' | 'unchanged') => people.reduce((n, line) => n + line[count], 0);
  const [added, changed, unchanged] = [sum('added'), sum('changed'), sum('unchanged')];
  return {
    encoding: sheet.encoding ? encodingName[sheet.encoding] : undefined,
    lines: sheet.rows.length,
    people,
    faults: sheet.faults.slice(0, MOST_FAULTS).map(faultView),
    moreFaults: Math.max(0, sheet.faults.length - MOST_FAULTS),
    summary: fill(
      text(
        '{people}人分：半日単位で追加{added}、変更{changed}、変更なし{unchanged}。誤り{faults}件',
        '{people} people: half days added {added}, changed {changed}, unchanged {unchanged}. Faults: {faults}',
      ),
      { people: people.length, added, changed, unchanged, faults: sheet.faults.length },
    ),
    writes: added + changed > 0,
  };
}

function personLine(person: Person, spans: readonly Span[], recorded: readonly Answer[]): PersonLine {
  const before = new Map(recorded.map((answer) => [`${answer.day} ${answer.half}`, answer]));
  const said = answersOf(spans);
  const news = said.filter((answer) => {
    const known = before.get(`${answer.day} ${answer.half}`);
    return !known || known.state !== answer.state || known.comment !== answer.comment;
  });
  const changed = news.filter((answer) => before.has(`${answer.day} ${answer.half}`)).length;
  const written = spansOf(news);
  return {
    name: person.name,
    id: person.id,
    added: news.length - changed,
    changed,
    unchanged: said.length - news.length,
    spans: written
      .slice(0, MOST_SPANS)
      .map((span) => ({ when: spanWhen(span), mark: stateMark[span.state], comment: span.comment })),
    more: Math.max(0, written.length - MOST_SPANS),
  };
}
