import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.ts';
import { mailSent } from '../mail/mail.facts.ts';

/** A request that was handed over can no longer be taken back: from then on only an update or a cancellation follows. */
@Injectable()
export class InvitationsWorker {
  constructor(jobs: Jobs, @InjectDataSource() database: DataSource) {
    jobs.on(mailSent, 'invitations', async ({ invitationId }) => {
      await database.query(
        `update invitation set sent = jsonb_set(sent, '{state}', '"sent"') where id = $1 and sent->>'state' = 'waiting'`,
        [invitationId],
      );
    });
  }
}
