import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Cycle1795300002300 implements MigrationInterface {
  readonly name = 'Cycle1795300002300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "cycle" (
        "id" uuid NOT NULL,
        "programme" text NOT NULL,
        "fiscal_year" integer NOT NULL,
        "covers" integer NOT NULL,
        "rules" jsonb NOT NULL,
        "options" jsonb NOT NULL DEFAULT '{}',
        "sample" boolean NOT NULL DEFAULT false,
        "staff_in_charge" uuid,
        "created_at" timestamptz NOT NULL,
        CONSTRAINT "a_cycle_covers_its_own_or_an_earlier_year" CHECK (covers <= fiscal_year),
        CONSTRAINT "cycle_pkey" PRIMARY KEY ("id")
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX "a_programme_has_one_cycle_a_fiscal_year" ON "cycle" ("programme", "fiscal_year")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "cycle"`);
  }
}
