import { quoted, type Complaint } from './fault.ts';
import { group, isMeeting, items, keysOf, mustBe, word, words, type Item, type Known, type Path } from './loose.ts';

/** Names in a programme file that lead nowhere, or that stand for two things. */

interface Names {
  readonly post: Known;
  readonly option: Known;
  readonly scheme: Known;
  readonly activity: Known;
  readonly meeting: Known;
  readonly assignment: Known;
  readonly panel: Known;
  readonly travel: Known;
  /** `officer`, `working-group`, `site lead`: what one person can be used for */
  readonly use: Known;
}

const ids = (list: readonly Item[]) => list.flatMap(({ at }) => word(at['id']) ?? []);

function namesOf(data: unknown): Names {
  const root = group(data);
  const activities = items(root['activities'], ['activities']);
  const meetings = activities.filter(isMeeting);
  const assignments = ids(items(root['assignments'], []));
  const panels = ids(items(root['panels'], []));
  const seats = meetings.flatMap(({ at }) => ids(items(at['seats'], [])).map((seat) => `${word(at['id'])} ${seat}`));
  return {
    post: { names: keysOf(root['posts']), what: { ja: '定義済みの役職', en: 'a post of this file' } },
    option: { names: keysOf(root['options']), what: { ja: '定義済みのオプション', en: 'an option of this file' } },
    scheme: { names: keysOf(root['schemes']), what: { ja: '定義済みの区分', en: 'a scheme of this file' } },
    activity: { names: ids(activities), what: { ja: '定義済みの行事', en: 'an activity of this file' } },
    meeting: { names: ids(meetings), what: { ja: '定義済みの会合', en: 'a meeting of this file' } },
    assignment: { names: assignments, what: { ja: '定義済みの担当', en: 'an assignment of this file' } },
    panel: { names: panels, what: { ja: '定義済みの委員グループ', en: 'a panel of this file' } },
    travel: {
      names: keysOf(group(root['travel'])['kinds']),
      what: { ja: '定義済みの移動区分', en: 'a kind of travel of this file' },
    },
    use: {
      names: [...assignments, ...panels, ...seats],
      what: { ja: '担当、委員グループ、または「会合 席」', en: 'an assignment, a panel, or "meeting seat"' },
    },
  };
}

function duplicates(list: readonly Item[], key = 'id'): Complaint[] {
  const seen = new Set<string>();
  return list.flatMap(({ at, path }) => {
    const id = word(at[key]);
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    const found = { ja: `2度目の${quoted(id).ja}`, en: `${quoted(id).en} for the second time` };
    return [
      {
        path: [...path, key],
        found,
        expected: { ja: '他と重複しない名前', en: 'a name that occurs once in its list' },
      },
    ];
  });
}

function yearsFaults(years: unknown, path: Path, names: Names): Complaint[] {
  const at = group(years);
  return [
    ...words(at['schemes'], [...path, 'schemes']).flatMap((one) => mustBe(one.value, one.path, names.scheme)),
    ...mustBe(at['option'], [...path, 'option'], names.option),
    ...items(at['also'], [...path, 'also']).flatMap((one) =>
      mustBe(one.at['option'], [...one.path, 'option'], names.option),
    ),
  ];
}

function offsetFaults(offset: unknown, path: Path, known: Known): Complaint[] {
  const at = group(offset);
  return (['before', 'after'] as const).flatMap((side) => mustBe(at[side], [...path, side], known));
}

function seatFaults({ at, path }: Item, names: Names): Complaint[] {
  return [
    ...items(at['oneOf'], [...path, 'oneOf']).flatMap((one) =>
      mustBe(one.at['post'], [...one.path, 'post'], names.post),
    ),
    ...mustBe(at['holder'], [...path, 'holder'], names.post),
    ...mustBe(at['assigned'], [...path, 'assigned'], names.assignment),
    ...mustBe(group(at['panel'])['id'], [...path, 'panel', 'id'], names.panel),
    ...mustBe(at['travel'], [...path, 'travel'], names.travel),
  ];
}

