import type { CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import type { AnnouncedToOffice } from '../../invitations/announced.queries.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import type { Answer } from '../../responses/answer.ts';
import { answerView, type AnswerView, type ReadAnswer } from './answer-fields.ts';
import { factsView, type FactsView } from './meeting-facts-view.ts';

export interface OfficeMeetingView {
  readonly facts: FactsView;
  readonly state: 'open' | 'cancelled' | 'changing' | 'over';
  readonly people: readonly OfficePersonView[];
}

export interface OfficePersonView {
  readonly name: Text;
  readonly honorific: Text;
  readonly role: Text;
  readonly post: Text | null;
  /** The host that the seat is for: in an alliance one host's yes does not close the other's */
  readonly host: Text | null;
  readonly answer: AnswerView;
}

export interface OfficeView {
  readonly office: Text;
  readonly programme: Text;
  readonly meetings: readonly OfficeMeetingView[];
  readonly open: number;
  readonly unanswered: number;
  readonly owed: readonly {
    readonly title: Text;
    readonly due: CalendarDate;
    readonly at: string;
    readonly state: string;
  }[];
}

/** Everything that an office is asked: its meetings in order of time, and in each those for whom it answers */
export function officeView(
  told: AnnouncedToOffice,
  history: ReadonlyMap<string, readonly Answer[]>,
  milestones: readonly Milestone[],
  back: readonly ReadAnswer[],
  now: Date,
): OfficeView {
  const meetings = told.meetings
    .filter((meeting) => meeting.people.length > 0)
    .toSorted((a, b) => a.facts.startsAt.localeCompare(b.facts.startsAt))
    .map(({ meeting, facts, stillTrue, people }): OfficeMeetingView => ({
      facts: factsView(facts, told.cycle.rules.zone),
      state:
        facts.status === 'cancelled'
          ? 'cancelled'
          : new Date(facts.endsAt) <= now
            ? 'over'
            : stillTrue
              ? 'open'
              : 'changing',
      people: people.map(({ attendee, person }) => {
        const post = told.roster.posts.find((p) => p.id === attendee.post);
        const typed = back.find((one) => one.attendeeId === attendee.id)?.typed;
        return {
          name: person.name,
          honorific: person.honorific,
          role: attendee.role,
          post: post?.title ?? null,
          host: told.roster.institutions.find((i) => i.id === post?.institution)?.name ?? null,
          answer: answerView(meeting, attendee, history.get(attendee.id) ?? [], typed),
        };
      }),
    }));
  const open = meetings.filter((meeting) => meeting.state === 'open');
  return {
    office: told.office.name,
    programme: told.cycle.rules.name,
    meetings,
    open: open.length,
    unanswered: open.flatMap((meeting) => meeting.people).filter((person) => !person.answer.answered).length,
    owed: milestones.flatMap((one) => {
      const due = dayDue(one);
      return due ? [{ title: one.title, due, at: one.due.at, state: one.state }] : [];
    }),
  };
}
