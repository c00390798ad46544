import { FixedClock } from '../../src/clock/clock.service.ts';
import type { Config } from '../../src/config/config.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import type { MeetingChange } from '../../src/meetings/meeting-change.ts';
import type { Attendee, Meeting } from '../../src/meetings/meeting.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Sample } from '../../src/start/sample.service.ts';
import type { Actor } from '../../src/audit/actor.ts';
import { startApp, type StartedApp } from '../support/app.ts';

/** The sample's fiscal year 2027, before anything has a day, and short words for what tests do with it */
export interface Year {
  readonly house: StartedApp;
  readonly clock: FixedClock;
  readonly cycleId: string;
  readonly actor: Actor;
  meeting(key: string): Promise<Meeting>;
  set(key: string, change: MeetingChange | string): Promise<Meeting>;
  attendees(key: string): Promise<Attendee[]>;
  /** Ids of those who are asked, in alphabetical order */
  people(key: string): Promise<string[]>;
  /** @throws where they are not asked */
  attendee(key: string, personId: string): Promise<Attendee>;
  add(key: string, person: string): Promise<string>;
  /** Lets time pass, so that what happens next is later than what has happened */
  later(minutes?: number): void;
}

export async function startYear(at = '2027-04-20T01:00:00Z', config: Partial<Config> = {}): Promise<Year> {
  const clock = new FixedClock(at);
  const house = await startApp({ clock, config });
  await house.get(Sample).load();
  const [member] = await house.get(StaffQueries).list();
  const actor = { kind: 'staff', id: member!.id, name: member!.nameJa } as const;
  const cycleId = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
  const queries = house.get(MeetingQueries);
  const meeting = (key: string) => queries.named(cycleId, key);
  const attendees = async (key: string) => queries.attendeesOf([(await meeting(key)).id]);
  return {
    house,
    clock,
    cycleId,
    actor,
    meeting,
    attendees,
    set: async (key, change) =>
      house
        .get(Meetings)
        .set((await meeting(key)).id, typeof change === 'string' ? { firstDay: change as never } : change, actor),
    people: async (key) => (await attendees(key)).map((one) => one.personId).sort(),
    attendee: async (key, personId) => {
      const found = (await attendees(key)).find((one) => one.personId === personId);
      if (!found) throw new Error(`${personId} is not asked to ${key}`);
      return found;
    },
    add: async (key, person) => house.get(Attendees).add((await meeting(key)).id, { person }, actor),
    later: (minutes = 1) => clock.set(clock.now().plus({ minutes }).toISO()!),
  };
}

/** The code of the refusal; anything else that is thrown is thrown on */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
export const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusalOf(work))?.code ?? 'done';
