import { fill, text, type Text } from '../kernel/text.ts';

/** What the parser found wrong, in words of ours: it speaks English only. By its code; the parts are taken out of its message. */
const sentences: Readonly<Record<string, { readonly parts: RegExp; readonly says: Text }>> = {
  'commander.unknownOption': {
    parts: /unknown option '(?<what>[^\n]*)'(?:\n\(Did you mean (?<near>.*)\?\))?$/,
    says: text('{what} というオプションはありません。', 'There is no option {what}.'),
  },
  'commander.unknownCommand': {
    parts: /unknown command '(?<what>[^\n]*)'(?:\n\(Did you mean (?<near>.*)\?\))?$/,
    says: text('「{what}」というコマンドはありません。', 'There is no verb “{what}”.'),
  },
  'commander.optionMissingArgument': {
    parts: /option '(?:-\w, )?(?<what>--[\w-]+).*' argument missing$/,
    says: text('{what} に値を指定してください。', '{what} needs a value.'),
  },
  'commander.excessArguments': {
    parts: /Expected (?<expected>\d+) arguments? but got (?<received>\d+)/,
    says: text(
      '引数が多すぎます（{expected}個のところ{received}個）。空白を含む値は引用符で囲んでください。',
      'Too many arguments: {received} instead of {expected}. Quote values with spaces.',
    ),
  },
};
const near = text('{near} のことですか。', 'Did you mean {near}?');
const unclear = text('コマンドの書き方を確認してください。', 'This command cannot be understood.');

export function wrongUsage(code: string, message: string): Text {
  const sentence = sentences[code];
  const groups = sentence?.parts.exec(message)?.groups;
  if (!sentence || !groups) return unclear;
  const said = fill(sentence.says, { ...groups });
  if (!groups['near']) return said;
  const guess = fill(near, { near: groups['near'].replace(/^one of /, '') });
  return { ja: `${said.ja}${guess.ja}`, en: `${said.en} ${guess.en}` };
}

export const whichVerb = (path: string): Text =>
  fill(text('「{path}」の後にコマンドを続けてください。', '“{path}” needs a verb after it.'), { path });

export const whereToLook = text('使い方：meguri help', 'See: meguri help');
