import { z } from 'zod';
import { text, type Text } from '../kernel/text.ts';

/** What the table in the README and a fault say about one variable. */
export interface Variable {
  readonly meaning: Text;
  /** completes "must be …" / 「…にしてください」 */
  readonly expects: Text;
  /** shown in the table; the schema itself or `complete` sets it */
  readonly default: Text;
  /** its value is never shown, not even in the fault that it causes */
  readonly secret?: boolean;
}

export const variables = z.registry<Variable>();

const none = text('なし', 'none');
const hostOrLoopback = text(
  'DATABASE_URL なしなら 127.0.0.1、ありなら 0.0.0.0',
  '127.0.0.1 without DATABASE_URL, else 0.0.0.0',
);

/** All configuration, by variable name. Values are text; an empty or blank one counts as unset. */
export const schema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .register(variables, {
      meaning: text(
        'PostgreSQL 18 の接続先。設定しなければ、試用のための PostgreSQL と見本のデータで動く',
        'The PostgreSQL 18 to use. Unset: an embedded one starts, for trial, with the sample programme',
      ),
      expects: text('postgres:// で始まる URL', 'a URL that begins with postgres://'),
      default: none,
      secret: true,
    }),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .register(variables, {
      meaning: text(
        'メールの送り先のサーバー。設定しなければ、メールは外へ出ず、画面で読める組込みの受信箱に届く',
        'The server that takes the mails. Unset: no mail leaves, all arrive in the built-in mailbox that is read in the browser',
      ),
      expects: text('smtp:// か smtps:// で始まる URL', 'a URL that begins with smtp:// or smtps://'),
      default: none,
      secret: true,
    }),
  IMAP_URL: z
    .url({ protocol: /^imaps?$/ })
    .optional()
    .register(variables, {
      meaning: text(
        '返信が届くメールボックス。予定表からの回答や不達の通知をここから読み取る。パスにフォルダー名を書ける（なければ INBOX）',
        'The mailbox in which replies arrive: answers from calendars and bounces are read from it. Its path may name a folder (INBOX if not)',
      ),
      expects: text(
        'imap:// か imaps:// で始まる URL（imaps://利用者:パスワード@ホスト/INBOX）',
        'a URL that begins with imap:// or imaps:// (imaps://user:password@host/INBOX)',
      ),
      default: none,
      secret: true,
    }),
  INBOUND_LISTEN: z
    .url({ protocol: /^(lmtp|smtp)$/ })
    .optional()
    .register(variables, {
      meaning: text(
        '返信を自分で受け取るときに待ち受けるアドレス。手前のメールサーバーからは LMTP、直接なら SMTP',
        'Where to listen for replies that are delivered to us: by LMTP from an own mail server, or by SMTP',
      ),
      expects: text(
        'lmtp:// か smtp:// で始まる URL（lmtp://127.0.0.1:2424）',
        'a URL that begins with lmtp:// or smtp:// (lmtp://127.0.0.1:2424)',
      ),
      default: none,
    }),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .register(variables, {
      meaning: text(
        '利用者から見たアドレス。メールの中のリンクはこれで始まる。https:// なら Cookie とヘッダーもそれに合わせる',
        'The address as people see it; links in mails begin with it. With https:// cookies and headers are set accordingly',
      ),
      expects: text('http:// か https:// で始まる URL', 'a URL that begins with http:// or https://'),
      default: text('http://localhost:PORT', 'http://localhost:PORT'),
    }),
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .register(variables, {
      meaning: text('待ち受けるポート', 'The port to listen on'),
      expects: text('1 から 65535 までの整数', 'a whole number from 1 to 65535'),
      default: text(
        '3000(DATABASE_URL なしなら、ふさがっていれば次の空き)',
        '3000 (without DATABASE_URL the next free one when taken)',
      ),
    }),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .optional()
    .register(variables, {
      meaning: text('待ち受けるネットワークのアドレス', 'The network address to listen on'),
      expects: text('IP アドレスかホスト名', 'an IP address or a host name'),
      default: hostOrLoopback,
    }),
  ROLE: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .register(variables, {
      meaning: text(
        'この台の役割。web は画面、worker は裏の仕事(メールの送信、計画の計算など)だけをする',
        'What this process does: web serves pages, worker does the work behind them (sending, planning), all does both',
      ),
      expects: text('all、web、worker のどれか', 'all, web or worker'),
      default: text('all', 'all'),
    }),
  MAIL_DOMAIN: z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/i)
    .optional()
    .register(variables, {
      meaning: text('差出人と返信先のドメイン', 'The domain of the sender and of the addresses for replies'),
      expects: text('example.org のようなドメイン名', 'a domain name such as example.org'),
      default: text('SMTP_URL なしなら example.org', 'example.org without SMTP_URL'),
    }),
  MAIL_FROM_NAME: z
    .string()
    .max(100)
    .regex(/^[^\r\n<>"]+$/)
    .optional()
    .register(variables, {
      meaning: text('差出人の名前', "The sender's name"),
      expects: text('100 字以内の一行', 'one line of at most 100 characters'),
      default: text('SMTP_URL なしなら 見本事務局、ありなら Meguri', '見本事務局 without SMTP_URL, else Meguri'),
    }),
  MAIL_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .register(variables, {
      meaning: text('1 分間に送るメールの上限。0 なら制限しない', 'How many mails leave in a minute; 0 for no limit'),
      expects: text('0 以上の整数', 'a whole number from 0'),
      default: text('SMTP_URL なしなら 0、ありなら 120', '0 without SMTP_URL, else 120'),
    }),
  MAIL_PER_MINUTE_TO_DOMAIN: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .register(variables, {
      meaning: text(
        '同じドメインへ 1 分間に送るメールの上限。0 なら制限しない',
        'How many mails leave for one domain in a minute; 0 for no limit',
      ),
      expects: text('0 以上の整数', 'a whole number from 0'),
      default: text('SMTP_URL なしなら 0、ありなら 30', '0 without SMTP_URL, else 30'),
    }),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i)
    .optional()
    .register(variables, {
      meaning: text(
        'DKIM 署名のセレクター。公開鍵は DNS の「セレクター._domainkey.MAIL_DOMAIN」に置く',
        'Selector of the DKIM signature; the public key stands in the DNS under SELECTOR._domainkey.MAIL_DOMAIN',
      ),
      expects: text(
        'meguri2027 のような名前（DKIM_KEY_FILE と一緒に設定）',
        'a name such as meguri2027, together with DKIM_KEY_FILE',
      ),
      default: text('署名しない（手前のメールサーバーが署名する）', 'not signed here; the server of SMTP_URL may sign'),
    }),
  DKIM_KEY_FILE: z
    .string()
    .optional()
    .register(variables, {
      meaning: text(
        'DKIM 署名の秘密鍵のファイル(プロジェクトのフォルダーから)',
        'The file (seen from the project) with the private key of the DKIM signature',
      ),
      expects: text(
        '読み取れる PEM 形式の RSA 秘密鍵（1024 ビット以上、DKIM_SELECTOR と一緒に設定）',
        'a readable RSA private key in PEM of at least 1024 bits, together with DKIM_SELECTOR',
      ),
      default: text('署名しない', 'not signed here'),
    }),
  DATA_DIR: z
    .string()
    .default('data')
    .register(variables, {
      meaning: text(
        '組込みの PostgreSQL がデータを置くフォルダー(プロジェクトのフォルダーから)',
        'The folder (seen from the project) in which the embedded PostgreSQL keeps its data',
      ),
      expects: text('フォルダーの名前', 'the name of a folder'),
      default: text('data', 'data'),
    }),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(10)
    .register(variables, {
      meaning: text('データベースへの接続の上限', 'The most connections to the database at a time'),
      expects: text('2 から 200 までの整数', 'a whole number from 2 to 200'),
      default: text('10', '10'),
    }),
  TRUST_PROXY: z
    .string()
    .regex(/^(no|[1-9]|[\da-fA-F.:/]+(\s*,\s*[\da-fA-F.:/]+)*)$/)
    .default('no')
    .register(variables, {
      meaning: text(
        '手前のプロキシの段数か、そのアドレス。利用者のアドレスと https を、プロキシの言うとおりに受け取る',
        'How many proxies stand in front, or their addresses: what they say of the client and of https is believed',
      ),
      expects: text(
        'no、1 から 9 までの段数、または IP アドレスの一覧',
        'no, a number from 1 to 9, or a list of IP addresses',
      ),
      default: text('no', 'no'),
    }),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .optional()
    .register(variables, {
      meaning: text('記録の細かさ', 'How much is logged'),
      expects: text('debug、info、warn、error、silent のどれか', 'debug, info, warn, error or silent'),
      default: text('lines なら warn、json なら info', 'warn with lines, info with json'),
    }),
  LOG_FORMAT: z
    .enum(['lines', 'json'])
    .optional()
    .register(variables, {
      meaning: text('記録の形。人が読む行か、JSON か', 'How logs are written: lines for people or JSON'),
      expects: text('lines か json', 'lines or json'),
      default: text('DATABASE_URL なしなら lines、ありなら json', 'lines without DATABASE_URL, else json'),
    }),
});

export type VariableName = keyof typeof schema.shape;
export type Given = z.infer<typeof schema>;
