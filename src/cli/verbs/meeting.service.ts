import { Refusal } from '../../kernel/refusal.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { changeFaults, MeetingChange } from '../../meetings/meeting-change.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { Meetings } from '../../meetings/meetings.service.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { Attendees } from '../../meetings/attendees.service.ts';
import { meetingRefusals } from '../../meetings/refusals.ts';
import { AnswerForm, faultTexts } from '../../responses/answer.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { Responses } from '../../responses/responses.service.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear, staffOf } from '../chosen-year.service.ts';
import type { Command, Doing, OpenHouse } from '../command.ts';
import type { Given } from '../given.ts';
import { meetingsTable, meetingText, type ShownMeeting } from '../meeting-text.ts';

interface Named {
  readonly house: OpenHouse;
  readonly meeting: Meeting;
}

async function named(command: Command): Promise<Named> {
  const key = command.given.word('KEY');
  const { house, cycle } = await chosenYear(command);
  return { house, meeting: await house.get(MeetingQueries).named(cycle.id, key) };
}

/** A meeting with everybody who is asked and everything that was said */
async function shown(house: OpenHouse, meetingId: string): Promise<ShownMeeting> {
  const queries = house.get(MeetingQueries);
  const meeting = await queries.one(meetingId);
  const seats = await queries.seatsOf([meetingId]);
  const attendees = await queries.attendeesOf([meetingId]);
  const people = new Map((await house.get(RosterQueries).wholeRoster()).people.map((person) => [person.id, person]));
  const answers = await house.get(ResponseQueries).historyOf(attendees.map((attendee) => attendee.id));
  return {
    meeting,
    seats,
    attendees: attendees.map((attendee) => ({
      ...attendee,
      seat: seats.find((seat) => seat.id === attendee.seatId)?.key ?? null,
      name: people.get(attendee.personId)?.name ?? text(attendee.personId, attendee.personId),
      answers: answers.get(attendee.id) ?? [],
    })),
  };
}

async function afterwards({ house, meeting }: Named): Promise<Answer> {
  const now = await shown(house, meeting.id);
  return answer(now, (language) => meetingText(now, language));
}

const list: Doing = async (command) => {
  const { house, cycle } = await chosenYear(command);
  const meetings = await house.get(MeetingQueries).ofCycle(cycle.id);
  return answer(meetings, (language) => meetingsTable(meetings, language));
};

const show: Doing = async (command) => afterwards(await named(command));

const timeFlags = {
  firstDay: 'day',
  lastDay: 'last-day',
  from: 'from',
  to: 'to',
  mode: 'mode',
  onlineUrl: 'online-url',
} as const;
const textFlags = ['place', 'room', 'access', 'note'] as const;

/** What is to change, as far as it can be read without the meeting: texts given in one language keep the other */
function changeIn(given: Given): {
  plain: Record<string, string>;
  texts: Partial<Record<(typeof textFlags)[number], Partial<Text>>>;
} {
  const plain: Record<string, string> = {};
  for (const [field, flag] of Object.entries(timeFlags)) {
    const value = given.text(flag);
    if (value !== undefined) plain[field] = value;
  }
  const texts: Partial<Record<(typeof textFlags)[number], Partial<Text>>> = {};
  for (const field of textFlags) {
    const [ja, en] = [given.text(`${field}-ja`), given.text(`${field}-en`)];
    if (ja !== undefined || en !== undefined)
      texts[field] = { ...(ja === undefined ? {} : { ja }), ...(en === undefined ? {} : { en }) };
  }
  return { plain, texts };
}

function checked(given: Given, change: object): MeetingChange {
  const parsed = MeetingChange.safeParse(change);
  if (parsed.success) return parsed.data;
  for (const field of new Set(parsed.error.issues.map((issue) => String(issue.path[0]))))
    given.fault(changeFaults[field] ?? text('内容を確認してください。', 'Please check this.'));
  return {};
}

const set: Doing = async (command) => {
  const { given, actor } = command;
  const { plain, texts } = changeIn(given);
  const staff = given.text('staff');
  const day = given.oneOf('day-is', ['provisional', 'fixed'] as const);
  const held = day === undefined ? {} : { provisional: day === 'provisional' };
  if (Object.keys({ ...plain, ...texts, ...held }).length === 0 && staff === undefined)
    given.fault(text('何を変えるか、オプションで指定してください。', 'Say what is to change: at least one option.'));
  const blank = { ja: '', en: '' };
  const sample = Object.fromEntries(Object.entries(texts).map(([field, value]) => [field, { ...blank, ...value }]));
  checked(given, { ...plain, ...sample });
  const { house, meeting } = await named(command);
  const whole = Object.fromEntries(
    textFlags.flatMap((field) => (texts[field] ? [[field, { ...meeting[field], ...texts[field] }]] : [])),
  );
  const inCharge =
    staff === undefined ? {} : { staffInCharge: staff === 'none' ? null : (await staffOf(house, staff)).id };
  const change = checked(given, { ...plain, ...whole, ...held, ...inCharge });
  given.done();
  await house.get(Meetings).set(meeting.id, change, actor, meeting.revision);
  return afterwards({ house, meeting });
};

