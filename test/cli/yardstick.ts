import type { Instance, Plan } from '../../src/planning/instance.ts';

interface Judgement {
  readonly valid: boolean;
  readonly unplaced: number;
  readonly cost: number;
}
interface Wish {
  readonly centres: number;
  readonly seed: number;
  /** So many things cannot be placed */
  readonly trouble?: number;
}

const folder = new URL('../planning/yardstick/', import.meta.url).href;
// plain JavaScript, which shares nothing with any planner
const { score } = (await import(`${folder}score.mjs`)) as { score: (instance: Instance, plan: Plan) => Judgement };
const { makeInstance } = (await import(`${folder}generate.mjs`)) as { makeInstance: (wish: Wish) => Instance };

export { makeInstance, score };
