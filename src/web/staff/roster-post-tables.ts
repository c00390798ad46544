import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import type { ConflictView, InstitutionView, OfficeView, PostView } from '../../roster/roster-views.ts';
import { listNames, rosterAddress } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import { column, heading, type Cell, type Row, type Table } from './roster-table.ts';
import { dayShort, officeKinds, placeKey, reachNames, termShort, type RosterWords } from './roster-words.ts';

export const ended = (thing: { readonly endedOn?: string | null }, day: string): boolean =>
  Boolean(thing.endedOn && thing.endedOn < day);
/** 「2027/3/31で終了」 */
export const endedUnder = (thing: { readonly endedOn?: CalendarDate | null }): Text[] =>
  thing.endedOn ? [fill(text('{day}で終了', 'ended {day}'), { day: dayShort(thing.endedOn) })] : [];

/** Who holds a post */
export function holderCell({ post, holder, terms }: PostView): Cell {
  const present = terms.find((term) => term.when === 'present');
  if (!holder || !present) return { text: post.endedOn ? '' : text('空席', 'Vacant'), alarm: !post.endedOn };
  return {
    text: holder.name,
    href: rosterAddress('person', holder.id),
    under: [termShort(present.term.from, present.term.to)],
  };
}

/** Who follows */
const nextCell = ({ next }: PostView): Cell =>
  next
    ? {
        text: next.person.name,
        href: rosterAddress('person', next.person.id),
        under: [termShort(next.term.from, next.term.to)],
      }
    : {};

function reachCell({ post, office }: PostView): Cell {
  const way = reachNames[post.reach];
  if (post.reach === 'secretary') return { text: way, under: [post.secretaryAddress ?? ''] };
  return { text: way, under: office ? [office.name] : [] };
}

const postRow = (view: PostView, words: RosterWords, day: CalendarDate): Row => ({
  attention: !view.holder && !view.post.endedOn,
  ended: ended(view.post, day),
  cells: [
    {
      text: view.post.title,
      href: rosterAddress('post', view.post.id),
      under: [
        ...(words.postKind(view.post.kind).ja === view.post.title.ja ? [] : [words.postKind(view.post.kind)]),
        ...endedUnder(view.post),
      ],
    },
    holderCell(view),
    nextCell(view),
    reachCell(view),
  ],
});

const postColumns = [
  text('役職', 'Post'),
  text('現在', 'Now'),
  text('次', 'Next'),
  text('連絡方法', 'How it is reached'),
].map(column);

/** Posts of one centre, institution or office; the programme's order of kinds */
export const postTable = (posts: readonly PostView[], { words, day }: RosterFile): Table => ({
  id: 'posts',
  label: listNames.post,
  columns: postColumns,
  rows: sorted(posts, words).map((view) => postRow(view, words, day)),
});

function sorted(posts: readonly PostView[], words: RosterWords): PostView[] {
  const order = Object.keys(words.words.posts);
  const place = (view: PostView) => (order.indexOf(view.post.kind) + order.length + 1) % (order.length + 1);
  return [...posts].sort(
    (a, b) =>
      place(a) - place(b) || a.post.rank - b.post.rank || a.post.id.localeCompare(b.post.id, 'en', { numeric: true }),
  );
}

export interface PostFilter {
  readonly search?: string | undefined;
  /** A centre's or an institution's id; `programme` for those of neither */
  readonly of?: string | undefined;
  readonly vacant?: boolean | undefined;
  readonly ended?: boolean | undefined;
}

/** Posts in the order of the places to which they belong: the programme, the centres, the institutions */
export function postsInOrder(posts: readonly PostView[], { views, words }: RosterFile): PostView[] {
  const places = [
    '',
    ...views.centres().map(({ centre }) => centre.id),
    ...views.institutions().map((one) => one.institution.id),
  ];
  const by = Map.groupBy(posts, ({ post }) => placeKey(post));
  return places.flatMap((place) => sorted(by.get(place) ?? [], words));
}

/** Posts in that order, each place under its name */
export function postsByPlace(posts: readonly PostView[], { views, words, day }: RosterFile): Table {
  const name = ({ post, of }: PostView): Text => {
    const centre = post.centre === null ? undefined : views.centre(post.centre)?.centre;
    if (centre) return text(`${centre.acronym}　${centre.name.ja}`, `${centre.acronym} – ${centre.name.en}`);
    return post.institution === null ? text('プログラム', 'The programme') : of;
  };
  return {
    id: 'posts',
    label: listNames.post,
    columns: postColumns,
    rows: posts.flatMap((view, n) => {
      const begins = n === 0 || placeKey(posts[n - 1]!.post) !== placeKey(view.post);
      return [...(begins ? [heading(name(view))] : []), postRow(view, words, day)];
    }),
  };
}

export const officeTable = (offices: readonly OfficeView[], { day }: Pick<RosterFile, 'day'>): Table => ({
  id: 'offices',
  label: listNames.office,
  columns: [
    text('窓口', 'Office'),
    text('拠点・機関', 'Of'),
    text('アドレス', 'Address'),
    text('電話', 'Telephone'),
    text('担当する役職', 'Answers for'),
  ].map(column),
  rows: offices.map(({ office, of, posts }) => ({
    ended: ended(office, day),
    cells: [
      {
        text: office.name,
        href: rosterAddress('office', office.id),
        under: [officeKinds[office.kind], ...endedUnder(office)],
      },
      {
        text: of,
        href: office.centre
          ? rosterAddress('centre', office.centre)
          : rosterAddress('institution', office.institution ?? ''),
      },
      { text: office.address },
      { text: office.telephone },
      { text: fill(text('{n}件', '{n}'), { n: posts.length }) },
    ],
  })),
});

export const institutionTable = (
  institutions: readonly InstitutionView[],
  { roster, day }: Pick<RosterFile, 'roster' | 'day'>,
): Table => {
  const employed = Map.groupBy(roster.people, (person) => person.employer);
  return {
    id: 'institutions',
    label: listNames.institution,
    columns: [
      column(text('機関', 'Institution')),
      column(text('所在地', 'City')),
      column(text('ホストする拠点', 'Hosts')),
      { label: text('役職', 'Posts'), number: true },
      { label: text('所属する人', 'People'), number: true },
    ],
    rows: institutions.map(({ institution, centres, posts }) => ({
      ended: ended(institution, day),
      cells: [
        {
          text: institution.name,
          href: rosterAddress('institution', institution.id),
          under: endedUnder(institution),
        },
        { text: institution.city },
        { text: centres.map((centre) => centre.acronym).join(', ') },
        { text: posts.length },
        { text: (employed.get(institution.id) ?? []).length },
      ],
    })),
  };
};

export const conflictTable = (conflicts: readonly ConflictView[], { words }: Pick<RosterFile, 'words'>): Table => ({
  id: 'conflicts',
  label: listNames.conflict,
  columns: [
    text('人', 'Person'),
    text('相手', 'With'),
    text('関係', 'Relation'),
    text('期間', 'Period'),
    text('備考', 'Note'),
  ].map(column),
  rows: conflicts.map(({ conflict, person, with: other, when }) => ({
    ended: when === 'past',
    cells: [
      { text: person.name, href: rosterAddress('conflict', conflict.id) },
      { text: other },
      {
        text: words.relation(conflict.kind),
        under: [words.binding(conflict.kind) ?? ''].filter((line) => line !== ''),
      },
      { text: conflict.from || conflict.to ? termShort(conflict.from, conflict.to) : text('定めなし', 'no dates') },
      { text: conflict.note },
    ],
  })),
});
