import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = `'received', 'read', 'applied', 'held', 'ignored'`;
const outcomes = `'applied', 'stale', 'proposal', 'held', 'noted', 'undeliverable', 'our-problem', 'complaint'`;

const statements = [
  `create table inbound_message (
    id uuid primary key,
    sha256 text not null,
    channel text not null constraint an_inbound_message_came_by_a_known_channel check (channel in ('imap', 'lmtp', 'smtp', 'mailbox')),
    mailbox text,
    uid_validity bigint,
    uid bigint,
    envelope_from text,
    recipients text[] not null,
    received_at timestamptz not null,
    bytes bytea not null
  )`,
  `create unique index an_inbound_message_is_stored_once on inbound_message (sha256)`,
  `create index inbound_message_by_time on inbound_message (received_at, id)`,

  `create table imap_progress (
    mailbox text primary key,
    uid_validity bigint not null,
    last_uid bigint not null
  )`,

  `create table mail_stop (
    address text primary key constraint a_stopped_address_is_in_small_letters check (address = lower(address)),
    reason text not null,
    since timestamptz not null
  )`,

  `alter table mail add returned_as text constraint a_returned_mail_has_a_known_fate
     check (returned_as in ('delayed', 'undeliverable', 'mailbox-full', 'our-problem', 'complaint'))`,
  `alter table mail add returned_at timestamptz`,
  `create index mail_by_envelope_sender on mail (envelope_from)`,
  `create index mail_by_sender on mail (from_address)`,

  `create table incoming (
    id uuid primary key constraint an_incoming_mail_is_stored references inbound_message(id),
    state text not null constraint an_incoming_mail_is_in_a_known_state check (state in (${states})),
    attempts integer not null,
    kind text,
    outcome text constraint an_incoming_mail_has_a_known_outcome check (outcome in (${outcomes})),
    reason text,
    reading jsonb,
    reply jsonb,
    invitation_id uuid constraint an_incoming_mail_is_about_an_invitation references invitation(id),
    mail_id uuid constraint an_incoming_mail_is_about_a_mail references mail(id),
    done_at timestamptz,
    settled_as text,
    settled_by text,
    settled_at timestamptz,
    constraint what_is_done_has_an_outcome check ((state in ('applied', 'held', 'ignored')) = (outcome is not null))
  )`,
  `create index incoming_that_waits on incoming (done_at) where state = 'held'`,
  `create index incoming_by_invitation on incoming (invitation_id) where invitation_id is not null`,
  `create index incoming_unfinished on incoming (id) where state in ('received', 'read')`,

  `create table answering_alias (
    person_id text not null constraint an_alias_is_of_a_person references person(id),
    address text not null,
    confirmed_by text not null,
    confirmed_at timestamptz not null,
    primary key (person_id, address)
  )`,

  `alter table answer add answered_at timestamptz`,
  `alter table answer add sequence integer`,
  `alter table answer add inbound_id uuid constraint an_answer_may_have_come_by_mail references inbound_message(id)`,
];

export class Inbound1795300005000 implements MigrationInterface {
  readonly name = 'Inbound1795300005000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['inbound_id', 'sequence', 'answered_at'])
      await runner.query(`alter table answer drop column ${column}`);
    for (const column of ['returned_at', 'returned_as']) await runner.query(`alter table mail drop column ${column}`);
    await runner.query(`drop index mail_by_envelope_sender`);
    await runner.query(`drop index mail_by_sender`);
    for (const table of ['answering_alias', 'incoming', 'mail_stop', 'imap_progress', 'inbound_message'])
      await runner.query(`drop table ${table}`);
  }
}
