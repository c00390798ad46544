import { refusals } from '../kernel/refusal.ts';

export const mailRefusals = refusals({
  'mail.address-not-usable': {
    status: 422,
    ja: 'メールアドレス「{address}」は使用できません：{reason}。',
    en: 'The address “{address}” cannot be used: {reason}.',
  },
  'mail.not-sendable': {
    status: 422,
    ja: 'このメールは送信できません：{reason}。',
    en: 'This mail cannot be sent: {reason}.',
  },
  'mail.unknown': {
    status: 404,
    ja: 'このメールは見つかりません。',
    en: 'There is no such mail.',
  },
  'mail.not-failed': {
    status: 409,
    ja: '再送できるのは、送信に失敗したメールと、届いたか確認できない通知だけです。',
    en: 'Only a mail that failed, or a notice of which it is not known whether it arrived, can be sent again.',
  },
  'mail.newer-one-exists': {
    status: 409,
    ja: 'この宛先にはより新しい案内があるため、古い内容のメールは再送できません。',
    en: 'A newer mail about the same matter exists for this person; the older one cannot be sent after it.',
  },
  'mail.not-waiting': {
    status: 409,
    ja: '取り下げられるのは、まだ送信されていないメールだけです。',
    en: 'Only a mail that has not left yet can be withdrawn.',
  },
  'mail.not-held': {
    status: 409,
    ja: 'このメールは保留されていません。',
    en: 'This mail is not held.',
  },
  'mail.not-stopped': {
    status: 409,
    ja: 'このドメインへの送信は止まっていません。',
    en: 'Mail to this domain is not stopped.',
  },
  'mail.rehearsal-entry': {
    status: 422,
    ja: '「{entry}」はメールアドレスでも「@ドメイン」でもありません。',
    en: '“{entry}” is neither an address nor “@domain”.',
  },
});
