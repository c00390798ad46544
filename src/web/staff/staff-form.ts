import { z } from 'zod';
import type { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { staffRoles, type StaffMember, type StaffRole } from '../../identity/staff.ts';
import type { Faults } from '../faults.ts';

export const roleNames: Readonly<Record<StaffRole, Text>> = {
  administrator: text('管理者（アカウントも管理する）', 'Administrator (keeps the accounts too)'),
  staff: text('職員', 'Staff'),
  reader: text('閲覧のみ', 'Reader (changes nothing)'),
};
export const roleShort: Readonly<Record<StaffRole, Text>> = {
  administrator: text('管理者', 'Administrator'),
  staff: text('職員', 'Staff'),
  reader: text('閲覧のみ', 'Reader'),
};

const line = z
  .string()
  .trim()
  .max(200, '200文字以内で入力してください。 | At most 200 characters.')
  .refine((value) => !/\p{Cc}/u.test(value), '1行で入力してください。 | One line, please.');

/** The form of an account; whether the address can be used is for the service to say */
export const StaffForm = z.object({
  nameJa: line.min(1),
  nameEn: line.min(1),
  email: line.min(1),
  telephone: line.default(''),
  role: z.enum(staffRoles, { error: '権限を選んでください。 | Choose a role.' }),
  language: z.enum(['ja', 'en'], { error: '言語を選んでください。 | Choose a language.' }),
});

const fields: Readonly<Record<string, string>> = {
  'identity.name-missing': 'nameJa',
  'identity.one-line': 'nameJa',
  'identity.address-not-usable': 'email',
  'identity.email-taken': 'email',
  'identity.last-administrator': 'role',
};
export const staffFaults = (refusal: Refusal): Faults => ({ [fields[refusal.code] ?? 'form']: refusal.text });

/** What a form sent, as it is shown again */
export const typedStaff = (
  body: Readonly<Record<string, unknown>>,
): Record<keyof z.infer<typeof StaffForm>, string> => {
  const of = (name: string) => (typeof body[name] === 'string' ? body[name].slice(0, 400) : '');
  return {
    nameJa: of('nameJa'),
    nameEn: of('nameEn'),
    email: of('email'),
    telephone: of('telephone'),
    role: of('role'),
    language: of('language'),
  };
};

export const emptyStaff = { ...typedStaff({}), role: 'staff', language: 'ja' };

/** Who may be deactivated: not oneself, so that nobody locks themselves out by a slip */
export const staffLine = (member: StaffMember, self: string) => ({
  ...member,
  roleName: roleShort[member.role],
  self: member.id === self,
  href: `/roster/staff/${member.id}/edit`,
});
