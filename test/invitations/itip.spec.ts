import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import type { InvitationFacts } from '../../src/invitations/invitation.ts';
import { nextMessage, sentAfter, type NextMessage, type SentInvitation } from '../../src/invitations/itip.ts';
import { overseas, sentOnce, siteVisit } from './sample-facts.ts';

const unanswered = { answered: false };
const answered = { answered: true };
const sent = sentOnce(siteVisit);
const moved: InvitationFacts = {
  ...siteVisit,
  startsAt: '2027-07-16T01:00:00.000Z',
  endsAt: '2027-07-16T08:00:00.000Z',
  firstDay: date('2027-07-16'),
  lastDay: date('2027-07-16'),
};
const whatChanged = (message: NextMessage) =>
  message.action === 'update' ? message.changes.map((change) => change.what) : [];

describe('Somebody who was never invited', () => {
  it('gets a new invitation with a UID of its own when they are asked', () => {
    expect(nextMessage(undefined, siteVisit, unanswered)).toEqual({
      action: 'new',
      uid: 'fresh',
      sequence: 0,
      again: false,
    });
  });

  it.each([
    ['not asked', undefined],
    ['asked to a cancelled meeting', { ...siteVisit, status: 'cancelled' } as const],
    ['reached only through an office', { ...siteVisit, reach: 'office', address: null } as const],
  ])('gets nothing when %s', (_, now) => {
    expect(nextMessage(undefined, now, unanswered)).toEqual({ action: 'nothing' });
  });
});

