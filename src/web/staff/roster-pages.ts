import { fill, text, type Text } from '../../kernel/text.ts';
import type { Noun } from '../../roster/noun.ts';
import type { PersonView } from '../../roster/roster-views.ts';
import { newAddress, rosterAddress, type Listed } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import {
  centreFacts,
  conflictFacts,
  institutionFacts,
  officeFacts,
  personFacts,
  postFacts,
  type Fact,
} from './roster-facts.ts';
import { personTable } from './roster-lists.ts';
import { officeTable, postTable } from './roster-post-tables.ts';
import {
  add,
  conflictSection,
  meetingSection,
  postSection,
  termTable,
  type Asked,
  type Section,
} from './roster-sections.ts';
import type { Link } from './roster-table.ts';
import { postOf } from './roster-words.ts';

export interface ThingPage {
  readonly noun: Listed;
  readonly id: string;
  readonly title: Text;
  readonly under?: Text | undefined;
  readonly endedOn?: `${number}-${number}-${number}` | null | undefined;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** What can be done beside correcting and ending it */
  readonly actions: readonly Link[];
}

/** @returns undefined where there is no such thing @param asked meetings of the year in which it plays a part */
export function thingPage(noun: Noun, id: string, file: RosterFile, asked: readonly Asked[]): ThingPage | undefined {
  switch (noun) {
    case 'centre':
      return centrePage(id, file, asked);
    case 'institution':
      return institutionPage(id, file);
    case 'person':
      return personPage(id, file, asked);
    case 'post':
      return postPage(id, file, asked);
    case 'office':
      return officePage(id, file);
    case 'conflict':
      return conflictPage(id, file);
    case 'term':
      return undefined;
  }
}

function centrePage(id: string, file: RosterFile, asked: readonly Asked[]): ThingPage | undefined {
  const view = file.views.centre(id);
  if (!view) return undefined;
  const { centre } = view;
  return {
    noun: 'centre',
    id,
    title: text(centre.acronym, centre.acronym),
    under: centre.name,
    endedOn: centre.endedOn,
    facts: centreFacts(view, file),
    actions: [],
    sections: [
      postSection(view.posts, file, { centre: id }),
      {
        title: text('窓口', 'Offices'),
        action: add('office', { kind: 'centre', centre: id }),
        ...(view.offices.length
          ? {
              table: officeTable(
                file.views.offices().filter((one) => one.office.centre === id),
                file,
              ),
            }
          : {}),
        empty: text(
          '窓口がありません。事務部門の連絡先を登録してください。',
          'No office yet: add the administrative office’s mailbox.',
        ),
      },
      conflictSection(
        file.views.conflicts().filter(({ conflict }) => conflict.centre === id),
        file,
        { centre: id },
      ),
      meetingSection(asked, file),
    ],
  };
}

function institutionPage(id: string, file: RosterFile): ThingPage | undefined {
  const view = file.views.institution(id);
  if (!view) return undefined;
  const employed = file.views.people().filter(({ person }) => person.employer === id);
  return {
    noun: 'institution',
    id,
    title: view.institution.name,
    endedOn: view.institution.endedOn,
    facts: [
      ...institutionFacts(view.institution),
      ...(view.centres.length
        ? [
            {
              label: text('ホストする拠点', 'Hosts'),
              lines: view.centres.map((centre) => ({ text: centre.acronym, href: rosterAddress('centre', centre.id) })),
            },
          ]
        : []),
    ],
    actions: [],
    sections: [
      postSection(view.posts, file, { institution: id }),
      {
        title: text('窓口', 'Offices'),
        action: add('office', { kind: 'host', institution: id }),
        ...(view.offices.length
          ? {
              table: officeTable(
                file.views.offices().filter((one) => one.office.institution === id),
                file,
              ),
            }
          : {}),
        empty: text('窓口がありません。', 'No office.'),
      },
      {
        title: text('所属する人', 'People employed here'),
        ...(employed.length ? { table: personTable(employed, file) } : {}),
        empty: text('名簿にこの機関に所属する人はいません。', 'Nobody in the roster is employed here.'),
      },
      conflictSection(
        file.views.conflicts().filter(({ conflict }) => conflict.institution === id),
        file,
        { institution: id },
      ),
    ],
  };
}

