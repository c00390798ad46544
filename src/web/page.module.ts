import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AssetsController } from './assets.controller.ts';
import { Assets } from './assets.service.ts';
import { Pages } from './page.service.ts';
import { RefusalFilter } from './refusal.filter.ts';

/** What every door needs to show a page. A door that knows the session provides FRAMES, exported from a global module. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [Assets, Pages, { provide: APP_FILTER, useClass: RefusalFilter }],
  exports: [Assets, Pages],
})
export class PageModule {}
