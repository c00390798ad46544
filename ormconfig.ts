import { DataSource } from 'typeorm';
import { databaseUrlFromEnvironment } from './src/config/environment.service.ts';
import { databaseOptions } from './src/database/options.ts';
import { migrations } from './migrations/index.ts';
import { TrailEntryEntity } from './src/audit/trail-entry.entity.ts';
import { LinkEntity } from './src/links/link.entity.ts';
import { SpentNonceEntity } from './src/links/spent-nonce.entity.ts';
import { MailDestinationEntity } from './src/mail/mail-destination.entity.ts';
import { MailEntity } from './src/mail/mail.entity.ts';
import { ImapPlaceEntity } from './src/mail/inbound/imap-place.entity.ts';
import { ImapProgressEntity } from './src/mail/inbound/imap-progress.entity.ts';
import { InboundContactEntity } from './src/mail/inbound/inbound-contact.entity.ts';
import { InboundMessageEntity } from './src/mail/inbound/inbound-message.entity.ts';
import { MailStopEntity } from './src/mail/mail-stop.entity.ts';
import { MailPolicyEntity } from './src/mail/mail-policy.entity.ts';
import { ReceivedMailEntity } from './src/mail/received-mail.entity.ts';
import { SignInRequestEntity } from './src/identity/sign-in-request.entity.ts';
import { StaffEntity } from './src/identity/staff.entity.ts';
import { StaffSessionEntity } from './src/identity/staff-session.entity.ts';
import { AvailabilityEntity } from './src/availability/availability.entity.ts';
import { CentreHostEntity } from './src/roster/centre-host.entity.ts';
import { CentreEntity } from './src/roster/centre.entity.ts';
import { ConflictEntity } from './src/roster/conflict.entity.ts';
import { InstitutionEntity } from './src/roster/institution.entity.ts';
import { OfficeEntity } from './src/roster/office.entity.ts';
import { PersonAddressEntity } from './src/roster/person-address.entity.ts';
import { PersonEntity } from './src/roster/person.entity.ts';
import { PostTermEntity } from './src/roster/post-term.entity.ts';
import { PostEntity } from './src/roster/post.entity.ts';
import { CycleEntity } from './src/cycle/cycle.entity.ts';
import { InvitationEntity } from './src/invitations/invitation.entity.ts';
import { OfficeNoticeEntity } from './src/invitations/office-notice.entity.ts';
import { ReleaseEntity } from './src/invitations/release.entity.ts';
import { AttendeeEntity } from './src/meetings/attendee.entity.ts';
import { BookingEntity } from './src/meetings/booking.entity.ts';
import { MeetingEntity } from './src/meetings/meeting.entity.ts';
import { SeatEntity } from './src/meetings/seat.entity.ts';
import { MilestoneEntity } from './src/milestones/milestone.entity.ts';
import { PlanEntity } from './src/planning/plan.entity.ts';
import { YearRulesEntity } from './src/planning/year-rules.entity.ts';
import { AnsweringAliasEntity } from './src/responses/answering-alias.entity.ts';
import { IncomingEntity } from './src/responses/incoming.entity.ts';
import { AnswerDoubtEntity } from './src/responses/answer-doubt.entity.ts';
import { AnswerEntity } from './src/responses/answer.entity.ts';
import { ReminderPauseEntity } from './src/reminders/reminder-pause.entity.ts';
import { ReminderEntity } from './src/reminders/reminder.entity.ts';
import { UnsubscribedReaderEntity } from './src/reminders/unsubscribed-reader.entity.ts';

/**
 * Every entity of every room, by hand: one import and one entry each, in the order of the floors. This is the only file that may import
 * another room's `*.entity.ts`; test/architecture compares it with the folders.
 */
export const entities: Function[] = [
  TrailEntryEntity,
  LinkEntity,
  SpentNonceEntity,
  MailEntity,
  MailDestinationEntity,
  MailPolicyEntity,
  ReceivedMailEntity,
  MailStopEntity,
  InboundMessageEntity,
  ImapProgressEntity,
  ImapPlaceEntity,
  InboundContactEntity,
  StaffEntity,
  StaffSessionEntity,
  SignInRequestEntity,
  InstitutionEntity,
  CentreEntity,
  CentreHostEntity,
  PersonEntity,
  PersonAddressEntity,
  OfficeEntity,
  PostEntity,
  PostTermEntity,
  ConflictEntity,
  AvailabilityEntity,
  CycleEntity,
  MeetingEntity,
  SeatEntity,
  AttendeeEntity,
  BookingEntity,
  MilestoneEntity,
  PlanEntity,
  YearRulesEntity,
  InvitationEntity,
  OfficeNoticeEntity,
  ReleaseEntity,
  AnswerEntity,
  AnswerDoubtEntity,
  AnsweringAliasEntity,
  IncomingEntity,
  ReminderEntity,
  ReminderPauseEntity,
  UnsubscribedReaderEntity,
];

export { migrations };

/** For the typeorm command line; the application makes its own from the same options. */
export default new DataSource(databaseOptions(databaseUrlFromEnvironment(), { entities, migrations }));
