import type { Text } from '../../kernel/text.ts';

/** What `templates/pages/staff/roster-table.liquid` shows: the tables of roster pages, lists and parts of a page alike */
export interface Cell {
  readonly text?: Text | string | number | undefined;
  readonly href?: string | undefined;
  /** Further lines, smaller */
  readonly under?: readonly (Text | string)[];
  readonly tags?: readonly Tag[];
  /** Said in red with a sign: a vacancy, an address that may not work */
  readonly alarm?: boolean;
  /** A word of `parts/state` */
  readonly state?: string;
  /** What can be done with it */
  readonly links?: readonly Link[];
}
export interface Link {
  readonly text: Text;
  readonly href: string;
}
export interface Tag {
  readonly text: Text;
  readonly tone?: 'key' | 'line' | 'strong';
}
export interface Column {
  readonly label: Text;
  readonly number?: boolean;
}
export interface Row {
  /** The first is the row's head */
  readonly cells: readonly Cell[];
  readonly attention?: boolean;
  readonly ended?: boolean;
  /** A heading over the rows that follow; `cells` is then empty */
  readonly group?: Text;
}
export interface Table {
  readonly id: string;
  readonly label: Text;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export const heading = (group: Text): Row => ({ cells: [], group });
export const column = (label: Text): Column => ({ label });
