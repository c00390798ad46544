import type { Instance } from './format.d.ts';
export function makeInstance(options?: {
  centres?: number;
  seed?: number;
  rich?: boolean;
  trouble?: number;
  tight?: number;
}): Instance;
