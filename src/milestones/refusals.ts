import { refusals } from '../kernel/refusal.ts';

export const milestoneRefusals = refusals({
  'milestones.unknown': { status: 404, ja: 'その期限は見つかりません。', en: 'There is no such deadline.' },
  'milestones.bad-day': {
    status: 422,
    ja: '日付を「2027-07-09」のように入力してください。',
    en: 'Please give the day as 2027-07-09.',
  },
});
