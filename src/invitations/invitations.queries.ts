import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { InvitationEntity } from './invitation.entity.ts';
import type { SentInvitation } from './itip.ts';
import { ReleaseEntity } from './release.entity.ts';

export interface SentTo {
  readonly id: string;
  readonly meetingId: string;
  readonly personId: string;
  readonly state: 'live' | 'cancelled';
  readonly sent: SentInvitation;
  readonly sentAt: Date;
}

@Injectable()
export class InvitationQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Everything that people were sent about these meetings, newest first */
  async ofMeetings(meetingIds: readonly string[]): Promise<SentTo[]> {
    if (meetingIds.length === 0) return [];
    return this.database.manager.find(InvitationEntity, {
      where: { meetingId: In([...meetingIds]) },
      order: { sentAt: 'DESC' },
    });
  }

  /** When staff let mails go, newest first */
  async releases(cycleId: string): Promise<{ id: string; by: string; mails: number; at: Date }[]> {
    return this.database.manager.find(ReleaseEntity, { where: { cycleId }, order: { at: 'DESC' } });
  }
}
