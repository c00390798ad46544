import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProvisionalMeetings1795300009000 implements MigrationInterface {
  readonly name = 'ProvisionalMeetings1795300009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "meeting"
        add "provisional" boolean NOT NULL DEFAULT false,
        add "held_from" integer,
        add "held_until" integer,
        add constraint "a_provisional_meeting_is_held" check (provisional = (held_from is not null and held_until is null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table "meeting" drop column "provisional", drop column "held_from", drop column "held_until"`,
    );
  }
}
