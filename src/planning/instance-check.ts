import { parseDate } from '../kernel/calendar-date.ts';
import { text } from '../kernel/text.ts';
import type { Faults } from './fault-list.ts';
import type { Conference, HearingSeat, Instance, Meeting, Seat } from './instance.ts';

/** Names that every JavaScript object has: as keys they would be lost or mistaken */
export const reserved = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** What can only be seen by looking at two places at once */
export class InstanceCheck {
  private readonly instance: Instance;
  private readonly faults: Faults;
  private readonly attempt: (check: () => void) => void;
  private readonly people: ReadonlySet<string>;
  private readonly assignments: ReadonlySet<string>;
  private readonly panels: ReadonlySet<string>;
  private readonly meetings: ReadonlySet<string>;

  /** @param attempt runs one check; where the form is not right, some cannot be carried out */
  constructor(instance: Instance, faults: Faults, attempt: (check: () => void) => void) {
    this.attempt = attempt;
    this.instance = instance;
    this.faults = faults;
    const ids = (list: readonly { id: string }[]) => new Set(list.map((item) => item.id));
    this.people = ids(instance.people);
    this.assignments = ids(instance.assignments);
    this.panels = ids(instance.panels);
    this.meetings = ids(instance.meetings);
  }

  all(): void {
    const { people, meetings, assignments, conferences } = this.instance;
    this.attempt(() => this.ids());
    this.attempt(() => this.calendar());
    this.attempt(() => this.places());
    this.each(people, (person, i) => {
      this.availability(person.availability, ['people', i, 'availability']);
      if (person.zone !== undefined) this.zone(person.zone, ['people', i, 'zone']);
    });
    this.each(meetings, (meeting, i) => this.meeting(meeting, ['meetings', i]));
    this.each(assignments, ({ candidates }, i) => this.candidates(candidates, ['assignments', i, 'candidates']));
    this.attempt(() => this.panelsAreRight());
    this.attempt(() => this.counts());
    this.each(conferences, (conference, i) => this.conference(conference, ['conferences', i]));
  }

  private each<T>(list: readonly T[], check: (item: T, index: number) => void): void {
    this.attempt(() => list.forEach((item, i) => this.attempt(() => check(item, i))));
  }

  private ids(): void {
    const seen = new Set<string>();
    const one = (id: string, path: PropertyKey[], among: Set<string>) => {
      if (!/^[A-Za-z0-9./_-]+$/.test(id))
        this.faults.add(
          path,
          text('使える文字は英数字と . / _ - です', 'Only letters, digits and . / _ - may be used'),
        );
      else if (reserved.has(id)) this.faults.add(path, text(`「${id}」は使えません`, `“${id}” cannot be used`));
      else if (among.has(id)) this.faults.add(path, text(`「${id}」は二度使われています`, `“${id}” is used twice`));
      among.add(id);
    };
    for (const key of ['people', 'meetings', 'assignments', 'panels', 'loads', 'limits', 'conferences'] as const)
      this.instance[key].forEach(({ id }, i) => one(id, [key, i, 'id'], seen));
    this.instance.conferences.forEach(({ hearings }, i) => {
      hearings.forEach(({ id, seats }, h) => {
        one(id, ['conferences', i, 'hearings', h, 'id'], seen);
        const own = new Set<string>();
        seats.forEach((seat, s) => one(seat.id, ['conferences', i, 'hearings', h, 'seats', s, 'id'], own));
      });
    });
    this.instance.meetings.forEach(({ seats }, i) => {
      const own = new Set<string>();
      seats.forEach((seat, s) => one(seat.id, ['meetings', i, 'seats', s, 'id'], own));
    });
  }

  private calendar(): void {
    this.zone(this.instance.zone, ['zone']);
    this.instance.days.forEach(({ date }, i) => {
      const before = this.instance.days[i - 1]?.date;
      if (!parseDate(date)) this.faults.add(['days', i, 'date'], text('存在しない日付です', 'There is no such day'));
      else if (before !== undefined && before >= date)
        this.faults.add(['days', i, 'date'], text('日付の順になっていません', 'The days are not in ascending order'));
    });
  }

