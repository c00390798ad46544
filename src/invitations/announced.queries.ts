import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import type { Language } from '../kernel/text.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { Office, Person, Roster } from '../roster/roster.ts';
import { asksAgain, changesBetween } from './change.ts';
import { wholeOf } from './day-entries.ts';
import type { InvitationFacts, MeetingFacts } from './invitation.ts';
import { asTheyKnowIt, isOver } from './mail-due.ts';
import type { SentInvitation } from './itip.ts';
import type { OfficeTold } from './office-news.ts';
import { answersFor } from './office-scope.ts';
import { factsContext, meetingFacts, personFacts, type FactsContext } from './person-facts.ts';
import { currentInvitation } from './year-due.ts';
import { YearInvitations } from './year-invitations.service.ts';

/**
 * What a meeting is to its reader. `open`: what they were told is what is true, and answers can be taken. `changing`: staff have changed
 * something of which they have not been told, and which this page must not tell either. `cancelled`, `withdrawn`: they were told so.
 */
export type AnnouncedState = 'open' | 'changing' | 'cancelled' | 'withdrawn' | 'over';

/** A meeting as its reader was told of it, and where it stands now */
export interface Announced<Facts extends MeetingFacts = MeetingFacts> {
  readonly meeting: Meeting;
  /** As they were last told */
  readonly facts: Facts;
  readonly state: AnnouncedState;
}

export interface AnnouncedToPerson extends Announced<InvitationFacts> {
  readonly cycle: Cycle;
  readonly person: Person;
  readonly attendee: Attendee | undefined;
  /** They have an entry for each of its days: the button of one does not answer for the others */
  readonly byDay: boolean;
  /** The invitation as it was last sent, or before what waits */
  readonly sent: Pick<SentInvitation, 'uid' | 'sequence' | 'token' | 'createdAt' | 'facts'>;
}

/** One of an office's people, as the office was told of them */
export interface AnnouncedPerson {
  readonly who: OfficeTold['people'][number];
  readonly person: Person;
  /** Undefined where staff have put somebody else in their place, or taken them off, and the office was not told yet */
  readonly attendee: Attendee | undefined;
}

export interface AnnouncedToOffice {
  readonly cycle: Cycle;
  readonly office: Office;
  readonly roster: Roster;
  readonly meetings: readonly (Announced & { readonly people: readonly AnnouncedPerson[] })[];
}

