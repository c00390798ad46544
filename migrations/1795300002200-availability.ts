import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Availability1795300002200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table availability (
      person_id text not null constraint availability_is_of_a_person references person (id),
      day date not null,
      half text not null,
      state text not null,
      comment text not null default '',
      channel text not null,
      recorded_by text not null,
      recorded_at timestamptz not null,
      primary key (person_id, day, half),
      constraint a_half_day_is_a_morning_or_an_afternoon check (half in ('am', 'pm')),
      constraint a_half_day_is_free_possible_or_taken check (state in ('o', 't', 'x'))
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table availability');
  }
}
