import { createHash } from 'node:crypto';

/**
 * The id of the one job of a queue for a slot (a minute, a day, a year's run): whoever computes it gets the same, so that any number of
 * processes may ask for the job and it is done once. Shaped as a UUID (RFC 9562, version 8).
 */
export function slotId(queue: string, slot: string): string {
  const hex = createHash('sha256').update(`${queue}\n${slot}`).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
