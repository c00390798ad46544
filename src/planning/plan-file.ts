import { text, type Text } from '../kernel/text.ts';
import type { InstanceFault } from './fault-list.ts';
import type { Instance, Plan } from './instance.ts';
import { readInstance } from './instance-faults.ts';

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
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const why = (error as Error).message.slice(0, 200);
    return { faults: [{ path: '$', text: text(`JSONとして読めません（${why}）`, `This is not JSON: ${why}`) }] };
  }
  return readInstance(value);
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
