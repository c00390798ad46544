import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { rosterCautions } from '../../src/roster/roster-warnings.ts';
import type { Roster } from '../../src/roster/roster.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from './sample-files.ts';

const words = shipped('wpi');
const sample = rosterOf(sampleRoster());
const day: CalendarDate = '2027-06-01';
const october: CalendarDate = '2027-10-01';
const september: CalendarDate = '2027-09-30';
const may: CalendarDate = '2027-05-31';

/** The warnings that a change of the sample brings */
function newWarnings(change: (roster: Roster) => Roster, until: CalendarDate = day) {
  const before = new Set(rosterCautions(sample, day, words, day).map((one) => JSON.stringify(one)));
  return rosterCautions(change(structuredClone(sample)), day, words, until).filter(
    (one) => !before.has(JSON.stringify(one)),
  );
}
const centre = (id: string, change: object) => (roster: Roster) => ({
  ...roster,
  centres: roster.centres.map((one) => (one.id === id ? { ...one, ...change } : one)),
});
const without = (post: string) => (roster: Roster) => ({
  ...roster,
  terms: roster.terms.filter((term) => term.post !== post),
});

describe('what deserves a look in a roster', () => {
  it('is nothing in the sample', () => {
    expect(rosterCautions(sample, day, words)).toEqual([]);
  });

  it('is a post of which nobody is in office, and who follows', () => {
    expect(newWarnings(without('programme-director'))).toEqual([
      {
        noun: 'post',
        id: 'programme-director',
        text: {
          ja: '「プログラムディレクター」は空席で、後任の登録もありません。',
          en: 'Programme Director is vacant, and nobody is entered to follow.',
        },
      },
    ]);
    const later = newWarnings((roster) => ({
      ...roster,
      terms: roster.terms.map((term) => (term.post === 'programme-director' ? { ...term, from: october } : term)),
    }));
    expect(later.map((one) => one.text.en)).toEqual([
      'Programme Director is vacant; somebody follows on Fri 1 October 2027.',
    ]);
  });

  it('is a post that falls vacant before the end of the year, and not one whose successor is entered', () => {
    const ending = (roster: Roster) => ({
      ...roster,
      terms: roster.terms.map((term) => (term.post === 'programme-director' ? { ...term, to: september } : term)),
    });
    expect(newWarnings(ending)).toEqual([]);
    const said = newWarnings(ending, '2028-03-31').filter((one) => one.id === 'programme-director');
    expect(said.map((one) => one.text.ja)).toEqual([
      '「プログラムディレクター」は2027年10月1日(金)から空席になり、後任の登録がありません。',
    ]);
    const followed = (roster: Roster) => ({
      ...ending(roster),
      terms: [
        ...ending(roster).terms,
        {
          id: 'next',
          post: 'programme-director',
          person: 'mihon-hanako',
          from: october,
          to: null,
        },
      ],
    });
    expect(newWarnings(followed, '2028-03-31').filter((one) => one.id === 'programme-director')).toEqual([]);
  });

  it('leaves alone the posts of centres that are no longer supported', () => {
    const post = sample.posts.find((one) => one.centre === 'aimr')!.id;
    expect(newWarnings(without(post))).toEqual([]);
  });

  it('is an office that has closed while a post is reached through it only', () => {
    const { office, id } = sample.posts.find((one) => one.reach === 'office')!;
    const closed = newWarnings((roster) => ({
      ...roster,
      offices: roster.offices.map((one) => (one.id === office ? { ...one, endedOn: may } : one)),
    }));
    expect(closed.map((one) => one.id)).toContain(id);
  });

  it('is a number of hosts that the scheme does not have, and a stage gate that is not entered', () => {
    expect(newWarnings(centre('icredd', { hosts: ['hokkaido-university', 'kek'] })).map((one) => one.text.ja)).toEqual([
      'ホスト機関が2機関ですが、区分「通常」では1機関です。',
    ]);
    expect(newWarnings(centre('aimec', { hosts: ['tohoku-university'] })).map((one) => one.text.en)).toEqual([
      'It has 1 host institutions; the scheme “Multiple Host” has 2–3.',
    ]);
    expect(newWarnings(centre('icredd', { scheme: 'core' })).map((one) => one.text.en)).toEqual([
      'The year of its stage gate is not entered: until it is, year 5 is taken.',
    ]);
    expect(newWarnings(centre('icredd', { scheme: 'core', gateYear: 3 }))).toEqual([]);
  });

  it('takes a scheme that nobody knows as a strange word, whatever it is called', () => {
    expect(newWarnings(centre('icredd', { scheme: 'constructor' })).map((one) => one.text.ja)).toEqual([
      '「constructor」はプログラムの定義にありません。',
    ]);
  });

  it('is an address as carriers gave them out', () => {
    const found = newWarnings((roster) => ({
      ...roster,
      people: roster.people.map((one) =>
        one.id === 'kaku-taro' ? { ...one, addresses: ['ka..ku@example.org'] } : one,
      ),
    }));
    expect(found).toMatchObject([{ noun: 'person', id: 'kaku-taro' }]);
  });
});
