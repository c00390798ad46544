import { Module } from '@nestjs/common';
import { Programmes } from './programmes.service.ts';

@Module({ providers: [Programmes], exports: [Programmes] })
export class ProgrammeModule {}
