import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MailStamps1795300010500 implements MigrationInterface {
  readonly name = 'MailStamps1795300010500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table mail add column draft jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table mail drop column draft`);
  }
}
