import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { StaffEntity } from './staff.entity.ts';

/** A browser that is signed in: only the SHA-256 of what its cookie holds is kept. */
@Entity('staff_session')
@Index('a_session_token_opens_one_session', ['hash'], { unique: true })
@Index('staff_session_by_staff', ['staffId'])
@Check('a_session_keeps_only_a_hash', `octet_length(hash) = 32`)
@ForeignKey(() => StaffEntity, ['staffId'], ['id'], { name: 'a_session_belongs_to_staff' })
export class StaffSessionEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) staffId: string;
  @Column({ type: 'bytea' }) hash: Buffer;
  @Column({ type: 'timestamptz' }) createdAt: Date;
  /** Moves on while the session is used, up to a week after sign-in */
  @Column({ type: 'timestamptz' }) expiresAt: Date;
  @Column({ type: 'timestamptz', nullable: true }) revokedAt: Date | null;
}
