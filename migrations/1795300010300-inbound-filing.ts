import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InboundFiling1795300010300 implements MigrationInterface {
  readonly name = 'InboundFiling1795300010300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table inbound_message add file_as text
      constraint a_mail_is_filed_in_a_known_folder check (file_as in ('processed', 'review'))`);
    await runner.query(`create table imap_place (
      mailbox text not null,
      folder text not null constraint a_mail_lies_in_a_known_folder check (folder in ('inbox', 'review')),
      uid_validity bigint not null,
      uid bigint not null,
      message_id uuid not null constraint what_lies_on_a_server_is_stored references inbound_message(id),
      primary key (mailbox, folder, uid_validity, uid)
    )`);
    await runner.query(`create table inbound_contact (
      way text primary key constraint replies_come_by_a_known_way check (way in ('imap', 'listener')),
      reached_at timestamptz,
      failing_since timestamptz,
      fault text not null default ''
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table inbound_contact`);
    await runner.query(`drop table imap_place`);
    await runner.query(`alter table inbound_message drop column file_as`);
  }
}
