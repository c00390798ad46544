import { randomBytes, randomUUID } from 'node:crypto';

/** A new primary key. Rooms take it as a parameter where they are pure. */
export const newId = (): string => randomUUID();

/** 160 random bits for links and sign-in, in letters that survive every mail client (RFC 4648 §5 alphabet). */
export const newToken = (): string => randomBytes(20).toString('base64url');

/** 60 random bits in lower case and without look-alikes, for the local part of an address (RFC 5321 local parts may be lower-cased on their way) */
export function newAddressToken(): string {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
  return Array.from(randomBytes(12), (byte) => alphabet[byte % 31]!).join('');
}
