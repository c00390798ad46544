import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Way } from './contact.ts';

/** When a way by which replies come was last open, as the process that minds it has said. */
@Entity('inbound_contact')
@Check('replies_come_by_a_known_way', `way in ('imap', 'listener')`)
export class InboundContactEntity {
  @PrimaryColumn({ type: 'text' }) way: Way;
  /** Null: never yet */
  @Column({ type: 'timestamptz', nullable: true }) reachedAt: Date | null;
  /** Null: it works */
  @Column({ type: 'timestamptz', nullable: true }) failingSince: Date | null;
  /** What the other side said; empty where it works */
  @Column({ type: 'text', default: '' }) fault: string;
}
