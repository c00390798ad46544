import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Reminders1795300006000 implements MigrationInterface {
  readonly name = 'Reminders1795300006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "reminder" (
        "id" uuid NOT NULL,
        "cycle_id" uuid NOT NULL,
        "who" text NOT NULL,
        "obligation" text NOT NULL,
        "step" text NOT NULL,
        "rehearsal" boolean NOT NULL,
        "state" text NOT NULL,
        "reason" text,
        "reader" text,
        "mail_id" uuid,
        "about" jsonb NOT NULL,
        "due_at" timestamptz NOT NULL,
        "decided_at" timestamptz NOT NULL,
        "by" text NOT NULL,
        CONSTRAINT "a_reminder_was_sent_listed_or_skipped" CHECK (state in ('sent', 'listed', 'skipped')),
        CONSTRAINT "a_sent_reminder_has_a_mail" CHECK ((state = 'sent') = (mail_id is not null and reader is not null)),
        CONSTRAINT "a_skipped_reminder_says_why" CHECK ((state = 'skipped') = (reason is not null)),
        CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(`create table "reminder_pause" (
        "cycle_id" uuid NOT NULL,
        "subject" text NOT NULL,
        "by" text NOT NULL,
        "at" timestamptz NOT NULL,
        CONSTRAINT "reminder_pause_pkey" PRIMARY KEY ("cycle_id", "subject")
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX "nobody_is_reminded_twice_of_one_step" ON "reminder" ("who", "obligation", "step", "rehearsal")`,
    );
    await runner.query(`CREATE INDEX "reminder_by_time" ON "reminder" ("cycle_id", "decided_at")`);
    await runner.query(`CREATE INDEX "reminder_by_mail" ON "reminder" ("mail_id") WHERE mail_id is not null`);
    await runner.query(
      `ALTER TABLE "reminder" ADD CONSTRAINT "a_reminder_belongs_to_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
    await runner.query(
      `ALTER TABLE "reminder_pause" ADD CONSTRAINT "a_pause_belongs_to_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "reminder_pause"`);
    await runner.query(`drop table "reminder"`);
  }
}
