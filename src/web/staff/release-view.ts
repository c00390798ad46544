import type { PendingMail } from '../../invitations/pending-mail.ts';
import { text, type Text } from '../../kernel/text.ts';

export interface ReleaseGroup {
  readonly id: string;
  readonly title: Text;
  readonly mails: readonly PendingMail[];
}

export interface ReleaseView {
  readonly groups: readonly ReleaseGroup[];
  readonly problems: readonly PendingMail[];
  /** Mails that wait; what is only taken back is none */
  readonly count: number;
  /** How many of them would leave now, and not be kept back by rehearsal */
  readonly leaving: number;
  readonly silent: number;
}

const groupNames = {
  cancel: text('取消の案内', 'Cancellation'),
  update: text('変更の案内', 'Update'),
  new: text('新しい案内', 'New invitation'),
  notice: text('窓口への連絡', 'Notice to an office'),
  silent: text('送信前に取り下げ（ご本人には何も届きません）', 'Taken back before it left (nobody hears of it)'),
} satisfies Record<string, Text>;

const groupOf = (mail: PendingMail): keyof typeof groupNames => (mail.silent ? 'silent' : mail.action);

/** Cancellations and updates first: those are people who would otherwise come on the wrong day */
export function releaseView(pending: readonly PendingMail[]): ReleaseView {
  const sendable = pending.filter((mail) => mail.problem === null);
  const groups = Object.entries(groupNames).map(([id, title]) => ({
    id,
    title,
    mails: sendable.filter((mail) => groupOf(mail) === id),
  }));
  return {
    groups: groups.filter((group) => group.mails.length > 0),
    problems: pending.filter((mail) => mail.problem !== null),
    ...countsOf(sendable),
  };
}

export function countsOf(mails: readonly PendingMail[]): Pick<ReleaseView, 'count' | 'leaving' | 'silent'> {
  const written = mails.filter((mail) => !mail.silent);
  return {
    count: written.length,
    leaving: written.filter((mail) => mail.wouldLeave).length,
    silent: mails.length - written.length,
  };
}
