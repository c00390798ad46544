import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Invitations1795300004000 implements MigrationInterface {
  readonly name = 'Invitations1795300004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "invitation" (
        "id" uuid NOT NULL,
        "meeting_id" uuid NOT NULL,
        "person_id" text NOT NULL,
        "token" text NOT NULL,
        "uid" text NOT NULL,
        "sequence" integer NOT NULL,
        "state" text NOT NULL,
        "sent" jsonb NOT NULL,
        "rehearsal" boolean NOT NULL,
        "sent_at" timestamptz NOT NULL,
        CONSTRAINT "an_invitation_is_live_or_cancelled" CHECK (state in ('live', 'cancelled')),
        CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "office_notice" (
        "cycle_id" uuid NOT NULL,
        "office_id" text NOT NULL,
        "told" jsonb NOT NULL,
        "before" jsonb NOT NULL,
        "address" text NOT NULL,
        "rehearsal" boolean NOT NULL,
        "revision" integer NOT NULL,
        "sent_at" timestamptz NOT NULL,
        CONSTRAINT "office_notice_pkey" PRIMARY KEY ("cycle_id", "office_id")
      )`);
    await runner.query(`create table "release" (
        "id" uuid NOT NULL,
        "cycle_id" uuid NOT NULL,
        "by" text NOT NULL,
        "mails" integer NOT NULL,
        "at" timestamptz NOT NULL,
        CONSTRAINT "release_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "answer" (
        "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        "attendee_id" uuid NOT NULL,
        "revision" integer NOT NULL,
        "attendance" text NOT NULL,
        "late_from" text,
        "leaving_at" text,
        "proxy_name" text NOT NULL DEFAULT '',
        "proxy_title" text NOT NULL DEFAULT '',
        "accompanying" text array NOT NULL DEFAULT '{}',
        "remarks" text NOT NULL DEFAULT '',
        "channel" text NOT NULL,
        "given_by" text NOT NULL,
        "agent" text NOT NULL DEFAULT '',
        "at" timestamptz NOT NULL,
        CONSTRAINT "late_and_leaving_have_a_time" CHECK ((attendance <> 'late' or late_from is not null) and (attendance <> 'leaving' or leaving_at is not null)),
        CONSTRAINT "a_proxy_has_a_name" CHECK (attendance <> 'proxy' or proxy_name <> ''),
        CONSTRAINT "an_answer_came_by_a_known_channel" CHECK (channel in ('link', 'office-link', 'calendar', 'staff', 'import')),
        CONSTRAINT "an_answer_says_something" CHECK (attendance in ('attending', 'absent', 'late', 'leaving', 'online', 'proxy', 'undecided')),
        CONSTRAINT "answer_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`CREATE UNIQUE INDEX "an_invitation_has_its_own_uid" ON "invitation" ("uid")`);
    await runner.query(`CREATE UNIQUE INDEX "an_invitation_has_its_own_address" ON "invitation" ("token")`);
    await runner.query(
      `CREATE UNIQUE INDEX "a_person_has_one_live_invitation_to_a_meeting" ON "invitation" ("meeting_id", "person_id") WHERE state = 'live'`,
    );
    await runner.query(`CREATE INDEX "answer_by_attendee" ON "answer" ("attendee_id", "id")`);
    await runner.query(
      `ALTER TABLE "invitation" ADD CONSTRAINT "an_invitation_is_for_a_person" FOREIGN KEY ("person_id") REFERENCES "person"("id")`,
    );
    await runner.query(
      `ALTER TABLE "invitation" ADD CONSTRAINT "an_invitation_is_to_a_meeting" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id")`,
    );
    await runner.query(
      `ALTER TABLE "office_notice" ADD CONSTRAINT "an_office_notice_is_to_an_office" FOREIGN KEY ("office_id") REFERENCES "office"("id")`,
    );
    await runner.query(
      `ALTER TABLE "office_notice" ADD CONSTRAINT "an_office_notice_is_about_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
    await runner.query(
      `ALTER TABLE "release" ADD CONSTRAINT "a_release_is_of_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
    await runner.query(
      `ALTER TABLE "answer" ADD CONSTRAINT "an_answer_is_for_an_attendee" FOREIGN KEY ("attendee_id") REFERENCES "attendee"("id")`,
    );
    await runner.query(`create function answer_only_grows() returns trigger language plpgsql as $$
       begin
         raise exception 'the ledger of answers only grows' using errcode = 'integrity_constraint_violation';
       end $$`);
    await runner.query(
      `create trigger the_ledger_only_grows before update or delete on "answer" for each row execute function answer_only_grows()`,
    );
    await runner.query(
      `create trigger the_ledger_is_not_emptied before truncate on "answer" for each statement execute function answer_only_grows()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "answer"`);
    await runner.query(`drop table "release"`);
    await runner.query(`drop table "office_notice"`);
    await runner.query(`drop table "invitation"`);
    await runner.query(`drop function answer_only_grows()`);
  }
}
