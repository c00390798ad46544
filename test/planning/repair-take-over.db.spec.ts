import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Availability } from '../../src/availability/availability.service.ts';
import { AvailabilityQueries } from '../../src/availability/availability.queries.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import type { Instance } from '../../src/planning/instance.ts';
import { PlanningQueries } from '../../src/planning/planning.queries.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { endQuestions } from '../../src/planning/questions.service.ts';
import { YearQuestions } from '../../src/planning/year-questions.service.ts';
import { YearRules } from '../../src/planning/year-rules.service.ts';
import { actor, codeOf, yearHouse, type YearHouse } from './year-house.ts';

jest.setTimeout(120_000);

let house: YearHouse;
let directorOf: (meeting: string) => string;
beforeAll(async () => {
  house = await yearHouse();
  const run = await house.plan({ timeLimit: 4 });
  await house.get(Planning).publish(run.id, actor);
  const { meetings } = run.instance as Instance;
  directorOf = (key) => {
    const seat = meetings.find(({ id }) => id === key)!.seats.find(({ id }) => id === 'director')!;
    return 'person' in seat ? seat.person : '';
  };
});
afterAll(async () => {
  await endQuestions();
  await house?.stop();
});

const mails = async () => (await house.dataSource.query<unknown[]>('select 1 from mail')).length;
const away = (from: CalendarDate, to: CalendarDate) => ({ from, to, half: 'all', state: 'x', comment: '' }) as const;

it('a repair that moves what staff had fixed frees it first, and only once that is taken over', async () => {
  const key = 'site/icredd';
  const { id, firstDay, lastDay } = await house.meeting(key);
  await house.get(Meetings).set(id, { firstDay: firstDay! }, actor);
  await house.get(Meetings).set(id, { fixedByStaff: true }, actor);
  expect((await house.meeting(key)).fixedByStaff).toBe(true);
  await house.get(Availability).say(directorOf(key), [away(firstDay!, lastDay!)], 'telephone', actor);
  const found = await house.get(YearQuestions).repairs(house.cycleId, { timeLimitSeconds: 10 });
  const moving = found.find(({ changes }) => changes.some((one) => one.change === 'unlock' && one.meeting === key))!;
  expect(moving.changes).toContainEqual({ change: 'unlock', meeting: key });
  const plan = await house.get(YearQuestions).applyRepair(house.cycleId, moving, actor);
  expect(await house.meeting(key)).toMatchObject({ firstDay, fixedByStaff: true });
  expect(await codeOf(house.get(Planning).publish(plan, actor))).toBe('planning.what-if-not-taken-over');
  const [planned] = await house.get(YearRules).plannedTakeOver(plan);
  expect(planned).toMatchObject({ home: 'meeting', refusal: null });
  await house.get(YearRules).takeOver(plan, actor);
  expect(await house.meeting(key)).toMatchObject({ firstDay, fixedByStaff: false });
  expect((await house.get(PlanningQueries).one(plan)).takenOverAt).not.toBeNull();
  await house.get(Planning).publish(plan, actor);
  const after = await house.meeting(key);
  expect(after.firstDay! > lastDay! || after.lastDay! < firstDay! || after.mode === 'online').toBe(true);
  expect(await mails()).toBe(0);
});

it('an illness that nobody had entered is written among their days when its repair is taken over', async () => {
  const meetings = await house.get(MeetingQueries).ofCycle(house.cycleId);
  const { key, firstDay, lastDay } = meetings.find(
    (one) => one.activity === 'site' && one.key !== 'site/icredd' && one.state === 'scheduled',
  )!;
  const person = directorOf(key);
  const change = {
    change: 'half-days',
    person,
    from: firstDay!,
    to: lastDay!,
    half: 'all',
    state: 'x',
  } as const;
  const [best] = await house.get(YearQuestions).repairs(house.cycleId, { changes: [change], timeLimitSeconds: 10 });
  expect(best!.changes).toContainEqual(change);
  const plan = await house.get(YearQuestions).applyRepair(house.cycleId, best!, actor);
  const said = () => house.get(AvailabilityQueries).ofPerson(person, firstDay!, firstDay!);
  expect((await said()).every(({ state }) => state !== 'x')).toBe(true);
  await house.get(YearRules).takeOver(plan, actor);
  expect((await said()).map(({ state }) => state)).toEqual(['x', 'x']);
  await house.get(Planning).publish(plan, actor);
  const after = await house.meeting(key);
  expect(after.firstDay === firstDay && after.mode !== 'online').toBe(false);
  expect(await mails()).toBe(0);
});
