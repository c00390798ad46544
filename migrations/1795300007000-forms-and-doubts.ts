import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FormsAndDoubts1795300007000 implements MigrationInterface {
  readonly name = 'FormsAndDoubts1795300007000';

  async up(runner: QueryRunner): Promise<void> {
    // links that were mailed before get a key as good as those that come after
    await runner.query(
      `alter table "link" add "nonce_key" bytea not null default sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea)`,
    );
    await runner.query(`alter table "link" alter "nonce_key" drop default`);
    await runner.query(
      `alter table "link" add constraint "a_link_has_a_key_of_its_own" check (octet_length(nonce_key) = 32)`,
    );
    await runner.query(`create table "spent_nonce" (
        "link_id" uuid NOT NULL,
        "nonce" text NOT NULL,
        "at" timestamptz NOT NULL,
        CONSTRAINT "a_form_is_sent_once" PRIMARY KEY ("link_id", "nonce"),
        CONSTRAINT "a_nonce_belongs_to_a_link" FOREIGN KEY ("link_id") REFERENCES "link"("id") ON DELETE CASCADE
      )`);
    await runner.query(`create table "answer_doubt" (
        "answer_id" bigint NOT NULL,
        "reason" text NOT NULL,
        "raised_at" timestamptz NOT NULL,
        "settled_at" timestamptz,
        "counts" boolean,
        "settled_by" text NOT NULL DEFAULT '',
        CONSTRAINT "answer_doubt_pkey" PRIMARY KEY ("answer_id"),
        CONSTRAINT "an_answer_is_doubted_for_a_known_reason" CHECK (reason in ('scanner', 'hasty', 'every-choice')),
        CONSTRAINT "a_settled_doubt_says_by_whom" CHECK ((settled_at is null) = (counts is null) and (settled_at is null) = (settled_by = '')),
        CONSTRAINT "a_doubt_is_about_an_answer" FOREIGN KEY ("answer_id") REFERENCES "answer"("id")
      )`);
    await runner.query(`create index "open_doubts" on "answer_doubt" ("raised_at") where settled_at is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "answer_doubt"`);
    await runner.query(`drop table "spent_nonce"`);
    await runner.query(`alter table "link" drop column "nonce_key"`);
  }
}
