import type { Text } from '../../kernel/text.ts';
import { nameMatches } from '../../roster/names.ts';
import type { Post } from '../../roster/roster.ts';
import { listNames, rosterAddress, type Listed } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import { officeKinds, postOf } from './roster-words.ts';

/** What was found of one kind */
export interface FoundGroup {
  readonly title: Text;
  readonly found: readonly Found[];
  /** How many more there are than are shown */
  readonly more: number;
  /** The list in which all of them are */
  readonly href: string;
}
interface Found {
  readonly name: Text;
  readonly href: string;
  readonly under: readonly (Text | string)[];
}

const MOST = 50;

/** Everything in the roster that is called so, in any spelling: people first, since it is mostly they who are looked for */
export function searchPage(search: string, { views, roster, words }: RosterFile): FoundGroup[] {
  const called = (names: readonly (Text | string)[], ...plain: readonly string[]) =>
    nameMatches(
      [...names.flatMap((name) => (typeof name === 'string' ? [name] : [name.ja, name.en])), ...plain],
      search,
    );
  const inAddress = (address: string) => address.includes(search.toLowerCase());
  const people = views.people({ search, ended: true }).map(({ person, terms }): Found => ({
    name: person.name,
    href: rosterAddress('person', person.id),
    under: [
      [person.kana, ...person.aliases, person.addresses[0] ?? ''].filter(Boolean).join('　'),
      ...terms.filter((term) => term.when !== 'past').map((term) => postOf(term.post.title, term.of)),
    ],
  }));
  const centres = roster.centres
    .filter((centre) => called([centre.acronym, centre.name], centre.id))
    .map((centre): Found => ({
      name: { ja: centre.acronym, en: centre.acronym },
      href: rosterAddress('centre', centre.id),
      under: [centre.name],
    }));
  const posts = views
    .posts((post: Post) => !post.endedOn)
    .filter(({ post, of }) => called([post.title, of, words.postKind(post.kind)]))
    .map(({ post, of, holder }): Found => ({
      name: postOf(post.title, of),
      href: rosterAddress('post', post.id),
      under: [holder?.name ?? { ja: '空席', en: 'vacant' }],
    }));
  const offices = roster.offices
    .filter((office) => called([office.name]) || inAddress(office.address))
    .map((office): Found => ({
      name: office.name,
      href: rosterAddress('office', office.id),
      under: [officeKinds[office.kind], office.address],
    }));
  const institutions = roster.institutions
    .filter((institution) => called([institution.name, institution.city], institution.id))
    .map((institution): Found => ({
      name: institution.name,
      href: rosterAddress('institution', institution.id),
      under: [institution.city],
    }));
  const groups: [Listed, Found[]][] = [
    ['person', people],
    ['centre', centres],
    ['post', posts],
    ['institution', institutions],
    ['office', offices],
  ];
  return groups
    .filter(([, found]) => found.length > 0)
    .map(([noun, found]) => ({
      title: listNames[noun],
      found: found.slice(0, MOST),
      more: Math.max(0, found.length - MOST),
      href: `${rosterAddress(noun)}?q=${encodeURIComponent(search)}`,
    }));
}