describe('Somebody who was invited', () => {
  it('gets nothing where nothing is different, however the same is written', () => {
    const { meetingId, ...rest } = siteVisit;
    const same = {
      ...rest,
      meetingId,
      startsAt: '2027-07-09T10:00:00+09:00',
      place: text(`${siteVisit.place.ja} `, siteVisit.place.en),
    };
    expect(nextMessage(sent, same, unanswered)).toEqual({ action: 'nothing' });
    expect(nextMessage(sent, same, answered)).toEqual({ action: 'nothing' });
  });

  it('is asked again with a higher SEQUENCE when the time changes, also after an answer (C1, C4)', () => {
    for (const standing of [unanswered, answered]) {
      expect(nextMessage(sent, moved, standing)).toEqual({
        action: 'update',
        sequence: 1,
        sequenceBump: true,
        answered: standing.answered,
        answerKept: false,
        changes: [
          {
            what: 'time',
            label: text('日時', 'Date and time'),
            before: text('2027年7月9日(金) 10:00～17:00（日本時間）', 'Fri 9 July 2027, 10:00–17:00 (Japan time)'),
            after: text('2027年7月16日(金) 10:00～17:00（日本時間）', 'Fri 16 July 2027, 10:00–17:00 (Japan time)'),
          },
        ],
      });
    }
  });

  it.each<[string, Partial<InvitationFacts>, string]>([
    ['the place', { place: text('京都大学 本部棟', 'Main building, Kyoto University') }, 'place'],
    ['the mode', { mode: 'hybrid' }, 'mode'],
    ['the status', { status: 'hold' }, 'status'],
    ['the form', { form: 'whole-days' }, 'time'],
    [
      'the hours of one of the days',
      { dailyHours: [{ startsAt: siteVisit.startsAt, endsAt: '2027-07-09T07:00:00Z' }] },
      'time',
    ],
  ])('is asked again after an answer when %s changes (C1)', (_, change, what) => {
    const message = nextMessage(sent, { ...siteVisit, ...change }, answered);
    expect(message).toMatchObject({ action: 'update', sequence: 1, sequenceBump: true, answerKept: false });
    expect(whatChanged(message)).toContain(what);
  });

  it.each<[string, Partial<InvitationFacts>, string]>([
    ['the room', { room: text('3階 小会議室', 'Small conference room, 3rd floor') }, 'room'],
    ['the title', { title: text('ICReDD 現地視察', 'Visit to ICReDD') }, 'title'],
    ['the way there', { access: text('タクシー乗り場から3分', '3 minutes from the taxis') }, 'access'],
    ['what they come as', { required: false }, 'seat'],
    ['a note', { extras: [{ label: text('服装', 'Dress'), value: text('平服', 'informal') }] }, 'text'],
  ])(
    'keeps their answer, and the SEQUENCE, when only %s changes; who has not answered gets a higher one (C2)',
    (_, change, what) => {
      const now = { ...siteVisit, ...change };
      expect(nextMessage(sent, now, answered)).toMatchObject({
        action: 'update',
        sequence: 0,
        sequenceBump: false,
        answerKept: true,
      });
      expect(nextMessage(sent, now, unanswered)).toMatchObject({
        action: 'update',
        sequence: 1,
        sequenceBump: true,
        answerKept: false,
      });
      expect(whatChanged(nextMessage(sent, now, answered))).toEqual([what]);
    },
  );

  it('hears of a new link only where they join by it', () => {
    const link = { onlineUrl: 'https://meet.example.org/b' };
    expect(nextMessage(sent, { ...siteVisit, ...link }, answered)).toEqual({ action: 'nothing' });
    const online = { ...siteVisit, mode: 'online', onlineUrl: 'https://meet.example.org/a' } as const;
    expect(whatChanged(nextMessage(sentOnce(online), { ...online, ...link }, answered))).toEqual(['online-link']);
  });

  it('who is online hears nothing of another room', () => {
    const online = { ...siteVisit, mode: 'online' } as const;
    expect(
      nextMessage(
        sentOnce(online),
        { ...online, room: text('別室', 'elsewhere'), place: text('東京', 'Tokyo') },
        answered,
      ),
    ).toEqual({
      action: 'nothing',
    });
  });

  it('hears of a later deadline only while they have not answered', () => {
    const now = { ...siteVisit, answerBy: '2027-06-08T08:00:00Z' };
    expect(nextMessage(sent, now, answered)).toEqual({ action: 'nothing' });
    expect(whatChanged(nextMessage(sent, now, unanswered))).toEqual(['answer-by']);
  });

  it('hears nothing of a corrected translation that they do not read', () => {
    const now = { ...siteVisit, place: text(siteVisit.place.ja, 'Institute for Creative Research') };
    expect(nextMessage(sent, now, unanswered)).toEqual({ action: 'nothing' });
    expect(whatChanged(nextMessage(sentOnce(overseas), { ...overseas, place: now.place }, unanswered))).toEqual([
      'place',
    ]);
  });

  it('hears nothing of another person in charge, or of another spelling of their own name', () => {
    const now = {
      ...siteVisit,
      name: text('架空 太朗', 'Taro Kaku'),
      staffInCharge: { ...siteVisit.staffInCharge, telephone: '03-0000-0001' },
    };
    expect(nextMessage(sent, now, unanswered)).toEqual({ action: 'nothing' });
  });

  it('gets a cancellation with the next SEQUENCE when the meeting is cancelled, and another when only they are not asked (C6)', () => {
    const twice = { ...sent, sequence: 3 };
    expect(nextMessage(twice, { ...moved, status: 'cancelled' }, answered)).toEqual({
      action: 'cancel',
      reason: 'meeting-cancelled',
      sequence: 4,
      thenNew: false,
    });
    expect(nextMessage(twice, undefined, answered)).toEqual({
      action: 'cancel',
      reason: 'person-removed',
      sequence: 4,
      thenNew: false,
    });
  });

  it('is cancelled at the old address and invited anew at the new one (C10)', () => {
    expect(nextMessage(sent, { ...siteVisit, address: 'kaku@example.org' }, answered)).toEqual({
      action: 'cancel',
      reason: 'address-changed',
      sequence: 1,
      thenNew: true,
    });
    expect(nextMessage(sent, { ...siteVisit, address: 'Taro.Kaku@EXAMPLE.org' }, answered)).toEqual({
      action: 'nothing',
    });
  });

  it('is only cancelled where from now on an office is written to', () => {
    expect(nextMessage(sent, { ...siteVisit, reach: 'office', address: null }, answered)).toMatchObject({
      action: 'cancel',
      reason: 'address-changed',
      thenNew: false,
    });
  });

  it('hears nothing any more once the meeting is over, but does where it was moved into the future', () => {
    const at = '2027-07-10T00:00:00Z';
    expect(nextMessage(sent, undefined, { answered: true, at })).toEqual({ action: 'nothing' });
    expect(nextMessage(sent, { ...siteVisit, room: text('別室', 'elsewhere') }, { answered: true, at })).toEqual({
      action: 'nothing',
    });
    expect(nextMessage(undefined, siteVisit, { answered: false, at })).toEqual({ action: 'nothing' });
    expect(nextMessage(sent, moved, { answered: true, at }).action).toBe('update');
    expect(nextMessage(sent, undefined, { answered: true, at: '2027-07-09T07:59:59Z' }).action).toBe('cancel');
  });
});

