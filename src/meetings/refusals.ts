import { refusals } from '../kernel/refusal.ts';

export const meetingRefusals = refusals({
  'meetings.unknown': { status: 404, ja: 'その会議は見つかりません。', en: 'There is no such meeting.' },
  'meetings.unknown-attendee': { status: 404, ja: 'その出席者は見つかりません。', en: 'There is no such participant.' },
  'meetings.same-way-for-all': {
    status: 409,
    ja: 'この会議は全員がオンラインで参加できるため、お一人ずつの切り替えはありません。',
    en: 'At this meeting everybody can join online; there is nothing to switch for one person.',
  },
  'meetings.unknown-person': {
    status: 422,
    ja: '「{person}」は名簿にありません。',
    en: '“{person}” is not in the roster.',
  },
  'meetings.no-such-time': {
    status: 422,
    ja: 'その日時は存在しません。日付は「2027-07-09」、時刻は「10:00」のように入力してください。',
    en: 'There is no such time. Please give days as 2027-07-09 and times as 10:00.',
  },
  'meetings.ends-before-it-begins': {
    status: 422,
    ja: '終了が開始より前になっています。',
    en: 'It would end before it begins.',
  },
  'meetings.too-long': {
    status: 422,
    ja: '10日を超える会議は登録できません。',
    en: 'A meeting lasts at most 10 days.',
  },
  'meetings.outside-the-year': {
    status: 422,
    ja: '{day}は{year}に含まれません。',
    en: '{day} does not lie in {year}.',
  },
  'meetings.cancelled': {
    status: 409,
    ja: '「{title}」は中止されています。変更するには、まず中止を取り消してください。',
    en: '“{title}” is cancelled. To change it, take the cancellation back first.',
  },
  'meetings.not-cancelled': { status: 409, ja: '「{title}」は中止されていません。', en: '“{title}” is not cancelled.' },
  'meetings.whole-cancelled': {
    status: 409,
    ja: '「{whole}」が中止されているため、その一部である「{title}」は変更できません。',
    en: '“{title}” is a part of “{whole}”, which is cancelled.',
  },
  'meetings.changed-meanwhile': {
    status: 409,
    ja: 'このページを開いた後に、別の担当者が「{title}」を変更しました。最新の内容をご確認ください。',
    en: 'Somebody else has changed “{title}” since this page was opened. Please look at the present state.',
  },
  'meetings.two-places': {
    status: 409,
    ja: '{person}さんは同じ時間に「{one}」と「{other}」に出席予定です。',
    en: '{person} is to attend “{one}” and “{other}” at the same time.',
  },
  'meetings.somebody-in-two-places': {
    status: 409,
    ja: '同じ時間に二つの場所に出席することになる方がいるため、保存しませんでした。',
    en: 'Somebody would be in two places at once; nothing was saved.',
  },
  'meetings.already-asked': {
    status: 409,
    ja: '{person}さんはすでに「{title}」の出席者です。',
    en: '{person} is already a participant of “{title}”.',
  },
  'meetings.same-person': {
    status: 409,
    ja: '{person}さんは、すでにこの席にいます。',
    en: '{person} has this seat already.',
  },
  'meetings.no-such-seat': { status: 422, ja: 'その役割の席はありません。', en: 'There is no such seat.' },
  'meetings.held': {
    status: 409,
    ja: '「{title}」はすでに終了しています。',
    en: '“{title}” is already over.',
  },
});
