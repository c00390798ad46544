import { z } from 'zod';
import { text, type Text } from '../kernel/text.ts';
import { Faults, type InstanceFault } from './fault-list.ts';
import type { Instance } from './instance.ts';
import { InstanceCheck, reserved } from './instance-check.ts';
import { instanceSchema, mostOf } from './instance-schema.ts';
import { lockFaults } from './lock-faults.ts';

/**
 * Reads an instance from JSON, nothing about it believed.
 * @returns the instance, or everything that is wrong with it, each with its JSON path
 */
export function readInstance(value: unknown): { instance: Instance } | { faults: InstanceFault[] } {
  const faults = new Faults();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.add([], text('計画問題（JSONオブジェクト）ではありません', 'This is not an instance (a JSON object)'));
    return { faults: faults.list };
  }
  for (const [key, most] of Object.entries(mostOf)) {
    const list = (value as Record<string, unknown>)[key];
    if (Array.isArray(list) && list.length > most)
      faults.add(
        [key],
        text(`多すぎます（${list.length}件、${most}件まで）`, `Too many: ${list.length}, at most ${most}`),
      );
  }
  if (faults.list.length) return { faults: faults.list };
  reservedKeys(value, [], faults);
  for (const issue of instanceSchema.safeParse(value).error?.issues ?? []) faults.add(issue.path, sentenceOf(issue));
  const instance = value as Instance;
  // whatever can still be looked at is looked at, so that everything is said at once
  const careful = faults.list.length > 0;
  const attempt = (check: () => void) => {
    try {
      check();
    } catch (error) {
      if (!careful) throw error;
    }
  };
  attempt(() => new InstanceCheck(instance, faults, attempt).all());
  attempt(() => lockFaults(instance, faults, attempt));
  return faults.list.length ? { faults: faults.list } : { instance };
}

function reservedKeys(value: unknown, path: readonly PropertyKey[], faults: Faults): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (!Array.isArray(value) && reserved.has(key))
      faults.add(at, text(`「${key}」という名前は使えません`, `The name “${key}” cannot be used`));
    reservedKeys(inner, at, faults);
  }
}

/** What zod found, in words of ours */
export function sentenceOf(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return text(
        `値の種類が違います（${issue.expected} が必要）`,
        `Not of the right kind: ${issue.expected} is expected`,
      );
    case 'too_small':
      return text(`小さすぎます（${issue.minimum}以上）`, `Too small: at least ${issue.minimum}`);
    case 'too_big':
      return text(`大きすぎます（${issue.maximum}まで）`, `Too large: at most ${issue.maximum}`);
    case 'invalid_value':
      return text(`使えるのは ${issue.values.join('、')} です`, `Expected ${issue.values.join(' or ')}`);
    case 'custom': {
      const keys = (issue.params?.['oneOf'] as string[] | undefined) ?? [];
      return text(`${keys.join('、')}のうち一つだけが必要です`, `Exactly one of ${keys.join(', ')} is expected`);
    }
    default:
      return text(`正しくありません（${issue.message}）`, `Not right: ${issue.message}`);
  }
}
