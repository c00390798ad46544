import { refusals } from '../kernel/refusal.ts';

export const cycleRefusals = refusals({
  'cycle.unknown': { status: 404, ja: 'その年度は登録されていません。', en: 'That fiscal year has not been set up.' },
  'cycle.none': {
    status: 404,
    ja: 'まだ年度がありません。「新年度」から作成してください。',
    en: 'There is no fiscal year yet. Set one up under “New year”.',
  },
  'cycle.exists': {
    status: 409,
    ja: '{programme}の{year}はすでに作成されています。',
    en: '{year} of {programme} has been set up already.',
  },
  'cycle.bad-year': {
    status: 422,
    ja: '年度は西暦4桁で指定してください。',
    en: 'Please give the fiscal year as four digits.',
  },
});
