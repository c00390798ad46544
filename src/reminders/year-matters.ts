import { dayInZone, instantAt } from '../kernel/zoned-time.ts';
import { text } from '../kernel/text.ts';
import { answersFor } from '../invitations/office-scope.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { isSettledByAnswers } from '../milestones/answered.ts';
import { dayDue, type Milestone } from '../milestones/milestone.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import type { Office, Person } from '../roster/roster.ts';
import type { Matter, Recipient, YearFacts } from './matter.ts';
import { Recipients } from './recipients.ts';
import { YEAR } from './reminder.ts';
import { Told, type ToldOnce } from './told.ts';

export interface YearMatters {
  readonly matters: readonly Matter[];
  /** By key */
  readonly recipients: ReadonlyMap<string, Recipient>;
}

const nothing = text('', '');

/** Who still owes what: answers to what they were told, and what is due on a day. What nobody was told of is not asked after. */
export function mattersOf(facts: YearFacts): YearMatters {
  const book = new Recipients(facts);
  const told = new Told(facts);
  const matters = [...answersOwed(facts, book, told), ...milestonesOwed(facts, book, told)];
  return { matters, recipients: book.all };
}

function answersOwed(facts: YearFacts, book: Recipients, told: Told): Matter[] {
  const { due, now } = facts;
  return due.told.meetings
    .filter((meeting) => meeting.state === 'scheduled' && meeting.endsAt !== null && meeting.endsAt > new Date(now))
    .flatMap((meeting) =>
      (due.told.attendees.get(meeting.id) ?? []).flatMap((attendee) =>
        attendee.attendance === 'unanswered' || attendee.attendance === 'undecided'
          ? answerOwed(facts, book, told, meeting, attendee)
          : [],
      ),
    );
}

function answerOwed(facts: YearFacts, book: Recipients, told: Told, meeting: Meeting, attendee: Attendee): Matter[] {
  const { roster } = facts.due;
  const person = roster.people.find((one) => one.id === attendee.personId);
  if (!person) return [];
  const office = roster.offices.find((one) => answersFor(one, attendee, meeting, roster));
  const own = told.toPerson(meeting.id, person.id);
  const theirs = office && told.toOffice(meeting.id, office.id, person.id);
  const asked = own ?? theirs;
  if (!asked) return [];
  const changing =
    told.isChanging(`person/${person.id}`, meeting.id) ||
    (office !== undefined && told.isChanging(`office/${office.id}`, meeting.id));
  const personReader = own && book.person(person, attendee);
  const officeReader = theirs && book.office(office);
  const staffReader = book.staff(meeting.staffInCharge);
  return [
    {
      key: `answer/${meeting.id}@${meeting.revision}`,
      of: 'answer',
      who: `person/${person.id}`,
      due: asked.facts.answerBy,
      meeting: { firstDay: meeting.firstDay!, lastDay: meeting.lastDay! },
      askedAt: asked.at.toISOString(),
      standing: attendee.attendance === 'undecided' ? 'undecided' : 'unanswered',
      hold: pauseOf(facts, [`meeting/${meeting.id}`, `person/${person.id}`])
        ? 'paused'
        : facts.doubted.has(attendee.id)
          ? 'doubted'
          : changing
            ? 'change-waiting'
            : hasLeft(facts, meeting, attendee, person)
              ? 'post-ended'
              : null,
      readers: {
        ...(personReader ? { person: personReader } : {}),
        ...(officeReader ? { office: officeReader } : {}),
        ...(staffReader ? { staff: staffReader } : {}),
        telephone: true,
      },
      about: {
        kind: 'answer',
        meeting,
        facts: asked.facts,
        attendee,
        person,
        post: roster.posts.find((one) => one.id === attendee.post)?.title ?? nothing,
        office,
        ownPage: own !== undefined,
      },
    },
  ];
}

const pauseOf = ({ paused }: YearFacts, subjects: readonly string[]): boolean =>
  paused.has(YEAR) || subjects.some((subject) => paused.has(subject));

/** Asked as the holder of a post that they do not hold on the day of the meeting; whom staff put there by hand, stays. */
function hasLeft({ due, now }: YearFacts, meeting: Meeting, attendee: Attendee, person: Person): boolean {
  if (person.endedOn && person.endedOn < dayInZone(now, due.cycle.rules.zone)) return true;
  if (!attendee.post || attendee.byHand) return false;
  return !due.roster.terms.some(
    ({ post, person: who, from, to }) =>
      post === attendee.post &&
      who === person.id &&
      from <= meeting.firstDay! &&
      (to === null || meeting.firstDay! <= to),
  );
}

