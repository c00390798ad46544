import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.ts';
import { SIGN_IN_QUEUE, SignIn } from './sign-in.service.ts';

@Injectable()
export class SignInWorker {
  constructor(jobs: Jobs, signIn: SignIn) {
    jobs.work<{ requestId: string }>(SIGN_IN_QUEUE, ({ requestId }) => signIn.answer(requestId), { retries: 3 });
  }
}
