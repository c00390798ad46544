import { refusals } from '../kernel/refusal.ts';

export const availabilityRefusals = refusals({
  'availability.unknown-person': {
    status: 404,
    ja: '「{id}」は名簿にありません。',
    en: 'The roster has nobody with the id “{id}”.',
  },
  'availability.span-not-usable': {
    status: 422,
    ja: '期間（{from}〜{to}）が正しくありません。終わりは始まり以降で、2年以内にしてください。',
    en: 'The span from {from} to {to} cannot be used: it must not end before it begins, nor be longer than two years.',
  },
  'availability.comment-not-usable': {
    status: 422,
    ja: 'コメントは300文字以内の1行で入力してください。',
    en: 'A comment is one line of at most 300 characters.',
  },
  'availability.import-faulty': {
    status: 422,
    ja: '読み込むファイルに{n}件の誤りがあります。何も書き込んでいません。最初の誤り：{first}',
    en: 'Nothing was written. Faults in the file: {n}. The first: {first}',
  },
});
