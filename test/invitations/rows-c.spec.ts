import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../src/clock/clock.service.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Cycle } from '../../src/cycle/cycle.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import { unfold } from '../../src/invitations/calendar-lines.ts';
import { lintCalendar } from '../../src/invitations/calendar-lint.ts';
import type { InvitationFacts } from '../../src/invitations/invitation.ts';
import {
  nextMessage,
  sentAfter,
  type NextMessage,
  type SentInvitation,
  type Standing,
} from '../../src/invitations/itip.ts';
import { Letters } from '../../src/invitations/letters.service.ts';
import { dueMessage } from '../../src/invitations/mail-due.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { compose } from '../../src/mail/mime.ts';
import { letterhead, sentOnce, siteVisit } from './sample-facts.ts';

/** How revisions and cancellations follow each other, one test for each rule */
const config = readConfig({ MAIL_DOMAIN: 'visits.example.org', BASE_URL: 'https://meguri.example.org' });
const clock = new FixedClock('2027-05-06T00:00:00Z');
const letters = new Letters(config, new MailTemplates(), clock);
const cycle = { sample: true, rules: { name: letterhead.programme, secretariat: letterhead.secretariat } } as Cycle;
const sent = { ...sentOnce(siteVisit), sequence: 4, revision: 4 };
const moved: InvitationFacts = {
  ...siteVisit,
  startsAt: '2027-07-16T01:00:00.000Z',
  endsAt: '2027-07-16T08:00:00.000Z',
  firstDay: date('2027-07-16'),
  lastDay: date('2027-07-16'),
};
const otherText: InvitationFacts = { ...siteVisit, room: text('別室', 'Annex') };
const unanswered = { answered: false };
const answered = { answered: true };
const standings: readonly Standing[] = [unanswered, answered, { answered: false, answeredBefore: true }];

/** The calendar of the mail that follows, sent at the clock's time */
function calendarOf(message: NextMessage, facts: InvitationFacts): readonly string[] {
  if (message.action === 'nothing' || message.action === 'withdraw') throw new Error('nothing is sent');
  const numbered = {
    invitationId: 'invitation-1',
    token: sent.token,
    uid: sent.uid,
    revision: sent.revision + 1,
    createdAt: sent.createdAt,
  };
  const mail = letters.invitation(cycle, message, facts, numbered, 'mihon');
  expect(lintCalendar(mail.calendar!.content)).toEqual([]);
  return unfold(mail.calendar!.content);
}
const handed = {
  uid: 'inv-new@visits.example.org',
  token: 'new',
  messageId: '<m@visits.example.org>',
  at: sent.createdAt,
};

