import type { MigrationInterface } from 'typeorm';
import { Extensions1795300000000 } from './1795300000000-extensions.ts';
import { IdentityLinksAudit1795300001000 } from './1795300001000-identity-links-audit.ts';
import { Mail1795300001100 } from './1795300001100-mail.ts';
import { Roster1795300002000 } from './1795300002000-roster.ts';
import { Availability1795300002200 } from './1795300002200-availability.ts';
import { Cycle1795300002300 } from './1795300002300-cycle.ts';
import { Meetings1795300003000 } from './1795300003000-meetings.ts';
import { Invitations1795300004000 } from './1795300004000-invitations.ts';
import { YearRules1795300004100 } from './1795300004100-year-rules.ts';
import { Inbound1795300005000 } from './1795300005000-inbound.ts';
import { Reminders1795300006000 } from './1795300006000-reminders.ts';
import { FormsAndDoubts1795300007000 } from './1795300007000-forms-and-doubts.ts';
import { MailDestinations1795300008000 } from './1795300008000-mail-destinations.ts';
import { ProvisionalMeetings1795300009000 } from './1795300009000-provisional-meetings.ts';
import { InvitationsByDay1795300009100 } from './1795300009100-invitations-by-day.ts';
import { AnsweredRevision1795300009200 } from './1795300009200-answered-revision.ts';
import { InboundFiling1795300010300 } from './1795300010300-inbound-filing.ts';
import { MailStamps1795300010500 } from './1795300010500-mail-stamps.ts';
import { Unsubscribing1795300011500 } from './1795300011500-unsubscribing.ts';
import { AskedAnew1795300012300 } from './1795300012300-asked-anew.ts';

/** Every migration, in order: one import and one entry each; test/architecture compares the list with the folder. */
export const migrations: (new () => MigrationInterface)[] = [
  Extensions1795300000000,
  IdentityLinksAudit1795300001000,
  Mail1795300001100,
  Roster1795300002000,
  Availability1795300002200,
  Cycle1795300002300,
  Meetings1795300003000,
  Invitations1795300004000,
  YearRules1795300004100,
  Inbound1795300005000,
  Reminders1795300006000,
  FormsAndDoubts1795300007000,
  MailDestinations1795300008000,
  ProvisionalMeetings1795300009000,
  InvitationsByDay1795300009100,
  AnsweredRevision1795300009200,
  InboundFiling1795300010300,
  MailStamps1795300010500,
  Unsubscribing1795300011500,
  AskedAnew1795300012300,
];
