import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Post, Reach } from './roster.ts';

@Entity('post')
@Index('post_by_centre', ['centre'])
@Index('post_by_institution', ['institution'])
@Check('a_post_is_of_a_centre_or_of_an_institution', 'centre_id is null or institution_id is null')
@Check('a_post_is_reached_in_a_known_way', `reach in ('own', 'secretary', 'office')`)
@Check('a_post_reached_by_a_secretary_has_their_address', `reach <> 'secretary' or secretary_address is not null`)
@Check('a_post_reached_by_an_office_has_one', `reach <> 'office' or office_id is not null`)
@Check('a_rank_counts_from_nought', 'rank >= 0')
@ForeignKey('CentreEntity', ['centre'], ['id'], { name: 'a_post_is_of_a_known_centre' })
@ForeignKey('InstitutionEntity', ['institution'], ['id'], { name: 'a_post_is_of_a_known_institution' })
@ForeignKey('OfficeEntity', ['office'], ['id'], { name: 'an_office_answers_for_a_post' })
export class PostEntity implements Post {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'text' }) kind: string;
  @Column({ type: 'jsonb' }) title: Text;
  @Column({ type: 'text', name: 'centre_id', nullable: true }) centre: string | null;
  @Column({ type: 'text', name: 'institution_id', nullable: true }) institution: string | null;
  @Column({ type: 'text' }) reach: Reach;
  @Column({ type: 'text', nullable: true }) secretaryAddress: string | null;
  @Column({ type: 'text', name: 'office_id', nullable: true }) office: string | null;
  @Column({ type: 'integer' }) rank: number;
  @Column({ type: 'date', nullable: true }) endedOn: CalendarDate | null;
}
