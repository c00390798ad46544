import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Reminders that staff have stopped: of the whole year, of a meeting, to a person or an office */
@Entity('reminder_pause')
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_pause_belongs_to_a_cycle' })
export class ReminderPauseEntity {
  @PrimaryColumn({ type: 'uuid' }) cycleId: string;
  /** `year`, `meeting/<id>`, `person/<id>`, `office/<id>` */
  @PrimaryColumn({ type: 'text' }) subject: string;
  @Column({ type: 'text' }) by: string;
  @Column({ type: 'timestamptz' }) at: Date;
}
