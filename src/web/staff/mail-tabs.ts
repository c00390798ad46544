import { text } from '../../kernel/text.ts';

export const mailTabs = ['arrived', 'out', 'triage'] as const;
export type MailTab = (typeof mailTabs)[number];

/** Ways to look at mail. @param waiting replies that wait for a person, where that is known */
export function tabsOfMail(current: MailTab, trial: boolean, waiting?: number) {
  const tabs = [
    { id: 'arrived', label: text('届いたメール（試用の受信箱）', 'Arrived (trial mailbox)'), href: '/mailbox' },
    { id: 'out', label: text('送るメール', 'Outgoing'), href: '/mailbox/out' },
    {
      id: 'triage',
      label: text('返信の確認', 'Replies to settle'),
      href: '/mail/triage',
      ...(waiting ? { count: waiting } : {}),
    },
  ];
  return tabs
    .filter(({ id }) => trial || id !== 'arrived')
    .map(({ id, ...tab }) => ({ ...tab, current: id === current }));
}
