import type { Text } from '../kernel/text.ts';
import type { Office } from '../roster/roster.ts';
import { changesBetween, type Change } from './change.ts';
import type { InvitationFacts, MeetingFacts } from './invitation.ts';
import type { OfficeMeeting, OfficePerson } from './office-letter.ts';

type Who = Pick<InvitationFacts, 'personId' | 'name' | 'honorific' | 'post' | 'seat' | 'required'> & {
  readonly ownMail: boolean;
  /** Parts of the meeting for which they leave the room */
  readonly recused?: Text;
};

/** One meeting as an office was told of it, with those of its people who were asked then. Plain JSON. */
export interface OfficeTold {
  readonly facts: MeetingFacts;
  readonly people: readonly Who[];
}

/** What an office has to be told now: everything that differs from what it was last told. Empty: nothing. */
export function officeNews(office: Office, told: readonly OfficeTold[], now: readonly OfficeTold[]): OfficeMeeting[] {
  const before = new Map(told.map((meeting) => [meeting.facts.meetingId, meeting]));
  const after = new Map(now.map((meeting) => [meeting.facts.meetingId, meeting]));
  const news: OfficeMeeting[] = [];
  for (const meeting of now) {
    const was = before.get(meeting.facts.meetingId);
    const changes = was ? changesOf(was, meeting, office) : [];
    const cancelled = meeting.facts.status === 'cancelled';
    // a meeting that was cancelled before the office ever heard of it is no news
    if (cancelled && (!was || was.facts.status === 'cancelled')) continue;
    const people = peopleOf(was, meeting, changes.length > 0);
    if (changes.length > 0 || people.some((person) => person.action !== 'unchanged'))
      news.push({ facts: meeting.facts, changes, people });
  }
  for (const was of told)
    if (!after.has(was.facts.meetingId) && was.facts.status !== 'cancelled' && was.people.length > 0)
      news.push({
        facts: was.facts,
        changes: [],
        people: was.people.map((who) => ({ ...who, action: 'removed' as const })),
      });
  return news.toSorted((a, b) => a.facts.startsAt.localeCompare(b.facts.startsAt));
}

const changesOf = (was: OfficeTold, now: OfficeTold, office: Office): readonly Change[] =>
  changesBetween(
    { ...was.facts, readerZone: was.facts.zone },
    { ...now.facts, readerZone: now.facts.zone },
    office.language,
  ).filter((change) => change.what !== 'answer-by');

function peopleOf(was: OfficeTold | undefined, now: OfficeTold, changed: boolean): OfficePerson[] {
  const known = new Map(was?.people.map((who) => [who.personId, who]));
  const asked = new Set(now.people.map((who) => who.personId));
  return [
    ...now.people.map((who) => ({
      ...who,
      action: actionOf(known.get(who.personId), who, changed),
    })),
    ...(was?.people ?? [])
      .filter((who) => !asked.has(who.personId))
      .map((who) => ({ ...who, action: 'removed' as const })),
  ];
}

function actionOf(was: Who | undefined, who: Who, changed: boolean): OfficePerson['action'] {
  if (!was) return 'new';
  return changed || was.recused?.ja !== who.recused?.ja ? 'changed' : 'unchanged';
}
