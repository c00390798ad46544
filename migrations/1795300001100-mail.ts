import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = `'queued', 'sending', 'sent', 'retry', 'uncertain', 'failed', 'withdrawn', 'kept-back'`;

const statements = [
  `create table mail (
    id uuid primary key,
    state text not null constraint a_mail_is_in_a_known_state check (state in (${states})),
    kind text not null,
    invitation_id text,
    revision integer,
    occasion text not null,
    person_id text,
    office_id text,
    release_id text,
    language text not null constraint a_mail_has_a_language check (language in ('ja', 'en')),
    to_name text not null,
    to_address text not null,
    destination text not null,
    from_address text not null,
    envelope_from text not null,
    subject text not null,
    message_id text not null,
    calendar_method text,
    even_in_rehearsal boolean not null,
    bytes bytea not null,
    ordering_key text not null,
    place integer not null,
    put_at timestamptz not null,
    not_after timestamptz,
    due_at timestamptz,
    attempts integer not null default 0,
    first_tried_at timestamptz,
    last_tried_at timestamptz,
    worker integer,
    settled_at timestamptz,
    reply text,
    server_message_id text,
    constraint what_waits_has_a_due_time check ((state in ('queued', 'retry')) <= (due_at is not null)),
    constraint what_is_sending_has_a_sender check ((state = 'sending') <= (worker is not null))
  )`,
  // Base64 does not get smaller by pglz; trying costs more than the rest of the insert
  `alter table mail alter column bytes set storage external`,
  `create unique index a_revision_is_mailed_once on mail (invitation_id, revision, kind, occasion) where state <> 'withdrawn'`,
  `create unique index mails_of_one_key_stand_in_a_row on mail (ordering_key, place)`,
  `create index mail_that_is_due on mail (due_at, id) where state in ('queued', 'retry', 'uncertain')`,
  `create index mail_that_others_wait_for on mail (ordering_key, place)
    where state in ('queued', 'sending', 'retry') or (state = 'uncertain' and due_at is not null)`,
  `create index mail_by_state on mail (state, put_at)`,
  `create index mail_by_release on mail (release_id) where release_id is not null`,
  `create index mail_by_person on mail (person_id, put_at) where person_id is not null`,
  `create index mail_by_message_id on mail (message_id)`,

  `create table mail_policy (
    id integer primary key constraint there_is_one_mail_policy check (id = 1),
    rehearsal boolean not null,
    rehearsal_addresses text[] not null,
    paused boolean not null
  )`,
  `insert into mail_policy (id, rehearsal, rehearsal_addresses, paused) values (1, false, '{}', false)`,

  `create table received_mail (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    envelope_from text not null,
    envelope_to text not null,
    raw bytea not null,
    subject text not null,
    "from" text not null,
    "to" text not null
  )`,
  `create index received_mail_by_recipient on received_mail (envelope_to, id)`,
];

export class Mail1795300001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['received_mail', 'mail_policy', 'mail']) await runner.query(`drop table ${table}`);
  }
}
