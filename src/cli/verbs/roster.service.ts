import { Centres } from '../../roster/centres.service.ts';
import { columnName } from '../../roster/columns.ts';
import { Conflicts } from '../../roster/conflicts.service.ts';
import { writeSheet, type NamedFile } from '../../roster/csv-text.ts';
import { Institutions } from '../../roster/institutions.service.ts';
import { nameMatches } from '../../roster/names.ts';
import { cellsOf, nouns, rules, thingsOf, type Noun, type Things } from '../../roster/noun.ts';
import { Offices } from '../../roster/offices.service.ts';
import { People } from '../../roster/people.service.ts';
import { Posts } from '../../roster/posts.service.ts';
import { fileOf } from '../../roster/roster-csv.ts';
import { RosterImport } from '../../roster/roster-import.service.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { Actor } from '../../audit/actor.ts';
import { dateLong, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, text } from '../../kernel/text.ts';
import { answer, type Answer } from '../answer.ts';
import type { Command, Doing, OpenHouse } from '../command.ts';
import { readSheets, writeFolder } from '../files.service.ts';
import type { Given } from '../given.ts';
import { faultsOfPreview, previewData, previewText } from '../import-text.ts';
import { tableOf } from '../terminal-text.ts';

/** What a list shows of each kind of thing; the rest is in the export and in `--json` */
const shownColumns: Readonly<Record<Noun, readonly string[]>> = {
  institution: ['id', 'name_ja', 'name_en', 'city_ja', 'city_en'],
  centre: ['id', 'acronym', 'name_ja', 'name_en', 'scheme', 'adoption_year', 'support_end_year', 'hosts'],
  person: ['id', 'name_ja', 'name_en', 'language', 'zone', 'addresses'],
  office: ['id', 'kind', 'name_ja', 'name_en', 'address'],
  post: ['id', 'kind', 'title_ja', 'title_en', 'reach', 'office'],
  term: ['id', 'post', 'person', 'from', 'to'],
  conflict: ['id', 'person', 'centre', 'institution', 'kind', 'from', 'to'],
};
const MOST_BYTES = 5_000_000;

const list: Doing = async ({ given, house }) => {
  const chosen = given.choice('NOUN', nouns);
  const search = given.text('search');
  const ended = given.on('ended');
  const roster = await (await house()).get(RosterQueries).wholeRoster();
  const noun = chosen!;
  const things = thingsOf(roster, noun)
    .filter((thing) => ended || !(thing as { endedOn?: string | null }).endedOn)
    .filter((thing) => search === undefined || nameMatches(searchedOf(noun, thing), search));
  return answer(things, (language) => {
    const columns = shownColumns[noun].filter((column) => !column.endsWith(language === 'ja' ? '_en' : '_ja'));
    const rows = things.map((thing) => cellsOf(noun, thing as never));
    if (rows.length === 0) return text('該当するものはありません。', 'There is nothing of that kind.')[language];
    return tableOf(
      language,
      columns.map(columnName),
      rows.map((cells) => columns.map((column) => cells[column] ?? '')),
    );
  });
};

function searchedOf(noun: Noun, thing: Things[Noun]): string[] {
  const cells = cellsOf(noun, thing as never);
  const columns = [...shownColumns[noun], 'aliases', 'kana'].filter((column) => column in cells);
  return columns.flatMap((column) => cells[column]!.split(';'));
}

const importFiles: Doing = async ({ given, actor, house }) => {
  const paths = given.words('PATH').filter((path) => path !== '');
  const files = await readSheets(given, paths, MOST_BYTES);
  const [dryRun, skipFaulty] = [given.on('dry-run'), given.on('skip-faulty')];
  return imported(await house(), given, files, actor, { dryRun, skipFaulty });
};

/** One fault stops everything, and all of them are said, unless faulty lines are to be left out. */
async function imported(
  house: OpenHouse,
  given: Given,
  files: readonly NamedFile[],
  actor: Actor,
  { dryRun, skipFaulty }: { dryRun: boolean; skipFaulty: boolean },
): Promise<Answer> {
  const roster = house.get(RosterImport);
  const preview = await roster.preview(files);
  if (!skipFaulty) for (const fault of faultsOfPreview(preview)) given.fault(fault);
  given.done();
  if (!dryRun) await roster.apply(files, actor, { skipFaulty, seen: preview.fingerprint });
  return answer({ written: !dryRun, ...previewData(preview) }, (language) => previewText(preview, !dryRun, language));
}

