import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Instance, Slot } from '../instance.ts';
import { Names } from '../rules/rule.ts';
import type { Difference } from './differences.ts';

/** Changes that are said one by one; of the rest only how many they are */
const SAID = 6;

/** How things are called, by id, seats as `site/c3 lead`; ids where nothing better is known */
export type Titles = Readonly<Record<string, Text>>;

/** What a repair changes, and how many must be told, as a sentence or two */
export function sayRepair(
  instance: Instance,
  differences: readonly Difference[],
  tell: readonly string[],
  titles: Titles = {},
): Text {
  if (!differences.length)
    return text('今の計画から変更はありません。', 'Nothing changes: the plan that stands holds.');
  const speaker = new Speaker(instance, titles);
  const first = [...differences].sort((a, b) => weight(a) - weight(b));
  const said = first.slice(0, SAID).map((difference) => speaker.say(difference));
  const more = first.length - said.length;
  const changes = joinTexts(said, '。', '; ');
  const rest = more
    ? text(`。ほか${more}件の変更`, `; and ${more} more ${more === 1 ? 'change' : 'changes'}`)
    : text('', '');
  const told = toTell(tell.length);
  return text(`${changes.ja}${rest.ja}。${told.ja}`, `${changes.en}${rest.en}. ${told.en}`);
}

const order: readonly Difference['what'][] = [
  'undecided',
  'day',
  'half-day',
  'mode',
  'person',
  'slot',
  'placed',
  'members',
];
const weight = ({ what }: Difference): number => order.indexOf(what);

const toTell = (n: number): Text =>
  n === 0
    ? text('変更を知らせる人はいません。', 'Nobody has to be told.')
    : text(`変更を知らせる人：${n}名。`, n === 1 ? '1 person must be told.' : `${n} people must be told.`);

class Speaker {
  private readonly instance: Instance;
  private readonly titles: Titles;
  private readonly names: Names;

  constructor(instance: Instance, titles: Titles) {
    this.instance = instance;
    this.titles = titles;
    this.names = new Names(instance);
  }

  say(difference: Difference): Text {
    const title = this.title(difference.of, difference.of);
    const of = text(`「${title.ja}」`, `“${title.en}”`);
    const { what } = difference;
    if (what === 'undecided') return text(`${of.ja}は未定になります`, `${of.en} stays undecided`);
    if (what === 'mode')
      return difference.online
        ? text(`${of.ja}をオンライン開催に変更します`, `${of.en} goes online`)
        : text(`${of.ja}を対面開催に変更します`, `${of.en} is held in person`);
    if (what === 'person') return this.otherPerson(of, difference);
    if (what === 'members') return this.otherMembers(of, difference);
    if (what === 'placed') return this.placed(of, difference);
    if (what === 'half-day') {
      const day = this.names.day(difference.to! >> 1);
      const morning = difference.to! % 2 === 0;
      return text(
        `${of.ja}を同じ${day.ja}の${morning ? '午前' : '午後'}に変更します`,
        `${of.en} moves to the ${morning ? 'morning' : 'afternoon'} of the same day, ${day.en}`,
      );
    }
    const [from, to] = [this.when(difference, difference.from!), this.when(difference, difference.to!)];
    return text(`${of.ja}を${from.ja}から${to.ja}に変更します`, `${of.en} moves from ${from.en} to ${to.en}`);
  }

  private title(id: string, otherwise: string): Text {
    return Object.hasOwn(this.titles, id) ? this.titles[id]! : text(otherwise, otherwise);
  }

  private otherPerson(of: Text, { of: id, seat, left, joined }: Difference): Text {
    const post = seat && this.title(`${id} ${seat}`, seat);
    const role = post ? text(`${of.ja}（${post.ja}）`, `${of.en} (${post.en})`) : of;
    const [old, now] = [this.names.list(left), this.names.list(joined)];
    if (!joined.length) return text(`${role.ja}から${old.ja}さんが外れます`, `${old.en} leaves ${role.en}`);
    if (!left.length) return text(`${role.ja}に${now.ja}さんが入ります`, `${now.en} joins ${role.en}`);
    return text(
      `${role.ja}は${old.ja}さんに代わり${now.ja}さんが務めます`,
      `${now.en} stands in for ${old.en} at ${role.en}`,
    );
  }

  private otherMembers(of: Text, { left, joined }: Difference): Text {
    const [old, now] = [this.names.list(left), this.names.list(joined)];
    const leave = `${old.en} ${left.length === 1 ? 'leaves' : 'leave'}`;
    const join = `${now.en} ${joined.length === 1 ? 'joins' : 'join'}`;
    if (!joined.length) return text(`${of.ja}から${counted(old.ja, left)}が外れます`, `${of.en}: ${leave}`);
    if (!left.length) return text(`${of.ja}に${counted(now.ja, joined)}が加わります`, `${of.en}: ${join}`);
    return text(
      `${of.ja}から${counted(old.ja, left)}が外れ、${counted(now.ja, joined)}が加わります`,
      `${of.en}: ${leave}, ${join}`,
    );
  }

  private placed(of: Text, difference: Difference): Text {
    const people = this.names.list(difference.joined);
    if (difference.joined.length) return text(`${of.ja}を${people.ja}に決めます`, `${of.en} is ${people.en}`);
    const to = this.when(difference, difference.to!);
    return text(`${of.ja}を${to.ja}に設定します`, `${of.en} is put on ${to.en}`);
  }

  /** 7月9日(木), a half day where the day alone does not say it, a hearing's time */
  private when({ of, what }: Difference, at: number): Text {
    const hearing = this.instance.conferences.find((c) => c.hearings.some((h) => h.id === of));
    if (hearing) {
      const slot: Slot | undefined = hearing.slots[at % 1000];
      const day = this.names.day(Math.floor(at / 1000));
      return text(`${day.ja}${slot?.at ?? ''}`, `${day.en}, ${slot?.at ?? ''}`);
    }
    if (this.instance.conferences.some((c) => c.id === of)) return this.names.day(at);
    const meeting = this.instance.meetings.find((m) => m.id === of);
    const day = this.names.day(at >> 1);
    if (what === 'placed' || !meeting || meeting.startsIn === 'morning' || meeting.halfDays > 1) return day;
    const [ja, en] = at % 2 ? ['午後', 'afternoon'] : ['午前', 'morning'];
    return text(`${day.ja}${ja}`, `${day.en} (${en})`);
  }
}

/** 架空 太郎さん · 架空 太郎、見本 花子の2名 · …ほか3名 */
const counted = (list: string, people: readonly string[]): string =>
  people.length === 1 ? `${list}さん` : people.length > 5 ? list : `${list}の${people.length}名`;
