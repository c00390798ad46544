import { fiscalYearLabels, type FiscalYear } from '../kernel/fiscal-year.ts';
import type { Text } from '../kernel/text.ts';
import { inSentence } from '../programme/phrases.ts';

/** What rows of the year are called on boards and in subjects. */

/** サイトビジット（ICReDD） · Site visit (ICReDD) */
export const titleFor = (name: Text, acronym: string): Text => ({
  ja: `${name.ja}（${acronym}）`,
  en: `${name.en} (${acronym})`,
});

/** 令和9年度 プログラム委員会 · Program Committee (FY2027) */
export const titleOfYear = (name: Text, fiscalYear: FiscalYear): Text => ({
  ja: `${fiscalYearLabels(fiscalYear).era.ja} ${name.ja}`,
  en: `${name.en} (FY${fiscalYear})`,
});

/** サイトビジット：日程照会 · Site visit: date poll */
export const titleOfStep = (meeting: Text, step: Text): Text => ({
  ja: `${meeting.ja}：${step.ja}`,
  en: `${meeting.en}: ${inSentence(step).en}`,
});
