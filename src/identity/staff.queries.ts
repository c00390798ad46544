import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { StaffEntity } from './staff.entity.ts';
import type { StaffMember } from './staff.ts';

@Injectable()
export class StaffQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Active ones first, each group by Japanese name */
  async list(tx: EntityManager = this.database.manager): Promise<StaffMember[]> {
    const rows = await tx.find(StaffEntity, { order: { active: 'desc', nameJa: 'asc', id: 'asc' } });
    return rows.map(plain);
  }

  async one(id: string, tx: EntityManager = this.database.manager): Promise<StaffMember | undefined> {
    const row = await tx.findOneBy(StaffEntity, { id });
    return row ? plain(row) : undefined;
  }

  async byEmail(email: string): Promise<StaffMember | undefined> {
    const row = await this.database.manager.findOneBy(StaffEntity, { email: email.trim().toLowerCase() });
    return row ? plain(row) : undefined;
  }
}

const plain = (row: StaffEntity): StaffMember => ({ ...row });
