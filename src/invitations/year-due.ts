import type { Cycle } from '../cycle/cycle.ts';
import { joinTexts } from '../kernel/text.ts';
import { sameAddress } from '../mail/address.ts';
import type { MailState } from '../mail/delivery.ts';
import type { Policy } from '../mail/rehearsal.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import type { Office, Person, Roster } from '../roster/roster.ts';
import type { InvitationFacts, StaffInCharge } from './invitation.ts';
import type { NextMessage, SentInvitation } from './itip.ts';
import { dueMessage, isOver, type LastMail } from './mail-due.ts';
import type { OfficeMeeting } from './office-letter.ts';
import { officeNews, type OfficeTold } from './office-news.ts';
import { answersFor, reachOf } from './office-scope.ts';
import { announcedParts, meetingFacts, partFacts, personFacts, recusalsOf, type FactsContext } from './person-facts.ts';

/** What one person was last sent about one meeting, and what has become of that mail */
export interface Invitation {
  readonly id: string;
  readonly meetingId: string;
  readonly personId: string;
  /** 0: for all of the meeting; else for that of its days */
  readonly part: number;
  readonly sent: SentInvitation;
  readonly rehearsal: boolean;
  readonly sentAt: Date;
  readonly last: LastMail;
}

/** What one office was last told about the year, and what has become of that mail */
export interface OfficeNotice {
  readonly officeId: string;
  readonly told: readonly OfficeTold[];
  readonly before: readonly OfficeTold[];
  readonly address: string;
  readonly rehearsal: boolean;
  readonly revision: number;
  readonly sentAt: Date;
  readonly last: LastMail;
}

/** One person at one meeting: what they were last sent, what is true now, and what follows */
export interface PersonDue {
  readonly key: string;
  readonly meeting: Meeting;
  readonly person: Person;
  readonly attendee: Attendee | undefined;
  readonly invitation: Invitation | undefined;
  readonly facts: InvitationFacts | undefined;
  /** The invitation to which the message belongs, as its reader knows it; undefined where it begins one */
  readonly base: SentInvitation | undefined;
  readonly next: Exclude<NextMessage, { action: 'nothing' }>;
  /** Rehearsed although they were invited in earnest: the mail is shown to them, and nothing of it counts */
  readonly onlyShown: boolean;
}

export interface OfficeDue {
  readonly key: string;
  readonly office: Office;
  readonly notice: OfficeNotice | undefined;
  /** Empty: the notice that waits is taken back, and nothing is left to tell */
  readonly news: readonly OfficeMeeting[];
  /** What it knows */
  readonly known: readonly OfficeTold[];
  /** What it will have been told */
  readonly now: readonly OfficeTold[];
  readonly onlyShown: boolean;
}

export interface Unreachable {
  readonly meeting: Meeting;
  readonly facts: InvitationFacts;
}

export interface YearDue {
  readonly told: YearTold;
  readonly cycle: Cycle;
  readonly roster: Roster;
  readonly policy: Policy;
  readonly people: readonly PersonDue[];
  readonly offices: readonly OfficeDue[];
  readonly unreachable: readonly Unreachable[];
  readonly staffInCharge: StaffInCharge;
}

/** Everything that is true of a year, and everything that was said of it */
export interface YearTold {
  readonly context: FactsContext;
  readonly policy: Policy;
  /** Those that have a day */
  readonly meetings: readonly Meeting[];
  /** By meeting */
  readonly attendees: ReadonlyMap<string, readonly Attendee[]>;
  /** By meeting */
  readonly invitations: ReadonlyMap<string, readonly Invitation[]>;
  readonly notices: readonly OfficeNotice[];
}

/** @param state of the mail; undefined where it is no longer kept: then it has left long ago */
export const lastMailOf = (state: MailState | undefined): LastMail =>
  state === 'queued' || state === 'held' || state === 'retry'
    ? 'waiting'
    : state === 'withdrawn' || state === 'kept-back'
      ? 'undone'
      : 'left';

/** The invitation that counts: one that goes on, else the last that was cancelled */
export const currentInvitation = (invitations: readonly Invitation[]): Invitation | undefined =>
  invitations.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.sentAt.getTime() - a.sentAt.getTime())[0];

const instantOf = ({ now }: FactsContext): string => now.toISO()!;

