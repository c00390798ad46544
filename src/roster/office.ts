import { z } from 'zod';
import { LanguageCell, Line, OptionalDay, OptionalId, RequiredLine, says, missing, type Cells } from './cells.ts';
import { OptionalAddress } from './mailbox.ts';
import type { Office } from './roster.ts';

/** The cells of an office → everything but its id */
export const OfficeForm = z
  .object({
    kind: z.enum(['centre', 'host'], {
      error: says('centre（拠点）か host（ホスト機関）にしてください。', 'centre or host, please.'),
    }),
    name_ja: RequiredLine,
    name_en: RequiredLine,
    centre: OptionalId,
    institution: OptionalId,
    address: OptionalAddress.refine((value) => value !== null, missing).transform((value) => value ?? ''),
    language: LanguageCell,
    telephone: Line,
    ended_on: OptionalDay,
  })
  .refine((cells) => (cells.kind === 'centre') === (cells.centre !== null), {
    path: ['centre'],
    error: says(
      '拠点の窓口には拠点を、それ以外では空欄にしてください。',
      'A centre office is of a centre; a host office has none here.',
    ),
  })
  .refine((cells) => (cells.kind === 'host') === (cells.institution !== null), {
    path: ['institution'],
    error: says(
      'ホスト機関の窓口には機関を、それ以外では空欄にしてください。',
      'A host office is of an institution; a centre office has none here.',
    ),
  })
  .transform((cells): Omit<Office, 'id'> => ({
    kind: cells.kind,
    name: { ja: cells.name_ja, en: cells.name_en },
    centre: cells.centre,
    institution: cells.institution,
    address: cells.address,
    language: cells.language,
    telephone: cells.telephone,
    endedOn: cells.ended_on,
  }));

export const officeCells = (office: Office): Cells => ({
  id: office.id,
  kind: office.kind,
  name_ja: office.name.ja,
  name_en: office.name.en,
  centre: office.centre ?? '',
  institution: office.institution ?? '',
  address: office.address,
  language: office.language,
  telephone: office.telephone,
  ended_on: office.endedOn ?? '',
});
