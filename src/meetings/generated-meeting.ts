import type { GeneratedMeeting } from '../cycle/generated-year.ts';
import type { MeetingActivity } from '../programme/programme.ts';
import type { Roster } from '../roster/roster.ts';
import type { Meeting } from './meeting.ts';

const nothing = { ja: '', en: '' };

/** A meeting of a new year, before it has a day */
export function undatedMeeting(
  row: GeneratedMeeting,
  its: { readonly id: string; readonly cycleId: string; readonly partOf: string | null; readonly zone: string },
  roster: Roster,
  activity: MeetingActivity | undefined,
): Meeting {
  return {
    ...venueOf(row, roster, activity),
    ...its,
    key: row.key,
    activity: row.activity,
    centre: row.centre,
    title: row.title,
    reason: row.reason,
    windowFrom: row.window?.from ?? null,
    windowTo: row.window?.to ?? null,
    halfDays: row.halfDays,
    minutes: row.minutes,
    evaluation: row.evaluation,
    state: 'undated',
    firstDay: null,
    lastDay: null,
    startsAt: null,
    endsAt: null,
    mode: 'on-site',
    onlineUrl: '',
    fixedByStaff: false,
    provisional: false,
    heldFrom: null,
    heldUntil: null,
    note: nothing,
    staffInCharge: null,
    revision: 0,
  };
}

/** At the centre, or where the programme meets; a part without a place of its own is where its whole is */
function venueOf(
  row: GeneratedMeeting,
  roster: Roster,
  activity: MeetingActivity | undefined,
): Pick<Meeting, 'place' | 'room' | 'access'> {
  const centre = roster.centres.find((c) => c.id === row.centre);
  if (activity?.venue === 'programme' || !centre)
    return { place: activity?.place ?? nothing, room: nothing, access: nothing };
  const host = roster.institutions.find((i) => i.id === centre.hosts[0]);
  return {
    place: {
      ja: [host?.name.ja, centre.name.ja, centre.building.ja].filter(Boolean).join(' '),
      en: [centre.building.en, centre.name.en, host?.name.en].filter(Boolean).join(', '),
    },
    room: centre.room,
    access: centre.access,
  };
}