const exportFiles: Doing = async ({ given, house }) => {
  const folder = given.word('FOLDER');
  const force = given.on('force');
  const files = await (await house()).get(RosterImport).export();
  await writeFolder(given, folder, files, force);
  return answer(
    { folder, files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })) },
    (language) =>
      fill(text('{folder} に{n}個のファイルを書き出しました：{names}', '{n} files were written to {folder}: {names}'), {
        folder,
        n: files.length,
        names: files.map((file) => file.name).join(', '),
      })[language],
  );
};

/** A sheet of one line: the same forms, and so the same rules, as a page and a file */
const set: Doing = async ({ given, actor, house }) => {
  const noun = given.choice('NOUN', nouns);
  const cells = cellsIn(given, noun);
  const dryRun = given.on('dry-run');
  const open = await house();
  const row = { ...cells, id: given.word('ID') };
  const sheet = writeSheet(fileOf(noun!), ['id', ...Object.keys(cells)], [row]);
  return imported(open, given, [sheet], actor, { dryRun, skipFaulty: false });
};

function cellsIn(given: Given, noun: Noun | undefined): Record<string, string> {
  const known = noun ? rules[noun].columns.filter((column) => column !== 'id') : [];
  const cells: Record<string, string> = {};
  for (const typed of given.words('FIELD=VALUE')) {
    const at = typed.indexOf('=');
    const column = at < 0 ? typed : typed.slice(0, at);
    const refuse = (ja: string, en: string) =>
      given.fault(fill(text(ja, en), { typed, column, known: known.join(', ') }));
    if (at < 1) refuse('「{typed}」は「項目=値」の形にしてください。', '“{typed}” must be written as field=value.');
    else if (noun && !known.includes(column))
      refuse(
        '「{column}」という項目はありません。次のいずれかです：{known}',
        'There is no field “{column}”; it is one of {known}',
      );
    else if (Object.hasOwn(cells, column)) refuse('「{column}」が2回あります。', '“{column}” is given twice.');
    else cells[column] = typed.slice(at + 1);
  }
  return cells;
}

const successor: Doing = async ({ given, actor, house }) => {
  const [post, person] = [given.word('POST'), given.word('PERSON')];
  if (!given.on('from')) given.needed('from');
  const [from, to] = [given.day('from'), given.day('to') ?? null];
  if (from && to && to < from)
    given.fault(text('--to は --from 以降の日にしてください。', '--to must not be before --from.'));
  const open = await house();
  const id = await open.get(Posts).succeed({ post, person, from: from!, to }, actor);
  const roster = open.get(RosterQueries);
  const [title, name] = [(await roster.one('post', post)).title, (await roster.one('person', person)).name];
  return answer(
    { id, post, person, from, to },
    (language) =>
      fill(text('{day}から{name}が「{title}」に就きます。', '{name} holds {title} from {day}.'), {
        day: dateLong(from!),
        name,
        title,
      })[language],
  );
};

/** Each kind of thing ends in its own way: what hangs on it ends with it, or stands against it */
const enders: Readonly<Record<Noun, (house: OpenHouse, id: string, day: CalendarDate, actor: Actor) => Promise<void>>> =
  {
    institution: (house, id, day, actor) => house.get(Institutions).end(id, day, actor),
    centre: (house, id, day, actor) => house.get(Centres).end(id, day, actor),
    person: (house, id, day, actor) => house.get(People).end(id, day, actor),
    office: (house, id, day, actor) => house.get(Offices).end(id, day, actor),
    post: (house, id, day, actor) => house.get(Posts).end(id, day, actor),
    term: (house, id, day, actor) => house.get(Posts).endTerm(id, day, actor),
    conflict: (house, id, day, actor) => house.get(Conflicts).end(id, day, actor),
  };

const end = async ({ given, actor, house }: Command): Promise<Answer> => {
  const noun = given.choice('NOUN', nouns);
  const id = given.word('ID');
  if (!given.on('on')) given.needed('on');
  const day = given.day('on');
  const open = await house();
  await enders[noun!](open, id, day!, actor);
  return answer(
    { noun, id, endedOn: day },
    (language) =>
      fill(text('{noun}「{id}」の最終日は{day}です。', 'The {noun} “{id}” ends on {day}.'), {
        noun: rules[noun!].name,
        id,
        day: dateLong(day!),
      })[language],
  );
};

export const doings: Record<string, Doing> = {
  'roster list': list,
  'roster import': importFiles,
  'roster export': exportFiles,
  'roster set': set,
  'roster successor': successor,
  'roster end': end,
};
