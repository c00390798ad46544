import { z } from 'zod';
import { text, type Text } from '../../kernel/text.ts';
import { YearChange } from '../../planning/year-change.ts';

/** Changes as a form carries them from page to page, one hidden field each. What is not one is left out. */
export function changesIn(fields: unknown): YearChange[] {
  const given = [fields ?? []].flat().filter((one): one is string => typeof one === 'string');
  return given.slice(0, 50).flatMap((field) => {
    const read = YearChange.safeParse(parsed(field));
    return read.success ? [read.data] : [];
  });
}

function parsed(field: string): unknown {
  try {
    return JSON.parse(field);
  } catch {
    return undefined;
  }
}

export const kinds = [
  'half-days',
  'window',
  'close',
  'open',
  'online',
  'weight',
  'forbid',
  'limit',
  'load',
  'fix',
  'unlock',
] as const;
export type Kind = (typeof kinds)[number];

export const kindNames: Readonly<Record<Kind, Text>> = {
  'half-days': text('人が出られない・出られる', 'Somebody is away, or can come'),
  window: text('実施期間を変える', 'Another window'),
  close: text('使わない日を加える', 'Days on which nothing is held'),
  open: text('使える日を加える', 'Days on which it may be held'),
  online: text('オンライン開催を認める・認めない', 'May or may not be online'),
  weight: text('費用の重みを変える', 'Another weight'),
  forbid: text('人を候補から外す', 'Somebody is no candidate'),
  limit: text('週や日の上限を変える', 'So many a week or day'),
  load: text('一人の担当の上限を変える', 'So many for one person'),
  fix: text('日を固定する', 'Fix a day'),
  unlock: text('日の固定を外す', 'Let the planner move it'),
};

/** Which fields of the form a kind of change has */
export const fieldsOfKind: Readonly<Record<Kind, readonly string[]>> = {
  'half-days': ['person', 'from', 'to', 'half', 'state'],
  window: ['of', 'from', 'to'],
  close: ['of', 'from', 'to'],
  open: ['of', 'from', 'to'],
  online: ['of', 'allowed'],
  weight: ['part', 'percent'],
  forbid: ['person', 'of'],
  limit: ['limit', 'most'],
  load: ['load', 'person', 'most'],
  fix: ['meeting', 'day', 'half'],
  unlock: ['meeting'],
};

export const kindIn = (value: unknown): Kind => kinds.find((kind) => kind === value) ?? 'half-days';

const Whole = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);

/** What was typed, as a change; undefined where something is missing or wrong */
export function readChange(kind: Kind, typed: Readonly<Record<string, string>>): YearChange | undefined {
  const said: Record<string, unknown> = { change: kind };
  for (const field of fieldsOfKind[kind]) {
    const value = (typed[field] ?? '').normalize('NFKC').trim();
    if (field === 'percent' || field === 'most') said[field] = Whole.safeParse(value).data;
    else if (field === 'allowed') said[field] = value === 'yes';
    else if (value !== '') said[field] = value;
  }
  if ((kind === 'close' || kind === 'open' || kind === 'half-days') && said['from'] && !said['to'])
    said['to'] = said['from'];
  if (kind === 'fix' && said['half'] === 'all') said['half'] = 'am';
  if (kind === 'window' && !said['from'] && !said['to']) return undefined;
  const read = YearChange.safeParse(said);
  return read.success ? read.data : undefined;
}