const withMeetings =
  (work: (meetings: Meetings, meetingId: string, command: Command) => Promise<unknown>): Doing =>
  async (command) => {
    const found = await named(command);
    await work(found.house.get(Meetings), found.meeting.id, command);
    return afterwards(found);
  };

const add: Doing = async (command) => {
  const { given, actor } = command;
  const person = given.word('PERSON');
  const seatKey = given.text('seat');
  const side = given.oneOf('side', ['visiting', 'centre'] as const);
  const [ja, en] = [given.text('role-ja'), given.text('role-en')];
  const isText = (value: string | undefined) => value !== undefined && value.trim() !== '' && [...value].length <= 100;
  if ((ja !== undefined || en !== undefined) && !(isText(ja) && isText(en)))
    given.fault(
      text(
        '--role-ja と --role-en は両方を100字以内で指定してください。',
        '--role-ja and --role-en: both, in at most 100 characters.',
      ),
    );
  const [required, online] = [given.on('required'), given.on('online')];
  const { house, meeting } = await named(command);
  const seats = await house.get(MeetingQueries).seatsOf([meeting.id]);
  const seat = seatKey === undefined ? undefined : seats.find((one) => one.key === seatKey);
  if (seatKey !== undefined && !seat) throw Refusal.of(meetingRefusals, 'meetings.no-such-seat');
  await house.get(Attendees).add(
    meeting.id,
    {
      person,
      ...(seat ? { seatId: seat.id } : {}),
      ...(ja !== undefined && en !== undefined ? { role: { ja: ja.trim(), en: en.trim() } } : {}),
      ...(side ? { side } : {}),
      ...(required ? { required } : {}),
      ...(online ? { online } : {}),
    },
    actor,
  );
  return afterwards({ house, meeting });
};

/** Runs a command on the participant that PERSON names */
const withAttendee =
  (work: (found: Named & { attendeeId: string }, command: Command) => Promise<unknown>): Doing =>
  async (command) => {
    const person = command.given.word('PERSON');
    const found = await named(command);
    const attendees = await found.house.get(MeetingQueries).attendeesOf([found.meeting.id]);
    const attendee = attendees.find((one) => one.personId === person);
    if (!attendee) throw Refusal.of(meetingRefusals, 'meetings.unknown-attendee');
    await work({ ...found, attendeeId: attendee.id }, command);
    return afterwards(found);
  };

const answerFlags = {
  lateFrom: 'late-from',
  leavingAt: 'leaving-at',
  proxyName: 'proxy-name',
  proxyTitle: 'proxy-title',
  remarks: 'remarks',
} as const;

/** An answer that staff heard: the same form as on the page, and the same rules */
const record: Doing = (command) => {
  const { given, actor } = command;
  const fields: Record<string, string> = {
    attendance: given.word('ANSWER'),
    accompanying: given.list('accompanying').join('\n'),
  };
  for (const [field, flag] of Object.entries(answerFlags)) {
    const value = given.text(flag);
    if (value !== undefined) fields[field] = value;
  }
  const by = (given.text('by') ?? actor.name).trim();
  if (by === '' || [...by].length > 200)
    given.fault(text('--by は200字以内で指定してください。', '--by: at most 200 characters.'));
  const parsed = AnswerForm.safeParse(fields);
  for (const field of new Set((parsed.error?.issues ?? []).map((issue) => String(issue.path[0])))) {
    const flag = field === 'attendance' ? 'ANSWER' : `--${answerFlags[field as keyof typeof answerFlags] ?? field}`;
    given.fault(
      fill(text('{flag}：{why}', '{flag}: {why}'), {
        flag,
        why: faultTexts[field] ?? text('確認してください。', 'please check.'),
      }),
    );
  }
  return withAttendee(async ({ house, meeting, attendeeId }) => {
    await house.get(Responses).record([{ attendeeId, revision: meeting.revision, given: parsed.data! }], {
      channel: 'staff',
      name: by,
      agent: '',
      actor,
      mayAnswerFor: 'everybody',
    });
  })(command);
};

export const doings: Record<string, Doing> = {
  'meeting list': list,
  'meeting show': show,
  'meeting set': set,
  'meeting free': withMeetings((meetings, id, { actor }) => meetings.set(id, { fixedByStaff: false }, actor)),
  'meeting cancel': withMeetings((meetings, id, { actor }) => meetings.cancel(id, actor)),
  'meeting reinstate': withMeetings((meetings, id, { actor }) => meetings.reinstate(id, actor)),
  'meeting add': add,
  'meeting replace': (command) => {
    const next = command.given.word('NEW');
    return withAttendee(({ house, attendeeId }) => house.get(Attendees).replace(attendeeId, next, command.actor))(
      command,
    );
  },
  'meeting remove': withAttendee(({ house, attendeeId }, { actor }) => house.get(Attendees).remove(attendeeId, actor)),
  'meeting take-part': (command) => {
    const how = command.given.word('HOW');
    if (how !== 'online' && how !== 'on-site')
      command.given.fault(text('online か on-site を指定してください。', 'Say online or on-site.'));
    return withAttendee(({ house, attendeeId }) =>
      house.get(Attendees).takePart(attendeeId, how === 'online', command.actor),
    )(command);
  },
  'meeting answer': record,
};
