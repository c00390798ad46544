import type { Text } from '../../kernel/text.ts';
import { listNames, listed, rosterAddress } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';

/** What needs a look, by kind of thing, each line leading to where it is put right */
export interface WarningGroup {
  readonly title: Text;
  readonly lines: readonly { readonly name: Text; readonly text: Text; readonly href: string }[];
}

export const warningList = ({ warnings, words }: Pick<RosterFile, 'warnings' | 'words'>): WarningGroup[] =>
  listed
    .map((noun) => ({
      title: listNames[noun],
      lines: warnings
        .filter((warning) => warning.noun === noun)
        .map(({ id, text }) => ({ name: words.name(noun, id), text, href: rosterAddress(noun, id) })),
    }))
    .filter((group) => group.lines.length > 0);
