import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Meetings1795300003000 implements MigrationInterface {
  readonly name = 'Meetings1795300003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "meeting" (
        "id" uuid NOT NULL,
        "cycle_id" uuid NOT NULL,
        "key" text NOT NULL,
        "activity" text NOT NULL,
        "centre" text,
        "part_of" uuid,
        "title" jsonb NOT NULL,
        "reason" jsonb NOT NULL,
        "window_from" date,
        "window_to" date,
        "half_days" integer NOT NULL,
        "minutes" integer,
        "evaluation" boolean NOT NULL,
        "state" text NOT NULL,
        "first_day" date,
        "last_day" date,
        "starts_at" timestamptz,
        "ends_at" timestamptz,
        "zone" text NOT NULL,
        "mode" text NOT NULL,
        "place" jsonb NOT NULL,
        "room" jsonb NOT NULL,
        "access" jsonb NOT NULL,
        "online_url" text NOT NULL DEFAULT '',
        "fixed_by_staff" boolean NOT NULL DEFAULT false,
        "note" jsonb NOT NULL,
        "staff_in_charge" uuid,
        "revision" integer NOT NULL DEFAULT '0',
        "cancelled_with" uuid,
        CONSTRAINT "a_meeting_is_on_site_online_or_hybrid" CHECK (mode in ('on-site', 'online', 'hybrid')),
        CONSTRAINT "a_meeting_is_undated_scheduled_or_cancelled" CHECK (state in ('undated', 'scheduled', 'cancelled')),
        CONSTRAINT "a_scheduled_meeting_has_a_time" CHECK (state <> 'scheduled' or (starts_at is not null and ends_at > starts_at and first_day is not null and last_day >= first_day)),
        CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "seat" (
        "id" uuid NOT NULL,
        "meeting_id" uuid NOT NULL,
        "key" text NOT NULL,
        "rule" text NOT NULL,
        "name" jsonb NOT NULL,
        "side" text NOT NULL,
        "required" boolean NOT NULL,
        "institution" text,
        "post" text,
        "reason" jsonb NOT NULL,
        "position" integer NOT NULL,
        CONSTRAINT "seat_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "attendee" (
        "id" uuid NOT NULL,
        "meeting_id" uuid NOT NULL,
        "seat_id" uuid,
        "person_id" text NOT NULL,
        "post" text,
        "role" jsonb NOT NULL,
        "side" text NOT NULL,
        "required" boolean NOT NULL,
        "by_hand" boolean NOT NULL DEFAULT false,
        "online" boolean NOT NULL DEFAULT false,
        "attendance" text NOT NULL DEFAULT 'unanswered',
        "removed_at" timestamptz,
        "removed_by_hand" boolean NOT NULL DEFAULT false,
        "rehearsed_until" timestamptz,
        CONSTRAINT "an_attendance_is_known" CHECK (attendance in ('unanswered', 'attending', 'absent', 'late', 'leaving', 'online', 'proxy', 'undecided')),
        CONSTRAINT "attendee_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "booking" (
        "id" uuid NOT NULL,
        "attendee_id" uuid NOT NULL,
        "during" tstzrange NOT NULL,
        "person_id" text NOT NULL,
        "meeting_id" uuid NOT NULL,
        "gathering_id" uuid NOT NULL,
        "part" boolean NOT NULL,
        CONSTRAINT "nobody_is_in_two_parts_at_once" EXCLUDE USING gist ("person_id" WITH =, "meeting_id" WITH <>, "during" WITH &&) WHERE (("part")) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT "nobody_is_in_two_places" EXCLUDE USING gist ("person_id" WITH =, "gathering_id" WITH <>, "during" WITH &&) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT "booking_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "milestone" (
        "id" uuid NOT NULL,
        "cycle_id" uuid NOT NULL,
        "key" text NOT NULL,
        "activity" text NOT NULL,
        "centre" text,
        "meeting_id" uuid,
        "title" jsonb NOT NULL,
        "reason" jsonb NOT NULL,
        "owed_by" text NOT NULL,
        "logistics" boolean NOT NULL,
        "due" jsonb NOT NULL,
        "due_on" date,
        "extended_to" date,
        "state" text NOT NULL DEFAULT 'open',
        "settled_at" timestamptz,
        "note" text NOT NULL DEFAULT '',
        CONSTRAINT "a_settled_milestone_says_when" CHECK ((state = 'open') = (settled_at is null)),
        CONSTRAINT "a_milestone_is_open_submitted_or_waived" CHECK (state in ('open', 'submitted', 'waived')),
        CONSTRAINT "milestone_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "plan" (
        "id" uuid NOT NULL,
        "cycle_id" uuid NOT NULL,
        "state" text NOT NULL,
        "seed" integer NOT NULL,
        "time_limit" integer NOT NULL,
        "instance" jsonb,
        "plan" jsonb,
        "unplaced" jsonb NOT NULL DEFAULT '[]',
        "notes" jsonb NOT NULL DEFAULT '[]',
        "unanswered" jsonb NOT NULL DEFAULT '[]',
        "basis" jsonb NOT NULL DEFAULT '{}',
        "cost" integer,
        "bound" double precision,
        "proven" boolean NOT NULL DEFAULT false,
        "seconds" double precision NOT NULL DEFAULT '0',
        "error" text NOT NULL DEFAULT '',
        "cancel_wanted" boolean NOT NULL DEFAULT false,
        "requested_by" text NOT NULL,
        "requested_at" timestamptz NOT NULL,
        "finished_at" timestamptz,
        "published_at" timestamptz,
        CONSTRAINT "a_plan_has_a_known_state" CHECK (state in ('waiting', 'running', 'ready', 'failed', 'published', 'discarded')),
        CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`CREATE INDEX "attendee_by_person" ON "attendee" ("person_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "a_person_is_asked_once_to_a_meeting" ON "attendee" ("meeting_id", "person_id") WHERE removed_at is null`,
    );
    await runner.query(`CREATE INDEX "booking_by_meeting" ON "booking" ("meeting_id")`);
    await runner.query(`CREATE UNIQUE INDEX "a_meeting_key_is_unique_in_its_cycle" ON "meeting" ("cycle_id", "key")`);
    await runner.query(`CREATE UNIQUE INDEX "a_seat_key_is_unique_in_its_meeting" ON "seat" ("meeting_id", "key")`);
    await runner.query(`CREATE INDEX "milestone_by_day" ON "milestone" ("cycle_id", "due_on")`);
    await runner.query(
      `CREATE UNIQUE INDEX "a_milestone_key_is_unique_in_its_cycle" ON "milestone" ("cycle_id", "key")`,
    );
    await runner.query(`CREATE INDEX "plan_by_cycle" ON "plan" ("cycle_id", "requested_at")`);
    await runner.query(
      `ALTER TABLE "attendee" ADD CONSTRAINT "an_attendee_comes_for_a_post" FOREIGN KEY ("post") REFERENCES "post"("id")`,
    );
    await runner.query(
      `ALTER TABLE "attendee" ADD CONSTRAINT "an_attendee_is_a_person" FOREIGN KEY ("person_id") REFERENCES "person"("id")`,
    );
    await runner.query(
      `ALTER TABLE "attendee" ADD CONSTRAINT "an_attendee_sits_in_a_seat" FOREIGN KEY ("seat_id") REFERENCES "seat"("id")`,
    );
    await runner.query(
      `ALTER TABLE "attendee" ADD CONSTRAINT "an_attendee_belongs_to_a_meeting" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id")`,
    );
    await runner.query(
      `ALTER TABLE "booking" ADD CONSTRAINT "a_booking_is_for_a_meeting" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE CASCADE`,
    );
    await runner.query(
      `ALTER TABLE "booking" ADD CONSTRAINT "a_booking_is_of_an_attendee" FOREIGN KEY ("attendee_id") REFERENCES "attendee"("id") ON DELETE CASCADE`,
    );
    await runner.query(
      `ALTER TABLE "meeting" ADD CONSTRAINT "a_meeting_is_of_a_centre" FOREIGN KEY ("centre") REFERENCES "centre"("id")`,
    );
    await runner.query(
      `ALTER TABLE "meeting" ADD CONSTRAINT "a_part_belongs_to_a_meeting" FOREIGN KEY ("part_of") REFERENCES "meeting"("id")`,
    );
    await runner.query(
      `ALTER TABLE "meeting" ADD CONSTRAINT "a_meeting_belongs_to_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
    await runner.query(
      `ALTER TABLE "seat" ADD CONSTRAINT "a_seat_is_for_a_host" FOREIGN KEY ("institution") REFERENCES "institution"("id")`,
    );
    await runner.query(
      `ALTER TABLE "seat" ADD CONSTRAINT "a_seat_is_for_a_post" FOREIGN KEY ("post") REFERENCES "post"("id")`,
    );
    await runner.query(
      `ALTER TABLE "seat" ADD CONSTRAINT "a_seat_belongs_to_a_meeting" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE CASCADE`,
    );
    await runner.query(
      `ALTER TABLE "milestone" ADD CONSTRAINT "a_milestone_is_of_a_centre" FOREIGN KEY ("centre") REFERENCES "centre"("id")`,
    );
    await runner.query(
      `ALTER TABLE "milestone" ADD CONSTRAINT "a_milestone_counts_from_a_meeting" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id")`,
    );
    await runner.query(
      `ALTER TABLE "milestone" ADD CONSTRAINT "a_milestone_belongs_to_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
    await runner.query(
      `ALTER TABLE "plan" ADD CONSTRAINT "a_plan_is_for_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "plan"`);
    await runner.query(`drop table "milestone"`);
    await runner.query(`drop table "booking"`);
    await runner.query(`drop table "attendee"`);
    await runner.query(`drop table "seat"`);
    await runner.query(`drop table "meeting"`);
  }
}
