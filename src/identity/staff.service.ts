import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { Links } from '../links/links.service.ts';
import { identityRefusals } from './refusals.ts';
import { Sessions } from './sessions.service.ts';
import { StaffEntity } from './staff.entity.ts';
import { refusalOfFields, refusalToStepDown, tidied, type StaffFields, type StaffMember } from './staff.ts';

/** The secretariat's accounts. */
@Injectable()
export class Staff {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly trail: Trail,
    private readonly sessions: Sessions,
    private readonly links: Links,
  ) {}

  /** @returns the id */
  async add(fields: StaffFields, actor: Actor): Promise<string> {
    return this.database.transaction((tx) => this.insert(tx, fields, actor));
  }

  /** For an installation without accounts, from the command line: whoever can run commands there may also open the door. */
  async firstAdministrator(fields: Omit<StaffFields, 'role'>, actor: Actor): Promise<string> {
    return this.database.transaction(async (tx) => {
      // Two commands at once must not both find nobody
      await tx.query('lock table staff in share row exclusive mode');
      if ((await this.administrators(tx)).length > 0)
        throw Refusal.of(identityRefusals, 'identity.administrator-exists');
      return this.insert(tx, { ...fields, role: 'administrator' }, actor);
    });
  }

  async change(id: string, changes: Partial<StaffFields>, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.locked(tx, id);
      const fields = tidied({ ...before, ...changes });
      refuse(refusalOfFields(fields));
      const after: StaffMember = { ...fields, id, active: before.active };
      await this.save(tx, before, after, 'identity.change', actor);
      // A link in the old mailbox must not open the account any more
      if (after.email !== before.email) await this.links.revoke(tx, { purpose: 'sign-in', subject: id });
    });
  }

  /** Ends the sessions and links at once; the name stays readable wherever it stands. */
  async deactivate(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.locked(tx, id);
      await this.save(tx, before, { ...before, active: false }, 'identity.deactivate', actor);
      await this.sessions.endAllOf(tx, id);
      await this.links.revoke(tx, { purpose: 'sign-in', subject: id });
    });
  }

  async activate(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.locked(tx, id);
      await this.save(tx, before, { ...before, active: true }, 'identity.activate', actor);
    });
  }

  private async insert(tx: EntityManager, given: StaffFields, actor: Actor): Promise<string> {
    const fields = tidied(given);
    refuse(refusalOfFields(fields));
    const member: StaffMember = { ...fields, id: newId(), active: true };
    await guarded(member, () => tx.insert(StaffEntity, member));
    await this.trail.record(tx, { actor, verb: 'identity.add', subject: `staff/${member.id}`, after: member });
    return member.id;
  }

  private async save(
    tx: EntityManager,
    before: StaffMember,
    after: StaffMember,
    verb: string,
    actor: Actor,
  ): Promise<void> {
    refuse(refusalToStepDown(before.id, await this.administrators(tx), after));
    const { id, ...values } = after;
    await guarded(after, () => tx.update(StaffEntity, { id }, values));
    await this.trail.record(tx, { actor, verb, subject: `staff/${id}`, before, after });
  }

  /** Locks all administrators first, always in the same order: two who deactivate each other take turns. */
  private async locked(tx: EntityManager, id: string): Promise<StaffMember> {
    await tx.query(`select id from staff where role = 'administrator' or id = $1 order by id for update`, [id]);
    const row = await tx.findOneBy(StaffEntity, { id });
    if (!row) throw Refusal.of(identityRefusals, 'identity.unknown');
    return { ...row };
  }

  private async administrators(tx: EntityManager): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(`select id from staff where role = 'administrator' and active`);
    return rows.map((row) => row.id);
  }
}

async function guarded(member: StaffMember, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const constraint =
      error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
    if (constraint === 'an_address_belongs_to_one_member_of_staff')
      throw Refusal.of(identityRefusals, 'identity.email-taken', { address: member.email });
    throw error;
  }
}
