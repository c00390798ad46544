import { z } from 'zod';
import type { Text } from '../kernel/text.ts';
import { hasUnusualDots } from '../mail/address.ts';
import { addressSaid, readAddress } from './mailbox.ts';
import {
  integer,
  LanguageCell,
  Line,
  List,
  listCell,
  OptionalDay,
  OptionalId,
  readZone,
  RequiredLine,
  says,
  YesNo,
  yesNoCell,
  type Cells,
} from './cells.ts';
import type { Level, Person } from './roster.ts';

const Addresses = List.transform((values) => values.map(readAddress)).superRefine((values, context) => {
  for (const value of values) {
    const message = addressSaid(value);
    if (message) context.addIssue({ code: 'custom', message });
  }
  if (new Set(values).size < values.length)
    context.addIssue({
      code: 'custom',
      message: says('同じアドレスが2回あります。', 'The same address is given twice.'),
    });
  if (values.length > 10)
    context.addIssue({ code: 'custom', message: says('アドレスは10件までです。', 'At most ten addresses.') });
});

const fieldPattern = /^([a-z][a-z0-9-]*)\s*[:：]\s*([123])$/;
/** `physics:3; chemistry:2` */
const Fields = List.refine(
  (values) =>
    values.every((value) => fieldPattern.test(value)) &&
    new Set(values.map((value) => value.split(/[:：]/)[0]!.trim())).size === values.length,
  says(
    '「physics:3; chemistry:2」のように分野とレベル（1〜3）を入力してください。',
    'Fields with a level from 1 to 3, such as physics:3; chemistry:2.',
  ),
).transform((values) =>
  Object.fromEntries(
    values.map((value) => {
      const [, field, level] = fieldPattern.exec(value)!;
      return [field!, Number(level) as Level];
    }),
  ),
);
export const fieldsCell = (fields: Person['fields']): string =>
  listCell(
    Object.keys(fields)
      .sort()
      .map((field) => `${field}:${fields[field]}`),
  );

const Zone = Line.refine(
  (value) => value === '' || readZone(value) !== undefined,
  says(
    'Asia/Tokyo や Europe/Paris のような時間帯名（IANA）で入力してください。',
    'The name of a time zone (IANA) such as Asia/Tokyo or Europe/Paris.',
  ),
);

/** The cells of a person → everything but the id. Whoever lives in Japan needs no zone. */
export const PersonForm = z
  .object({
    name_ja: RequiredLine,
    name_en: RequiredLine,
    kana: Line,
    honorific_ja: Line,
    honorific_en: Line,
    aliases: List,
    language: LanguageCell,
    zone: Zone,
    telephone: Line.refine(
      (value) => value === '' || (/^[0-9+() .\-内線extX#、,]+$/.test(value) && /\d.*\d.*\d/.test(value)),
      says(
        '電話番号は数字・ハイフン・括弧・内線で入力してください。',
        'A telephone number, please: digits, hyphens, brackets, ext.',
      ),
    ),
    addresses: Addresses,
    fields: Fields,
    duties_accepted: integer(0, 99),
    employer: OptionalId,
    overseas: YesNo,
    ended_on: OptionalDay,
  })
  .refine((cells) => cells.zone !== '' || !cells.overseas, {
    path: ['zone'],
    error: says('海外在住の場合は時間帯を入力してください。', 'Somebody who lives overseas needs a time zone.'),
  })
  .transform((cells): Omit<Person, 'id'> => ({
    name: { ja: cells.name_ja, en: cells.name_en },
    kana: cells.kana,
    honorific: { ja: cells.honorific_ja, en: cells.honorific_en },
    aliases: cells.aliases,
    language: cells.language,
    zone: readZone(cells.zone) ?? 'Asia/Tokyo',
    telephone: cells.telephone,
    addresses: cells.addresses,
    fields: cells.fields,
    dutiesAccepted: cells.duties_accepted,
    employer: cells.employer,
    overseas: cells.overseas,
    endedOn: cells.ended_on,
  }));

export const personCells = (person: Person): Cells => ({
  id: person.id,
  name_ja: person.name.ja,
  name_en: person.name.en,
  kana: person.kana,
  honorific_ja: person.honorific.ja,
  honorific_en: person.honorific.en,
  aliases: listCell(person.aliases),
  language: person.language,
  zone: person.zone,
  telephone: person.telephone,
  addresses: listCell(person.addresses),
  fields: fieldsCell(person.fields),
  duties_accepted: String(person.dutiesAccepted),
  employer: person.employer ?? '',
  overseas: yesNoCell(person.overseas),
  ended_on: person.endedOn ?? '',
});

/** What is accepted but deserves a look */
export const personWarnings = (person: Pick<Person, 'addresses'>): Text[] =>
  person.addresses.filter(hasUnusualDots).map((address) => ({
    ja: `「${address}」は規格外の書き方（連続するピリオドや＠直前のピリオド）です。届かないことがあります。`,
    en: `${address} is not written as the standard allows (dots in a row, or a dot beside the @): mail may not arrive.`,
  }));
