import type { Language } from '../kernel/text.ts';
import { addressFault, sameAddress } from '../mail/address.ts';
import { addressFaultText } from '../mail/message.ts';
import { Refusal } from '../kernel/refusal.ts';
import { identityRefusals } from './refusals.ts';

/** Administrators also keep the accounts and the mail switch; readers see everything and change nothing. */
export const staffRoles = ['administrator', 'staff', 'reader'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Somebody of the secretariat, or an official or evaluator who may read */
export interface StaffMember {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** Lower case; unique */
  readonly email: string;
  readonly telephone: string;
  readonly role: StaffRole;
  readonly language: Language;
  readonly active: boolean;
}

export type StaffFields = Omit<StaffMember, 'id' | 'active'>;

/** As it is stored: trimmed, the address in lower case */
export const tidied = (fields: StaffFields): StaffFields => ({
  ...fields,
  nameJa: fields.nameJa.trim(),
  nameEn: fields.nameEn.trim(),
  email: addressFault(fields.email.trim()) ? fields.email.trim() : sameAddress(fields.email.trim()),
  telephone: fields.telephone.trim(),
});

export function refusalOfFields(fields: StaffFields): Refusal | undefined {
  const names = [fields.nameJa, fields.nameEn];
  if (names.some((name) => name === '')) return Refusal.of(identityRefusals, 'identity.name-missing');
  if ([...names, fields.telephone].some((value) => /[\r\n\0]/.test(value)))
    return Refusal.of(identityRefusals, 'identity.one-line');
  const fault = addressFault(fields.email);
  if (fault)
    return Refusal.of(identityRefusals, 'identity.address-not-usable', {
      address: fields.email,
      reason: addressFaultText[fault],
    });
  return undefined;
}

/**
 * Somebody must always be able to keep the accounts.
 * @param administrators ids of the active ones, as they are before the change
 */
export function refusalToStepDown(
  staffId: string,
  administrators: readonly string[],
  after: { readonly role: StaffRole; readonly active: boolean },
): Refusal | undefined {
  const stays = after.active && after.role === 'administrator';
  const isTheLast = administrators.length === 1 && administrators[0] === staffId;
  return isTheLast && !stays ? Refusal.of(identityRefusals, 'identity.last-administrator') : undefined;
}
