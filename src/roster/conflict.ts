import { z } from 'zod';
import { Id, Line, OptionalDay, OptionalId, says, type Cells } from './cells.ts';
import type { Conflict } from './roster.ts';

/** The cells of a conflict of interest → everything but its id */
export const ConflictForm = z
  .object({
    person: Id,
    centre: OptionalId,
    institution: OptionalId,
    kind: Id,
    from: OptionalDay,
    to: OptionalDay,
    note: Line,
  })
  .refine((cells) => (cells.centre === null) !== (cells.institution === null), {
    path: ['centre'],
    error: says('拠点か機関のどちらか一方を選んでください。', 'Choose a centre or an institution, one of the two.'),
  })
  .refine((cells) => cells.from === null || cells.to === null || cells.from <= cells.to, {
    path: ['to'],
    error: says('終わりは始まり以降の日にしてください。', 'It cannot end before it begins.'),
  })
  .transform((cells): Omit<Conflict, 'id'> => cells);

export const conflictCells = (conflict: Conflict): Cells => ({
  id: conflict.id,
  person: conflict.person,
  centre: conflict.centre ?? '',
  institution: conflict.institution ?? '',
  kind: conflict.kind,
  from: conflict.from ?? '',
  to: conflict.to ?? '',
  note: conflict.note,
});
