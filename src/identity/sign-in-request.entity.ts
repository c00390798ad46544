import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Somebody asked for a sign-in link. Known and unknown addresses leave the same row and cost the same, so that the answer and its time
 * tell nothing; addresses are kept as SHA-256 and for a day.
 */
@Entity('sign_in_request')
@Index('sign_in_request_by_address', ['addressHash', 'at'])
@Index('sign_in_request_by_origin', ['originHash', 'at'])
export class SignInRequestEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'bytea' }) addressHash: Buffer;
  /** Of the network address that asked */
  @Column({ type: 'bytea' }) originHash: Buffer;
  /** The page to which to return, a path of our own */
  @Column({ type: 'text', nullable: true }) returnTo: string | null;
  @Column({ type: 'timestamptz' }) at: Date;
  @Column({ type: 'timestamptz', nullable: true }) doneAt: Date | null;
}
