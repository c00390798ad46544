import { domainToASCII } from 'node:url';

/** Somebody's mailbox with the name that stands before it. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export type AddressFault = 'empty' | 'line-break' | 'several' | 'not-an-address' | 'too-long' | 'local-part-not-ascii';

/** RFC 5322 §3.2.3 atext; dots are looked at apart, because Japanese carriers gave out addresses that break the dot rule */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Whether exactly one mailbox is meant that mail can be sent to (RFC 5321 §4.5.3.1 for the lengths: 64 octets before the @, 254 in all).
 * A list, a name with brackets, a line break and an address without a dot in its domain are refused: `a@b.org, evil@c.org` would be
 * two recipients to some libraries and another domain to others.
 */
export function addressFault(address: string): AddressFault | undefined {
  if (address.trim() === '') return 'empty';
  if (/[\r\n\0]/.test(address)) return 'line-break';
  if (/[,;<>]/.test(address) || address.split('@').length > 2) return 'several';
  const at = address.lastIndexOf('@');
  if (at < 1) return 'not-an-address';
  const local = address.slice(0, at);
  const domain = asciiDomain(address.slice(at + 1));
  if (![...local].every((character) => character.codePointAt(0)! < 128)) return 'local-part-not-ascii';
  if (local.length > 64 || at + 1 + domain.length > 254) return 'too-long';
  if (!localPart.test(local)) return 'not-an-address';
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || /^\d+$/.test(labels.at(-1)!))
    return 'not-an-address';
  return undefined;
}

/**
 * Addresses with two dots in a row or a dot before the @ were given out by Japanese carriers and are sent quoted, but many relays and
 * Gmail refuse them: whoever enters one is warned.
 */
export const hasUnusualDots = (address: string): boolean => /\.\.|\.@|^\./.test(address);

/** Lower case, domain in ASCII: what is compared and what is unique. Servers may tell local parts apart by case; in practice none does. */
export function sameAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at).trim().toLowerCase()}@${asciiDomain(address.slice(at + 1).trim())}`;
}

/** The part after the @, lower case, in ASCII (RFC 5891): `大学.example` as `xn--…` */
export const domainOf = (address: string): string => asciiDomain(address.slice(address.lastIndexOf('@') + 1));

function asciiDomain(domain: string): string {
  return domainToASCII(domain) || domain.toLowerCase();
}
