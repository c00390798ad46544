import type { PendingMail } from '../../invitations/releases.service.ts';
import { text, type Text } from '../../kernel/text.ts';

export interface ReleaseGroup {
  readonly id: string;
  readonly title: Text;
  readonly mails: readonly PendingMail[];
}

export interface ReleaseView {
  readonly groups: readonly ReleaseGroup[];
  readonly problems: readonly PendingMail[];
  readonly count: number;
  readonly leaving: number;
}

export const actionNames: Readonly<Record<PendingMail['action'], Text>> = {
  new: text('新しい案内', 'New invitation'),
  update: text('変更の案内', 'Update'),
  cancel: text('取消の案内', 'Cancellation'),
  notice: text('窓口への連絡', 'Notice to an office'),
};

/** Cancellations and updates first: those are people who would otherwise come on the wrong day */
export function releaseView(pending: readonly PendingMail[]): ReleaseView {
  const sendable = pending.filter((mail) => mail.problem === null);
  const groups = (['cancel', 'update', 'new', 'notice'] as const).map((action) => ({
    id: action,
    title: actionNames[action],
    mails: sendable.filter((mail) => mail.action === action),
  }));
  return {
    groups: groups.filter((group) => group.mails.length > 0),
    problems: pending.filter((mail) => mail.problem !== null),
    count: sendable.length,
    leaving: sendable.filter((mail) => mail.wouldLeave).length,
  };
}
