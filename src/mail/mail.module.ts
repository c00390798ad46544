import { Global, Module } from '@nestjs/common';
import { BuiltInMailbox } from './built-in-mailbox.service.ts';
import { Claims } from './claims.service.ts';
import { MailPolicy } from './mail-policy.service.ts';
import { MailTemplates } from './mail-templates.service.ts';
import { MailTransport } from './mail-transport.service.ts';
import { MailWorker } from './mail.worker.ts';
import { Contacts } from './inbound/contacts.service.ts';
import { ImapFiling } from './inbound/imap-filing.service.ts';
import { ImapInbox } from './inbound/imap-inbox.service.ts';
import { Inbound } from './inbound/inbound.service.ts';
import { MailListener } from './inbound/mail-listener.service.ts';
import { Returns } from './inbound/returns.service.ts';
import { MailboxQueries } from './mailbox.queries.ts';
import { Outcomes } from './outcomes.service.ts';
import { OutboxQueries } from './outbox.queries.ts';
import { Outbox } from './outbox.service.ts';
import { Sender } from './sender.service.ts';
import { Signature } from './signature.service.ts';

/** The tick needs `ScheduleModule.forRoot()` in the application. */
@Global()
@Module({
  providers: [
    BuiltInMailbox,
    Claims,
    Contacts,
    ImapFiling,
    ImapInbox,
    Inbound,
    MailListener,
    Returns,
    MailPolicy,
    MailTemplates,
    MailTransport,
    MailWorker,
    MailboxQueries,
    Outbox,
    OutboxQueries,
    Outcomes,
    Sender,
    Signature,
  ],
  exports: [
    BuiltInMailbox,
    Contacts,
    Inbound,
    Returns,
    MailPolicy,
    MailTemplates,
    MailTransport,
    MailboxQueries,
    Outbox,
    OutboxQueries,
    Sender,
  ],
})
export class MailModule {}
