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
  'responses.booked-elsewhere': {
    status: 409,
    ja: '{person}さんには、同じ時間に別の予定が入っています。このままでは保存できませんので、担当者へご連絡ください。',
    en: '{person} is expected elsewhere at the same time, so that this could not be saved. Please call the person in charge.',
  },
  'responses.sent-already': {
    status: 409,
    ja: 'この確認画面からの回答は、すでに受け付けました。変更される場合は、もう一度お選びください。',
    en: 'The answer on this page has been taken already. To change it, please choose again.',
  },
  'responses.form-too-old': {
    status: 409,
    ja: '画面を開いてから時間がたったため、保存しませんでした。内容をご確認のうえ、もう一度お送りください。',
    en: 'This page had been open for too long, so that nothing was saved. Please check the answer and send it again.',
  },
  'responses.doubt-settled': {
    status: 409,
    ja: 'この回答の確認は済んでいます。',
    en: 'This answer has been settled already.',
  },
  'responses.no-such-mail': {
    status: 404,
    ja: 'このメールは見つかりません。',
    en: 'There is no such mail.',
  },
  'responses.mail-settled': {
    status: 409,
    ja: 'このメールは、すでに処理されています。',
    en: 'This mail has been settled already.',
  },
  'responses.mail-without-answer': {
    status: 409,
    ja: 'このメールからは、どなたのどの会議への回答か分かりません。会議の画面から回答を記録してください。',
    en: 'It is not known whose answer to which meeting this is. Please record it on the page of the meeting.',
  },
  'responses.nobody-to-tell': {
    status: 409,
    ja: 'この方にお送りできるメールがありません。ご案内が取り消されたか、変更のご案内がまだ届いていないか、メールアドレスがありません。',
    en: 'No mail can be written to them: the invitation was withdrawn, a change of it has not reached them yet, or there is no address.',
  },
  'responses.not-recorded': {
    status: 409,
    ja: '記録できませんでした：{why}。',
    en: 'It could not be recorded: {why}.',
  },
  'responses.outside-the-hours': { status: 422, ja: '{why}', en: '{why}' },
  'responses.not-your-people': {
    status: 403,
    ja: 'このリンクでは回答できない方が含まれているため、保存しませんでした。対象の方が変わった可能性があります。最新の内容をご確認ください。',
    en: 'Nothing was saved: this link cannot answer for somebody on the form. Who is asked may have changed; please look at the present state.',
  },
});
