import { refusals } from '../kernel/refusal.ts';

export const invitationRefusals = refusals({
  'invitations.nothing-to-release': { status: 409, ja: '送るものがありません。', en: 'There is nothing to send.' },
  'invitations.not-pending': {
    status: 409,
    ja: '選ばれた案内のうち、もう送る必要のないものがあります。一覧を読み直してください。',
    en: 'Some of what was chosen need not be sent any more. Please look at the list again.',
  },
  'invitations.no-staff-in-charge': {
    status: 409,
    ja: '担当者が決まっていません。送信のページで年度の担当者を選んでください。',
    en: 'Nobody is in charge yet. Choose the person in charge of the year on the release page.',
  },
  'invitations.staff-left': {
    status: 409,
    ja: '担当者{name}さんは現在の担当者一覧にいません。送信のページまたは会議のページで、別の担当者を選んでください。',
    en: '{name}, who is in charge, is no longer active. Choose another person on the release page or on the meeting’s page.',
  },
  'invitations.changed-meanwhile': {
    status: 409,
    ja: '確認の画面を開いた後に、案内の内容が変わりました。一覧を読み直して、もう一度ご確認ください。',
    en: 'The mails have changed since they were shown for confirmation. Please look at the list again.',
  },
  'invitations.no-telephone': {
    status: 409,
    ja: '担当者{name}さんの電話番号が登録されていません。',
    en: 'No telephone number is known for {name}, who is in charge.',
  },
});
