import { fact } from '../jobs/fact.ts';

/** The next server has taken over a mail. Said of mails that belong to an invitation only. */
export const mailSent = fact<{ mailId: string; invitationId: string }>('MailSent');

/** A mail of an invitation did not go and will not be tried again by itself. */
export const mailFailed = fact<{ mailId: string; invitationId: string }>('MailFailed');

/** A mail has come in and is stored. */
export const mailArrived = fact<{ messageId: string }>('MailArrived');
