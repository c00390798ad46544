import { fiscalYearOf } from '../../kernel/fiscal-year.ts';
import { fill, joinTexts, text } from '../../kernel/text.ts';
import { hasUnusualDots } from '../../mail/address.ts';
import { isSupported, yearOfCentre } from '../../roster/roster.ts';
import type { CentreView, PersonView } from '../../roster/roster-views.ts';
import { rosterAddress } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import { column, heading, type Cell, type Row, type Table } from './roster-table.ts';
import { ended, endedUnder, holderCell } from './roster-post-tables.ts';
import { dayShort, languageNames, type RosterWords, postOf } from './roster-words.ts';

export function centreTable({ views, words, day, warnings }: RosterFile): Table {
  const year = fiscalYearOf(day);
  const all = views.centres();
  const supported = all.filter(({ centre }) => isSupported(centre, year));
  const others = all.filter((view) => !supported.includes(view));
  const bad = new Set(warnings.filter(({ noun }) => noun === 'centre').map(({ id }) => id));
  const row = (view: CentreView): Row => ({
    attention: bad.has(view.centre.id),
    ended: ended(view.centre, day),
    cells: centreCells(view, words, year),
  });
  return {
    id: 'centres',
    label: text('拠点', 'Centres'),
    columns: [
      text('拠点', 'Centre'),
      text('区分', 'Scheme'),
      text('支援期間', 'Support'),
      text('ホスト機関', 'Hosts'),
      text('拠点長', 'Director'),
      text('窓口', 'Office'),
    ].map(column),
    rows: [
      ...(supported.length ? [heading(text('支援期間中', 'Supported now'))] : []),
      ...supported.map(row),
      ...(others.length ? [heading(text('支援期間外', 'Not supported at present'))] : []),
      ...others.map(row),
    ],
  };
}

function centreCells({ centre, hosts, posts, offices }: CentreView, words: RosterWords, year: number): Cell[] {
  const n = yearOfCentre(centre, year);
  // the post of a centre with the lowest rank and a holder, directors first: they stand first in the programme
  const order = Object.keys(words.words.posts);
  const [director] = [...posts].sort((a, b) => order.indexOf(a.post.kind) - order.indexOf(b.post.kind));
  const years = { from: centre.adoptionYear, to: centre.supportEndYear, n };
  return [
    { text: centre.acronym, href: rosterAddress('centre', centre.id), under: [centre.name, ...endedUnder(centre)] },
    { text: words.scheme(centre.scheme) },
    {
      text: fill(text('{from}～{to}年度', 'FY{from}–{to}'), years),
      under: isSupported(centre, year) ? [fill(text('{n}年目', 'year {n}'), years)] : [],
    },
    { text: joinTexts(hosts.map((host) => host.name)) },
    director ? holderCell(director) : {},
    offices[0]
      ? { text: offices[0].name, href: rosterAddress('office', offices[0].id), under: [offices[0].address] }
      : {},
  ];
}

export function personTable(people: readonly PersonView[], { day }: Pick<RosterFile, 'day'>): Table {
  return {
    id: 'people',
    label: text('人', 'People'),
    columns: [
      text('氏名', 'Name'),
      text('役職', 'Posts'),
      text('所属', 'Employer'),
      text('連絡先', 'Contact'),
      text('言語・時間帯', 'Language, zone'),
    ].map(column),
    rows: people.map(({ person, employer, terms }) => {
      const held = terms.filter((term) => term.when !== 'past');
      const [address, ...more] = person.addresses;
      const unusual = person.addresses.some(hasUnusualDots);
      return {
        attention: unusual,
        ended: ended(person, day),
        cells: [
          {
            text: person.name,
            href: rosterAddress('person', person.id),
            under: [text(person.kana, person.name.ja), ...endedUnder(person)],
          },
          held[0]
            ? {
                text: postOf(held[0].post.title, held[0].of),
                ...(held[0].when === 'future' ? { tags: [fromTag(held[0].term.from)] } : {}),
                under: held.slice(1).map((term) => postOf(term.post.title, term.of)),
              }
            : {},
          employer ? { text: employer.name, href: rosterAddress('institution', employer.id) } : {},
          {
            text: address ?? text('アドレスなし', 'no address'),
            alarm: unusual,
            under: [
              ...(more.length ? [fill(text('ほか{n}件', '{n} more'), { n: more.length })] : []),
              ...(person.telephone ? [person.telephone] : []),
            ],
          },
          {
            text: languageNames[person.language],
            under: person.zone === 'Asia/Tokyo' && !person.overseas ? [] : [person.zone],
            tags: person.overseas ? [{ text: text('海外', 'overseas') }] : [],
          },
        ],
      };
    }),
  };
}

const fromTag = (from: `${number}-${number}-${number}`) => ({
  text: fill(text('{day}から', 'from {day}'), { day: dayShort(from) }),
});
