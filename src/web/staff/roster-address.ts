import { text, type Text } from '../../kernel/text.ts';
import { nouns, rules, type Noun } from '../../roster/noun.ts';

/** `people` ↔ person: the part of an address that names a kind of thing is the name of its file */
export const nounOfPart = (part: string): Noun | undefined => nouns.find((noun) => rules[noun].part === part);

export const rosterAddress = (noun: Noun, id?: string, rest = ''): string =>
  `/roster/${rules[noun].part}${id === undefined ? '' : `/${id}`}${rest}`;

export const newAddress = (noun: Noun, given: Readonly<Record<string, string>> = {}): string => {
  const query = new URLSearchParams(given).toString();
  return `/roster/new/${rules[noun].part}${query ? `?${query}` : ''}`;
};

/** A list of its own has every kind but terms, which stand with their post and their person */
export const listed = [
  'centre',
  'person',
  'post',
  'office',
  'institution',
  'conflict',
] as const satisfies readonly Noun[];
export type Listed = (typeof listed)[number];

export const listNames: Readonly<Record<Listed, Text>> = {
  centre: text('拠点', 'Centres'),
  person: text('人', 'People'),
  post: text('役職', 'Posts'),
  office: text('窓口', 'Offices'),
  institution: text('機関', 'Institutions'),
  conflict: text('利益相反', 'Conflicts of interest'),
};

export type RosterTab = Listed | 'staff' | 'warnings' | 'files';

/** The shape that `parts/tabs` shows */
export function rosterTabs(current: RosterTab | undefined, warnings?: number) {
  return [
    ...listed.map((noun) => ({ label: listNames[noun], href: rosterAddress(noun), current: current === noun })),
    { label: text('職員アカウント', 'Staff accounts'), href: '/roster/staff', current: current === 'staff' },
    {
      label: text('要確認', 'To check'),
      href: '/roster/warnings',
      current: current === 'warnings',
      ...(warnings === undefined ? {} : { count: warnings }),
    },
    { label: text('CSVの入出力', 'CSV files'), href: '/roster/files', current: current === 'files' },
  ];
}
