import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Unsubscribing1795300011500 implements MigrationInterface {
  readonly name = 'Unsubscribing1795300011500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "unsubscribed_reader" (
        "programme" text NOT NULL,
        "subject" text NOT NULL,
        "rehearsal" boolean NOT NULL,
        "by" text NOT NULL,
        "at" timestamptz NOT NULL,
        CONSTRAINT "unsubscribed_reader_pkey" PRIMARY KEY ("programme", "subject", "rehearsal")
      )`);
    await runner.query(`CREATE INDEX "unsubscribed_by_reader" ON "unsubscribed_reader" ("subject")`);
    await allow(runner, `'office', 'participant', 'reminders', 'sign-in'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "unsubscribed_reader"`);
    await runner.query(`delete from "link" where purpose = 'reminders'`);
    await allow(runner, `'office', 'participant', 'sign-in'`);
  }
}

async function allow(runner: QueryRunner, purposes: string): Promise<void> {
  await runner.query(`alter table "link" drop constraint "a_link_has_a_known_purpose"`);
  await runner.query(`alter table "link" add constraint "a_link_has_a_known_purpose" check (purpose in (${purposes}))`);
}
