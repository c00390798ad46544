import type { Text } from '../kernel/text.ts';
import { quoted, type Complaint } from './fault.ts';
import { count, group, isMeeting, items, word, words, type Item, type Loose, type Path } from './loose.ts';

/** Values that are each right and do not go together. */

const between = (from: string, to: string): Text => ({ ja: `${from}から${to}`, en: `${from} to ${to}` });

/** Order of a day in a fiscal year: 04-01 first, 03-31 last */
const inYear = (monthDay: string): string => (monthDay < '04' ? `1-${monthDay}` : `0-${monthDay}`);

function backwards(at: Loose, path: Path, order: (value: string) => string, expected: Text): Complaint[] {
  const [from, to] = [word(at['from']), word(at['to'])];
  if (from === undefined || to === undefined || order(from) <= order(to)) return [];
  return [{ path: [...path, 'to'], found: between(from, to), expected }];
}

const window = (at: unknown, path: Path): Complaint[] =>
  backwards(group(at), path, inYear, {
    ja: '年度内（4月から3月）で始まりより前にならない終わり',
    en: 'an end that is not before its beginning, within April to March',
  });

const time = (at: unknown, path: Path): Complaint[] =>
  backwards(group(at), path, (value) => value, { ja: '始まりより後の終わり', en: 'an end after its beginning' });

/** Numbers of which the first must not be more than the second */
function ordered(at: unknown, path: Path, low: string, high: string): Complaint[] {
  const [a, b] = [count(group(at)[low]), count(group(at)[high])];
  if (a === undefined || b === undefined || a <= b) return [];
  return [
    {
      path: [...path, high],
      found: { ja: `${low}が${a}、${high}が${b}`, en: `${low} ${a} and ${high} ${b}` },
      expected: { ja: `${low}以上の${high}`, en: `${high} no less than ${low}` },
    },
  ];
}

const waysToFill = ['oneOf', 'holder', 'assigned', 'panel', 'byHand'] as const;

function seatRules(data: unknown, { at, path }: Item): Complaint[] {
  const used = waysToFill.filter((way) => at[way] !== undefined && at[way] !== false);
  const complaints: Complaint[] = [];
  if (used.length !== 1)
    complaints.push({
      path,
      found:
        used.length === 0
          ? { ja: '誰が座るかの記載なし', en: 'nobody who sits in it' }
          : { ja: used.join('と'), en: used.join(' and ') },
      expected: { ja: `次のうち一つだけ：${waysToFill.join('、')}`, en: `exactly one of ${waysToFill.join(', ')}` },
    });
  if (at['perHost'] !== true) return complaints;
  const posts = group(group(data)['posts']);
  const named = [
    ...items(at['oneOf'], [...path, 'oneOf']).map((one) => ({
      post: word(one.at['post']),
      path: [...one.path, 'post'],
    })),
    { post: word(at['holder']), path: [...path, 'holder'] },
  ];
  for (const one of named) {
    const of = one.post === undefined ? undefined : word(group(posts[one.post])['of']);
    if (one.post !== undefined && of !== undefined && of !== 'institution')
      complaints.push({
        path: one.path,
        found: quoted(one.post),
        expected: {
          ja: 'ホスト機関の役職（perHost のため）',
          en: 'a post of an institution, as the seat is one per host',
        },
      });
  }
  return complaints;
}

function slotRules(slots: Item[]): Complaint[] {
  const minutes = (at: string) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
  return slots.slice(1).flatMap(({ at, path }, i) => {
    const before = slots[i]!.at;
    const [begins, earlier, length] = [word(at['at']), word(before['at']), count(before['minutes'])];
    if (begins === undefined || earlier === undefined || length === undefined) return [];
    if (minutes(begins) >= minutes(earlier) + length) return [];
    return [
      {
        path: [...path, 'at'],
        found: quoted(begins),
        expected: { ja: '前の枠が終わってからの時刻', en: 'a time at which the slot before it is over' },
      },
    ];
  });
}

