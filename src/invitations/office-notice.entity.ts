import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { OfficeTold } from './office-news.ts';

/** What an office was last told about a year: each meeting with the people for whom it answers */
@Entity('office_notice')
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'an_office_notice_is_about_a_cycle' })
@ForeignKey('OfficeEntity', ['officeId'], ['id'], { name: 'an_office_notice_is_to_an_office' })
export class OfficeNoticeEntity {
  @PrimaryColumn({ type: 'uuid' }) cycleId: string;
  @PrimaryColumn({ type: 'text' }) officeId: string;
  @Column({ type: 'jsonb' }) told: OfficeTold[];
  /** What it knew before the last mail, and still knows where that one never leaves */
  @Column({ type: 'jsonb' }) before: OfficeTold[];
  /** To which the last mail went: another mailbox knows nothing yet */
  @Column({ type: 'text' }) address: string;
  /** Told in a rehearsal: once that is over it does not count */
  @Column({ type: 'boolean' }) rehearsal: boolean;
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'timestamptz' }) sentAt: Date;
}
