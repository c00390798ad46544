import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { daysBetween } from '../../src/kernel/calendar-date.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { Responses } from '../../src/responses/responses.service.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { until } from '../mail/machinery.ts';
import { postOf, type Arrived, type Post } from '../invitations/post.ts';
import { computedRun } from './made-plan.ts';
import { wordsOf, YearHouse } from './year-house.ts';

jest.setTimeout(180_000);

const board = '/y/wpi/2027/year-board';

interface Start {
  readonly day: string;
  readonly half: string;
  readonly difference?: number;
  readonly here: boolean;
  readonly reasons: string[];
  readonly parts: { price: string; said: string }[];
  readonly changes: string[];
}

let house: YearHouse;
let post: Post;
let run: string;
let mails: Arrived[];

beforeAll(async () => {
  house = await YearHouse.open('2027-04-20T01:00:00Z');
  post = postOf({ house: house.app, cycleId: house.cycleId, actor: house.actor });
  await post.rehearse(false);
  run = await computedRun(house.app, house.cycleId, house.actor);
  await house.app.get(Planning).publish(run, house.actor);
  const url = { onlineUrl: 'https://meet.example.org/committee' };
  await house.app.get(Meetings).set(house.ids['committee']!, url, house.actor);
  mails = await post.release();
}, 240_000);
afterAll(async () => house?.app.stop());

const queries = () => house.app.get(MeetingQueries);
const meeting = async (key: string) => queries().named(house.cycleId, key);
const hearings = async () => (await queries().ofCycle(house.cycleId)).filter(({ activity }) => activity === 'hearing');
const starts = async () =>
  JSON.parse((await house.get(`${board}/prices/{committee}`)).body) as { seen: number; days: number; starts: Start[] };
const timeOf = ({ key, firstDay, startsAt, endsAt, mode, fixedByStaff }: Meeting) => {
  const at = { firstDay, startsAt, endsAt };
  return { key, at, mode, fixedByStaff };
};
const standing = async () => [await meeting('committee'), ...(await hearings())].map(timeOf).sort(byKey);
const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key);
const present = async () => {
  const ids = (await hearings()).map(({ id }) => id);
  return (await queries().attendeesOf(ids)).map(({ meetingId, personId }) => `${meetingId} ${personId}`).sort();
};

describe('members of the committee who live abroad', () => {
  it('join online by plan, the others in person', async () => {
    const { people } = await house.app.get(RosterQueries).wholeRoster();
    const { id } = await meeting('committee');
    const seats = await queries().seatsOf([id]);
    const members = (await queries().attendeesOf([id])).filter(({ seatId }) =>
      ['chair', 'committee'].includes(seats.find((seat) => seat.id === seatId)?.rule ?? ''),
    );
    const isAbroad = (who: string) => people.find((person) => person.id === who)!.zone !== 'Asia/Tokyo';
    expect(members.filter(({ personId }) => isAbroad(personId))).toHaveLength(7);
    for (const { personId, online } of members)
      expect({ personId, online }).toEqual({ personId, online: isAbroad(personId) });
  });

  it('are told so: the link in their letter and entry, and in nobody else’s', async () => {
    const letters = mails.filter(
      ({ subject, calendar }) => calendar && /プログラム委員会|Program Committee/.test(subject),
    );
    const withLink = letters.filter(({ text }) => text.includes('https://meet.example.org/committee'));
    expect(withLink).toHaveLength(7);
    for (const { calendar, text } of withLink) {
      expect(calendar!.description).toContain('https://meet.example.org/committee');
      expect(text).toMatch(/オンライン|online/i);
    }
  });
});

