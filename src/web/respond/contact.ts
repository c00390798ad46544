import type { MeetingFacts } from '../../invitations/invitation.ts';
import type { Language } from '../../kernel/text.ts';

/** Whom to call, for the foot of the page */
export const contactOf = ({ staffInCharge }: Pick<MeetingFacts, 'staffInCharge'>, language: Language) => ({
  name: staffInCharge.name[language],
  telephone: staffInCharge.telephone,
  email: staffInCharge.address,
});
