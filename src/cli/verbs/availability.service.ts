import { AvailabilityImport } from '../../availability/availability-import.service.ts';
import { AvailabilityQueries } from '../../availability/availability.queries.ts';
import { Availability } from '../../availability/availability.service.ts';
import { availabilityRefusals } from '../../availability/refusals.ts';
import {
  halfName,
  readHalf,
  readState,
  readWeekdays,
  spansOf,
  stateMark,
  type Half,
  type Span,
} from '../../availability/half-days.ts';
import { date, type CalendarDate } from '../../kernel/calendar-date.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { answer } from '../answer.ts';
import type { Doing, OpenHouse } from '../command.ts';
import { readGiven } from '../files.service.ts';
import type { Given } from '../given.ts';
import { faultTexts, notWritten } from '../import-text.ts';
import { paragraphs, tableOf } from '../terminal-text.ts';

const MOST_BYTES = 5_000_000;
const EARLIEST = date('2007-04-01');
const LATEST = date('2101-03-31');

const halfNames: Readonly<Record<Half | 'all', Text>> = { ...halfName, all: text('終日', 'all day') };

async function known(house: OpenHouse, id: string): Promise<void> {
  const { people } = await house.get(RosterQueries).wholeRoster();
  if (!people.some((person) => person.id === id))
    throw Refusal.of(availabilityRefusals, 'availability.unknown-person', { id });
}

const show: Doing = async ({ given, house }) => {
  const person = given.word('PERSON');
  const [from, to] = [given.day('from') ?? EARLIEST, given.day('to') ?? LATEST];
  const open = await house();
  await known(open, person);
  const answers = await open.get(AvailabilityQueries).ofPerson(person, from, to);
  return answer({ person, answers }, (language) =>
    answers.length === 0
      ? text('回答はありません。', 'Nothing was said.')[language]
      : tableOf(
          language,
          [text('期間', 'Days'), text('午前・午後', 'Half'), text('都合', 'Answer'), text('コメント', 'Comment')],
          spansOf(answers).map((span) => [
            dayRange(span.from, span.to),
            halfNames[span.half],
            stateMark[span.state],
            span.comment,
          ]),
        ),
  );
};

const importFile: Doing = async ({ given, actor, house }) => {
  const file = await readGiven(given, given.word('FILE'), MOST_BYTES);
  const [dryRun, skipFaulty] = [given.on('dry-run'), given.on('skip-faulty')];
  const imports = (await house()).get(AvailabilityImport);
  const sheet = await imports.preview(file!);
  const faults = faultTexts(sheet.faults);
  if (!skipFaulty) for (const fault of faults) given.fault(fault);
  given.done();
  const written = dryRun ? undefined : await imports.apply(file!, actor, { skipFaulty });
  const right = sheet.rows.filter((row) => row.span !== null);
  const people = new Set(right.map((row) => row.person?.id)).size;
  const counts = written && { added: written.added, changed: written.changed, unchanged: written.unchanged };
  const data = {
    written: !dryRun,
    encoding: sheet.encoding,
    lines: sheet.rows.length,
    people,
    ...counts,
    faults: sheet.faults,
  };
  return answer(data, (language) =>
    paragraphs(
      faults.map((fault) => fault[language]).join('\n'),
      fill(text('{right}行、{people}人分を読みました。', '{right} lines about {people} people were read.'), {
        right: right.length,
        people,
      })[language],
      counts
        ? fill(
            text(
              '半日単位で、追加{added}、変更{changed}、変更なし{unchanged}',
              'Half days: {added} added, {changed} changed, {unchanged} unchanged',
            ),
            counts,
          )[language]
        : notWritten[language],
    ),
  );
};

const set: Doing = async ({ given, actor, house }) => {
  const person = given.word('PERSON');
  const span = spanIn(given);
  const telephone = given.on('telephone');
  const clear = given.on('clear');
  const availability = (await house()).get(Availability);
  if (clear) {
    const cleared = await availability.unsay(person, span, actor);
    return answer(
      { person, cleared },
      (language) =>
        fill(text('半日{n}回分を未回答に戻しました。', '{n} half days are unanswered again.'), { n: cleared })[
          language
        ],
    );
  }
  const written = await availability.say(person, [span], telephone ? 'telephone' : 'staff', actor);
  return answer(
    { person, ...written },
    (language) =>
      fill(
        text(
          '半日単位で、追加{added}、変更{changed}、変更なし{unchanged}',
          'Half days: {added} added, {changed} changed, {unchanged} unchanged',
        ),
        { ...written },
      )[language],
  );
};

function spanIn(given: Given): Span {
  const { from, to } = daysIn(given);
  const clear = given.on('clear');
  const [typedState, typedHalf, typedDays] = [given.text('state'), given.text('half'), given.text('weekdays')];
  const comment = (given.text('comment') ?? '').trim();
  const [state, half, weekdays] = [
    readState(typedState ?? ''),
    readHalf(typedHalf ?? ''),
    readWeekdays(typedDays ?? ''),
  ];
  if (clear && (typedState !== undefined || comment !== ''))
    given.fault(text('--clear は --state、--comment と同時に使えません。', '--clear excludes --state and --comment.'));
  if (!clear && !state)
    given.fault(text('--state は o、t、x（○△×）のいずれかにしてください。', '--state must be o, t or x (○ △ ×).'));
  if (!half) given.fault(text('--half は am、pm、all のいずれかにしてください。', '--half must be am, pm or all.'));
  if (weekdays === undefined)
    given.fault(
      text('--weekdays は「月・水」「Mon Wed」のように指定してください。', '--weekdays is written as “Mon Wed”.'),
    );
  return { from, to, half: half ?? 'all', state: state ?? 'o', comment, ...(weekdays ? { weekdays } : {}) };
}

/** One day, or a stretch of days */
function daysIn(given: Given): { from: CalendarDate; to: CalendarDate } {
  const [day, from, to] = [given.day('day'), given.day('from'), given.day('to')];
  const single = given.on('day');
  if (single && (given.on('from') || given.on('to')))
    given.fault(text('--day は --from、--to と同時に使えません。', '--day excludes --from and --to.'));
  if (!single && !(given.on('from') && given.on('to')))
    given.fault(text('--day、または --from と --to を指定してください。', 'Give --day, or --from and --to.'));
  return single ? { from: day!, to: day! } : { from: from!, to: to! };
}

export const doings: Record<string, Doing> = {
  'availability show': show,
  'availability import': importFile,
  'availability set': set,
};
