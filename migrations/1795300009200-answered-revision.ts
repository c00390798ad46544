import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnsweredRevision1795300009200 implements MigrationInterface {
  readonly name = 'AnsweredRevision1795300009200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "attendee" add "answered_revision" integer`);
    await runner.query(`update "attendee" set answered_revision = m.revision from "meeting" m
                         where m.id = meeting_id and attendance <> 'unanswered'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "attendee" drop column "answered_revision"`);
  }
}
