import type { Text } from '../kernel/text.ts';

/** Why an answer by link may have been given by a machine (itip G2) */
export type DoubtReason = 'scanner' | 'hasty' | 'every-choice';

export const doubtNames: Readonly<Record<DoubtReason, Text>> = {
  scanner: {
    ja: 'メールのリンクを検査するプログラムからの回答とみられます。',
    en: 'It seems to come from a program that checks the links in mails.',
  },
  hasty: {
    ja: 'メールの配信から数秒以内の回答でした。',
    en: 'It came within seconds of the delivery of the mail.',
  },
  'every-choice': {
    ja: '短い間に、すべての選択肢が順に押されました。',
    en: 'Every choice was pressed in turn within a short time.',
  },
};

/** What is known of an answer by link when it is confirmed */
export interface Circumstances {
  readonly userAgent: string | undefined;
  readonly now: Date;
  /** When the newest mail with the link was handed over to a mail server; undefined where none was, or where no scanner stands behind it */
  readonly deliveredAt: Date | undefined;
  /** Answers by links about the same person and revision, oldest first, without the present one */
  readonly before: readonly { readonly attendance: string; readonly at: Date }[];
  readonly attendance: string;
}

/**
 * Programs that open the links in mails, as they name themselves, and browsers without anybody at them. Scanners that call themselves
 * Chrome are found by what they do.
 */
const SCANNERS =
  /barracuda|mimecast|proofpoint|safelinks|symantec|trendmicro|fortinet|cisco|sophos|bitdefender|headless|phantom|puppeteer|playwright|selenium|python|curl|wget|java\/|okhttp|go-http|libwww|scrapy|bot\b|crawler|spider|scanner|preview/i;

/** Nobody opens a mail, reads it, chooses and confirms in less. */
const HASTY_SECONDS = 6;
/** So many different answers in so short a time are not a change of mind. */
const CHOICES = 3;
const IN_SECONDS = 60;

/**
 * Evidence only: nearly everybody is believed. Script or none, mouse or keyboard, slow or quick reading say nothing.
 * @returns undefined where nothing speaks against a person
 */
export function doubtOf(it: Circumstances): DoubtReason | undefined {
  if (!it.userAgent || SCANNERS.test(it.userAgent)) return 'scanner';
  const since = it.deliveredAt ? it.now.getTime() - it.deliveredAt.getTime() : Infinity;
  if (since >= 0 && since < HASTY_SECONDS * 1000) return 'hasty';
  const lately = ofTheSameMinute(it.before, it.now);
  const choices = new Set([...lately.map((one) => one.attendance), it.attendance]);
  return choices.size >= CHOICES ? 'every-choice' : undefined;
}

/** What was said within a minute before */
export const ofTheSameMinute = <Said extends { readonly at: Date }>(before: readonly Said[], now: Date): Said[] =>
  before.filter(({ at }) => now.getTime() - at.getTime() <= IN_SECONDS * 1000);
