import { refusals } from '../kernel/refusal.ts';

export const programmeRefusals = refusals({
  'programme.unknown': {
    status: 404,
    ja: '「{programme}」というプログラムはありません。',
    en: 'There is no programme “{programme}”.',
  },
  'programme.mistakes': {
    status: 422,
    ja: 'プログラムの定義に誤りがあります。\n{faults}',
    en: 'The programme file has mistakes.\n{faults}',
  },
});
