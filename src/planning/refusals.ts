import { refusals } from '../kernel/refusal.ts';

export const planningRefusals = refusals({
  'planning.unknown': { status: 404, ja: 'その計画は見つかりません。', en: 'There is no such plan.' },
  'planning.running-already': {
    status: 409,
    ja: 'この計画はいま計算中です。終わるのを待つか、中止してください。',
    en: 'This plan is being computed. Wait for it or stop it.',
  },
  'planning.too-many': {
    status: 409,
    ja: 'この年度では、すでに{most}件の計算が実行中または待機中です。いずれかが終わるのを待つか、中止してください。',
    en: '{most} plans of this year are being computed or waiting already. Wait for one of them or stop it.',
  },
  'planning.bad-name': {
    status: 422,
    ja: '計画の名前は{most}字以内で、1行で入力してください。',
    en: 'Please give the plan a name of one line, {most} characters at most.',
  },
  'planning.bad-change': {
    status: 422,
    ja: '変更の内容が正しくありません：{what}',
    en: 'A change is not right: {what}',
  },
  'planning.locks-cannot-hold': {
    status: 409,
    ja: '固定された事項をすべて守る計画はありません。次のいずれかの固定を外すか、変更してください。',
    en: 'No plan keeps everything that is fixed. Please release or change one of these.',
  },
  'planning.fixed-cannot-hold': {
    status: 409,
    ja: '固定された事項をすべて守る計画はありません：{what}',
    en: 'No plan keeps everything that is fixed: {what}',
  },
  'planning.no-plan': {
    status: 409,
    ja: '時間内に計画が見つかりませんでした。計算時間を長くして、もう一度お試しください。',
    en: 'No plan was found in the time given. Please allow more time and try again.',
  },
  'planning.broke-down': {
    status: 503,
    ja: 'システムの問題により計算が中断しました。もう一度計算してください。続く場合は管理者にご連絡ください。',
    en: 'The computation broke down because of a fault in the system. Please compute again; if it goes on, tell the administrator.',
  },
  'planning.given-up': {
    status: 503,
    ja: '計算していたプロセスが繰り返し終了したため、中止しました。もう一度計算してください。',
    en: 'The processes that computed it ended again and again, so it was given up. Please compute again.',
  },
  'planning.what-if-not-taken-over': {
    status: 409,
    ja: 'この計画は、変更を加えた仮の年度で計算されたものです。先に変更を年度に反映してから公開してください。',
    en: 'This plan was computed for a copy of the year with changes. Take the changes over into the year first, then publish.',
  },
  'planning.cannot-take-over': {
    status: 409,
    ja: '年度に反映できない変更があるため、何も反映しませんでした：{what}',
    en: 'Nothing was taken over, since one of the changes cannot be: {what}',
  },
  'planning.nothing-to-take-over': {
    status: 409,
    ja: 'この計画には、年度に反映する変更がありません。',
    en: 'This plan has no changes to take over.',
  },
  'planning.bad-weight': {
    status: 422,
    ja: '重みは「{part}」などの項目ごとに、0～1000の整数（%）で入力してください。',
    en: 'Please give the weight of “{part}” as a whole number of per cent, 0 to 1000; only the listed parts have one.',
  },
  'planning.bad-order': {
    status: 422,
    ja: '優先順位が正しくありません。各項目は一度だけ、一つの段階に入れてください（最大8段階）。',
    en: 'The order is not right: each part once, in one level, eight levels at most.',
  },
  'planning.no-such-change': {
    status: 409,
    ja: 'その変更はもうありません。最新の内容をご確認ください。',
    en: 'That change is not there any more. Please look at the present state.',
  },
  'planning.unknown-meeting': {
    status: 422,
    ja: '「{meeting}」はこの年度の計画対象ではありません。',
    en: '“{meeting}” is not planned in this year.',
  },
  'planning.cannot-be-then': {
    status: 409,
    ja: '「{title}」はその日にできません：{reasons}',
    en: '“{title}” cannot be held then: {reasons}',
  },
  'planning.not-a-day-for-it': {
    status: 422,
    ja: '「{title}」の実施期間にその日はありません。',
    en: 'That is not a day in the window of “{title}”.',
  },
  'planning.nothing-announced': {
    status: 409,
    ja: 'まだ日程が決まった会議がないため、修正案は作れません。先に計画を公開してください。',
    en: 'No meeting has a day yet, so there is nothing to repair. Publish a plan first.',
  },
  'planning.nothing-to-plan': {
    status: 409,
    ja: '計画する会議がありません。先に「新年度」で年度を作成してください。',
    en: 'There is nothing to plan. Set the year up first.',
  },
  'planning.not-ready': { status: 409, ja: 'この計画はまだ公開できません。', en: 'This plan cannot be published yet.' },
  'planning.published-already': {
    status: 409,
    ja: 'この計画はすでに公開されています。',
    en: 'This plan has been published already.',
  },
  'planning.changed-meanwhile': {
    status: 409,
    ja: '計画を計算した後に次の会議が変更されました：{meetings}。もう一度計算してから公開してください。',
    en: 'These meetings were changed after the plan was computed: {meetings}. Please plan again before publishing.',
  },
  'planning.unknown-row': {
    status: 422,
    ja: '行「{row}」はこの年度にありません。',
    en: 'There is no row “{row}” in this year.',
  },
  'planning.bad-window': {
    status: 422,
    ja: '「{activity}」の期間が正しくありません。開始日・終了日を年度内の日付で、開始日が先になるように入力してください。',
    en: 'The window of “{activity}” is not right: two days of the fiscal year, the first one earlier.',
  },
  'planning.cannot-add': {
    status: 422,
    ja: '「{activity}」はこの年度に追加できません。',
    en: '“{activity}” cannot be added to this year.',
  },
  'planning.bad-settings': {
    status: 422,
    ja: '計算時間は1～3600秒、シードは0以上の整数にしてください。',
    en: 'The time limit is 1 to 3600 seconds, the seed a whole number from 0.',
  },
});
