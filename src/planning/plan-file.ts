import type { Text } from '../kernel/text.ts';
import type { InstanceFault } from './fault-list.ts';
import type { Instance, Plan } from './instance.ts';
import { readInstance } from './instance-faults.ts';
import { readJson } from './json-text.ts';
import { readPlan } from './plan-faults.ts';

/** How a run of the planner on a file ends, for scripts */
export const planExits = {
  /** Everything is decided. */
  done: 0,
  /** The instance is wrong; nothing was written. */
  wrong: 2,
  /** A plan was written; something in it is undecided. */
  undecided: 3,
  /** No plan keeps the locks; nothing was written. */
  locks: 4,
  /** Interrupted; the best plan so far was written. */
  interrupted: 130,
} as const;

/**
 * An instance from the text of a file.
 * @returns the instance, or everything that is wrong, each with its JSON path
 */
export function instanceFromJson(json: string): { instance: Instance } | { faults: InstanceFault[] } {
  const read = readJson(json);
  return 'value' in read ? readInstance(read.value) : read;
}

/**
 * A plan for an instance from the text of a file.
 * @returns the plan, or everything that is wrong: another instance's, unknown ids, rules that it breaks
 */
export function planFromJson(json: string, instance: Instance): { plan: Plan } | { faults: InstanceFault[] } {
  const read = readJson(json);
  return 'value' in read ? readPlan(read.value, instance) : read;
}

/** @param interrupted by the person at the keyboard */
export function exitOf(result: { plan: Plan; unplaced: readonly unknown[] }, interrupted: boolean): number {
  if (interrupted) return planExits.interrupted;
  return result.unplaced.length ? planExits.undecided : planExits.done;
}

/** One line for each fault: `$.meetings[0].place: There is no place 9` */
export const faultLine = ({ path, text: said }: InstanceFault): Text => ({
  ja: `${path}：${said.ja}`,
  en: `${path}: ${said.en}`,
});
