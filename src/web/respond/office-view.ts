import type { CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import type { AnnouncedPerson, AnnouncedState, AnnouncedToOffice } from '../../invitations/announced.queries.ts';
import { isSettledByAnswers } from '../../milestones/answered.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import type { Answer } from '../../responses/answer.ts';
import { answerView, type AnswerView, type ReadAnswer } from './answer-fields.ts';
import { factsView, type FactsView } from './meeting-facts-view.ts';

export interface OfficeMeetingView {
  readonly facts: FactsView;
  readonly state: AnnouncedState;
  readonly people: readonly OfficePersonView[];
}

/** As the office was told of them: a draft of staff is not shown */
export interface OfficePersonView {
  readonly name: Text;
  readonly honorific: Text;
  readonly post: Text | null;
  /** What they come as, where their post does not say it already */
  readonly role: Text | null;
  /** The host that the seat is for: in an alliance one host's yes does not close the other's */
  readonly host: Text | null;
  /** Null where they are about to be told something else of this person */
  readonly answer: AnswerView | null;
}

export interface OfficeView {
  readonly office: Text;
  readonly programme: Text;
  readonly meetings: readonly OfficeMeetingView[];
  readonly open: number;
  readonly unanswered: number;
  readonly owed: readonly {
    readonly id: string;
    readonly title: Text;
    readonly due: CalendarDate;
    readonly at: string;
    readonly state: string;
    /** Whether the office can tell that it was handed in: what answers settle, they settle */
    readonly tellable: boolean;
  }[];
}

/** Everything that an office is asked: its meetings in order of time, and in each those for whom it answers */
export function officeView(
  told: AnnouncedToOffice,
  history: ReadonlyMap<string, readonly Answer[]>,
  milestones: readonly Milestone[],
  back: readonly ReadAnswer[],
): OfficeView {
  const meetings = told.meetings
    .filter((meeting) => meeting.people.length > 0)
    .toSorted((a, b) => a.facts.startsAt.localeCompare(b.facts.startsAt))
    .map(({ facts, state, people }): OfficeMeetingView => ({
      facts: factsView(facts, told.cycle.rules.zone),
      state,
      people: people.map((one) => personView(one)),
    }));
  const open = meetings.filter((meeting) => meeting.state === 'open');
  const asked = open.flatMap((meeting) => meeting.people).filter((person) => person.answer !== null);
  return {
    office: told.office.name,
    programme: told.cycle.rules.name,
    meetings,
    open: asked.length,
    unanswered: asked.filter((person) => !person.answer!.answered).length,
    owed: owedBy(told, milestones).flatMap((one) => {
      const due = dayDue(one);
      if (!due) return [];
      const byAnswers = isSettledByAnswers(one, told.cycle.rules);
      const state = byAnswers && one.state === 'open' && allAnswered(one.meetingId) ? 'submitted' : one.state;
      return [
        { id: one.id, title: one.title, due, at: one.due.at, state, tellable: one.state === 'open' && !byAnswers },
      ];
    }),
  };

  /** Of this office's own people */
  function allAnswered(meetingId: string | null): boolean {
    const people = told.meetings.filter(({ meeting }) => meeting.id === meetingId).flatMap((meeting) => meeting.people);
    return people.length > 0 && people.every(({ attendee }) => attendee && attendee.attendance !== 'unanswered');
  }

  function personView({ who, attendee }: AnnouncedPerson): OfficePersonView {
    const meeting = told.meetings.find((one) => one.meeting.id === attendee?.meetingId)?.meeting;
    const post = told.roster.posts.find((one) => one.id === attendee?.post);
    const returned = back.find((one) => one.attendeeId === attendee?.id);
    return {
      name: who.name,
      honorific: who.honorific,
      post: who.post.ja || who.post.en ? who.post : null,
      role: who.seat.ja === who.post.ja ? null : who.seat,
      host: told.roster.institutions.find((one) => one.id === post?.institution)?.name ?? null,
      answer:
        attendee && meeting
          ? answerView(meeting, attendee, history.get(attendee.id) ?? [], returned?.typed, returned?.seen)
          : null,
    };
  }
}

/** What the centre of an office owes, as far as its office may know of it */
export const owedBy = (told: AnnouncedToOffice, milestones: readonly Milestone[]): Milestone[] =>
  milestones
    .filter((one) => one.owedBy === 'centre' && told.office.kind === 'centre' && one.centre === told.office.centre)
    .filter(mayBeTold(told));

/** From what is due before or after a meeting its day can be told: only where the office knows that, or the day of a part of it. */
function mayBeTold({ meetings }: AnnouncedToOffice): (milestone: Milestone) => boolean {
  const known = meetings.filter(({ state }) => state === 'open' || state === 'over').map(({ meeting }) => meeting);
  const ids = new Set(known.flatMap(({ id, partOf }) => [id, partOf]));
  return ({ meetingId }) => meetingId === null || ids.has(meetingId);
}
