import type { Cycle } from '../../cycle/cycle.ts';
import { dayInZone } from '../../kernel/zoned-time.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { holdNames } from '../../reminders/obligation.ts';
import type { Call, ComingMail, ComingReminder, PastReminder } from '../../reminders/reminders.queries.ts';
import { stepsOf } from '../../reminders/reminder.ts';
import { stepText } from '../../reminders/step-words.ts';
import { meetingAddress, milestoneAddress, remindersAddress } from './year-address.ts';

const readerKinds = {
  person: text('本人', 'person'),
  office: text('窓口', 'office'),
  staff: text('担当者', 'staff'),
} satisfies Record<string, Text>;

type About = ComingReminder['about'];

/** Where it is settled: the person at the meeting, where staff answer on their behalf; the deadline */
const hrefOf = ({ meetingId, attendeeId, milestoneId }: About): string | null =>
  milestoneId
    ? milestoneAddress(milestoneId)
    : meetingId
      ? meetingAddress(meetingId, attendeeId ? `/people/${attendeeId}` : '')
      : null;

const aboutView = (about: About) => ({ ...about, href: hrefOf(about) });

/** What will go, by the day on which it goes in the programme's zone */
export function comingView(cycle: Cycle, mails: readonly ComingMail[]) {
  const { zone } = cycle.rules;
  const days = Map.groupBy(mails, (mail) => dayInZone(mail.at, zone));
  return [...days].map(([day, ofDay]) => ({
    day,
    mails: ofDay.map((mail) => ({
      at: mail.at,
      zone: mail.zone,
      elsewhere: mail.zone !== zone,
      to: mail.to && { name: mail.to.name, address: mail.to.address, kind: readerKinds[mail.to.kind] },
      preview: mail.to && remindersAddress(cycle, `/mail?${keysOf(mail)}`),
      held: mail.to !== null && mail.reminders.every((one) => one.hold !== null),
      reminders: mail.reminders.map((one) => ({
        ...one,
        about: aboutView(one.about),
        why: one.hold && holdNames[one.hold],
      })),
    })),
  }));
}

const keysOf = ({ reminders }: ComingMail): string =>
  reminders
    .filter((one) => one.hold === null)
    .map((one) => `key=${encodeURIComponent(one.key)}`)
    .join('&');

const reasons = {
  overtaken: text('次の段階に進んだため送らず', 'not sent: a later step took its place'),
  'too-late': text('遅れすぎたため送らず', 'not sent: too late by then'),
  'by-staff': text('担当者が取りやめ', 'taken out by staff'),
} satisfies Record<string, Text>;
const listed = text('電話リストに載せた', 'put on the telephone list');
const by = text('{what}（{who}）', '{what} ({who})');

export function pastView(cycle: Cycle, past: readonly PastReminder[]) {
  const steps = new Map(stepsOf(cycle).map((step) => [step.id, stepText(cycle.rules, step)]));
  return past.map((one) => {
    const what = one.state === 'listed' ? listed : one.reason ? reasons[one.reason] : null;
    return {
      id: one.id,
      at: one.decidedAt.toISOString(),
      says: steps.get(one.step) ?? text(one.step, one.step),
      about: aboutView(one.about),
      to: one.about.to ?? null,
      by: one.by,
      // the mail's own state where there is one
      mailState: one.state === 'sent' ? (one.mailState ?? 'sent') : null,
      mail: one.mailId && one.mailState ? `/mailbox/out/${one.mailId}` : null,
      what: what && one.by ? fill(by, { what, who: one.by }) : what,
      undoable: one.reason === 'by-staff',
    };
  });
}

/** For the page "today" too */
export const callsView = (calls: readonly Call[]) =>
  calls.map(({ about, telephones, since }) => ({ about: aboutView(about), telephones, since }));

/** The day until which what is to come is listed, unless all of it is asked for */
export const NEAR_DAYS = 14;

export const pauseNames = {
  year: text('年度すべて', 'the whole year'),
  meeting: text('会議', 'meeting'),
  person: text('本人', 'person'),
  office: text('窓口', 'office'),
} satisfies Record<string, Text>;