/** What has been announced to whom: a page that is opened by an emailed link shows this, never a draft of staff. */
@Injectable()
export class AnnouncedQueries {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly meetings: MeetingQueries,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly year: YearInvitations,
    private readonly clock: Clock,
  ) {}

  /** Undefined where they have been told nothing of it */
  async toPerson(
    meetingId: string,
    personId: string,
    tx: EntityManager = this.database.manager,
  ): Promise<AnnouncedToPerson | undefined> {
    const invitation = currentInvitation(await this.year.invitationsTo([meetingId], tx, personId));
    if (!invitation) return undefined;
    const over = isOver(invitation);
    const known = over ? invitation.sent : asTheyKnowIt(invitation);
    if (known.state === 'waiting') return undefined;
    const facts = wholeOf(known.facts);
    const meeting = await this.meetings.one(meetingId, tx);
    const context = await this.context(meeting.cycleId, facts, tx);
    const person = context.roster.people.find((one) => one.id === personId);
    if (!person) return undefined;
    const attendees = await this.meetings.attendeesOf([meetingId], tx);
    const attendee = over ? undefined : attendees.find((one) => one.personId === personId);
    const now = attendee && personFacts(context, meeting, attendee, { facts });
    const state = over
      ? known.cancelled === 'meeting-cancelled'
        ? 'cancelled'
        : 'withdrawn'
      : this.stateOf(facts, now, facts.language);
    const byDay = (known.facts.day?.of ?? 1) > 1;
    return { cycle: context.cycle, meeting, person, attendee, facts, state, byDay, sent: known };
  }

  /** Undefined where it has been told nothing */
  async toOffice(
    cycleId: string,
    officeId: string,
    tx: EntityManager = this.database.manager,
  ): Promise<AnnouncedToOffice | undefined> {
    const [notice] = await this.year.notices(cycleId, tx, officeId);
    const told = notice?.last === 'undone' ? notice.before : notice?.told;
    const first = told?.[0];
    if (!told || !first) return undefined;
    const context = await this.context(cycleId, first.facts, tx);
    const office = context.roster.offices.find((one) => one.id === officeId);
    if (!office) return undefined;
    const ids = told.map(({ facts }) => facts.meetingId);
    const meetings = new Map((await this.meetings.several(ids, tx)).map((meeting) => [meeting.id, meeting]));
    const attendees = Map.groupBy(await this.meetings.attendeesOf(ids, tx), (attendee) => attendee.meetingId);
    return {
      cycle: context.cycle,
      office,
      roster: context.roster,
      meetings: told.flatMap(({ facts, people }) => {
        const meeting = meetings.get(facts.meetingId);
        if (!meeting) return [];
        const theirs = (attendees.get(meeting.id) ?? []).filter((attendee) =>
          answersFor(office, attendee, meeting, context.roster),
        );
        const state = this.stateOf(facts, meetingFacts(context, meeting, { facts }), office.language);
        return [{ meeting, facts, state, people: people.flatMap((who) => announcedPerson(who, theirs, context)) }];
      }),
    };
  }

  /** Since when people know of a meeting as it is now; those who know it otherwise, or not at all, are not among them */
  async knownSince(meeting: Meeting, tx: EntityManager): Promise<ReadonlyMap<string, Date>> {
    const cycle = await this.cycles.one(meeting.cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const meetings = await this.meetings.ofCycle(cycle.id, tx);
    const told: { facts: MeetingFacts; language: Language; people: readonly string[]; at: Date }[] = [];
    for (const { officeId, last, before, told: all, sentAt: at } of await this.year.notices(cycle.id, tx)) {
      const of = (last === 'undone' ? before : all).find(({ facts }) => facts.meetingId === meeting.id);
      const language = roster.offices.find((office) => office.id === officeId)?.language ?? 'ja';
      if (of) told.push({ facts: of.facts, language, people: of.people.map((who) => who.personId), at });
    }
    const invitations = Map.groupBy(await this.year.invitationsTo([meeting.id], tx), (one) => one.personId);
    for (const invitation of [...invitations.values()].flatMap((its) => currentInvitation(its) ?? [])) {
      const { facts: known, state } = asTheyKnowIt(invitation);
      const facts = wholeOf(known);
      if (!isOver(invitation) && state !== 'waiting')
        told.push({ facts, language: facts.language, people: [invitation.personId], at: invitation.sentAt });
    }
    const known = new Map<string, Date>();
    for (const { facts, language, people, at } of told) {
      const staffInCharge = () => facts.staffInCharge;
      const context = factsContext({ cycle, roster, staffInCharge, now: this.clock.now() }, meetings);
      const state = this.stateOf(facts, meetingFacts(context, meeting, { facts }), language);
      // what they were told last, by whatever letter, is what they know
      for (const person of people)
        if (state === 'open' || state === 'over') known.set(person, at);
        else known.delete(person);
    }
    return known;
  }

  private stateOf(told: MeetingFacts, now: MeetingFacts | undefined, language: Language): AnnouncedState {
    if (told.status === 'cancelled' && (!now || now.status === 'cancelled')) return 'cancelled';
    if (now && !asksAgain(changesBetween(toldTo(told), toldTo(now), language)))
      return new Date(told.endsAt) <= this.clock.now().toJSDate() ? 'over' : 'open';
    return 'changing';
  }

  /** Of the whole year, since a hearing is where its committee is */
  private async context(cycleId: string, told: MeetingFacts, tx: EntityManager): Promise<FactsContext> {
    const cycle = await this.cycles.one(cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const staffInCharge = () => told.staffInCharge;
    const meetings = await this.meetings.ofCycle(cycleId, tx);
    return factsContext({ cycle, roster, staffInCharge, now: this.clock.now() }, meetings);
  }
}

const toldTo = (facts: MeetingFacts) => ({ ...facts, readerZone: facts.zone });

function announcedPerson(
  who: AnnouncedPerson['who'],
  theirs: readonly Attendee[],
  { roster }: FactsContext,
): AnnouncedPerson[] {
  const person = roster.people.find((one) => one.id === who.personId);
  return person ? [{ who, person, attendee: theirs.find((attendee) => attendee.personId === person.id) }] : [];
}