function personPage(id: string, file: RosterFile, asked: readonly Asked[]): ThingPage | undefined {
  const view = file.views.person(id);
  if (!view) return undefined;
  const { person } = view;
  return {
    noun: 'person',
    id,
    title: person.name,
    under: text(person.kana, person.name.ja),
    endedOn: person.endedOn,
    facts: personFacts(person, file),
    actions: [{ text: text('日程回答', 'Availability'), href: `/availability/${id}` }],
    sections: [
      {
        title: text('役職と任期', 'Posts and terms'),
        action: { text: text('役職に就ける', 'Give a post'), href: newAddress('term', { person: id }) },
        ...(view.terms.length ? { table: termTable(view.terms, file, 'post') } : {}),
        empty: text('役職に就いていません。', 'Holds no post.'),
      },
      meetingSection(asked, file, loadOf(view, asked, file)),
      conflictSection(view.conflicts, file, { person: id }),
    ],
  };
}

/** 訪問側の会議5件（引き受ける件数9件） */
function loadOf({ person }: PersonView, asked: readonly Asked[], file: RosterFile): Text | undefined {
  if (!file.cycle || asked.length === 0) return undefined;
  const live = asked.filter(({ meeting }) => meeting.state !== 'cancelled' && meeting.partOf === null);
  const visiting = live.filter(({ attendee }) => attendee?.side === 'visiting').length;
  const values = { n: live.length, visiting, accepted: person.dutiesAccepted };
  return visiting === 0
    ? fill(text('{n}件の会議に出席を依頼しています。', 'Asked to {n} meetings.'), values)
    : fill(
        text(
          '{n}件の会議に出席を依頼しています。うち訪問側・委員会が{visiting}件、引き受ける件数は年{accepted}件です。',
          'Asked to {n} meetings, {visiting} of them on the visiting side or the committee; accepts {accepted} a year.',
        ),
        values,
      );
}

function postPage(id: string, file: RosterFile, asked: readonly Asked[]): ThingPage | undefined {
  const view = file.views.post(id);
  if (!view) return undefined;
  const { post, holder, next } = view;
  const appoint = holder || next ? text('後任を登録', 'Enter a successor') : text('就任を登録', 'Enter a holder');
  return {
    noun: 'post',
    id,
    title: postOf(post.title, view.of),
    under: file.words.postKind(post.kind),
    endedOn: post.endedOn,
    facts: postFacts(post, file),
    actions: [],
    sections: [
      {
        title: text('就いている人', 'Who holds it'),
        ...(post.endedOn ? {} : { action: { text: appoint, href: newAddress('term', { post: id }) } }),
        ...(view.terms.length ? { table: termTable([...view.terms].reverse(), file, 'person') } : {}),
        empty: text('まだ誰も就いていません。', 'Nobody has held it yet.'),
        ...(!holder && !post.endedOn && view.terms.length
          ? { lead: text('現在は空席です。', 'It is vacant now.') }
          : {}),
      },
      meetingSection(asked, file),
    ],
  };
}

function officePage(id: string, file: RosterFile): ThingPage | undefined {
  const view = file.views.office(id);
  if (!view) return undefined;
  return {
    noun: 'office',
    id,
    title: view.office.name,
    endedOn: view.office.endedOn,
    facts: officeFacts(view.office, file),
    actions: [],
    sections: [
      {
        title: text('回答を担当する役職', 'Posts for which it answers'),
        ...(view.posts.length ? { table: postTable(view.posts, file) } : {}),
        empty: text(
          'どの役職の回答も担当していません。役職の「窓口」で選ぶと、ここに並びます。',
          'It answers for nobody. Choose it as the office of a post.',
        ),
      },
    ],
  };
}

function conflictPage(id: string, file: RosterFile): ThingPage | undefined {
  const view = file.views.conflicts().find(({ conflict }) => conflict.id === id);
  if (!view) return undefined;
  return {
    noun: 'conflict',
    id,
    title: fill(text('{person}と{other}', '{person} and {other}'), { person: view.person.name, other: view.with }),
    under: file.words.relation(view.conflict.kind),
    facts: conflictFacts(view.conflict, file),
    actions: [],
    sections: [],
  };
}
