import { describe, expect, it } from '@jest/globals';
import { date } from '../../src/kernel/calendar-date.ts';
import type { Instance, Meeting } from '../../src/planning/instance.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';
import { attendee, dated, saying, yearFacts } from './sample-year.ts';

const roster = rosterOf(sampleRoster());
const facts = yearFacts(shipped('wpi'), roster, 2027);
const { instance, unanswered, notes } = yearInstance(facts);
const meeting = (of: Instance, id: string): Meeting => of.meetings.find((m) => m.id === id)!;
const seat = (of: Instance, id: string, seatId: string) => meeting(of, id).seats.find((s) => s.id === seatId)!;
const letters = (of: Instance, person: string) => of.people.find((p) => p.id === person)!.availability;
const dayOf = (of: Instance, day: string) => of.days.findIndex((d) => d.date === day);
const pdHolder = roster.terms.find((t) => t.post === 'programme-director')!.person;

describe('the sample year as a planning instance', () => {
  const supported = ['aimec', 'ashbi', 'bio2q', 'icredd', 'prime', 'qup', 'skcm2'];

  it('has a site visit, a PD/PO visit and a hearing for each of the seven supported centres, and nothing else', () => {
    expect(instance.meetings.map((m) => m.id).toSorted()).toEqual(
      supported.flatMap((c) => [`pdpo/${c}`, `site/${c}`]).sort(),
    );
    expect(instance.conferences.map(({ id }) => id)).toEqual(['committee']);
    expect(instance.conferences[0]!.hearings.map(({ id }) => id).toSorted()).toEqual(
      supported.map((c) => `hearing/${c}`),
    );
    expect(notes).toEqual([]);
  });

  it('knows no weekend, no national holiday and no day outside the windows', () => {
    const days = instance.days.map((d) => d.date);
    expect(days).toContain('2027-07-09');
    expect(days).not.toContain('2027-07-10'); // Saturday
    expect(days).not.toContain('2027-07-19'); // Marine Day
    expect(days).not.toContain('2027-11-24'); // neither visit nor committee then
    expect(days).toContain('2028-03-01');
  });

  it('gives an alliance one executive for each of its hosts', () => {
    const ids = meeting(instance, 'site/aimec').seats.map((s) => s.id);
    expect(ids).toEqual(expect.arrayContaining(['executive/tohoku-university', 'executive/jamstec']));
    expect(meeting(instance, 'site/icredd').seats.filter((s) => s.id.startsWith('executive/'))).toHaveLength(1);
  });

  it('lets the programme director or, at a price, a deputy lead a visit', () => {
    const lead = seat(instance, 'site/icredd', 'lead');
    const choices = 'oneOf' in lead ? lead.oneOf : [];
    expect(choices.find((c) => c.person === pdHolder)!.costs).toEqual({});
    expect(choices.filter((c) => c.person !== pdHolder).every((c) => (c.costs['stand-in'] ?? 0) > 0)).toBe(true);
    expect(choices.length).toBeGreaterThan(1);
  });

  it('never makes somebody officer or panel member of a centre at their own employer', () => {
    for (const pool of [...instance.assignments, ...instance.panels]) {
      const hosts = roster.centres.find((c) => c.id === pool.unit)!.hosts;
      for (const { person } of pool.candidates) {
        const employer = roster.people.find((p) => p.id === person)!.employer;
        expect(employer !== null && hosts.includes(employer)).toBe(false);
      }
    }
  });

  it('lists nobody as unanswered where everybody said something', () => {
    expect(unanswered).toEqual([]);
  });
});

describe('what is not known, and what people said', () => {
  const director =
    'person' in seat(instance, 'site/icredd', 'director')
      ? (seat(instance, 'site/icredd', 'director') as { person: string }).person
      : '';
  const onlyPanel = instance.panels[0]!.candidates.find(
    ({ person }) =>
      !instance.assignments.some((a) => a.candidates.some((c) => c.person === person)) &&
      !instance.meetings.some((m) => m.seats.some((s) => 'oneOf' in s && s.oneOf.some((c) => c.person === person))),
  )!.person;

  it('takes an unanswered half day as no for somebody who sits in a seat, and as if-need-be for a panel member', () => {
    const silent = saying(saying(facts, director, date('2027-07-09'), '--'), onlyPanel, date('2027-07-09'), '--');
    const made = yearInstance(silent);
    const day = dayOf(made.instance, '2027-07-09');
    expect(letters(made.instance, director).slice(2 * day, 2 * day + 2)).toBe('xx');
    expect(letters(made.instance, onlyPanel).slice(2 * day, 2 * day + 2)).toBe('tt');
    expect(made.unanswered).toEqual([director, onlyPanel].sort());
  });

  it('does not wait for the answer of somebody for days on which nothing wants them', () => {
    const panelOnlyInSummer = saying(facts, onlyPanel, date('2028-01-20'), '--');
    expect(yearInstance(panelOnlyInSummer).unanswered).toEqual([]);
  });

  it('keeps somebody off a day on which another meeting has them', () => {
    const committee = dated(facts, 'committee', '2027-07-08', true);
    const busy = { ...committee, attendees: [attendee('committee', 'chair', pdHolder)] };
    const made = yearInstance(busy).instance;
    const [eighth, ninth, tenth] = ['2027-07-08', '2027-07-09', '2027-07-12'].map((day) =>
      letters(made, pdHolder).slice(2 * dayOf(made, day), 2 * dayOf(made, day) + 2),
    );
    expect([eighth, ninth, tenth]).toEqual(['xx', 'xx', 'oo']);
  });

  it('counts a holder of a post only while the term runs', () => {
    const term = roster.terms.find(
      (t) => t.from === '2027-10-01' && roster.posts.find((p) => p.id === t.post)?.kind === 'host-head',
    )!;
    const others = roster.terms.filter((t) => t.person === term.person);
    const made = yearInstance(facts).instance;
    const person = made.people.find((p) => p.id === term.person);
    expect(others).toHaveLength(1);
    if (person) expect(person.availability.slice(0, 2)).toBe('xx');
    else
      expect(
        made.meetings.some((m) => m.seats.some((s) => 'oneOf' in s && s.oneOf.some((c) => c.person === term.person))),
      ).toBe(false);
  });
});

