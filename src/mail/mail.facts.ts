import { fact } from '../jobs/fact.ts';

/** A mail has come in and is stored. */
export const mailArrived = fact<{ messageId: string }>('MailArrived');
