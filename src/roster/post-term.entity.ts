import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Term } from './roster.ts';

@Entity('post_term')
@Index('post_term_by_person', ['person'])
@Check('a_term_ends_no_sooner_than_it_begins', 'from_day <= to_day')
@Exclusion(
  'one_holder_of_a_post_at_a_time',
  `using gist (post_id with =, daterange(from_day, to_day, '[]') with &&) deferrable initially immediate`,
)
@ForeignKey('PostEntity', ['post'], ['id'], { name: 'a_term_is_in_a_post' })
@ForeignKey('PersonEntity', ['person'], ['id'], { name: 'a_term_is_of_a_person' })
export class PostTermEntity implements Term {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'text', name: 'post_id' }) post: string;
  @Column({ type: 'text', name: 'person_id' }) person: string;
  @Column({ type: 'date', name: 'from_day' }) from: CalendarDate;
  /** Null: open */
  @Column({ type: 'date', name: 'to_day', nullable: true }) to: CalendarDate | null;
}
