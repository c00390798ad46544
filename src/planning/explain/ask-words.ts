import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Ask } from '../asks.ts';
import { lockedId, type Instance } from '../instance.ts';
import { Names } from '../rules/rule.ts';

/** A set of asks in one sentence; of one that is not known to be the cheapest it is said */
export function sayAsks(instance: Instance, asks: readonly Ask[], names = new Names(instance), proven = true): Text {
  const said = grouped(asks).map((same) => sayAsk(instance, names, same));
  const list = joinTexts(said, '。', '; ');
  const open = proven ? text('', '') : text('（より軽いお願いで済む可能性があります）', ' (less may do)');
  return { ja: `${list.ja}${open.ja}。`, en: `${list.en.charAt(0).toUpperCase()}${list.en.slice(1)}${open.en}.` };
}

/** Several half days of one person are one sentence. */
function grouped(asks: readonly Ask[]): Ask[][] {
  const groups = Map.groupBy(asks, (ask) =>
    ask.ask === 'half-day'
      ? `half-day ${ask.person}`
      : ask.ask === 'open-day'
        ? `open-day ${ask.of}`
        : JSON.stringify(ask),
  );
  return [...groups.values()].map((group) => [...group]);
}

function sayAsk(instance: Instance, names: Names, same: readonly Ask[]): Text {
  const ask = same[0]!;
  switch (ask.ask) {
    case 'half-day':
      return sayHalfDays(
        names,
        ask.person,
        same.map((one) => (one as typeof ask).half).sort((a, b) => a - b),
      );
    case 'open-day': {
      const of = names.thing(ask.of);
      const days = names.days(same.map((one) => (one as typeof ask).day).sort((a, b) => a - b));
      return text(`${of.ja}を${days.ja}に開催できるようにする`, `open ${days.en} for ${of.en}`);
    }
    case 'window':
      return sayWindow(instance, names, ask);
    case 'limit': {
      const limit = instance.limits.find(({ id }) => id === ask.limit)!;
      const of = names.thing(ask.limit);
      return limit.per === 'week'
        ? text(`${of.ja}の上限を週${ask.most}件に上げる`, `allow ${ask.most} in one week (${of.en})`)
        : text(`${of.ja}の上限を一日${ask.most}件に上げる`, `allow ${ask.most} on one day (${of.en})`);
    }
    case 'load': {
      const who = names.who(ask.person);
      const of = names.thing(ask.load);
      return text(
        `${who.ja}さんに${ask.most}件まで引き受けていただく（${of.ja}）`,
        `ask ${who.en} to accept ${ask.most} (${of.en})`,
      );
    }
    case 'quorum': {
      const of = names.thing(ask.of.split(' ')[0]!);
      return text(
        `${of.ja}の必要出席人数を${ask.atLeast}人に下げる`,
        `let ${ask.atLeast} present be enough for ${of.en}`,
      );
    }
    case 'online': {
      const of = names.thing(ask.meeting);
      return text(`${of.ja}をオンラインで開催できるようにする`, `allow ${of.en} to be held online`);
    }
    case 'unlock': {
      const of = names.thing(lockedId(instance.locks[ask.lock]!));
      return text(`${of.ja}の固定を外す`, `give up what is fixed about ${of.en}`);
    }
  }
}

const parts = [text('午前', 'the morning of '), text('午後', 'the afternoon of ')] as const;

function sayHalfDays(names: Names, person: string, halves: readonly number[]): Text {
  const who = names.who(person);
  const whole = new Set(halves.filter((half) => half % 2 === 0 && halves.includes(half + 1)).map((half) => half >> 1));
  const said = halves.flatMap((half): Text[] => {
    const day = names.day(half >> 1);
    if (!whole.has(half >> 1)) {
      const part = parts[half % 2]!;
      return [text(`${day.ja}の${part.ja}`, `${part.en}${day.en}`)];
    }
    return half % 2 ? [] : [text(`${day.ja}の終日`, `the whole of ${day.en}`)];
  });
  const when = joinTexts(said, '、', ' and ');
  return text(`${who.ja}さんに${when.ja}の都合をつけていただく`, `ask ${who.en} for ${when.en}`);
}

function sayWindow(instance: Instance, names: Names, ask: Extract<Ask, { ask: 'window' }>): Text {
  const of = names.thing(ask.of);
  const said: Text[] = [];
  if (ask.from !== undefined) {
    const day = names.day(ask.from);
    said.push(text(`${of.ja}の期間の始まりを${day.ja}に早める`, `let the window of ${of.en} begin on ${day.en}`));
  }
  if (ask.to !== undefined) {
    const day = names.day(ask.to);
    said.push(text(`${of.ja}の期間の終わりを${day.ja}まで延ばす`, `let the window of ${of.en} end on ${day.en}`));
  }
  return joinTexts(said, '、', ' and ');
}
