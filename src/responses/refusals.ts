import { refusals } from '../kernel/refusal.ts';

export const responseRefusals = refusals({
  'responses.unknown-link': {
    status: 404,
    ja: 'このリンクは有効ではありません。メールの最新のリンクをお使いいただくか、担当者へご連絡ください。',
    en: 'This link is not valid. Please use the link in the latest mail, or call the person in charge.',
  },
  'responses.not-asked-any-more': {
    status: 409,
    ja: '「{title}」のご案内は取り消されています。回答は不要です。',
    en: 'The invitation to “{title}” has been withdrawn. No answer is needed.',
  },
  'responses.cancelled': {
    status: 409,
    ja: '「{title}」は中止になりました。回答は不要です。',
    en: '“{title}” has been cancelled. No answer is needed.',
  },
  'responses.no-date-yet': {
    status: 409,
    ja: '「{title}」の日程はまだ決まっていません。',
    en: 'The date of “{title}” has not been fixed yet.',
  },
  'responses.too-late': {
    status: 410,
    ja: '「{title}」は終了しました。変更は担当者へご連絡ください。',
    en: '“{title}” is over. Please call the person in charge about any correction.',
  },
  'responses.changed-meanwhile': {
    status: 409,
    ja: '「{title}」の日時または場所が変わりました。新しい内容をご確認のうえ、もう一度ご回答ください。',
    en: 'The time or place of “{title}” has changed since this page was opened. Please look at the new details and answer again.',
  },
  'responses.not-your-people': {
    status: 403,
    ja: 'このリンクではこの方の回答はできません。',
    en: 'This link cannot answer for that person.',
  },
  'responses.incomplete': { status: 422, ja: '入力内容をご確認ください。', en: 'Please check what you entered.' },
});
