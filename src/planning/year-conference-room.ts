import { text, type Text } from '../kernel/text.ts';
import { daysFrom } from './year-conferences.ts';
import type * as Planning from './instance.ts';
import { wakefulness } from './problem/own-clock.ts';
import { CANNOT } from './problem/problem.ts';
import type { YearFacts } from './year-facts.ts';
import { sittingIn } from './year-sitting.ts';

const NOON = '12:30';
const halfOf = (day: number, slot: Planning.Slot): number => 2 * day + (slot.at < NOON ? 0 : 1);

/**
 * What staff fixed of a committee holds even against what people said: without it there would be no plan at all. The window reaches that
 * far; of a hearing that is fixed, everybody in its seats and everybody without whom nothing is heard comes if need be, those who are
 * there are its quorum, and it need not wait for its visit. Of a committee whose day alone is fixed, whom all wait for comes if need be.
 * Changes the instance. @returns what staff should know
 */
export function makeRoomForConferences(instance: Planning.Instance, facts: YearFacts): Text[] {
  const notes: Text[] = [];
  for (const conference of instance.conferences) {
    const room = new Room(instance, facts, conference, notes);
    for (const lock of instance.locks) {
      if ('conference' in lock && lock.conference === conference.id) room.forDay(lock.day);
      if ('hearing' in lock) room.forHearing(lock.hearing, lock.day, lock.slot);
    }
  }
  return notes;
}

class Room {
  private readonly instance: Planning.Instance;
  private readonly facts: YearFacts;
  private readonly conference: Planning.Conference;
  private readonly notes: Text[];

  constructor(instance: Planning.Instance, facts: YearFacts, conference: Planning.Conference, notes: Text[]) {
    this.instance = instance;
    this.facts = facts;
    this.conference = conference;
    this.notes = notes;
  }

  forDay(day: number): void {
    const { slots, hearings, members, dayCount } = this.conference;
    const last = day + dayCount - 1;
    this.reach(day, last);
    const days = Array.from({ length: dayCount }, (_, n) => day + n);
    const halves = days.flatMap((one) => slots.map((slot) => halfOf(one, slot)));
    for (const { person } of members.filter(({ required }) => required)) {
      const free = halves.filter((half) => this.letter(person, half) !== 'x').length;
      const needed = hearings.filter(({ recused }) => !recused.includes(person)).length;
      if (free < needed) this.comes(person, [...new Set(halves)], this.conference.id);
    }
    this.beforeFixedVisits(day, hearings);
  }

  forHearing(id: string, day: number, slot: number): void {
    const hearing = this.conference.hearings.find((one) => one.id === id);
    if (!hearing) return;
    this.reach(day, day);
    const { at } = this.conference.slots[slot]!;
    const half = halfOf(day, this.conference.slots[slot]!);
    const wanted = this.conference.members.filter(({ person }) => !hearing.recused.includes(person));
    const meeting = this.facts.meetings.find(({ key }) => key === id);
    const sitting = meeting && sittingIn(this.facts, meeting);
    for (const seat of hearing.seats) {
      if ('person' in seat) this.comes(seat.person, [half], id);
      if ('assigned' in seat) for (const { person } of sitting?.get(seat.id) ?? []) this.comes(person, [half], id);
      const choices = 'oneOf' in seat ? seat.oneOf.map(({ person }) => person) : [];
      if (choices.length > 0 && choices.every((one) => this.letter(one, half) === 'x'))
        this.comes(choices[0]!, [half], id);
    }
    for (const member of wanted.filter(({ required }) => required)) {
      this.comes(member.person, [half], id);
      if (this.isAsleep(member, day, at)) delete member.online;
    }
    this.quorumOf(
      hearing,
      wanted.filter((member) => this.letter(member.person, half) !== 'x' && !this.isAsleep(member, day, at)),
    );
    const fixedDay = this.instance.locks.find(
      (lock): lock is { conference: string; day: number } =>
        'conference' in lock && lock.conference === this.conference.id,
    )?.day;
    this.beforeFixedVisits(fixedDay ?? Math.max(0, day - this.conference.dayCount + 1), [hearing]);
  }

  private reach(first: number, last: number): void {
    const { conference } = this;
    conference.from = Math.min(conference.from, first);
    conference.to = Math.max(conference.to, last);
    conference.closed = conference.closed.filter((day) => day < first || day > last);
  }

  private quorumOf(hearing: Planning.Hearing, free: Planning.Conference['members']): void {
    const { conference } = this;
    const seated = new Set(hearing.seats.flatMap((seat) => ('person' in seat ? [seat.person] : [])));
    const there = free.filter(({ person }) => !seated.has(person)).length;
    if (there >= conference.quorum) return;
    const { quorum } = conference;
    conference.quorum = there;
    const title = this.titleOf(hearing.id);
    this.notes.push(
      text(
        `「${title.ja}」は、定足数${quorum}名に対し${there}名しか出席できない時間に固定されています。`,
        `“${title.en}” is fixed at a time at which ${there} members can come; the quorum is ${quorum}.`,
      ),
    );
  }

  /** Both are fixed, so the distance between them is what it is. */
  private beforeFixedVisits(day: number, hearings: readonly Planning.Hearing[]): void {
    for (const hearing of hearings)
      hearing.after = hearing.after.flatMap((wait) => {
        const lock = this.instance.locks.find(
          (one): one is { meeting: string; start: number } =>
            'meeting' in one && one.meeting === wait.meeting && one.start !== undefined,
        );
        const visit = this.instance.meetings.find(({ id }) => id === wait.meeting);
        if (!lock || !visit) return [wait];
        const between = daysFrom(this.instance.days, (lock.start + visit.halfDays - 1) >> 1, day);
        if (between >= wait.days) return [wait];
        const [title, before] = [this.titleOf(hearing.id), this.titleOf(wait.meeting)];
        this.notes.push(
          text(
            `「${title.ja}」と「${before.ja}」は、間隔（${wait.days}日）を守れない日に固定されています。`,
            `“${title.en}” and “${before.en}” are fixed less than ${wait.days} days apart.`,
          ),
        );
        return between < 0 ? [] : [{ ...wait, days: between }];
      });
  }

  private comes(person: string, halves: readonly number[], of: string): void {
    if (!halves.some((half) => this.letter(person, half) === 'x')) return;
    const who = this.instance.people.find(({ id }) => id === person);
    if (!who) return;
    const letters = [...who.availability];
    for (const half of halves) if (letters[half] === 'x') letters[half] = 't';
    who.availability = letters.join('');
    const name = this.facts.roster.people.find(({ id }) => id === person)?.name ?? text(person, person);
    const title = this.titleOf(of);
    this.notes.push(
      text(
        `「${title.ja}」は、${name.ja}さんが×または未回答の日に固定されています。`,
        `“${title.en}” is fixed on a day for which ${name.en} said no or has not answered.`,
      ),
    );
  }

  private isAsleep({ person, online }: Planning.Conference['members'][number], day: number, at: string): boolean {
    const { zone, days, people } = this.instance;
    const own = people.find(({ id }) => id === person)?.zone ?? zone;
    return (online ?? false) && wakefulness(own, zone, days[day]!.date, at) === CANNOT;
  }

  private letter(person: string, half: number): string {
    return this.instance.people.find(({ id }) => id === person)?.availability[half] ?? 'x';
  }

  private titleOf(key: string): Text {
    return this.facts.meetings.find((meeting) => meeting.key === key)?.title ?? text(key, key);
  }
}
