import type { Instance, Plan } from './format.d.ts';
export function score(
  instance: Instance,
  plan: Plan,
): {
  valid: boolean;
  broken: { rule: string; where: string; text: string }[];
  unplaced: number;
  cost: number;
  parts: Record<string, number>;
  why: { part: string; where: string; cost: number; text: string }[];
};
