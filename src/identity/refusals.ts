import { refusals } from '../kernel/refusal.ts';

export const identityRefusals = refusals({
  'identity.name-missing': {
    status: 422,
    ja: '氏名を日本語とローマ字の両方で入力してください。',
    en: 'Give the name in Japanese and in roman letters.',
  },
  'identity.one-line': {
    status: 422,
    ja: '氏名と電話番号は1行で入力してください。',
    en: 'Name and telephone number must be on one line.',
  },
  'identity.address-not-usable': {
    status: 422,
    ja: 'メールアドレス「{address}」は使用できません：{reason}。',
    en: 'The address “{address}” cannot be used: {reason}.',
  },
  'identity.email-taken': {
    status: 409,
    ja: 'メールアドレス「{address}」はすでに別の担当者が使用しています。',
    en: 'The address “{address}” already belongs to somebody else.',
  },
  'identity.last-administrator': {
    status: 409,
    ja: '最後の管理者です。先に別の管理者を登録してください。',
    en: 'This is the last administrator. Make somebody else an administrator first.',
  },
  'identity.administrator-exists': {
    status: 409,
    ja: '管理者はすでに登録されています。以後の登録は画面から行ってください。',
    en: 'There is an administrator already, who can add further staff on the pages.',
  },
  'identity.unknown': {
    status: 404,
    ja: 'この担当者は登録されていません。',
    en: 'There is no such member of staff.',
  },
  'identity.not-active': {
    status: 409,
    ja: 'この担当者の利用は停止されています。',
    en: 'This account has been deactivated.',
  },
  'identity.link-over': {
    status: 410,
    ja: 'このサインイン用リンクは使用済みか、期限が切れています。もう一度リンクをお受け取りください。',
    en: 'This sign-in link was used already or has expired. Please ask for a new one.',
  },
  'identity.sign-in-needed': {
    status: 401,
    ja: 'サインインしてください。',
    en: 'Please sign in.',
  },
  'identity.reader-cannot-change': {
    status: 403,
    ja: '閲覧のみの権限のため、変更はできません。',
    en: 'Your account may read everything and change nothing.',
  },
  'identity.role-needed': {
    status: 403,
    ja: 'この操作は管理者だけが行えます。',
    en: 'Only an administrator may do this.',
  },
});
