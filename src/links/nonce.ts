import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a page behind an emailed link gives to the form on it, so that only somebody who saw that page can send it (itip G8). It is bound to
 * the link, to the step, and to what is sent; the key never leaves the house.
 */
export interface NonceOf {
  /** The link's own key, 32 bytes */
  readonly key: Uint8Array;
  /** `choose`: the form itself; `confirm`: the page that asks once more */
  readonly step: 'choose' | 'confirm';
  /** What the form will send and may not be changed on the way; empty where everything may */
  readonly content: string;
}

/** Hours for which a page may stay open before its form is sent */
const HOURS: Readonly<Record<NonceOf['step'], number>> = { choose: 30 * 24, confirm: 24 };

/**
 * @param now milliseconds since 1970
 * @param once a new id each time: what makes it usable once
 */
export function writeNonce(of: NonceOf, now: number, once: string): string {
  const what = `${now.toString(36)}.${once}`;
  return `${what}.${sealOf(of, what)}`;
}

/** @returns what is to be spent where the nonce works once; undefined where it was made up, is for something else, or is too old */
export function readNonce(of: NonceOf, nonce: unknown, now: number): string | undefined {
  if (typeof nonce !== 'string' || nonce.length > 120) return undefined;
  const at = nonce.lastIndexOf('.');
  const what = nonce.slice(0, at);
  const [given, right] = [nonce.slice(at + 1), sealOf(of, what)].map((seal) =>
    createHash('sha256').update(seal).digest(),
  );
  if (!timingSafeEqual(given!, right!)) return undefined;
  const age = now - Number.parseInt(what, 36);
  return age >= 0 && age <= HOURS[of.step] * 3_600_000 ? what : undefined;
}

const sealOf = ({ key, step, content }: NonceOf, what: string): string =>
  createHmac('sha256', key).update(`${step}\n${what}\n${content}`).digest('base64url');