describe('Where nothing has left yet', () => {
  const waiting: SentInvitation = { ...sent, state: 'waiting' };

  it('a removed person hears nothing: what waits is taken back (C8)', () => {
    expect(nextMessage(waiting, undefined, unanswered)).toEqual({ action: 'withdraw', thenNew: false });
    expect(nextMessage(waiting, { ...siteVisit, status: 'cancelled' }, unanswered)).toEqual({
      action: 'withdraw',
      thenNew: false,
    });
  });

  it('a changed meeting replaces what waits, and another address takes it back', () => {
    expect(nextMessage(waiting, moved, unanswered)).toEqual({
      action: 'new',
      uid: 'waiting',
      sequence: 0,
      again: false,
    });
    expect(nextMessage(waiting, { ...siteVisit, address: 'kaku@example.org' }, unanswered)).toEqual({
      action: 'withdraw',
      thenNew: true,
    });
    expect(nextMessage(waiting, siteVisit, unanswered)).toEqual({ action: 'nothing' });
  });
});

describe('After a cancellation', () => {
  const over: SentInvitation = { ...sent, sequence: 1, state: 'cancelled' };

  it('who is asked again gets a fresh UID, never the old one (C9)', () => {
    expect(nextMessage(over, siteVisit, unanswered)).toEqual({ action: 'new', uid: 'fresh', sequence: 0, again: true });
  });

  it('nobody is cancelled twice', () => {
    expect(nextMessage(over, undefined, unanswered)).toEqual({ action: 'nothing' });
  });

  it('what was taken back before anybody saw it is not spoken of again', () => {
    expect(nextMessage({ ...over, state: 'withdrawn' }, siteVisit, unanswered)).toMatchObject({
      action: 'new',
      again: false,
    });
  });
});

describe('Any course of events', () => {
  const facts = fc.option(
    fc.record({
      startsAt: fc.constantFrom('2027-07-09T01:00:00Z', '2027-07-09T02:00:00Z'),
      place: fc.constantFrom(text('甲', 'A'), text('乙', 'B')),
      title: fc.constantFrom(text('見本', 'Sample'), text('見本会議', 'Sample meeting')),
      address: fc.constantFrom('a@example.org', 'b@example.org', null),
      status: fc.constantFrom('fixed' as const, 'hold' as const, 'cancelled' as const),
      mode: fc.constantFrom('on-site' as const, 'online' as const),
    }),
    { nil: undefined },
  );

  it('keeps the order of RFC 5546: numbers only rise, nothing follows a cancellation, and a message said is said', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(facts, fc.boolean()), { maxLength: 30 }), (course) => {
        const numbers = new Map<string, number>();
        const over = new Set<string>();
        let state: SentInvitation | undefined;
        let fresh = 0;
        for (const [partial, hasAnswered] of course) {
          const now = partial && { ...siteVisit, ...partial };
          for (let turn = 0; turn < 3; turn++) {
            const message = nextMessage(state, now, { answered: hasAnswered });
            if (message.action === 'nothing') break;
            expect(turn).toBeLessThan(2);
            if (message.action === 'withdraw') throw new Error('nothing waits here');
            const uid = message.action === 'new' ? `inv-${++fresh}@example.org` : state!.uid;
            expect(over.has(uid)).toBe(false);
            const before = numbers.get(uid) ?? -1;
            const mayStay = message.action === 'update' && message.answerKept;
            expect(message.sequence).toBe(mayStay ? before : before + 1);
            numbers.set(uid, message.sequence);
            if (message.action === 'cancel') over.add(uid);
            const kept = message.action === 'cancel' ? state!.facts : now;
            state = sentAfter(state, message, now, {
              uid,
              token: uid,
              messageId: `<${fresh}.${turn}@example.org>`,
              at: '2027-05-01T00:00:00Z',
            });
            expect(state.facts).toEqual(kept);
          }
          expect(nextMessage(state, now, { answered: hasAnswered })).toEqual({ action: 'nothing' });
        }
      }),
      { numRuns: 500 },
    );
  });
});
