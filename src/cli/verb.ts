import { text, type Text } from '../kernel/text.ts';

/** A word that follows a verb: a key, an id, a file */
export interface Parameter {
  /** As help writes it: `KEY` */
  readonly name: string;
  readonly says: Text;
  readonly optional?: true;
  /** One or more; only the last parameter */
  readonly many?: true;
}

export interface Flag {
  /** Without dashes: `time-limit` */
  readonly name: string;
  /** What stands for its value in help; a flag without one is a switch */
  readonly value?: string;
  readonly says: Text;
  /** May be given several times */
  readonly many?: true;
}

/** What can be asked for at the terminal. The table of verbs is the one place that help, parsing and the tests read. */
export interface Verb {
  /** `meeting set` */
  readonly path: string;
  /** One line, what it does */
  readonly says: Text;
  /** What else help says of it */
  readonly more?: Text;
  readonly parameters?: readonly Parameter[];
  readonly flags?: readonly Flag[];
  /** Ends by itself when it is interrupted, because it has something to keep; others are simply left */
  readonly endsItself?: true;
}

/** The year that a verb works on; the newest where nothing is said */
export const yearFlags: readonly Flag[] = [
  { name: 'year', value: 'YEAR', says: text('年度（西暦。省略すると最新）', 'fiscal year (the newest unless told)') },
  { name: 'programme', value: 'ID', says: text('プログラム（例 wpi）', 'programme, such as wpi') },
];

/** Understood by every verb */
export const commonFlags: readonly Flag[] = [
  { name: 'json', says: text('結果を JSON で出力する', 'writes the result as JSON') },
  { name: 'lang', value: 'ja|en', says: text('表示の言語', 'language of what is said') },
  { name: 'help', says: text('使い方を表示する', 'says how it is used') },
];

export const dayValue = 'YYYY-MM-DD';

/** How a verb is called: `meguri meeting set KEY [flags]` */
export const usageOf = ({ path, parameters = [] }: Verb): string =>
  [
    'meguri',
    path,
    ...parameters.map(({ name, optional, many }) => {
      const word = many ? `${name}…` : name;
      return optional ? `[${word}]` : word;
    }),
  ].join(' ');
