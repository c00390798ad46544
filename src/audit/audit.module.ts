import { Global, Module } from '@nestjs/common';
import { Trail } from './audit.service.ts';
import { TrailQueries } from './trail.queries.ts';

@Global()
@Module({ providers: [Trail, TrailQueries], exports: [Trail, TrailQueries] })
export class AuditModule {}
