import type { Config } from '../config/config.ts';
import { text, type Language } from '../kernel/text.ts';
import { factsOf, paragraphs } from './terminal-text.ts';

const embedded = text('組込み', 'embedded');
const given = text('環境変数のとおり', 'as configured');

/** A configuration without faults, without what is secret in it */
export const configurationText = (config: Config, language: Language): string =>
  paragraphs(
    text('設定に誤りはありません。', 'The configuration is right.')[language],
    factsOf(language, [
      [text('アドレス', 'Address'), config.baseUrl],
      [text('データベース', 'Database'), config.embeddedDatabase ? embedded : given],
      [text('メール', 'Mail'), config.embeddedMailbox ? embedded : given],
      [text('差出人', 'Sender'), `${config.mailFromName} (${config.mailFromDomain})`],
      [text('役割', 'Role'), config.role],
      [text('待ち受け', 'Listens on'), `${config.host}:${config.port}`],
    ]),
  );
