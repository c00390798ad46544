import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** One time that staff let mails go */
@Entity('release')
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_release_is_of_a_cycle' })
export class ReleaseEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) cycleId: string;
  @Column({ type: 'text' }) by: string;
  @Column({ type: 'integer' }) mails: number;
  @Column({ type: 'timestamptz' }) at: Date;
}