function milestonesOwed(facts: YearFacts, book: Recipients, told: Told): Matter[] {
  const { rules } = facts.due.cycle;
  return facts.milestones.flatMap((milestone): Matter[] => {
    const day = dayDue(milestone);
    if (milestone.state !== 'open' || !day) return [];
    // they are reminded of the answers themselves
    if (isSettledByAnswers(milestone, rules)) return [];
    const debtor = debtorOf(facts, book, told, milestone);
    if (!debtor) return [];
    const { who, person, office, readers, since, changing } = debtor;
    const due = instantAt(day, milestone.due.at, rules.zone);
    const subjects = [who, ...(milestone.meetingId ? [`meeting/${milestone.meetingId}`] : [])];
    const meeting = facts.due.told.meetings.find((one) => one.id === milestone.meetingId);
    return [
      {
        key: `milestone/${milestone.id}@${day}`,
        of: milestone.logistics ? 'logistics' : 'milestone',
        who,
        due,
        meeting: meeting?.firstDay && meeting.lastDay ? { firstDay: meeting.firstDay, lastDay: meeting.lastDay } : null,
        askedAt: since.toISOString(),
        standing: 'unanswered',
        hold: pauseOf(facts, subjects) ? 'paused' : changing ? 'change-waiting' : null,
        readers,
        about: {
          kind: 'milestone',
          milestone,
          centre: facts.due.roster.centres.find((one) => one.id === milestone.centre)?.acronym ?? '',
          person,
          office,
        },
      },
    ];
  });
}

interface Debtor {
  readonly who: string;
  readonly person: Person | undefined;
  readonly office: Office | undefined;
  readonly readers: Matter['readers'];
  readonly since: Date;
  readonly changing: boolean;
}

/**
 * Who is asked for a milestone: the centre's office, the officer assigned to the centre, or staff in charge, who also see to what the
 * committee owes. Undefined where it counts from a meeting of which they have not been told: its day would be told by the reminder.
 */
function debtorOf(facts: YearFacts, book: Recipients, told: Told, milestone: Milestone): Debtor | undefined {
  const { cycle, roster, told: year } = facts.due;
  const meeting = year.meetings.find((one) => one.id === milestone.meetingId);
  const staff = book.staff(meeting?.staffInCharge ?? null);
  const inCharge = staff ? { staff } : {};
  const since = (at: Date | undefined) => (at && at > cycle.createdAt ? at : cycle.createdAt);
  const office = roster.offices.find((one) => one.kind === 'centre' && one.centre === milestone.centre);
  const officeReader = milestone.owedBy === 'centre' ? book.office(office) : undefined;
  if (office && officeReader) {
    const known = milestone.meetingId === null ? undefined : toldOfWhole(told, facts, milestone.meetingId, office.id);
    if (milestone.meetingId !== null && !known) return undefined;
    const changing = known !== undefined && told.isChanging(officeReader.key, known.facts.meetingId);
    const readers = { office: officeReader, ...inCharge, telephone: true };
    return { who: officeReader.key, person: undefined, office, readers, since: since(known?.at), changing };
  }
  const officer = milestone.owedBy === 'officer' ? officerOf(facts, milestone) : undefined;
  const officerReader = officer && book.person(officer);
  if (officer && officerReader) {
    const known = milestone.meetingId === null ? undefined : told.toPerson(milestone.meetingId, officer.id);
    if (milestone.meetingId !== null && !known) return undefined;
    const who = `person/${officer.id}`;
    const changing = milestone.meetingId !== null && told.isChanging(who, milestone.meetingId);
    const readers = { person: officerReader, ...inCharge, telephone: true };
    return { who, person: officer, office: undefined, readers, since: since(known?.at), changing };
  }
  if (!staff) return undefined;
  const own = { staff, telephone: false };
  return {
    who: staff.key,
    person: undefined,
    office: undefined,
    readers: own,
    since: cycle.createdAt,
    changing: false,
  };
}

/** An office that knows of a part of a meeting knows its day too */
function toldOfWhole(told: Told, { due }: YearFacts, meetingId: string, officeId: string): ToldOnce | undefined {
  const parts = due.told.meetings.filter((one) => one.partOf === meetingId).map((one) => one.id);
  for (const id of [meetingId, ...parts]) {
    const known = told.toOffice(id, officeId);
    if (known) return known;
  }
  return undefined;
}

/** The person of the centre's assignment: whoever sits in an assigned seat at the milestone's meeting, else at any of the centre's */
function officerOf({ due, seats }: YearFacts, { meetingId, centre }: Milestone): Person | undefined {
  const { meetings, attendees } = due.told;
  const places = meetings.filter((meeting) => meeting.state === 'scheduled' && meeting.centre === centre);
  const ordered = places.toSorted((a, b) => Number(b.id === meetingId) - Number(a.id === meetingId));
  for (const meeting of ordered) {
    const rules = meetingActivityOf(due.cycle.rules, meeting.activity)?.seats.filter((seat) => seat.assigned) ?? [];
    const assigned = (seats.get(meeting.id) ?? []).filter((seat) => rules.some((rule) => rule.id === seat.rule));
    const sitting = (attendees.get(meeting.id) ?? []).find((one) => assigned.some((seat) => seat.id === one.seatId));
    const person = sitting && due.roster.people.find((one) => one.id === sitting.personId);
    if (person) return person;
  }
  return undefined;
}
