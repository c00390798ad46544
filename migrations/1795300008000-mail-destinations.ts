import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = (held: string) =>
  `'queued', ${held}'sending', 'sent', 'retry', 'uncertain', 'failed', 'withdrawn', 'kept-back'`;
const othersWaitFor = (held: string) =>
  `create index mail_that_others_wait_for on mail (ordering_key, place)
    where state in ('queued', ${held}'sending', 'retry') or (state = 'uncertain' and due_at is not null)`;

export class MailDestinations1795300008000 implements MigrationInterface {
  readonly name = 'MailDestinations1795300008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table mail_destination (
        destination text not null,
        refusal text not null,
        in_a_row integer not null,
        reply text not null,
        stopped_at timestamptz,
        constraint mail_destination_pkey primary key (destination),
        constraint refusals_in_a_row_are_counted check (in_a_row >= 0)
      )`);
    await this.allow(runner, `'held', `);
    await runner.query(
      `create index mail_tried_lately on mail (last_tried_at, destination) where last_tried_at is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index mail_tried_lately`);
    await runner.query(`update mail set state = 'withdrawn' where state = 'held'`);
    await this.allow(runner, '');
    await runner.query(`drop table mail_destination`);
  }

  private async allow(runner: QueryRunner, held: string): Promise<void> {
    await runner.query(`alter table mail drop constraint a_mail_is_in_a_known_state`);
    await runner.query(`alter table mail add constraint a_mail_is_in_a_known_state check (state in (${states(held)}))`);
    await runner.query(`drop index mail_that_others_wait_for`);
    await runner.query(othersWaitFor(held));
  }
}
