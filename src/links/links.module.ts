import { Global, Module } from '@nestjs/common';
import { Links } from './links.service.ts';

@Global()
@Module({ providers: [Links], exports: [Links] })
export class LinksModule {}
