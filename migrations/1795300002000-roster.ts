import type { MigrationInterface, QueryRunner } from 'typeorm';

const mailbox = `address = lower(address) and address ~ '^[^@[:space:][:cntrl:],;<>"]+@[^@[:space:][:cntrl:],;<>"]+$'`;

const up = [
  `create table institution (
    id text primary key,
    name jsonb not null,
    city jsonb not null,
    latitude double precision not null,
    longitude double precision not null,
    ended_on date,
    constraint an_institution_lies_on_the_globe check (latitude between -90 and 90 and longitude between -180 and 180)
  )`,
  `create table centre (
    id text primary key,
    acronym text not null,
    name jsonb not null,
    scheme text not null,
    adoption_year integer not null,
    support_end_year integer not null,
    gate_year integer,
    fields text[] not null,
    city jsonb not null,
    latitude double precision not null,
    longitude double precision not null,
    building jsonb not null,
    room jsonb not null,
    access jsonb not null,
    ended_on date,
    constraint support_of_a_centre_ends_after_its_adoption check (support_end_year >= adoption_year),
    constraint a_gate_lies_in_the_years_of_support check (gate_year between 1 and support_end_year - adoption_year + 1),
    constraint a_centre_lies_on_the_globe check (latitude between -90 and 90 and longitude between -180 and 180)
  )`,
  `create unique index an_acronym_is_of_one_centre on centre (acronym)`,
  `create table centre_host (
    centre_id text not null constraint a_host_is_of_a_centre references centre (id),
    institution_id text not null constraint a_host_is_an_institution references institution (id),
    position integer not null,
    primary key (centre_id, institution_id),
    constraint a_centre_has_at_most_three_hosts check (position between 0 and 2)
  )`,
  `create unique index hosts_of_a_centre_have_an_order on centre_host (centre_id, position)`,
  `create table person (
    id text primary key,
    name jsonb not null,
    kana text not null,
    honorific jsonb not null,
    aliases text[] not null,
    language text not null,
    zone text not null,
    telephone text not null,
    fields jsonb not null,
    duties_accepted integer not null,
    employer_id text constraint an_employer_is_an_institution references institution (id),
    overseas boolean not null,
    ended_on date,
    constraint a_person_reads_japanese_or_english check (language in ('ja', 'en')),
    constraint nobody_accepts_fewer_than_no_duties check (duties_accepted >= 0)
  )`,
  `create table person_address (
    id uuid primary key,
    person_id text not null constraint an_address_is_of_a_person references person (id),
    address text not null,
    is_primary boolean not null,
    position integer not null,
    retired_at timestamptz,
    constraint an_address_is_one_mailbox_in_small_letters check (${mailbox})
  )`,
  `create unique index a_person_has_an_address_once on person_address (person_id, address) where retired_at is null`,
  `create unique index a_person_has_one_primary_address on person_address (person_id) where is_primary and retired_at is null`,
  `create index person_address_by_address on person_address (address)`,
  `create table office (
    id text primary key,
    kind text not null,
    name jsonb not null,
    centre_id text constraint an_office_is_of_a_known_centre references centre (id),
    institution_id text constraint an_office_is_of_a_known_institution references institution (id),
    address text not null,
    language text not null,
    telephone text not null,
    ended_on date,
    constraint an_office_is_of_a_centre_or_of_a_host check (
      (kind = 'centre' and centre_id is not null and institution_id is null)
      or (kind = 'host' and institution_id is not null and centre_id is null)
    ),
    constraint an_office_has_one_mailbox_in_small_letters check (${mailbox}),
    constraint an_office_reads_japanese_or_english check (language in ('ja', 'en'))
  )`,
  `create table post (
    id text primary key,
    kind text not null,
    title jsonb not null,
    centre_id text constraint a_post_is_of_a_known_centre references centre (id),
    institution_id text constraint a_post_is_of_a_known_institution references institution (id),
    reach text not null,
    secretary_address text,
    office_id text constraint an_office_answers_for_a_post references office (id),
    rank integer not null,
    ended_on date,
    constraint a_post_is_of_a_centre_or_of_an_institution check (centre_id is null or institution_id is null),
    constraint a_post_is_reached_in_a_known_way check (reach in ('own', 'secretary', 'office')),
    constraint a_post_reached_by_a_secretary_has_their_address check (reach <> 'secretary' or secretary_address is not null),
    constraint a_post_reached_by_an_office_has_one check (reach <> 'office' or office_id is not null),
    constraint a_rank_counts_from_nought check (rank >= 0)
  )`,
  `create index post_by_centre on post (centre_id)`,
  `create index post_by_institution on post (institution_id)`,
  `create table post_term (
    id text primary key,
    post_id text not null constraint a_term_is_in_a_post references post (id),
    person_id text not null constraint a_term_is_of_a_person references person (id),
    from_day date not null,
    to_day date,
    constraint a_term_ends_no_sooner_than_it_begins check (from_day <= to_day),
    constraint one_holder_of_a_post_at_a_time
      exclude using gist (post_id with =, daterange(from_day, to_day, '[]') with &&) deferrable initially immediate
  )`,
  `create index post_term_by_person on post_term (person_id)`,
  `create table conflict (
    id text primary key,
    person_id text not null constraint a_conflict_is_of_a_person references person (id),
    centre_id text constraint a_conflict_is_with_a_known_centre references centre (id),
    institution_id text constraint a_conflict_is_with_a_known_institution references institution (id),
    kind text not null,
    from_day date,
    to_day date,
    note text not null,
    constraint a_conflict_is_with_a_centre_or_with_an_institution check (num_nonnulls(centre_id, institution_id) = 1),
    constraint a_conflict_ends_no_sooner_than_it_begins check (from_day <= to_day)
  )`,
  `create index conflict_by_person on conflict (person_id)`,
];

export class Roster1795300002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'conflict',
      'post_term',
      'post',
      'office',
      'person_address',
      'person',
      'centre_host',
      'centre',
      'institution',
    ])
      await runner.query(`drop table ${table}`);
  }
}
