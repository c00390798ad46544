import { refusals } from '../kernel/refusal.ts';

export const rosterRefusals = refusals({
  'roster.unknown': {
    status: 404,
    ja: '{noun}「{id}」は名簿にありません。',
    en: 'The roster has no {noun} “{id}”.',
  },
  'roster.id-taken': {
    status: 409,
    ja: '{noun}のID「{id}」はすでに使われています。',
    en: 'There is already a {noun} with the id “{id}”.',
  },
  'roster.id-not-usable': {
    status: 422,
    ja: 'ID「{id}」は使えません。英小文字・数字・ハイフンで80文字以内にしてください。',
    en: 'The id “{id}” cannot be used: small letters, digits and hyphens, at most 80.',
  },
  'roster.reference-unknown': {
    status: 422,
    ja: '{column}「{id}」は名簿にありません。先に登録してください。',
    en: '{column}: the roster has no {noun} “{id}”. Add it first.',
  },
  'roster.not-usable': {
    status: 422,
    ja: '{column}：{why}',
    en: '{column}: {why}',
  },
  'roster.post-has-holder': {
    status: 409,
    ja: '「{post}」には{person}の任期（{from}〜{to}）があり、期間が重なります。同じ役職に同時に2人は就けません。',
    en: '{post} is held by {person} from {from} to {to}: two people cannot hold one post at one time.',
  },
  'roster.post-taken': {
    status: 409,
    ja: '同じ役職に同時に2人は就けません。任期の重なりを直してください。',
    en: 'Two people cannot hold one post at one time: their terms overlap.',
  },
  'roster.acronym-taken': {
    status: 409,
    ja: '略称「{acronym}」の拠点がすでにあります。',
    en: 'There is already a centre with the acronym “{acronym}”.',
  },
  'roster.term-after-end': {
    status: 409,
    ja: '{day}より後に始まる任期があります（{post}、{person}、{from}から）。先にその任期を取り消してください。',
    en: 'A term begins after {day} ({post}: {person} from {from}). Withdraw it first.',
  },
  'roster.ends-before-it-begins': {
    status: 422,
    ja: '終わりの日（{day}）が始まりの日（{from}）より前です。',
    en: 'The last day ({day}) is before the first ({from}).',
  },
  'roster.ended': {
    status: 409,
    ja: '{noun}「{name}」は{day}で終了しています。',
    en: 'The {noun} “{name}” ended on {day}.',
  },
  'roster.still-host': {
    status: 409,
    ja: '「{name}」は{centre}のホスト機関です。先に拠点のホスト機関を変更してください。',
    en: '{name} hosts {centre}. Change the hosts of that centre first.',
  },
  'roster.office-is-the-only-way': {
    status: 409,
    ja: '「{name}」は「{post}」への唯一の連絡先です。先にその役職の連絡方法を変更してください。',
    en: '{name} is the only way to reach {post}. Change how that post is reached first.',
  },
  'roster.term-began': {
    status: 409,
    ja: 'この任期は{from}に始まっています。取り消さずに、終わりの日を入力してください。',
    en: 'This term began on {from}. End it on a day instead of withdrawing it.',
  },
  'roster.import-faulty': {
    status: 422,
    ja: '読み込むファイルに{n}件の誤りがあります。何も書き込んでいません。最初の誤り：{first}',
    en: 'Nothing was written. Faults in the files: {n}. The first: {first}',
  },
  'roster.import-changed': {
    status: 409,
    ja: '確認した後に名簿が変更されました。もう一度確認してください。',
    en: 'The roster has changed since this was shown. Please look at it again.',
  },
});
