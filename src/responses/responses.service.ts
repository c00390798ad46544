import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { AnswerEntity } from './answer.entity.ts';
import {
  currentAnswer,
  faultInHours,
  refusalToAnswer,
  saysTheSame,
  type Answer,
  type Channel,
  type GivenAnswer,
} from './answer.ts';
import { doubtOf, ofTheSameMinute, type Circumstances, type DoubtReason } from './doubt.ts';
import { Doubts } from './doubts.service.ts';
import { responseRefusals } from './refusals.ts';
import { ResponseQueries } from './responses.queries.ts';

/** What is said of one person at one meeting, and for which revision of the meeting */
export interface Entry {
  readonly attendeeId: string;
  readonly revision: number;
  readonly given: GivenAnswer;
}

export interface Giver {
  readonly channel: Channel;
  /** As they named themselves, or as we know them */
  readonly name: string;
  /** Coarse: "Firefox, Windows" */
  readonly agent: string;
  readonly actor: Actor;
  /** Those for whom this link may answer; staff may for everybody */
  readonly mayAnswerFor: ReadonlySet<string> | 'everybody';
  /** Where it came by a link: what speaks for a machine. An answer in doubt is kept, and counts once a person says so */
  readonly circumstances?: Pick<Circumstances, 'userAgent' | 'deliveredAt'>;
  /** Uses up what the form was sealed with; false where somebody did that before */
  readonly spend?: (tx: EntityManager) => Promise<boolean>;
}

/** The ledger of answers. Rows are only added; the attendance of a meeting is what follows from them. */
@Injectable()
export class Responses {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly attendees: Attendees,
    private readonly answers: ResponseQueries,
    private readonly doubts: Doubts,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes all of these answers or none. An answer that says what is already known adds nothing.
   * @param then done in the same transaction for those whose new answer counts: a receipt
   * @returns ids of the attendees whose answer is new
   */
  async record(
    entries: readonly Entry[],
    giver: Giver,
    then?: (tx: EntityManager, changed: readonly string[]) => Promise<void>,
  ): Promise<string[]> {
    for (const { attendeeId } of entries)
      if (giver.mayAnswerFor !== 'everybody' && !giver.mayAnswerFor.has(attendeeId))
        throw Refusal.of(responseRefusals, 'responses.not-your-people');
    try {
      return await this.attendees.nobodyTwice(async (tx) => {
        if (giver.spend && !(await giver.spend(tx))) throw Refusal.of(responseRefusals, 'responses.sent-already');
        const asked = await this.lock(tx, entries);
        const changed: string[] = [];
        const counting: string[] = [];
        for (const entry of entries) {
          const recorded = await this.recordOne(tx, entry, asked.get(entry.attendeeId)!, giver);
          if (recorded !== 'same') changed.push(entry.attendeeId);
          if (recorded === 'counts') counting.push(entry.attendeeId);
        }
        if (counting.length > 0) await then?.(tx, counting);
        return changed;
      });
    } catch (error) {
      throw giver.channel === 'link' || giver.channel === 'office-link' ? toldOutside(error) : error;
    }
  }

  /** Meetings in the order of their ids: two offices with people at the same meetings would otherwise wait for each other */
  private async lock(
    tx: EntityManager,
    entries: readonly Entry[],
  ): Promise<Map<string, { attendee: Attendee; meeting: Meeting }>> {
    const attendees: Attendee[] = [];
    for (const { attendeeId } of entries) attendees.push(await this.meetings.attendee(attendeeId, tx));
    const meetings = new Map<string, Meeting>();
    for (const id of [...new Set(attendees.map((attendee) => attendee.meetingId))].sort())
      meetings.set(id, await this.meetings.locked(id, tx));
    return new Map(attendees.map((one) => [one.id, { attendee: one, meeting: meetings.get(one.meetingId)! }]));
  }

  private async recordOne(
    tx: EntityManager,
    { attendeeId, revision, given }: Entry,
    { meeting }: { meeting: Meeting },
    giver: Giver,
  ): Promise<'same' | 'counts' | 'doubted'> {
    // read again under the lock: staff may have taken them off meanwhile
    const attendee = await this.meetings.attendee(attendeeId, tx);
    const now = this.clock.now().toJSDate();
    refuse(refusalToAnswer(meeting, attendee, revision, now));
    const hours = {
      startsAt: meeting.startsAt!.toISOString(),
      endsAt: meeting.endsAt!.toISOString(),
      zone: meeting.zone,
    };
    const fault = faultInHours(given, hours);
    if (fault) throw Refusal.of(responseRefusals, 'responses.outside-the-hours', { why: fault.text });
    const history = (await this.answers.historyOf([attendeeId], tx)).get(attendeeId) ?? [];
    const before = currentAnswer(history, revision);
    if (before && saysTheSame(before, given)) return 'same';
    const { channel, name, agent, actor } = giver;
    const said = { ...given, attendeeId, revision, channel, givenBy: name, agent, at: now };
    const { identifiers } = await tx.insert(AnswerEntity, said);
    const doubted = giver.circumstances && this.doubtOf(history, said, giver.circumstances);
    if (doubted)
      await this.doubts.raise(tx, attendee, meeting, [String(identifiers[0]!['id']), ...doubted.also], doubted.reason);
    else await this.attendees.attend(tx, attendeeId, given.attendance);
    await this.trail.record(tx, {
      actor,
      verb: 'responses.record',
      subject: `meeting/${meeting.id}`,
      before: before ? { person: attendee.personId, attendance: before.attendance } : undefined,
      after: {
        person: attendee.personId,
        attendance: given.attendance,
        channel,
        ...(doubted ? { unconfirmed: doubted.reason } : {}),
      },
    });
    return doubted ? 'doubted' : 'counts';
  }

  /** @returns what speaks for a machine, and the earlier answers of the same minute that are in doubt with this one */
  private doubtOf(
    history: readonly Answer[],
    said: Pick<Answer, 'attendance' | 'revision' | 'at'>,
    circumstances: Pick<Circumstances, 'userAgent' | 'deliveredAt'>,
  ): { readonly reason: DoubtReason; readonly also: readonly string[] } | undefined {
    const before = history.filter(
      ({ revision, channel }) => revision === said.revision && (channel === 'link' || channel === 'office-link'),
    );
    const reason = doubtOf({ ...circumstances, now: said.at, before, attendance: said.attendance });
    if (!reason) return undefined;
    const also = reason === 'every-choice' ? ofTheSameMinute(before, said.at).filter((one) => !one.doubt) : [];
    return { reason, also: also.map((one) => one.id) };
  }
}

/** Whoever answers by a link is not told where else somebody is expected: it may be a meeting that nobody was told of yet. */
function toldOutside(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.code !== 'meetings.two-places') return error;
  return Refusal.of(responseRefusals, 'responses.booked-elsewhere', { person: error.values['person'] ?? '' });
}
