import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Policy } from './rehearsal.ts';

@Entity('mail_policy')
@Check('there_is_one_mail_policy', `id = 1`)
export class MailPolicyEntity implements Policy {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'boolean' }) rehearsal: boolean;
  @Column({ type: 'text', array: true }) rehearsalAddresses: string[];
  @Column({ type: 'boolean' }) paused: boolean;
}
