import { dateLong, type CalendarDate } from '../kernel/calendar-date.ts';
import { joinTexts, text, type Language, type Text } from '../kernel/text.ts';
import type { Relaxation } from '../planning/asks.ts';
import type { Alternative } from '../planning/explain/alternatives.ts';
import type { ConferenceDay } from '../planning/explain/conference-days.ts';
import type { Conflict } from '../planning/explain/conflict-words.ts';
import type { Why } from '../planning/explain/why.ts';
import type { Instance, Plan } from '../planning/instance.ts';
import type { CalledAs, Repair } from '../planning/questions.ts';
import { titleOfPart } from '../planning/rules/parts.ts';
import { paragraphs, tableOf, type Cell } from './terminal-text.ts';

const mornings = [text('午前', 'morning'), text('午後', 'afternoon')] as const;

/** 2027年7月9日(金) 午前 */
function startText({ days }: Instance, half: number): Text {
  const day = dateLong(days[half >> 1]!.date as CalendarDate);
  const part = mornings[half % 2]!;
  return text(`${day.ja} ${part.ja}`, `${day.en}, ${part.en}`);
}

const signed = (difference: number): string => (difference > 0 ? `+${difference}` : String(difference));

export function alternativesText(
  instance: Instance,
  plan: Plan,
  meeting: string,
  found: readonly Alternative[],
  language: Language,
): string {
  const now = plan.meetings[meeting]?.start;
  return pricesText(
    language,
    found.map((one): Cell[] => [
      startText(instance, one.start),
      ...('blocked' in one ? blockedCells(one) : [signed(one.difference), one.start === now ? asPlanned : '']),
    ]),
  );
}

/** The first days of a conference; its hearings go with it */
export function conferenceDaysText(
  instance: Instance,
  plan: Plan,
  conference: string,
  found: readonly ConferenceDay[],
  language: Language,
): string {
  const now = plan.conferences[conference]?.day;
  const moved = (n: number): Text =>
    text(`ヒアリング${n}件が別の枠へ`, n === 1 ? '1 hearing in another slot' : `${n} hearings in other slots`);
  return pricesText(
    language,
    found.map((one): Cell[] => [
      dateLong(instance.days[one.day]!.date as CalendarDate),
      ...('blocked' in one
        ? blockedCells(one)
        : [signed(one.difference), one.day === now ? asPlanned : one.moved.length > 0 ? moved(one.moved.length) : '']),
    ]),
  );
}

const asPlanned = text('今の計画', 'as planned');

const blockedCells = ({ blocked }: { readonly blocked: readonly { readonly text: Text }[] }): Cell[] => [
  '×',
  joinTexts(
    blocked.map((finding) => finding.text),
    '／',
    '; ',
  ),
];

const pricesText = (language: Language, rows: readonly Cell[][]): string =>
  tableOf(language, [text('開始', 'Begins'), text('費用の差', 'Difference'), text('理由', 'Reason')], rows);

export function whyText(
  instance: Instance,
  found: readonly Why[],
  called: CalledAs | undefined,
  language: Language,
): string {
  const person = personOf(instance, called);
  return paragraphs(
    ...found
      .filter(({ parts, runnerUp, people }) => found.length === 1 || parts.length > 0 || runnerUp || people.length > 0)
      .map((one) => {
        const title = called?.things?.[one.of] ?? text(one.of, one.of);
        const lines: Text[] = one.parts.map(({ part, cost, text: said }) => {
          const name = titleOfPart(part);
          return text(`  ${name.ja} ${cost}：${said.ja}`, `  ${name.en} ${cost}: ${said.en}`);
        });
        if (!lines.length && found.length === 1)
          lines.push(text('  これだけのための費用はありません。', '  Nothing is paid for it alone.'));
        if (one.runnerUp) {
          const { start, difference } = one.runnerUp;
          const at = startText(instance, start);
          lines.push(
            text(
              `  次によい日：${at.ja}（${signed(difference)}）`,
              `  next best day: ${at.en} (${signed(difference)})`,
            ),
          );
        }
        for (const { seat, person: now, next } of one.people) {
          const who = person(now);
          const rest = next ? nextText(person(next.person), next.difference) : text('ほかにいない', 'nobody else');
          const of = called?.things?.[seat] ?? text(seat, seat);
          lines.push(text(`  ${of.ja}：${who.ja}　${rest.ja}`, `  ${of.en}: ${who.en}; ${rest.en}`));
        }
        return [title, ...lines].map((line) => line[language]).join('\n');
      }),
  );
}

const nextText = (who: Text, difference: number): Text =>
  text(`次は${who.ja}（${signed(difference)}）`, `next: ${who.en} (${signed(difference)})`);

function personOf({ people }: Instance, called: CalledAs | undefined): (id: string) => Text {
  const names = new Map(people.map(({ id, name }) => [id, name ?? id]));
  return (id) => called?.people?.[id] ?? text(names.get(id) ?? id, names.get(id) ?? id);
}

export function relaxationsText(
  against: readonly Conflict[],
  found: readonly Relaxation[],
  language: Language,
): string {
  if (!against.length)
    return text(
      'すべて決められます。お願いすることはありません。',
      'Everything can be decided: nothing has to be asked for.',
    )[language];
  const why = against.map((conflict) =>
    [
      conflict.text[language],
      ...conflict.reasons.flatMap(({ reasons }) => reasons.map((r) => `  ${r[language]}`)),
    ].join('\n'),
  );
  if (!found.length) {
    const vain = text('お願いして済む方法は見つかりませんでした。', 'Nothing was found that could be asked for.');
    return paragraphs(...why, vain[language]);
  }
  const sets = found.map(({ cost, text: said }, i) => {
    const number = text(`${i + 1}．（費用 ${cost}）`, `${i + 1}. (cost ${cost}) `);
    return `${number[language]}${said[language]}`;
  });
  const head = text('次のいずれかで、すべて決められます。', 'With any one of these everything can be decided.');
  return paragraphs(...why, [head[language], ...sets].join('\n'));
}

export function repairsText(
  found: readonly Repair[],
  instance: Instance,
  called: CalledAs | undefined,
  language: Language,
): string {
  const person = personOf(instance, called);
  return paragraphs(
    ...found.map(({ plan, change, tell, text: said }, i) => {
      const head = text(
        `${i + 1}．費用 ${plan.cost}（変更 ${change}）`,
        `${i + 1}. cost ${plan.cost} (changes ${change})`,
      );
      const people = joinTexts(tell.map(person));
      const lines = [head, said];
      if (tell.length) lines.push(text(`知らせる人：${people.ja}`, `To be told: ${people.en}`));
      return lines.map((line) => line[language]).join('\n');
    }),
  );
}
