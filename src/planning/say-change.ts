import { dateShort, type CalendarDate } from '../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../kernel/text.ts';
import { titleOfPart } from './rules/parts.ts';
import type { ChangeOf, YearChange } from './year-change.ts';

/** How the things of a year are called in sentences about its changes */
export interface YearNames {
  /** Meetings by key, activities, assignments and panels of a centre, loads, limits */
  readonly titles: ReadonlyMap<string, Text>;
  readonly people: ReadonlyMap<string, Text>;
}

const marks = { o: '○', t: '△', x: '×' } as const;
const halves = {
  am: text('午前', 'the morning of '),
  pm: text('午後', 'the afternoon of '),
  all: text('', ''),
} as const;
const everything = text('すべての会議', 'everything');

/** A change as a sentence for staff */
export function sayChange(change: YearChange, names: YearNames): Text {
  const title = (of: string): Text => (of === '*' ? everything : titleIn(of, names));
  const person = (id: string): Text => names.people.get(id) ?? text(id, id);
  switch (change.change) {
    case 'weight': {
      const part = titleOfPart(change.part);
      return text(`「${part.ja}」の重みを${change.percent}%にする`, `“${part.en}” counts ${change.percent}%`);
    }
    case 'order':
      return sayOrder(change.order);
    case 'window':
      return sayWindow(change, title(change.of));
    case 'close':
    case 'open':
      return sayDays(change, title(change.of));
    case 'half-days':
      return sayHalfDays(change, person(change.person));
    case 'forbid':
    case 'allow':
      return sayCandidate(change, person(change.person), title(change.of));
    case 'limit':
      return text(
        `「${title(change.limit).ja}」の上限を${change.most}件にする`,
        `At most ${change.most}: “${title(change.limit).en}”`,
      );
    case 'load': {
      const who = change.person === undefined ? text('全員', 'everybody') : person(change.person);
      const load = title(change.load);
      return text(
        `${who.ja}の「${load.ja}」を${change.most}件までとする`,
        `${who.en}: at most ${change.most} of “${load.en}”`,
      );
    }
    case 'quorum':
      return text(
        `${title(change.of).ja}：${change.atLeast}人の出席で足りるとする`,
        `${title(change.of).en}: ${change.atLeast} present are enough`,
      );
    case 'online':
      return change.allowed
        ? text(`${title(change.of).ja}：オンライン開催を認める`, `${title(change.of).en}: may be held online`)
        : text(`${title(change.of).ja}：オンライン開催を認めない`, `${title(change.of).en}: not online`);
    case 'unlock':
      return change.seats
        ? text(
            `${title(change.meeting).ja}：出席者の固定を外す`,
            `${title(change.meeting).en}: the seats are free again`,
          )
        : text(`${title(change.meeting).ja}：日程の固定を外す`, `${title(change.meeting).en}: the day is free again`);
    case 'fix': {
      const [day, half] = [dateShort(change.day), halves[change.half]];
      return text(
        `${title(change.meeting).ja}：${day.ja}${half.ja}に固定する`,
        `${title(change.meeting).en}: fixed on ${half.en}${day.en}`,
      );
    }
  }
}

/** `site/c3 lead` and `site/c3 working-group`: the meeting's title and the seat */
function titleIn(of: string, { titles }: YearNames): Text {
  const known = titles.get(of);
  const [key, seat] = of.split(' ');
  const meeting = seat === undefined ? undefined : titles.get(key!);
  if (!meeting || seat === undefined) return known ?? text(of, of);
  const { ja, en } = known ?? text(seat, seat);
  return text(`${meeting.ja}・${ja}`, `${meeting.en}, ${en}`);
}

function sayOrder(order: readonly (readonly string[])[]): Text {
  if (order.length === 0)
    return text('優先順位をつけず、重みで合計する', 'No order: all parts are added up by their weights');
  const levels = order.map((parts) => joinTexts(parts.map(titleOfPart), '・', ' and '));
  const said = joinTexts(levels, '、次に', ', then ');
  return text(`優先順位：まず${said.ja}`, `In this order: first ${said.en}`);
}

function sayWindow({ from, to }: ChangeOf<'window'>, title: Text): Text {
  const [first, last] = [from && dateShort(from), to && dateShort(to)];
  if (first && last)
    return text(
      `${title.ja}：期間を${first.ja}～${last.ja}にする`,
      `${title.en}: window from ${first.en} to ${last.en}`,
    );
  if (first) return text(`${title.ja}：期間を${first.ja}からにする`, `${title.en}: the window begins on ${first.en}`);
  if (last) return text(`${title.ja}：期間を${last.ja}までにする`, `${title.en}: the window ends on ${last.en}`);
  return text(`${title.ja}：期間はそのまま`, `${title.en}: the window stays`);
}

function days(from: CalendarDate, to: CalendarDate): Text {
  const [a, b] = [dateShort(from), dateShort(to)];
  return from === to ? a : text(`${a.ja}～${b.ja}`, `${a.en} to ${b.en}`);
}

function sayDays({ change, from, to }: ChangeOf<'close' | 'open'>, title: Text): Text {
  const when = days(from, to);
  return change === 'close'
    ? text(`${title.ja}：${when.ja}は行わない`, `${title.en}: not on ${when.en}`)
    : text(`${title.ja}：${when.ja}にも行えるとする`, `${title.en}: may be on ${when.en}`);
}

function sayHalfDays({ from, to, half, state }: ChangeOf<'half-days'>, person: Text): Text {
  const [when, part] = [days(from, to), halves[half]];
  return text(
    `${person.ja}：${when.ja}${part.ja}を${marks[state]}とする`,
    `${person.en}: ${marks[state]} for ${part.en}${when.en}`,
  );
}

function sayCandidate(change: ChangeOf<'forbid' | 'allow'>, person: Text, title: Text): Text {
  return change.change === 'forbid'
    ? text(`${title.ja}：${person.ja}を候補から外す`, `${title.en}: ${person.en} is no candidate`)
    : text(`${title.ja}：${person.ja}を候補に加える`, `${title.en}: ${person.en} becomes a candidate`);
}
