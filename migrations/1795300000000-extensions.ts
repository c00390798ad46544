import type { MigrationInterface, QueryRunner } from 'typeorm';

/** btree_gist lets an exclusion constraint compare ids with `=` beside a time range with `&&`. */
export class Extensions1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists btree_gist');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop extension if exists btree_gist');
  }
}
