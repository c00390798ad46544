import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import type { InvitationFacts } from '../../src/invitations/invitation.ts';
import { sentAfter, type NextMessage, type SentInvitation } from '../../src/invitations/itip.ts';
import { dueMessage, isOver, type Known, type LastMail, type Now } from '../../src/invitations/mail-due.ts';
import { sentOnce, siteVisit } from './sample-facts.ts';

const on = (day: string): InvitationFacts => ({
  ...siteVisit,
  startsAt: `${day}T01:00:00.000Z`,
  endsAt: `${day}T08:00:00.000Z`,
  firstDay: date(day),
  lastDay: date(day),
});
const moved = on('2027-07-16');
const at = '2027-05-01T00:00:00.000Z';
const now = (facts: InvitationFacts | undefined, rehearsing = false): Now => ({
  facts,
  answered: false,
  at,
  rehearsing,
});
const first: SentInvitation = { ...sentOnce(siteVisit), before: null };
const updated: SentInvitation = { ...first, facts: moved, sequence: 1, revision: 1, before: siteVisit };
const known = (sent: SentInvitation, last: LastMail, rehearsal = false): Known => ({ sent, last, rehearsal });
const next = (...given: Parameters<typeof dueMessage>): NextMessage => dueMessage(...given).next;

describe('While the first mail waits', () => {
  it('nothing is to be done, unless something changes: then another takes its place', () => {
    expect(next(known(first, 'waiting'), now(siteVisit))).toEqual({ action: 'nothing' });
    expect(next(known(first, 'waiting'), now(moved))).toEqual({
      action: 'new',
      uid: 'waiting',
      sequence: 0,
      again: false,
    });
    expect(next(known(first, 'waiting'), now({ ...siteVisit, address: 'other@example.org' }))).toMatchObject({
      action: 'new',
      uid: 'waiting',
    });
  });

  it('is taken back where they are not asked any more, and nobody hears of it', () => {
    for (const facts of [undefined, { ...siteVisit, status: 'cancelled' } as const])
      expect(next(known(first, 'waiting'), now(facts))).toEqual({ action: 'withdraw', thenNew: false });
  });
});

describe('While an update waits', () => {
  it('the next one is told against what they know, not against what they never saw', () => {
    const { next: message, base } = dueMessage(known(updated, 'waiting'), now(on('2027-07-23')));
    expect(message).toMatchObject({ action: 'update', sequence: 2 });
    expect(message.action === 'update' && message.changes[0]!.before.ja).toContain('7月9日');
    expect(base!.facts).toEqual(siteVisit);
  });

  it('is taken back where the meeting is again as they know it', () => {
    expect(next(known(updated, 'waiting'), now(siteVisit))).toEqual({ action: 'withdraw', thenNew: false });
    expect(next(known(updated, 'undone'), now(siteVisit))).toEqual({ action: 'nothing' });
  });

  it('a cancellation takes its place where they are not asked any more', () => {
    expect(next(known(updated, 'waiting'), now(undefined))).toMatchObject({ action: 'cancel', sequence: 2 });
  });
});

describe('A mail that was taken back', () => {
  it('was never said: it is due again', () => {
    expect(next(known(first, 'undone'), now(siteVisit))).toMatchObject({ action: 'new', uid: 'waiting', sequence: 0 });
    expect(next(known(updated, 'undone'), now(moved))).toMatchObject({ action: 'update', sequence: 2 });
    expect(next(known(first, 'undone'), now(undefined))).toEqual({ action: 'nothing' });
  });

  it('and was a cancellation leaves the invitation as it was', () => {
    const cancelled: SentInvitation = { ...first, state: 'cancelled', sequence: 1, revision: 1, before: siteVisit };
    expect(isOver({ sent: cancelled, last: 'undone' })).toBe(false);
    expect(next(known(cancelled, 'undone'), now(undefined))).toMatchObject({ action: 'cancel', sequence: 2 });
    expect(next(known(cancelled, 'undone'), now(siteVisit))).toEqual({ action: 'nothing' });
    expect(next(known(cancelled, 'left'), now(siteVisit))).toMatchObject({ action: 'new', uid: 'fresh', again: true });
  });
});

