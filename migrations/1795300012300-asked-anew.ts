import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AskedAnew1795300012300 implements MigrationInterface {
  readonly name = 'AskedAnew1795300012300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table attendee add asked_anew_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table attendee drop column asked_anew_at`);
  }
}
