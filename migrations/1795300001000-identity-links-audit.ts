import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table trail (
    number bigint generated always as identity primary key,
    at timestamptz not null,
    actor_kind text not null constraint an_actor_is_of_a_known_kind check (actor_kind in ('staff', 'link', 'command', 'system')),
    actor_id text,
    actor_name text not null,
    verb text not null,
    subject text not null,
    before jsonb,
    after jsonb
  )`,
  `create index trail_by_subject on trail (subject, number)`,
  `create index trail_by_time on trail (at, number)`,
  `create function the_trail_is_only_added_to() returns trigger language plpgsql as $$
    begin
      raise exception 'the trail is only added to' using errcode = 'restrict_violation';
    end $$`,
  `create trigger the_trail_is_only_added_to before update or delete or truncate on trail
    for each statement execute function the_trail_is_only_added_to()`,

  `create table link (
    id uuid primary key,
    purpose text not null constraint a_link_has_a_known_purpose check (purpose in ('office', 'participant', 'sign-in')),
    subject text not null,
    hash bytea not null constraint a_link_keeps_only_a_hash check (octet_length(hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
  )`,
  `create unique index a_token_opens_one_link on link (hash)`,
  `create index link_by_subject on link (purpose, subject)`,

  `create table staff (
    id uuid primary key,
    name_ja text not null,
    name_en text not null,
    email text not null constraint staff_addresses_are_in_lower_case check (email = lower(email)),
    telephone text not null,
    role text not null constraint staff_have_a_known_role check (role in ('administrator', 'staff', 'reader')),
    language text not null constraint staff_read_japanese_or_english check (language in ('ja', 'en')),
    active boolean not null
  )`,
  `create unique index an_address_belongs_to_one_member_of_staff on staff (email)`,

  `create table staff_session (
    id uuid primary key,
    staff_id uuid not null constraint a_session_belongs_to_staff references staff,
    hash bytea not null constraint a_session_keeps_only_a_hash check (octet_length(hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
  )`,
  `create unique index a_session_token_opens_one_session on staff_session (hash)`,
  `create index staff_session_by_staff on staff_session (staff_id)`,

  `create table sign_in_request (
    id uuid primary key,
    address_hash bytea not null,
    origin_hash bytea not null,
    return_to text,
    at timestamptz not null,
    done_at timestamptz
  )`,
  `create index sign_in_request_by_address on sign_in_request (address_hash, at)`,
  `create index sign_in_request_by_origin on sign_in_request (origin_hash, at)`,
];

export class IdentityLinksAudit1795300001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sign_in_request', 'staff_session', 'staff', 'link', 'trail'])
      await runner.query(`drop table ${table}`);
    await runner.query('drop function the_trail_is_only_added_to()');
  }
}
