import { text, type Text } from '../kernel/text.ts';

/** What a page says when it could not do what was asked: what happened, and what to do next. */
export interface Refused {
  readonly status: number;
  /** `<room>.<reason>` or `http.<status>` */
  readonly code: string;
  readonly title: Text;
  readonly text: Text;
  readonly next: Text;
}

interface Row {
  readonly title: Text;
  readonly text: Text;
  readonly next: Text;
}

const rows: Readonly<Record<number, Row>> = {
  400: {
    title: text('この依頼は処理できませんでした', 'This request could not be processed'),
    text: text('送信された内容を読み取れませんでした。', 'What was sent could not be read.'),
    next: text('前のページに戻り、もう一度お試しください。', 'Go back to the page before and try again.'),
  },
  401: {
    title: text('サインインが必要です', 'Please sign in'),
    text: text('このページは事務局の担当者だけが開けます。', 'This page is for the secretariat’s staff.'),
    next: text('サインイン用のリンクをメールで受け取ってください。', 'Ask for a sign-in link by mail.'),
  },
  403: {
    title: text('この操作は許可されていません', 'This is not permitted'),
    text: text(
      'この操作を行う権限がないか、別のサイトから送信されました。',
      'You may not do this, or it was sent from another site.',
    ),
    next: text(
      '必要な場合は、事務局の管理者にお尋ねください。',
      'If you need it, ask the secretariat’s administrator.',
    ),
  },
  404: {
    title: text('ページが見つかりません', 'Page not found'),
    text: text(
      'お探しのページはありません。アドレスが変わったか、削除された可能性があります。',
      'There is no such page. Its address may have changed, or it was removed.',
    ),
    next: text(
      'アドレスを確かめるか、最初のページからお進みください。',
      'Check the address, or start from the first page.',
    ),
  },
  409: {
    title: text('いまの状態ではできません', 'Not possible as things stand'),
    text: text('ほかの変更と重なりました。', 'It collides with another change.'),
    next: text(
      '前のページに戻って再読み込みし、最新の状態を確かめてください。',
      'Go back, reload, and look at the present state.',
    ),
  },
  410: {
    title: text('このリンクは終了しました', 'This link has ended'),
    text: text(
      'リンクの期限が切れたか、新しいリンクに替わりました。',
      'The link has expired or was replaced by a new one.',
    ),
    next: text(
      'いちばん新しいメールのリンクを開くか、メールに記載の担当者にご連絡ください。',
      'Open the link in the latest mail, or contact the person named in it.',
    ),
  },
  413: {
    title: text('ファイルが大きすぎます', 'The file is too large'),
    text: text('受け取れる大きさを超えています。', 'It is larger than can be accepted.'),
    next: text('小さくするか、分けてお送りください。', 'Make it smaller or send it in parts.'),
  },
  422: {
    title: text('入力内容を確認してください', 'Please check what was entered'),
    text: text('入力内容に誤りがあります。', 'Something that was entered is not right.'),
    next: text('前のページに戻り、内容を直してください。', 'Go back and correct it.'),
  },
  429: {
    title: text('しばらくお待ちください', 'Please wait a moment'),
    text: text('短い時間に操作が続きました。', 'There were too many requests in a short time.'),
    next: text('数分おいてから、もう一度お試しください。', 'Try again in a few minutes.'),
  },
  503: {
    title: text('いまは利用できません', 'Not available right now'),
    text: text('準備中か、一時的に混み合っています。', 'It is starting or briefly too busy.'),
    next: text('数分おいてから、もう一度お試しください。', 'Try again in a few minutes.'),
  },
};

const fault: Row = {
  title: text('問題が起きました', 'Something went wrong'),
  text: text(
    '処理の途中で問題が起きました。変更は保存されていません。',
    'A problem occurred on our side. Nothing was saved.',
  ),
  next: text(
    'もう一度お試しください。続く場合は、下の受付番号を添えて事務局の担当者にご連絡ください。',
    'Try again. If it persists, tell the secretariat the reference below.',
  ),
};

/** The general words of a status, for what no room has put into words of its own; an unknown 4xx is said as 400. */
export function refusedByStatus(status: number): Refused {
  const row = status >= 500 && status !== 503 ? fault : (rows[status] ?? rows[400]!);
  return { status, code: `http.${status}`, ...row };
}

/** A room's own refusal: its sentence, with the title and the next step of its status */
export const refusedByRoom = (status: number, code: string, said: Text): Refused => ({
  ...refusedByStatus(status),
  code,
  text: said,
});
