import type { Ask } from '../../../src/planning/asks.ts';
import type { Instance } from '../../../src/planning/instance.ts';

export function carryOut(instance: Instance, asks: readonly Ask[]): Instance;