  private zone(zone: string, path: PropertyKey[]): void {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
    } catch {
      this.faults.add(path, text('知られていないタイムゾーンです', 'This time zone is not known'));
    }
  }

  private places(): void {
    const { places, travel, tripCost } = this.instance;
    const n = places.length;
    const size = text(`場所の数（${n}）と合いません`, `This does not fit the number of places (${n})`);
    if (tripCost.length !== n) this.faults.add(['tripCost'], size);
    for (const [kind, rows] of Object.entries(travel)) {
      if (rows.length !== n) this.faults.add(['travel', kind], size);
      rows.forEach((row, i) => row.length !== n && this.faults.add(['travel', kind, i], size));
    }
  }

  private availability(letters: string, path: PropertyKey[]): void {
    const wanted = 2 * this.instance.days.length;
    if (letters.length !== wanted)
      this.faults.add(
        path,
        text(
          `長さが${letters.length}です（1日2文字で${wanted}）`,
          `Length ${letters.length}, not ${wanted} (two letters a day)`,
        ),
      );
    if (!/^[otx]*$/.test(letters))
      this.faults.add(path, text('o・t・x 以外の文字があります', 'There are letters other than o, t and x'));
  }

  private known(id: string, among: ReadonlySet<string>, path: PropertyKey[]): void {
    if (!among.has(id)) this.faults.add(path, text(`「${id}」はありません`, `There is no “${id}”`));
  }

  private candidates(list: readonly { person: string }[], path: PropertyKey[]): void {
    const seen = new Set<string>();
    list.forEach(({ person }, i) => {
      this.known(person, this.people, [...path, i, 'person']);
      if (seen.has(person))
        this.faults.add(
          [...path, i, 'person'],
          text(`「${person}」は二度挙げられています`, `“${person}” is named twice`),
        );
      seen.add(person);
    });
  }

  private day(day: number, path: PropertyKey[]): void {
    if (day >= this.instance.days.length)
      this.faults.add(path, text(`その番号の日はありません（${day}）`, `There is no day ${day}`));
  }

  private window({ from, to, closed }: { from: number; to: number; closed: number[] }, path: PropertyKey[]): void {
    this.day(from, [...path, 'from']);
    this.day(to, [...path, 'to']);
    closed.forEach((day, i) => this.day(day, [...path, 'closed', i]));
    if (from > to)
      this.faults.add([...path, 'to'], text('期間の終わりが始まりより前です', 'The window ends before it begins'));
  }

  private meeting(meeting: Meeting, path: PropertyKey[]): void {
    this.window(meeting, path);
    if (meeting.place >= this.instance.places.length)
      this.faults.add([...path, 'place'], text('その番号の場所はありません', `There is no place ${meeting.place}`));
    meeting.seats.forEach((seat, i) => {
      this.seat(seat, [...path, 'seats', i]);
      if (seat.travel !== undefined && !Object.hasOwn(this.instance.travel, seat.travel))
        this.faults.add(
          [...path, 'seats', i, 'travel'],
          text(`移動「${seat.travel}」はありません`, `There is no travel “${seat.travel}”`),
        );
    });
  }

  private seat(seat: Seat | HearingSeat, path: PropertyKey[]): void {
    if ('person' in seat) this.known(seat.person, this.people, [...path, 'person']);
    else if ('oneOf' in seat) this.candidates(seat.oneOf, [...path, 'oneOf']);
    else if ('assigned' in seat) this.known(seat.assigned, this.assignments, [...path, 'assigned']);
    else if ('panel' in seat) this.known(seat.panel, this.panels, [...path, 'panel']);
  }

  private panelsAreRight(): void {
    this.instance.panels.forEach((panel, i) => {
      this.candidates(panel.candidates, ['panels', i, 'candidates']);
      if (panel.min > panel.max)
        this.faults.add(
          ['panels', i, 'max'],
          text('人数の上限が下限より小さいです', 'Its largest size is below its smallest'),
        );
    });
  }

  private counts(): void {
    const seats = this.instance.meetings.flatMap((m) =>
      m.seats.flatMap((s) => ('oneOf' in s ? [`${m.id} ${s.id}`] : [])),
    );
    const heard = this.instance.conferences
      .flatMap((conference) => conference.hearings)
      .flatMap((h) => h.seats.flatMap((s) => ('oneOf' in s ? [`${h.id} ${s.id}`] : [])));
    const usable = new Set([...this.assignments, ...this.panels, ...seats, ...heard]);
    const each = (list: readonly string[], among: ReadonlySet<string>, path: PropertyKey[]) => {
      const seen = new Set<string>();
      list.forEach((id, k) => {
        this.known(id, among, [...path, k]);
        if (seen.has(id))
          this.faults.add([...path, k], text(`「${id}」は二度挙げられています`, `“${id}” is named twice`));
        seen.add(id);
      });
    };
    this.instance.loads.forEach((load, i) => {
      each(load.of, usable, ['loads', i, 'of']);
      for (const person of Object.keys(load.mostOf ?? {}))
        this.known(person, this.people, ['loads', i, 'mostOf', person]);
    });
    this.instance.limits.forEach((limit, i) => each(limit.meetings, this.meetings, ['limits', i, 'meetings']));
  }

  private conference(conference: Conference, path: PropertyKey[]): void {
    this.window(conference, path);
    this.slots(conference, path);
    this.candidates(conference.members, [...path, 'members']);
    const members = new Set(conference.members.map((member) => member.person));
    conference.hearings.forEach((hearing, h) => {
      const at = [...path, 'hearings', h];
      hearing.recused.forEach((person, i) => this.known(person, members, [...at, 'recused', i]));
      hearing.seats.forEach((seat, i) => this.seat(seat, [...at, 'seats', i]));
      hearing.after.forEach(({ meeting }, i) => this.known(meeting, this.meetings, [...at, 'after', i, 'meeting']));
    });
  }

  private slots({ slots }: Conference, path: PropertyKey[]): void {
    const spans = slots.map(({ at, minutes }) => {
      const [hours, rest] = at.split(':').map(Number);
      return { from: hours! * 60 + rest!, until: hours! * 60 + rest! + minutes };
    });
    slots.forEach(({ at }, i) => {
      const { from, until } = spans[i]!;
      const here = [...path, 'slots', i];
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at))
        this.faults.add([...here, 'at'], text('時刻ではありません', 'This is not a time of day'));
      else if (from < 750 && until > 750) this.faults.add(here, text('12:30をまたいでいます', 'It runs over 12:30'));
      else if (until > 1440) this.faults.add(here, text('日付をまたいでいます', 'It runs over midnight'));
      else if (spans.some((other, j) => j < i && from < other.until && other.from < until))
        this.faults.add(here, text('ほかの枠と重なっています', 'It overlaps another slot'));
    });
  }
}