function meetingFaults({ at, path }: Item, names: Names): Complaint[] {
  const seats = items(at['seats'], [...path, 'seats']);
  const seat: Known = { names: ids(seats), what: { ja: 'この会合の席', en: 'a seat of this meeting' } };
  const quorum = group(at['quorum']);
  const sessions = items(at['sessions'], [...path, 'sessions']);
  return [
    ...mustBe(at['partOf'], [...path, 'partOf'], names.meeting),
    ...items(at['notBefore'], [...path, 'notBefore']).flatMap((one) => offsetFaults(one.at, one.path, names.activity)),
    ...offsetFaults(group(at['answerBy'])['offset'], [...path, 'answerBy', 'offset'], names.meeting),
    ...duplicates(seats),
    ...seats.flatMap((one) => seatFaults(one, names)),
    ...mustBe(quorum['seat'], [...path, 'quorum', 'seat'], seat),
    ...words(quorum['also'], [...path, 'quorum', 'also']).flatMap((one) => mustBe(one.value, one.path, seat)),
    ...duplicates(sessions),
    ...sessions.flatMap((session) =>
      words(session.at['audience'], [...session.path, 'audience']).flatMap((one) => mustBe(one.value, one.path, seat)),
    ),
  ];
}

function milestoneFaults({ at, path }: Item, names: Names): Complaint[] {
  const known: Known =
    at['per'] === 'meeting'
      ? { names: ['meeting'], what: { ja: '準備する会合', en: 'the meeting that it prepares' } }
      : names.activity;
  return [
    ...words(at['for'], [...path, 'for']).flatMap((one) => mustBe(one.value, one.path, names.meeting)),
    ...offsetFaults(group(at['due'])['offset'], [...path, 'due', 'offset'], known),
  ];
}

function activityFaults(item: Item, names: Names): Complaint[] {
  const { at, path } = item;
  const others = { ...names.activity, names: names.activity.names.filter((id) => id !== at['id']) };
  return [
    ...yearsFaults(at['years'], [...path, 'years'], names),
    ...mustBe(at['replaces'], [...path, 'replaces'], others),
    ...(isMeeting(item) ? meetingFaults(item, names) : milestoneFaults(item, names)),
  ];
}

/** Every name in the file that names nothing, and every one that is given twice */
export function referenceFaults(data: unknown): Complaint[] {
  const root = group(data);
  const names = namesOf(data);
  const list = (key: string) => items(root[key], [key]);
  const due: Known = {
    names: ['due', 'meeting'],
    what: { ja: '期限日か会合の日', en: 'the due day or the day of the meeting' },
  };
  const spans = items(group(root['calendar'])['spans'], ['calendar', 'spans']);
  const rules = items(group(root['conflicts'])['rules'], ['conflicts', 'rules']);
  return [
    ...['kindsOfYear', 'activities', 'assignments', 'panels', 'loads', 'limits', 'reminders'].flatMap((key) =>
      duplicates(list(key)),
    ),
    ...duplicates(rules, 'kind'),
    ...list('kindsOfYear').flatMap(({ at, path }) => yearsFaults(at['years'], [...path, 'years'], names)),
    ...list('activities').flatMap((item) => activityFaults(item, names)),
    ...['assignments', 'panels'].flatMap((key) =>
      list(key).flatMap(({ at, path }) => mustBe(at['post'], [...path, 'post'], names.post)),
    ),
    ...list('loads').flatMap(({ at, path }) =>
      words(at['of'], [...path, 'of']).flatMap((one) => mustBe(one.value, one.path, names.use)),
    ),
    ...[...list('limits'), ...spans].flatMap(({ at, path }) =>
      words(at['activities'], [...path, 'activities']).flatMap((one) => mustBe(one.value, one.path, names.meeting)),
    ),
    ...list('reminders').flatMap(({ at, path }) => offsetFaults(at['offset'], [...path, 'offset'], due)),
  ];
}
