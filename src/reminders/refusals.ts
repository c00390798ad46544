import { refusals } from '../kernel/refusal.ts';

export const reminderRefusals = refusals({
  'reminders.not-coming': {
    status: 409,
    ja: 'その催促は、すでに送ったか、回答・提出があったため、予定にありません。',
    en: 'That reminder is not planned any more: it was sent, or what it asks for has come.',
  },
  'reminders.unknown-subject': {
    status: 422,
    ja: '停止する対象は「year」「meeting/…」「person/…」「office/…」のいずれかです。',
    en: 'What is paused is one of year, meeting/…, person/…, office/….',
  },
  'reminders.mail-paused': {
    status: 409,
    ja: 'メールの送信を止めているため、催促も送れません。先に送信を再開してください。',
    en: 'All mail is paused, so no reminder can leave. Resume sending first.',
  },
  'reminders.held': {
    status: 409,
    ja: '{name}には、いま催促を送れません：{why}。',
    en: 'No reminder can go to {name} now: {why}.',
  },
});
