import type { Complaint } from './fault.ts';
import { group, items, word } from './loose.ts';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Reminders that could never leave at the time that is written for them, and milestones that no answer can settle */
export function reminderFaults(data: unknown): Complaint[] {
  const root = group(data);
  const mail = group(root['mail']);
  const from = word(mail['quietFrom']) ?? '20:00';
  const to = word(mail['quietTo']) ?? '08:00';
  const isQuiet = (time: string) => (from <= to ? time >= from && time < to : time >= from || time < to);
  const quiet = items(root['reminders'], ['reminders']).flatMap(({ at, path }): Complaint[] => {
    const time = word(at['at']);
    // on the programme's clock the reader's may show another hour, which is no mistake
    if (time === undefined || at['zone'] === 'programme' || ![time, from, to].every((one) => clock.test(one)))
      return [];
    if (!isQuiet(time)) return [];
    return [
      {
        path: [...path, 'at'],
        found: { ja: `「${time}」`, en: `"${time}"` },
        expected: {
          ja: `送らない時間帯（${from}～${to}）以外の時刻`,
          en: `a time outside the quiet hours (${from} to ${to})`,
        },
      },
    ];
  });
  const unanswerable = items(root['activities'], ['activities'])
    .filter(({ at }) => at['settledBy'] === 'answers' && (at['per'] !== 'meeting' || at['owedBy'] !== 'centre'))
    .map(({ path }): Complaint => ({
      path: [...path, 'settledBy'],
      found: { ja: '会合ごとに拠点が負うもの以外', en: 'something that a centre does not owe for each meeting' },
      expected: { ja: 'per: meeting と owedBy: centre', en: '"per: meeting" and "owedBy: centre"' },
    }));
  return [...quiet, ...unanswerable];
}
