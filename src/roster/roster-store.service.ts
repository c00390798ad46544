import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { newId } from '../kernel/ids.ts';
import { CentreHostEntity } from './centre-host.entity.ts';
import { CentreEntity } from './centre.entity.ts';
import { ConflictEntity } from './conflict.entity.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { nouns, rules, type Noun, type Things } from './noun.ts';
import { OfficeEntity } from './office.entity.ts';
import { PersonAddressEntity } from './person-address.entity.ts';
import { PersonEntity } from './person.entity.ts';
import { PostTermEntity } from './post-term.entity.ts';
import { PostEntity } from './post.entity.ts';
import type { Centre, Person, Roster, Term } from './roster.ts';

const entities: { readonly [N in Noun]: EntityTarget<ObjectLiteral> } = {
  institution: InstitutionEntity,
  centre: CentreEntity,
  person: PersonEntity,
  office: OfficeEntity,
  post: PostEntity,
  term: PostTermEntity,
  conflict: ConflictEntity,
};

/** Any number that no other lock of this database uses */
const ROSTER_LOCK = 7_635_203;

/** The tables of the roster as the plain things of `roster.ts`: what lies in two tables (hosts, addresses) is put together here. */
@Injectable()
export class RosterStore {
  /** Commands on the roster take turns: what one has checked is still so when it writes. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [ROSTER_LOCK]);
  }

  /** Everything, ordered by id (terms by post and first day) so that exports of the same roster are the same bytes */
  async whole(tx: EntityManager): Promise<Roster> {
    const parts: Record<string, unknown> = {};
    for (const noun of nouns) parts[rules[noun].part] = await this.all(tx, noun);
    return parts as unknown as Roster;
  }

  async all<N extends Noun>(tx: EntityManager, noun: N): Promise<Things[N][]> {
    const order = noun === 'term' ? { post: 'ASC', from: 'ASC' } : { id: 'ASC' };
    return this.complete(tx, noun, (await tx.find(entities[noun], { order: order })) as Things[N][], true);
  }

  async find<N extends Noun>(tx: EntityManager, noun: N, id: string): Promise<Things[N] | undefined> {
    const row = await tx.findOneBy(entities[noun], { id });
    return row ? (await this.complete(tx, noun, [row as Things[N]], false))[0] : undefined;
  }

  /** Terms of a post or of a person, the earliest first */
  async termsOf(tx: EntityManager, of: { post: string } | { person: string }): Promise<Term[]> {
    return (await tx.find(PostTermEntity, { where: of, order: { from: 'ASC' } })).map((row) => ({ ...row }));
  }

  async exists(tx: EntityManager, noun: Noun, id: string): Promise<boolean> {
    return tx.existsBy(entities[noun], { id });
  }

  async insert<N extends Noun>(tx: EntityManager, noun: N, thing: Things[N]): Promise<void> {
    await tx.insert(entities[noun], rowOf(noun, thing));
    await this.writeParts(tx, noun, thing);
  }

  /** @param now when addresses that are left out were retired */
  async update<N extends Noun>(tx: EntityManager, noun: N, thing: Things[N], now: Date): Promise<void> {
    const { id, ...rest } = rowOf(noun, thing);
    await tx.update(entities[noun], { id }, rest);
    await this.writeParts(tx, noun, thing, now);
  }

  async remove(tx: EntityManager, noun: 'term' | 'conflict', id: string): Promise<void> {
    await tx.delete(entities[noun], { id });
  }

  private async writeParts<N extends Noun>(tx: EntityManager, noun: N, thing: Things[N], now?: Date): Promise<void> {
    if (noun === 'centre') await writeHosts(tx, thing as Centre, now !== undefined);
    if (noun === 'person') await writeAddresses(tx, thing as Person, now);
  }

  /** @param every whether these are all rows of the table, so that their parts need no list of ids */
  private async complete<N extends Noun>(
    tx: EntityManager,
    noun: N,
    rows: Things[N][],
    every: boolean,
  ): Promise<Things[N][]> {
    if (noun !== 'centre' && noun !== 'person') return rows.map((row) => ({ ...row }));
    const ids = rows.map((row) => row.id);
    const parts =
      noun === 'centre' ? await hostsOf(tx, every ? undefined : ids) : await addressesOf(tx, every ? undefined : ids);
    const name = noun === 'centre' ? 'hosts' : 'addresses';
    return rows.map((row) => ({ ...row, [name]: parts.get(row.id) ?? [] }));
  }
}

function rowOf<N extends Noun>(noun: N, thing: Things[N]): { id: string } & Record<string, unknown> {
  const row: { id: string } & Record<string, unknown> = { ...thing };
  delete row['hosts'];
  delete row['addresses'];
  if (noun !== 'term' && noun !== 'conflict') row['endedOn'] ??= null;
  return row;
}

async function hostsOf(tx: EntityManager, ids?: string[]): Promise<Map<string, string[]>> {
  const rows = await tx.find(CentreHostEntity, {
    ...(ids ? { where: { centre: In(ids) } } : {}),
    order: { position: 'ASC' },
  });
  return grouped(
    rows,
    (row) => row.centre,
    (row) => row.institution,
  );
}

async function addressesOf(tx: EntityManager, ids?: string[]): Promise<Map<string, string[]>> {
  const where = { retiredAt: IsNull(), ...(ids ? { personId: In(ids) } : {}) };
  const rows = await tx.find(PersonAddressEntity, { where, order: { position: 'ASC' } });
  return grouped(
    rows,
    (row) => row.personId,
    (row) => row.address,
  );
}

function grouped<T>(rows: readonly T[], key: (row: T) => string, value: (row: T) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(value(row));
    else groups.set(key(row), [value(row)]);
  }
  return groups;
}

async function writeHosts(tx: EntityManager, centre: Centre, known: boolean): Promise<void> {
  if (known) await tx.delete(CentreHostEntity, { centre: centre.id });
  await tx.insert(
    CentreHostEntity,
    centre.hosts.map((institution, position) => ({ centre: centre.id, institution, position })),
  );
}

/** Addresses that go are retired, not deleted; those that stay keep their row. */
async function writeAddresses(tx: EntityManager, person: Person, now?: Date): Promise<void> {
  const live = now ? await tx.findBy(PersonAddressEntity, { personId: person.id, retiredAt: IsNull() }) : [];
  const gone = live.filter((row) => !person.addresses.includes(row.address));
  if (gone.length)
    await tx.update(PersonAddressEntity, { id: In(gone.map((row) => row.id)) }, { retiredAt: now!, isPrimary: false });
  // no address is primary for a moment, so that another can become it without two being so
  if (live.length)
    await tx.update(PersonAddressEntity, { personId: person.id, retiredAt: IsNull() }, { isPrimary: false });
  for (const [position, address] of person.addresses.entries()) {
    const row = live.find((known) => known.address === address);
    const place = { position, isPrimary: position === 0 };
    if (row) await tx.update(PersonAddressEntity, { id: row.id }, place);
    else await tx.insert(PersonAddressEntity, { id: newId(), personId: person.id, address, retiredAt: null, ...place });
  }
}