export function peopleDue(year: YearTold, meeting: Meeting): PersonDue[] {
  const { context, policy } = year;
  const at = instantOf(context);
  const here = new Map((year.attendees.get(meeting.id) ?? []).map((one) => [one.personId, one] as const));
  const sent = Map.groupBy(year.invitations.get(meeting.id) ?? [], (invitation) => invitation.personId);
  const parts = announcedParts(context, meeting);
  return [...new Set([...here.keys(), ...sent.keys()])].flatMap((personId): PersonDue[] => {
    const person = context.roster.people.find((one) => one.id === personId);
    if (!person) return [];
    const attendee = here.get(personId);
    const byPart = Map.groupBy(sent.get(personId) ?? [], ({ part }) => part);
    return [...new Set([...(attendee ? parts : []), ...byPart.keys()])]
      .toSorted((a, b) => a - b)
      .flatMap((part) => {
        const invitation = currentInvitation(byPart.get(part) ?? []);
        const counts = invitation && !isOver(invitation) && (policy.rehearsal || !invitation.rehearsal);
        const facts = attendee && partFacts(context, meeting, attendee, counts ? invitation.sent : undefined, part);
        const answered = attendee !== undefined && attendee.attendance !== 'unanswered';
        const answeredBefore = hasAnsweredWhatTheyKnow(attendee, invitation);
        const { next, base } = dueMessage(invitation, {
          facts,
          answered,
          answeredBefore,
          at,
          rehearsing: policy.rehearsal,
        });
        const onlyShown = policy.rehearsal && invitation?.rehearsal === false && !isOver(invitation);
        if (next.action === 'nothing' || (onlyShown && next.action === 'withdraw')) return [];
        const key = `person/${meeting.key}/${personId}${part > 0 ? `/day-${part}` : ''}`;
        return [{ key, meeting, person, attendee, invitation, facts, base, next, onlyShown }];
      });
  });
}

/** Also where the meeting has changed since, so that their answer counts no more */
function hasAnsweredWhatTheyKnow(attendee: Attendee | undefined, invitation: Invitation | undefined): boolean {
  const answered = attendee?.answeredRevision ?? null;
  if (answered === null || !invitation) return false;
  const { sequence, meetingRevisions = {} } = invitation.sent;
  const told = (invitation.last === 'left' ? undefined : meetingRevisions[sequence - 1]) ?? meetingRevisions[sequence];
  return told !== undefined && answered >= told;
}

export function unreachableAmong({ context, meetings, attendees }: YearTold): Unreachable[] {
  const { roster } = context;
  return meetings
    .filter((meeting) => meeting.state === 'scheduled')
    .flatMap((meeting) =>
      (attendees.get(meeting.id) ?? []).flatMap((attendee) => {
        const person = roster.people.find((one) => one.id === attendee.personId);
        if (!person || reachOf(attendee, person, roster).address !== null) return [];
        if (roster.offices.some((office) => answersFor(office, attendee, meeting, roster))) return [];
        const facts = personFacts(context, meeting, attendee, undefined);
        return facts && facts.endsAt > instantOf(context) ? [{ meeting, facts }] : [];
      }),
    );
}

/** What an office knows: nothing where it was told in a rehearsal that is over, or at another address */
export function knownTo(office: Office, notice: OfficeNotice | undefined, rehearsing: boolean): readonly OfficeTold[] {
  if (!notice || (notice.rehearsal && !rehearsing)) return [];
  if (sameAddress(notice.address) !== sameAddress(office.address)) return [];
  return notice.last === 'left' ? notice.told : notice.before;
}

export function officeDue(year: YearTold, office: Office): OfficeDue[] {
  const rehearsing = year.policy.rehearsal;
  const notice = year.notices.find((one) => one.officeId === office.id);
  const known = knownTo(office, notice, rehearsing);
  const queued = notice && notice.last === 'waiting' ? knownTo(office, { ...notice, last: 'left' }, rehearsing) : [];
  const now = toldNow(year, office, queued.length > 0 ? queued : known);
  if (queued.length > 0 && officeNews(office, queued, now).length === 0) return [];
  const news = officeNews(office, known, now);
  const onlyShown = rehearsing && notice?.rehearsal === false;
  if (news.length === 0 && (notice?.last !== 'waiting' || onlyShown)) return [];
  return [{ key: `office/${office.id}`, office, notice, news, known, now, onlyShown }];
}

function toldNow(
  { context, meetings, attendees }: YearTold,
  office: Office,
  told: readonly OfficeTold[],
): OfficeTold[] {
  const at = instantOf(context);
  return meetings.flatMap((meeting): OfficeTold[] => {
    const before = told.find((one) => one.facts.meetingId === meeting.id);
    const theirs = (attendees.get(meeting.id) ?? []).filter((attendee) =>
      answersFor(office, attendee, meeting, context.roster),
    );
    if (!before && theirs.length === 0) return [];
    const facts = meetingFacts(context, meeting, before);
    if (!facts || facts.endsAt <= at) return before && before.facts.endsAt <= at ? [before] : [];
    const people = theirs.flatMap((attendee) => {
      const person = personFacts(context, meeting, attendee, before);
      if (!person) return [];
      const { personId, name, honorific, post, seat, required, address } = person;
      const recused = recusalsOf(context, meeting, attendee).filter(({ otherSide }) => !otherSide);
      return [
        {
          personId,
          name,
          honorific,
          post,
          seat,
          required,
          ownMail: address !== null,
          ...(recused.length > 0 ? { recused: joinTexts(recused.map(({ part }) => part.title)) } : {}),
        },
      ];
    });
    return people.length > 0 ? [{ facts, people }] : [];
  });
}
