import type { MigrationInterface, QueryRunner } from 'typeorm';

export class YearRules1795300004100 implements MigrationInterface {
  readonly name = 'YearRules1795300004100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "year_rules" (
        "cycle_id" uuid NOT NULL,
        "changes" jsonb NOT NULL DEFAULT '[]',
        CONSTRAINT "year_rules_pkey" PRIMARY KEY ("cycle_id")
      )`);
    await runner.query(
      `ALTER TABLE "year_rules" ADD CONSTRAINT "year_rules_are_of_a_cycle" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id")`,
    );
    await runner.query(`alter table "plan"
        add column "kind" text NOT NULL DEFAULT 'run',
        add column "name" text NOT NULL DEFAULT '',
        add column "changes" jsonb NOT NULL DEFAULT '[]',
        add column "order" jsonb NOT NULL DEFAULT '[]',
        add column "levels" jsonb NOT NULL DEFAULT '[]',
        add column "failure" jsonb,
        add column "taken_over_at" timestamptz,
        add column "attempt" integer NOT NULL DEFAULT 0,
        add column "seen_at" timestamptz,
        add constraint "a_plan_is_a_run_or_a_repair" CHECK (kind in ('run', 'repair'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "plan" drop constraint "a_plan_is_a_run_or_a_repair",
        drop column "kind", drop column "name", drop column "changes", drop column "order", drop column "levels",
        drop column "failure", drop column "taken_over_at", drop column "attempt", drop column "seen_at"`);
    await runner.query(`drop table "year_rules"`);
  }
}
