import { text, type Language } from '../kernel/text.ts';
import { exitCodeMeanings } from './exit-codes.ts';
import { paragraphs, tableOf, widthOf } from './terminal-text.ts';
import { commonFlags, usageOf, type Flag, type Verb } from './verb.ts';
import { verbs, verbsUnder } from './verbs.ts';

const headings = {
  usage: text('使い方', 'Usage'),
  verbs: text('コマンド', 'Verbs'),
  words: text('引数', 'Arguments'),
  flags: text('オプション', 'Options'),
  always: text('どのコマンドにも', 'With every verb'),
  exits: text('終了コード', 'Exit codes'),
  more: text(
    '詳しくは meguri help コマンド（例 meguri help meeting set）、終了コードは meguri help exit-codes',
    'More: meguri help VERB (such as meguri help meeting set); exit codes: meguri help exit-codes',
  ),
};

const indented = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(0, ...rows.map(([name]) => widthOf(name)));
  return rows.map(([name, says]) => `  ${name}${' '.repeat(width - widthOf(name))}  ${says}`.trimEnd()).join('\n');
};
const part = (title: string, rows: readonly (readonly [string, string])[]): string =>
  rows.length === 0 ? '' : `${title}\n${indented(rows)}`;

const flagName = ({ name, value }: Flag): string => (value ? `--${name} ${value}` : `--${name}`);
const flagRows = (flags: readonly Flag[], language: Language) =>
  flags.map((flag) => [flagName(flag), flag.says[language] + (flag.many ? manyTimes[language] : '')] as const);
const manyTimes = text('（何度でも）', ' (any number of times)');

/** Every verb with its line */
export function overview(language: Language): string {
  const title = text('巡り Meguri：年度フォローアップの運営', 'Meguri: runs the yearly follow-up cycle of a programme');
  return paragraphs(
    title[language],
    `${headings.usage[language]}  meguri VERB [--json] [--lang ja|en]`,
    list(verbs, language),
    headings.more[language],
  );
}

const list = (some: readonly Verb[], language: Language): string =>
  part(
    headings.verbs[language],
    some.map((verb) => [verb.path, verb.says[language]]),
  );

function verbHelp(verb: Verb, language: Language): string {
  const parameters = (verb.parameters ?? []).map(({ name, says }) => [name, says[language]] as const);
  return paragraphs(
    verb.says[language],
    `${headings.usage[language]}  ${usageOf(verb)}${verb.flags?.length ? ' [--…]' : ''}`,
    verb.more?.[language] ?? '',
    part(headings.words[language], parameters),
    part(headings.flags[language], flagRows(verb.flags ?? [], language)),
    part(headings.always[language], flagRows(commonFlags, language)),
  );
}

export const exitCodesHelp = (language: Language): string =>
  `${headings.exits[language]}\n${tableOf(
    language,
    [text('コード', 'Code'), text('意味', 'Meaning')],
    exitCodeMeanings.map(({ code, means }) => [code, means]),
  )}`;

/** @returns undefined where there is no such verb */
export function helpFor(words: readonly string[], language: Language): string | undefined {
  if (words.length === 0) return overview(language);
  if (words.length === 1 && words[0] === 'exit-codes') return exitCodesHelp(language);
  const path = words.join(' ');
  const under = verbsUnder(path);
  const exact = under.find((verb) => verb.path === path);
  if (!exact) return under.length > 0 ? list(under, language) : undefined;
  const below = under.filter((verb) => verb !== exact);
  return paragraphs(verbHelp(exact, language), list(below, language));
}

/** The same for programs */
export const helpAsData = (words: readonly string[]) => ({
  verbs: verbsUnderOrAll(words).map(({ path, says, parameters = [], flags = [] }) => ({
    verb: path,
    says,
    parameters: parameters.map(({ name, optional, many }) => ({
      name,
      optional: optional ?? false,
      many: many ?? false,
    })),
    flags: flags.map(({ name, value, many }) => ({ name, value: value ?? null, many: many ?? false })),
  })),
  exitCodes: exitCodeMeanings,
});

const verbsUnderOrAll = (words: readonly string[]): readonly Verb[] =>
  words.length === 0 || words[0] === 'exit-codes' ? verbs : verbsUnder(words.join(' '));
