import { Injectable, type OnModuleInit } from '@nestjs/common';
import { YearFactsReader } from '../planning/year-facts.service.ts';
import { InvitationQueries } from './invitations.queries.ts';

/** Gives the planner word of what was announced, so that it says of a change whether anybody knows the plan that it changes. */
@Injectable()
export class ToldMeetings implements OnModuleInit {
  constructor(
    private readonly facts: YearFactsReader,
    private readonly invitations: InvitationQueries,
  ) {}

  onModuleInit(): void {
    this.facts.hear(
      async (cycleId) => new Set((await this.invitations.told(cycleId)).map(({ meetingId }) => meetingId)),
    );
  }
}