function meetingRules(data: unknown, item: Item): Complaint[] {
  const { at, path } = item;
  const hours = group(at['hours']);
  return [
    ...window(at['window'], [...path, 'window']),
    ...(['morning', 'afternoon'] as const).flatMap((half) => time(hours[half], [...path, 'hours', half])),
    ...items(at['sessions'], [...path, 'sessions']).flatMap((session) => time(session.at, session.path)),
    ...slotRules(items(at['slots'], [...path, 'slots'])),
    ...ordered(at, path, 'minutes', 'minutesInEvaluation'),
    ...ordered(at, path, 'halfDays', 'halfDaysInEvaluation'),
    ...items(at['seats'], [...path, 'seats']).flatMap((seat) => seatRules(data, seat)),
  ];
}

/** What is once for the programme cannot count from, or be part of, what each centre has of its own */
function reachRules({ at, path }: Item, activities: readonly Item[]): Complaint[] {
  const byId = new Map(activities.map((one) => [one.at['id'], one.at]));
  const complaints: Complaint[] = [];
  const named = namesIn({ at, path });
  if (at['per'] === 'programme')
    for (const one of named)
      if (byId.get(one.id)?.['per'] === 'centre')
        complaints.push({
          path: one.path,
          found: quoted(one.id),
          expected: {
            ja: 'プログラム全体の行事（拠点ごとの行事は不可）',
            en: 'an activity of the whole programme, not one of each centre',
          },
        });
  const whole = word(at['partOf']);
  if (whole !== undefined && byId.get(whole)?.['partOf'] !== undefined)
    complaints.push({
      path: [...path, 'partOf'],
      found: quoted(whole),
      expected: { ja: 'それ自体が他の一部でない会合', en: 'a meeting that is not itself a part of another' },
    });
  const replaced = word(at['replaces']);
  const other = replaced === undefined ? undefined : byId.get(replaced);
  if (replaced !== undefined && other && (other['what'] !== at['what'] || other['per'] !== at['per']))
    complaints.push({
      path: [...path, 'replaces'],
      found: quoted(replaced),
      expected: { ja: '同じ種類（what、per）の行事', en: 'an activity of the same kind ("what" and "per")' },
    });
  return complaints;
}

function milestoneRules({ at, path }: Item): Complaint[] {
  const prepared = words(at['for'], []).length;
  if (at['per'] === 'meeting' && prepared === 0)
    return [
      {
        path: [...path, 'for'],
        found: { ja: '記載なし', en: 'nothing' },
        expected: { ja: 'どの会合の準備かのリスト', en: 'a list of the meetings that it prepares' },
      },
    ];
  if (at['per'] !== 'meeting' && prepared > 0)
    return [
      {
        path: [...path, 'for'],
        found: { ja: `${prepared}件のリスト`, en: `a list of ${prepared}` },
        expected: { ja: 'per: meeting の場合のみの項目', en: 'it only together with "per: meeting"' },
      },
    ];
  return [];
}

/** Activities that one counts from or is a part of, each with the place that says so */
function namesIn({ at, path }: Item): { id: string; path: Path }[] {
  const offset = group(group(at['due'])['offset']);
  const sides = ['before', 'after'] as const;
  const named: [unknown, Path][] = [
    [at['partOf'], [...path, 'partOf']],
    ...sides.map((side): [unknown, Path] => [offset[side], [...path, 'due', 'offset', side]]),
    ...items(at['notBefore'], [...path, 'notBefore']).flatMap((one) =>
      sides.map((side): [unknown, Path] => [one.at[side], [...one.path, side]]),
    ),
    [at['replaces'], [...path, 'replaces']],
  ];
  return named.flatMap(([id, where]) => (typeof id === 'string' ? [{ id, path: where }] : []));
}

