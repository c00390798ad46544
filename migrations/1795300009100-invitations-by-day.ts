import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = (columns: string) =>
  `create unique index "a_person_has_one_live_invitation_to_a_meeting" on "invitation" (${columns}) where state = 'live'`;

export class InvitationsByDay1795300009100 implements MigrationInterface {
  readonly name = 'InvitationsByDay1795300009100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "invitation" add "part" integer NOT NULL DEFAULT 0`);
    await runner.query(`drop index "a_person_has_one_live_invitation_to_a_meeting"`);
    await runner.query(index('"meeting_id", "person_id", "part"'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index "a_person_has_one_live_invitation_to_a_meeting"`);
    await runner.query(`delete from "invitation" where part > 1`);
    await runner.query(index('"meeting_id", "person_id"'));
    await runner.query(`alter table "invitation" drop column "part"`);
  }
}