describe('what staff fixed', () => {
  const fixed = dated(facts, 'site/icredd', '2027-07-09', true);

  it('is locked on its day', () => {
    const made = yearInstance(fixed).instance;
    expect(made.locks).toEqual([{ meeting: 'site/icredd', start: 2 * dayOf(made, '2027-07-09') }]);
    expect(made.reference?.meetings['site/icredd']?.start).toBe(2 * dayOf(made, '2027-07-09'));
  });

  it('holds even where somebody said no, and staff are told', () => {
    const lead = seat(instance, 'site/icredd', 'director') as { person: string };
    const made = yearInstance(saying(fixed, lead.person, date('2027-07-09'), 'xx'));
    const day = dayOf(made.instance, '2027-07-09');
    expect(letters(made.instance, lead.person).slice(2 * day, 2 * day + 2)).toBe('tt');
    expect(made.notes).toHaveLength(1);
    expect(made.notes[0]!.en).toContain('is fixed on a day');
  });

  it('on a Saturday stays out of the plan and says so', () => {
    const made = yearInstance(dated(facts, 'site/icredd', '2027-07-10', true));
    expect(made.instance.meetings.some((m) => m.id === 'site/icredd')).toBe(false);
    expect(made.notes).toHaveLength(1);
  });

  it('keeps whom staff put into a seat of choice', () => {
    const deputy = (seat(instance, 'site/icredd', 'lead') as { oneOf: { person: string }[] }).oneOf.find(
      (c) => c.person !== pdHolder,
    )!.person;
    const made = yearInstance({ ...fixed, attendees: [attendee('site/icredd', 'lead', deputy, true)] }).instance;
    expect(made.locks).toEqual([
      { meeting: 'site/icredd', start: 2 * dayOf(made, '2027-07-09'), seats: { lead: deputy } },
    ]);
  });

  it('is only a reference where a plan chose it', () => {
    const made = yearInstance(dated(facts, 'site/icredd', '2027-07-09', false)).instance;
    expect(made.locks).toEqual([]);
    expect(made.reference?.meetings['site/icredd']).toMatchObject({ start: 2 * dayOf(made, '2027-07-09') });
  });

  it('three visits in one week are allowed when staff fixed four', () => {
    const four = ['icredd', 'qup', 'prime', 'skcm2'].reduce(
      (f, c, i) => dated(f, `site/${c}`, `2027-07-0${5 + i}`, true),
      facts,
    );
    const limit = yearInstance(four).instance.limits.find((l) => l.id === 'site-week')!;
    expect(limit.most).toBe(4);
  });
});

describe('last year', () => {
  it('makes another officer cost, and keeps last year’s panel in mind', () => {
    const officer = instance.assignments.find((a) => a.unit === 'icredd')!.candidates[0]!.person;
    const member = instance.panels.find((p) => p.unit === 'icredd')!.candidates[0]!.person;
    const previous = new Map([
      ['officer/icredd', [officer]],
      ['working-group/icredd', [member, 'somebody-who-left']],
    ]);
    const made = yearInstance({ ...facts, previous }).instance;
    const candidates = made.assignments.find((a) => a.unit === 'icredd')!.candidates;
    expect(candidates.find((c) => c.person === officer)!.costs['continuity']).toBeUndefined();
    expect(candidates.filter((c) => c.person !== officer).every((c) => (c.costs['continuity'] ?? 0) > 0)).toBe(true);
    expect(made.panels.find((p) => p.unit === 'icredd')!.previous).toEqual([member]);
  });
});

describe('a day that the programme keeps apart from others', () => {
  const site = 'site/icredd';
  const last = (of: Instance) => of.days[meeting(of, site).to]!.date;

  it('is not planned sooner than so long before a hearing that has its day', () => {
    const heard = yearInstance(dated(facts, 'hearing/icredd', '2027-09-22', true));
    expect(last(instance) > '2027-08-25').toBe(true);
    expect(last(heard.instance)).toBe('2027-08-25');
    expect(meeting(heard.instance, 'site/ashbi')).toEqual(meeting(instance, 'site/ashbi'));
  });

  it('is planned without regard to it where there is no other day, and staff are told', () => {
    const heard = yearInstance(dated(facts, 'hearing/icredd', '2027-05-20', true));
    expect(last(heard.instance)).toBe(last(instance));
    expect(heard.notes.map(({ ja }) => ja)).toEqual([
      expect.stringContaining('枠以外'),
      expect.stringContaining('間隔'),
    ]);
  });
});