describe('An invitation that was only rehearsed', () => {
  it('goes on as one while the rehearsal does', () => {
    expect(next(known(first, 'left', true), now(siteVisit, true))).toEqual({ action: 'nothing' });
    expect(next(known(first, 'left', true), now(moved, true))).toMatchObject({ action: 'update', sequence: 1 });
  });

  it('is sent in earnest afterwards, in place of the rehearsed entry, also where nothing has changed', () => {
    for (const facts of [siteVisit, moved])
      expect(next(known(first, 'left', true), now(facts))).toEqual({
        action: 'new',
        uid: 'rehearsed',
        sequence: 1,
        again: false,
      });
    expect(next(known(first, 'waiting', true), now(siteVisit))).toMatchObject({ uid: 'waiting', sequence: 0 });
    expect(next(known(updated, 'waiting', true), now(siteVisit))).toMatchObject({ uid: 'rehearsed', sequence: 2 });
  });

  it('is taken out of the calendar where they are not asked any more, or elsewhere', () => {
    expect(next(known(first, 'left', true), now(undefined))).toMatchObject({ action: 'cancel', sequence: 1 });
    expect(next(known(first, 'left', true), now({ ...siteVisit, address: 'other@example.org' }))).toMatchObject({
      action: 'cancel',
      reason: 'address-changed',
      thenNew: true,
    });
  });

  it('leaves nothing to speak of where the rehearsal ended with its cancellation', () => {
    const cancelled: SentInvitation = { ...first, state: 'cancelled', sequence: 1, revision: 1 };
    expect(next(known(cancelled, 'left', true), now(siteVisit))).toEqual({
      action: 'new',
      uid: 'fresh',
      sequence: 0,
      again: false,
    });
  });

  it('is not spoken of once the meeting is over', () => {
    expect(next(known(first, 'left', true), { ...now(siteVisit), at: '2027-07-10T00:00:00Z' })).toEqual({
      action: 'nothing',
    });
  });
});

/** A mailbox with its calendar, to which mails come in the order in which they leave */
function receive(calendar: Map<string, { sequence: number; facts: InvitationFacts } | 'cancelled'>, mail: Mail): void {
  const entry = calendar.get(mail.uid);
  // RFC 5546 §2.1.5, and what tested programs do: nothing may come after a cancellation, and an older number changes nothing
  expect(entry).not.toBe('cancelled');
  if (entry && entry !== 'cancelled') expect(mail.sequence).toBeGreaterThanOrEqual(entry.sequence);
  if (mail.cancel) expect(entry).toBeDefined();
  calendar.set(mail.uid, mail.cancel ? 'cancelled' : { sequence: mail.sequence, facts: mail.facts });
}

interface Mail {
  readonly uid: string;
  readonly sequence: number;
  readonly cancel: boolean;
  readonly facts: InvitationFacts;
}

describe('Whatever staff do, and whenever mail leaves', () => {
  const facts = fc.option(
    fc.record({ day: fc.constantFrom('2027-07-09', '2027-07-16'), room: fc.constantFrom('甲', '乙') }),
    { nil: undefined },
  );
  const step = fc.record({
    facts,
    release: fc.boolean(),
    fate: fc.constantFrom('it leaves', 'it waits', 'staff take it back'),
    rehearsing: fc.boolean(),
  });

  it('in the end the calendar has exactly the one entry that is true, or none', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), facts, (course, last) => {
        const calendar: Parameters<typeof receive>[0] = new Map();
        let invitation: Known | undefined;
        let waiting: Mail | undefined;
        let uids = 0;
        const release = (asked: InvitationFacts | undefined, rehearsing: boolean): boolean => {
          if (invitation?.last === 'waiting') {
            if (next(invitation, now(asked, rehearsing)).action === 'nothing') return false;
            waiting = undefined;
            invitation = { ...invitation, last: 'undone' };
          }
          const { next: message, base } = dueMessage(invitation, now(asked, rehearsing));
          // one that was sent in earnest is only shown in a rehearsal
          if (rehearsing && invitation?.rehearsal === false && !isOver(invitation)) return false;
          if (message.action === 'nothing' || message.action === 'withdraw') return false;
          const uid =
            base && !(message.action === 'new' && message.uid === 'fresh') ? base.uid : `inv-${++uids}@example.org`;
          const sent = sentAfter(uid === base?.uid ? base : undefined, message, asked, {
            uid,
            token: uid,
            messageId: `<${uid}>`,
            at,
          });
          invitation = { sent, last: 'waiting', rehearsal: rehearsing };
          waiting = { uid, sequence: sent.sequence, cancel: message.action === 'cancel', facts: sent.facts };
          return true;
        };
        const leave = () => {
          if (!waiting) return;
          receive(calendar, waiting);
          waiting = undefined;
          invitation = { ...invitation!, last: 'left' };
        };
        const asked = (one: { day: string; room: string } | undefined) =>
          one && { ...on(one.day), room: text(one.room, one.room) };
        for (const { facts: one, release: go, fate, rehearsing } of course) {
          if (go) release(asked(one), rehearsing);
          if (fate === 'it leaves') leave();
          else if (fate === 'staff take it back' && waiting) {
            waiting = undefined;
            invitation = { ...invitation!, last: 'undone' };
          }
        }
        leave();
        for (let turn = 0; release(asked(last), false); turn++) {
          expect(turn).toBeLessThan(2);
          leave();
        }
        const entries = [...calendar.values()].filter((entry) => entry !== 'cancelled').map((entry) => entry.facts);
        expect(entries).toEqual(last ? [asked(last)] : []);
        expect(next(invitation, now(asked(last)))).toEqual({ action: 'nothing' });
      }),
      { numRuns: 1500 },
    );
  });
});
