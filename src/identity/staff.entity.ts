import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Language } from '../kernel/text.ts';
import type { StaffMember, StaffRole } from './staff.ts';

@Entity('staff')
@Index('an_address_belongs_to_one_member_of_staff', ['email'], { unique: true })
@Check('staff_addresses_are_in_lower_case', `email = lower(email)`)
@Check('staff_have_a_known_role', `role in ('administrator', 'staff', 'reader')`)
@Check('staff_read_japanese_or_english', `language in ('ja', 'en')`)
export class StaffEntity implements StaffMember {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) nameJa: string;
  @Column({ type: 'text' }) nameEn: string;
  @Column({ type: 'text' }) email: string;
  @Column({ type: 'text' }) telephone: string;
  @Column({ type: 'text' }) role: StaffRole;
  @Column({ type: 'text' }) language: Language;
  @Column({ type: 'boolean' }) active: boolean;
}