/** Chains that come back to where they began, each told once, at the first of its activities */
function circles(activities: readonly Item[]): Complaint[] {
  const next = new Map(activities.map((item) => [word(item.at['id']) ?? '', namesIn(item)]));
  const done = new Set<string>();
  const complaints: Complaint[] = [];
  const follow = (id: string, chain: { id: string; path: Path }[]): void => {
    for (const step of next.get(id) ?? []) {
      const begin = chain.findIndex((one) => one.id === step.id);
      if (begin >= 0) {
        const round = [...chain.slice(begin).map((one) => one.id), step.id].join(' → ');
        complaints.push({
          path: chain[begin + 1]?.path ?? step.path,
          found: { ja: `循環 ${round}`, en: `a circle: ${round}` },
          expected: { ja: '自分自身に戻らない参照', en: 'something that does not lead back to itself' },
        });
      } else if (!done.has(step.id)) follow(step.id, [...chain, step]);
    }
    done.add(id);
  };
  for (const id of next.keys()) if (!done.has(id)) follow(id, [{ id, path: [] }]);
  return complaints;
}

const reserved: readonly unknown[] = ['meeting', 'due'];

/** The generator must find a kind for every year, or a centre would have none */
function lastKind(kinds: readonly Item[]): Complaint[] {
  const last = kinds.at(-1);
  if (!last) return [];
  const years = group(last.at['years']);
  const narrowed = Object.keys(years).filter(
    (key) => !(key === 'from' && years[key] === 1) && key !== 'also' && key !== 'afterSupport',
  );
  if (narrowed.length === 0) return [];
  return [
    {
      path: [...last.path, 'years'],
      found: { ja: narrowed.join('、'), en: narrowed.join(', ') },
      expected: {
        ja: 'どの年にも当てはまる最後の区分（years: {}）',
        en: 'a last kind that fits every year ("years: {}")',
      },
    },
  ];
}

/** Everything in the file that contradicts something else in it */
export function ruleFaults(data: unknown): Complaint[] {
  const root = group(data);
  const activities = items(root['activities'], ['activities']);
  const trips = items(group(root['travel'])['tripCost'], ['travel', 'tripCost']);
  const travel = group(group(root['travel'])['kinds']);
  return [
    ...activities
      .filter(({ at }) => reserved.includes(at['id']))
      .map(({ at, path }) => ({
        path: [...path, 'id'],
        found: quoted(String(at['id'])),
        expected: { ja: 'meeting、due 以外の名前', en: 'a name other than "meeting" and "due"' },
      })),
    ...activities.filter(isMeeting).flatMap((item) => meetingRules(data, item)),
    ...activities.filter((item) => !isMeeting(item)).flatMap(milestoneRules),
    ...activities.flatMap((item) => reachRules(item, activities)),
    ...activities.flatMap(({ at, path }) => ordered(at['years'], [...path, 'years'], 'from', 'to')),
    ...circles(activities),
    ...lastKind(items(root['kindsOfYear'], ['kindsOfYear'])),
    ...Object.entries(group(root['schemes'])).flatMap(([id, scheme]) =>
      ordered(group(scheme)['hosts'], ['schemes', id, 'hosts'], 'least', 'most'),
    ),
    ...items(root['panels'], ['panels']).flatMap(({ at, path }) => [
      ...ordered(at, path, 'min', 'max'),
      ...ordered(at, path, 'min', 'target'),
      ...ordered(at, path, 'target', 'max'),
    ]),
    ...Object.entries(travel).flatMap(([id, kind]) =>
      ordered(kind, ['travel', 'kinds', id], 'nightBeyondKm', 'freeDayBeyondKm'),
    ),
    ...(trips.length === 0 || trips.some(({ at }) => at['beyondKm'] === 0)
      ? []
      : [
          {
            path: ['travel', 'tripCost'],
            found: { ja: '0kmからの費用なし', en: 'no cost for short trips' },
            expected: { ja: 'beyondKm: 0 から始まるリスト', en: 'a list that begins with "beyondKm: 0"' },
          },
        ]),
    ...items(group(root['calendar'])['spans'], ['calendar', 'spans']).flatMap(({ at, path }) => window(at, path)),
  ];
}
