import { refusals } from '../kernel/refusal.ts';

export const planningRefusals = refusals({
  'planning.unknown': { status: 404, ja: 'その計画は見つかりません。', en: 'There is no such plan.' },
  'planning.running-already': {
    status: 409,
    ja: 'この年度の計画はいま計算中です。終わるのを待つか、中止してください。',
    en: 'A plan for this year is being computed. Wait for it or stop it.',
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
