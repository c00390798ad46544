import type { Text } from '../kernel/text.ts';
import type { Instance, Plan } from './instance.ts';
export async function planInstance(_instance: Instance, _options: { timeLimitSeconds: number; seed: number; threads: number; onProgress?: (p: { seconds: number; cost: number; bound: number }) => void; signal?: AbortSignal }): Promise<{ plan: Plan; unplaced: { of: string; reasons: Text[] }[] }> {
  throw new Error('overwrite me: the planner person writes this file');
}
