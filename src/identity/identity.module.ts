import { Global, Module } from '@nestjs/common';
import { Sessions } from './sessions.service.ts';
import { SignIn } from './sign-in.service.ts';
import { SignInWorker } from './sign-in.worker.ts';
import { StaffGuard } from './staff.guard.ts';
import { StaffQueries } from './staff.queries.ts';
import { Staff } from './staff.service.ts';

@Global()
@Module({
  providers: [Sessions, SignIn, SignInWorker, Staff, StaffGuard, StaffQueries],
  exports: [Sessions, SignIn, Staff, StaffGuard, StaffQueries],
})
export class IdentityModule {}
