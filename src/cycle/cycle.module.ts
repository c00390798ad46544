import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CycleQueries } from './cycle.queries.ts';
import { Cycles } from './cycle.service.ts';

@Module({ imports: [AuditModule], providers: [Cycles, CycleQueries], exports: [Cycles, CycleQueries] })
export class CycleModule {}