describe('the hearings of a year with evaluations', () => {
  it('are announced with their own length: an hour for an evaluation, three quarters else', async () => {
    const minutesOf = new Map<string, number>();
    for (const { title, minutes, startsAt, endsAt } of await hearings()) {
      expect((endsAt!.getTime() - startsAt!.getTime()) / 60_000).toBe(minutes);
      minutesOf.set(title.ja, minutes!);
    }
    expect([...minutesOf.values()].toSorted((a, b) => a - b)).toEqual([45, 45, 45, 45, 60, 60, 60]);
    let told = 0;
    for (const { calendar, message } of mails) {
      const minutes = minutesOf.get(calendar?.summary ?? '');
      if (minutes === undefined) continue;
      const content = message.calendars[0]!.content.toString();
      const [from, to] = ['DTSTART', 'DTEND'].map((name) =>
        new RegExp(`${name}:\\d{8}T(\\d\\d)(\\d\\d)00Z`).exec(content)!,
      );
      const at = ([, hours, rest]: RegExpExecArray) => 60 * Number(hours) + Number(rest);
      expect(at(to!) - at(from!)).toBe(minutes);
      told++;
    }
    expect(told).toBeGreaterThan(10);
  });
});

describe('why the committee is on its days in a plan', () => {
  it('is a page like a meeting’s: what it costs, who is heard and who would be next, all other days', async () => {
    const [ja, en] = [
      wordsOf((await house.get(`/y/wpi/2027/plan/${run}/m/committee`)).body),
      wordsOf((await house.get(`/y/wpi/2027/plan/${run}/m/committee`, { language: 'en' })).body),
    ];
    for (const words of [
      'なぜこの日か',
      '次に良い日',
      'プログラム委員会ヒアリング（QUP）：拠点長',
      '担当POは、年間を通じて同じ方です',
    ])
      expect([words, ja.includes(words)]).toEqual([words, true]);
    for (const words of [
      'The next best day',
      'Days that are not possible, and why',
      'Hearing at the Program Committee (QUP)',
    ])
      expect([words, en.includes(words)]).toEqual([words, true]);
    expect(/hearing\/|site\//.test(ja)).toBe(false);
    // each member is said once, however many hearings they miss
    const absent = [...ja.split('次に良い日')[0]!.matchAll(/委員\S+ \S+は欠席です/g)].map(([words]) => words);
    expect(new Set(absent).size).toBe(absent.length);
    const listed = (await house.get(`/y/wpi/2027/plan/${run}`)).body;
    expect(listed.includes(`/plan/${run}/m/committee`)).toBe(true);
  });
});

describe('a committee on the year board', () => {
  it('can be taken like a meeting: each day has a price with its parts, or who or what forbids it', async () => {
    const { days, starts: found } = await starts();
    expect(days).toBe(2);
    const free = found.filter(({ difference, here }) => difference !== undefined && !here);
    expect(free.length).toBeGreaterThan(2);
    expect(found.filter(({ here }) => here)).toHaveLength(1);
    const count = (await hearings()).length;
    for (const { changes, parts, difference } of free) {
      expect(changes.join()).toContain(`一緒に移る会議：${count}件`);
      const sum = parts.reduce((total, { price }) => total + Number(price.replace('−', '-').replace('+', '')), 0);
      expect(sum).toBe(difference);
    }
    for (const { difference, reasons } of found) expect(difference === undefined).toBe(reasons.length > 0);
    expect((await house.get(board)).body).toContain(`data-meeting="${house.ids['committee']}"`);
    const page = wordsOf((await house.get(`${board}/move/{committee}`, { language: 'en' })).body);
    expect(page.includes(`${count} meetings go with it`)).toBe(true);
  });

  it('moves with its hearings as a draft, and goes back with them; answers stand again', async () => {
    const [heard] = await hearings();
    const [attendee] = (await queries().attendeesOf([heard!.id])).filter(({ required }) => required);
    await house.app.get(Responses).record(
      [
        {
          attendeeId: attendee!.id,
          revision: heard!.revision,
          given: {
            attendance: 'attending',
            lateFrom: null,
            leavingAt: null,
            proxyName: '',
            proxyTitle: '',
            accompanying: [],
            remarks: '',
          },
        },
      ],
      { channel: 'staff', name: '見本', agent: '', actor: house.actor, mayAnswerFor: 'everybody' },
    );
    await post.arrived();
    const said = async () =>
      (await queries().attendeesOf([heard!.id])).find((one) => one.personId === attendee!.personId)?.attendance;
    const [before, people] = [await standing(), await present()];
    const first = (await meeting('committee')).firstDay!;
    const { seen, starts: found } = await starts();
    const day = found.find(
      ({ difference, here, changes }) => difference !== undefined && !here && changes.join().includes('枠は同じ'),
    )!.day;
    const moved = await house.post(`${board}/move`, {
      meeting: house.ids['committee']!,
      day,
      half: 'am',
      seen: String(seen),
    });
    expect([moved.statusCode, (await meeting('committee')).firstDay]).toEqual([303, day]);
    for (const one of await hearings()) {
      const was = before.find(({ key }) => key === one.key)!;
      expect(daysBetween(day as never, one.firstDay!)).toBe(daysBetween(first, was.at.firstDay!));
      expect(one.startsAt!.toISOString().slice(11)).toBe(was.at.startsAt!.toISOString().slice(11));
      expect(one.fixedByStaff).toBe(false);
    }
    expect(await said()).toBe('unanswered');
    expect(await post.arrived()).toEqual([]);
    const page = await house.followed(moved);
    expect(wordsOf(page.body).includes('下書き')).toBe(true);
    const now = await meeting('committee');
    const back = await house.post(`${board}/back`, { meeting: now.id, seen: String(now.revision) });
    expect(back.statusCode).toBe(303);
    expect(await standing()).toEqual(before);
    expect(await present()).toEqual(people);
    await until('what was said counts again', async () => (await said()) === 'attending');
    expect(await post.pending()).toEqual([]);
  });

  it('is not put back once one of its hearings was changed', async () => {
    const { seen, starts: found } = await starts();
    const { day } = found.find(({ difference, here }) => difference !== undefined && !here)!;
    await house.post(`${board}/move`, { meeting: house.ids['committee']!, day, half: 'am', seen: String(seen) });
    const [heard] = await hearings();
    await house.app.get(Meetings).set(heard!.id, { place: { ja: '別館', en: 'Annex' } }, house.actor);
    const now = await meeting('committee');
    const back = await house.post(`${board}/back`, { meeting: now.id, seen: String(now.revision) });
    expect([back.statusCode, (await meeting('committee')).firstDay]).toEqual([409, day]);
  });

  it('refuses a day that is not possible, with the reasons', async () => {
    const before = await standing();
    const { seen, starts: found } = await starts();
    const { day, half, reasons } = found.find(({ difference }) => difference === undefined)!;
    const answer = await house.post(`${board}/move`, {
      meeting: house.ids['committee']!,
      day,
      half,
      seen: String(seen),
    });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer.body).includes(reasons[0]!)).toBe(true);
    expect(await standing()).toEqual(before);
  });

  it('moves although staff fixed it and a hearing of it, which stay fixed where they then are', async () => {
    const [heard] = await hearings();
    const committee = await meeting('committee');
    await house.app.get(Meetings).set(committee.id, { firstDay: committee.firstDay! }, house.actor);
    await house.app.get(Meetings).set(heard!.id, { firstDay: heard!.firstDay! }, house.actor);
    const { seen, starts: found } = await starts();
    // far enough for the hearing to leave its day
    const isFar = (day: string) => Math.abs(daysBetween(committee.firstDay!, day as never)) > 2;
    const { day } = found.find(({ difference, day: one }) => difference !== undefined && isFar(one))!;
    const moved = await house.post(`${board}/move`, { meeting: committee.id, day, half: 'am', seen: String(seen) });
    expect([moved.statusCode, (await meeting('committee')).firstDay]).toEqual([303, day]);
    const after = await meeting(heard!.key);
    expect(after.fixedByStaff).toBe(true);
    expect(daysBetween(day as never, after.firstDay!)).toBeGreaterThanOrEqual(0);
    expect(daysBetween(day as never, after.firstDay!)).toBeLessThan(2);
  });
});
