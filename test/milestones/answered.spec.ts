import { describe, expect, it } from '@jest/globals';
import type { Attendance } from '../../src/meetings/meeting.ts';
import { answeredOf, answeredText, centreAnswers } from '../../src/milestones/answered.ts';
import { shipped } from '../programme/shipped.ts';

const rules = shipped('wpi');
const now = new Date('2027-05-20T00:00:00Z');
const meeting = { endsAt: new Date('2027-07-09T08:00:00Z') };
const people = (...attendances: Attendance[]) =>
  attendances.map((attendance) => ({ side: 'centre' as const, attendance }));
const whoAttends = { activity: 'who-attends', state: 'open' as const };
const of = (
  attendees: Parameters<typeof centreAnswers>[0],
  it: typeof whoAttends | { activity: string; state: 'waived' } = whoAttends,
  at = now,
) => answeredOf(it, rules, meeting, centreAnswers(attendees), at);

describe('Who attends', () => {
  it('is answered by so many of the centre’s side, and closed when all have', () => {
    expect(of(people('attending', 'unanswered', 'absent'))).toEqual({ answered: 2, of: 3, closed: false });
    expect(of(people('attending', 'proxy', 'absent'))).toEqual({ answered: 3, of: 3, closed: true });
    expect(answeredText({ answered: 2, of: 3 })).toEqual({ ja: '3名中2名が回答', en: '2 of 3 have answered' });
  });

  it('does not count who is still undecided, nor those who come to visit', () => {
    expect(of(people('attending', 'undecided'))).toMatchObject({ answered: 1, of: 2, closed: false });
    const visiting = { side: 'visiting' as const, attendance: 'unanswered' as const };
    expect(of([...people('attending'), visiting])).toEqual({ answered: 1, of: 1, closed: true });
  });

  it('of nobody is open; when the meeting is over nobody is asked any more', () => {
    expect(of([])).toEqual({ answered: 0, of: 0, closed: false });
    const after = new Date('2027-07-09T08:00:00Z');
    expect(of(people('attending', 'unanswered'), whoAttends, after)).toEqual({ answered: 1, of: 2, closed: true });
  });

  it('that staff settled themselves, and what is handed in, is not a matter of answers', () => {
    expect(of(people('attending'), { activity: 'who-attends', state: 'waived' })).toBeUndefined();
    expect(
      answeredOf({ activity: 'names-and-accompanying', state: 'open' }, rules, meeting, centreAnswers([]), now),
    ).toBeUndefined();
  });
});