describe('Revisions', () => {
  it.each<[string, Partial<InvitationFacts>]>([
    ['the beginning', moved],
    ['the end', { endsAt: '2027-07-09T09:00:00.000Z' }],
    ['the status: held days are fixed', { status: 'hold' }],
    ['the form, from hours to whole days', { form: 'whole-days' }],
    ['the place', { place: text('京都大学', 'Kyoto University') }],
    ['the mode', { mode: 'online' }],
  ])('C1: have the next SEQUENCE where they change %s, and ask everybody again', (_, change) => {
    for (const standing of standings)
      expect(nextMessage(sent, { ...siteVisit, ...change }, standing)).toMatchObject({
        action: 'update',
        sequence: 5,
        sequenceBump: true,
        answerKept: false,
        answered: standing.answered || standing.answeredBefore === true,
      });
  });

  it('C2: of the text only keep the SEQUENCE, and the answer, of who has answered, and raise it for who has not', () => {
    expect(nextMessage(sent, otherText, answered)).toMatchObject({ sequence: 4, answerKept: true });
    expect(nextMessage(sent, otherText, unanswered)).toMatchObject({ sequence: 5, answerKept: false });
    const lines = calendarOf(nextMessage(sent, otherText, answered), otherText);
    expect(lines).toEqual(
      expect.arrayContaining(['SEQUENCE:4', 'DTSTAMP:20270506T000000Z', 'LAST-MODIFIED:20270506T000000Z']),
    );
  });

  it('C3: are stamped with the time at which they are sent, later than any answer to the one before', () => {
    clock.set('2027-05-20T03:04:05Z');
    const lines = calendarOf(nextMessage(sent, otherText, answered), otherText);
    clock.set('2027-05-06T00:00:00Z');
    expect(lines).toEqual(
      expect.arrayContaining([
        'DTSTAMP:20270520T030405Z',
        'LAST-MODIFIED:20270520T030405Z',
        'CREATED:20270420T010000Z',
      ]),
    );
  });

  it('C3: that keep the SEQUENCE are stamped anew when they leave, since an answer may come while they wait', () => {
    const numbered = { invitationId: 'i', token: 't', uid: sent.uid, revision: 5, createdAt: sent.createdAt };
    const stamped = (facts: InvitationFacts, standing: Standing) =>
      letters.invitation(cycle, nextMessage(sent, facts, standing) as never, facts, numbered, 'mihon').stampedWhenSent;
    expect([stamped(otherText, answered), stamped(otherText, unanswered), stamped(moved, answered)]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('C4: that move a meeting never keep the SEQUENCE', () => {
    for (const standing of standings)
      for (const now of [moved, { ...moved, room: otherText.room }, { ...moved, zone: 'Europe/Paris' }])
        expect(nextMessage(sent, now, standing)).toMatchObject({ sequence: 5, sequenceBump: true });
  });

  it('C5: are the same bytes whenever the same revision is written', async () => {
    const message = nextMessage(sent, moved, unanswered);
    expect(calendarOf(message, moved)).toEqual(calendarOf(message, moved));
    const numbered = { invitationId: 'i', token: 't', uid: letters.uidOf('t'), revision: 5, createdAt: sent.createdAt };
    const write = () => compose(letters.invitation(cycle, message as never, moved, numbered, 'mihon'));
    expect((await write()).equals(await write())).toBe(true);
  });
});

describe('Cancellations', () => {
  const reasons: [string, InvitationFacts | undefined][] = [
    ['the meeting is cancelled', { ...siteVisit, status: 'cancelled' }],
    ['they are not asked any more', undefined],
    ['they are written to elsewhere', { ...siteVisit, address: 'new@example.org' }],
  ];

  it.each(reasons)('C6: have the next SEQUENCE, the same UID and ORGANIZER and one attendee where %s', (_, now) => {
    for (const standing of standings) {
      const message = nextMessage(sent, now, standing);
      expect(message).toMatchObject({ action: 'cancel', sequence: 5 });
      const lines = calendarOf(message, sent.facts);
      const request = calendarOf(nextMessage(sent, otherText, unanswered), otherText);
      const same = (name: string) => lines.find((line) => line.startsWith(name));
      expect(lines).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'SEQUENCE:5', `UID:${sent.uid}`]));
      for (const name of ['ORGANIZER', 'DTSTART', 'DTEND', 'SUMMARY'])
        expect(same(name)).toBe(request.find((line) => line.startsWith(name)));
      expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(1);
    }
  });

  it.each(reasons)('C7: are CANCELLED as a whole where %s, since the UID is of one person', (_, now) => {
    expect(calendarOf(nextMessage(sent, now, answered), sent.facts)).toContain('STATUS:CANCELLED');
  });

  it('C8: are only sent where a request may have arrived: what waits is taken back', () => {
    const at = '2027-05-06T00:00:00Z';
    const now = { facts: undefined, answered: false, at, rehearsing: false };
    const due = (last: 'waiting' | 'left' | 'undone') =>
      dueMessage({ sent: sentOnce(siteVisit), last, rehearsal: false }, now).next.action;
    expect([due('left'), due('waiting'), due('undone')]).toEqual(['cancel', 'withdraw', 'nothing']);
  });

  it('C9: are the last of their UID: who is asked again gets another, and nothing older is sent after', () => {
    const cancel = nextMessage(sent, undefined, answered);
    if (cancel.action !== 'cancel') throw new Error('they are cancelled');
    const over: SentInvitation = sentAfter(sent, cancel, undefined, handed);
    for (const standing of standings) {
      expect(nextMessage(over, undefined, standing)).toEqual({ action: 'nothing' });
      expect(nextMessage(over, moved, standing)).toEqual({ action: 'new', uid: 'fresh', sequence: 0, again: true });
    }
    // an update that waits gives way to the cancellation, which follows what its reader has seen
    const waiting = { sent: { ...sent, sequence: 5, before: siteVisit, facts: moved }, last: 'waiting' } as const;
    const now = { facts: undefined, answered: false, at: '2027-05-06T00:00:00Z', rehearsing: false };
    const { next, base } = dueMessage({ ...waiting, rehearsal: false }, now);
    expect([next, base!.facts]).toEqual([
      { action: 'cancel', reason: 'person-removed', sequence: 6, thenNew: false },
      siteVisit,
    ]);
  });

  it('C10: go to the old address, and a new invitation with an own UID to the new one; the organizer stays', () => {
    const now = { ...siteVisit, address: 'kaku.new@example.org' };
    const cancel = nextMessage(sent, now, answered);
    expect(cancel).toEqual({ action: 'cancel', reason: 'address-changed', sequence: 5, thenNew: true });
    expect(calendarOf(cancel, sent.facts).find((line) => line.startsWith('ATTENDEE'))).toContain(
      ':mailto:taro.kaku@example.org',
    );
    expect(nextMessage(undefined, now, unanswered)).toMatchObject({ action: 'new', uid: 'fresh', sequence: 0 });
    // no message can change the organizer: it is the address of the token, which a UID keeps
    expect(sentAfter(sent, nextMessage(sent, moved, answered) as never, moved, handed)).toMatchObject({
      token: sent.token,
      uid: sent.uid,
    });
  });

  it('C11: never take single events out of a series: every day that is cancelled alone has a UID of its own', () => {
    const lines = calendarOf(nextMessage(sent, undefined, answered), sent.facts);
    expect(lines.filter((line) => /^(RECURRENCE-ID|RRULE|EXDATE)/.test(line))).toEqual([]);
    const withInstance = lines.flatMap((line) =>
      line.startsWith('UID') ? [line, 'RECURRENCE-ID:20270709T010000Z'] : line,
    );
    expect(lintCalendar(`${withInstance.join('\r\n')}\r\n`).join()).toContain('RECURRENCE-ID does not belong here');
  });
});
