import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import { writeCalendar } from '../../src/invitations/calendar-object.ts';
import { factsOfDay } from '../../src/invitations/day-entries.ts';
import type { InvitationFacts } from '../../src/invitations/invitation.ts';
import { nextMessage, type SentInvitation } from '../../src/invitations/itip.ts';
import { composeInvitationMail } from '../../src/invitations/mail-text.ts';
import type { MailSources, RenderedMail } from '../../src/mail/mail-template.ts';
import { answerUrl, letterhead, organizer, overseas, president, sentOnce, siteVisit } from './sample-facts.ts';

export interface GoldenCase {
  readonly sent?: SentInvitation;
  readonly now: InvitationFacts | undefined;
  readonly answered?: boolean;
}

const moved = {
  startsAt: '2027-07-16T01:00:00.000Z',
  endsAt: '2027-07-16T08:00:00.000Z',
  firstDay: date('2027-07-16'),
  lastDay: date('2027-07-16'),
  answerBy: '2027-06-08T08:00:00.000Z',
};
const kyoto = {
  place: text('京都大学 本部棟', 'Main building, Kyoto University'),
  room: text('2階 会議室', 'Meeting room, 2nd floor'),
  access: text('市バス 百万遍 徒歩5分', '5 minutes on foot from the bus stop Hyakumanben'),
};
const online = { mode: 'online', onlineUrl: 'https://meet.example.org/j/0000-mihon?pwd=a,b;c' } as const;
const dress = {
  extras: [
    { label: text('服装', 'Dress'), value: text('クールビズにてお越しください。', 'Informal; no tie is needed.') },
  ],
};
const twoDays = {
  endsAt: '2027-07-10T06:00:00.000Z',
  lastDay: date('2027-07-10'),
  form: 'whole-days',
  dailyHours: [
    { startsAt: '2027-07-09T01:00:00.000Z', endsAt: '2027-07-09T08:00:00.000Z' },
    { startsAt: '2027-07-10T00:30:00.000Z', endsAt: '2027-07-10T06:00:00.000Z' },
  ],
} as const;
/** One of the two days, as a programme announces it that wants an invitation for each */
const dayOf = (whole: InvitationFacts, part: number): InvitationFacts =>
  factsOfDay(
    whole,
    twoDays.dailyHours.map((span, index) => ({ day: [whole.firstDay, whole.lastDay][index]!, ...span })),
    part,
  )!;
const cancelledBefore: SentInvitation = { ...sentOnce(siteVisit), sequence: 1, revision: 1, state: 'cancelled' };

const aimec = {
  meetingId: '00000000-0000-4000-8000-000000000002',
  title: text('AIMEC サイトビジット', 'Site visit to AIMEC'),
  place: text('東北大学 青葉山キャンパス', 'Aobayama Campus, Tohoku University'),
  room: text('管理棟 3階', 'Administration building, 3rd floor'),
  access: text('地下鉄東西線 青葉山駅 徒歩3分', '3 minutes on foot from Aobayama station, Tozai line'),
};
const tohokuExecutive: InvitationFacts = {
  ...president,
  ...aimec,
  personId: 'mihon-jiro',
  address: 'secretary.tohoku@example.org',
  name: text('見本 二郎', 'Jiro Mihon'),
  post: text('東北大学理事（研究担当）', 'Executive Vice President for Research, Tohoku University'),
  seat: text('ホスト機関の長または役員（東北大学）', 'Head or executive of the host (Tohoku University)'),
};
const jamstecExecutive: InvitationFacts = {
  ...tohokuExecutive,
  personId: 'kaku-saburo',
  reach: 'own',
  address: 'saburo.kaku@example.org',
  name: text('架空 三郎', 'Saburo Kaku'),
  post: text('海洋研究開発機構理事', 'Executive Director, JAMSTEC'),
  seat: text('ホスト機関の長または役員（海洋研究開発機構）', 'Head or executive of the host (JAMSTEC)'),
};
const committee: InvitationFacts = {
  ...overseas,
  meetingId: '00000000-0000-4000-8000-000000000003',
  title: text('第1回プログラム委員会', 'Program Committee, first meeting'),
  startsAt: '2027-10-20T00:00:00.000Z',
  endsAt: '2027-10-20T09:00:00.000Z',
  firstDay: date('2027-10-20'),
  lastDay: date('2027-10-20'),
  mode: 'hybrid',
  onlineUrl: 'https://meet.example.org/j/committee-mihon',
  place: text('東京都千代田区 見本会館', 'Mihon Kaikan, Chiyoda, Tokyo'),
  room: text('大ホール', 'Main hall'),
  access: text('', ''),
  readerZone: 'America/New_York',
  seat: text('プログラム委員', 'Member of the committee'),
  extras: [
    {
      label: text('次第', 'Programme'),
      value: text(
        '10月20日(水) 10:00 ICReDD ヒアリング\n10月20日(水) 10:45 ASHBi ヒアリング（ご退席いただきます）',
        'Wed 20 Oct, 10:00 Hearing of ICReDD\nWed 20 Oct, 10:45 Hearing of ASHBi (you are asked to leave the room)',
      ),
    },
  ],
};

const tohokuInEnglish: InvitationFacts = { ...tohokuExecutive, language: 'en', honorific: text('様', 'Dr.') };
const jamstecInEnglish: InvitationFacts = { ...jamstecExecutive, language: 'en', honorific: text('様', 'Dr.') };
/** The same committee to somebody who stays in the room for all of it */
const inAllSlots = {
  extras: [
    {
      label: text('次第', 'Programme'),
      value: text(
        '10月20日(水) 10:00 ICReDD ヒアリング\n10月20日(水) 10:45 ASHBi ヒアリング',
        'Wed 20 Oct, 10:00 Hearing of ICReDD\nWed 20 Oct, 10:45 Hearing of ASHBi',
      ),
    },
  ],
};
const inJapan = { language: 'ja', readerZone: 'Asia/Tokyo' } as const;

const held = { status: 'hold', hoursToFollow: true, form: 'whole-days', answerBy: null } as const;

/** What somebody was last sent, and what is true now: one golden mail for each */
export const goldenCases: Readonly<Record<string, GoldenCase>> = {
  'new-ja': { now: siteVisit },
  'new-en-overseas': { now: overseas },
  'new-ja-secretary': { now: president },
  'new-en-secretary': { now: { ...president, language: 'en' } },
  'new-en-optional-without-deadline': { now: { ...overseas, required: false, answerBy: null } },
  'new-ja-optional-without-deadline': { now: { ...siteVisit, required: false, answerBy: null } },
  'hold-ja': { now: { ...siteVisit, ...held } },
  'hold-en': { now: { ...overseas, ...held } },
  'hold-moved-ja': {
    sent: sentOnce({ ...siteVisit, ...held }),
    now: { ...siteVisit, ...moved, ...held },
    answered: true,
  },
  'hold-moved-en': { sent: sentOnce({ ...overseas, ...held }), now: { ...overseas, ...moved, ...held } },
  'hold-then-fixed-en': { sent: sentOnce({ ...overseas, ...held }), now: overseas, answered: true },
  'hold-then-fixed-on-another-day-ja': {
    sent: sentOnce({ ...siteVisit, ...held }),
    now: { ...siteVisit, ...moved },
    answered: true,
  },
  'hold-then-fixed-on-another-day-en': { sent: sentOnce({ ...overseas, ...held }), now: { ...overseas, ...moved } },
  'hold-then-fixed-ja': { sent: sentOnce({ ...siteVisit, ...held }), now: siteVisit, answered: true },
  'moved-ja-answered': { sent: sentOnce(siteVisit), now: { ...siteVisit, ...moved }, answered: true },
  'moved-en-unanswered': { sent: sentOnce(overseas), now: { ...overseas, ...moved } },
  'moved-ja-unanswered': { sent: sentOnce(siteVisit), now: { ...siteVisit, ...moved } },
  'moved-en-answered': { sent: sentOnce(overseas), now: { ...overseas, ...moved }, answered: true },
  'place-changed-ja': { sent: sentOnce(siteVisit), now: { ...siteVisit, ...kyoto }, answered: true },
  'place-changed-en': { sent: sentOnce(overseas), now: { ...overseas, ...kyoto }, answered: true },
  'text-only-ja-answered': { sent: sentOnce(siteVisit), now: { ...siteVisit, ...dress }, answered: true },
  'text-only-ja-unanswered': { sent: sentOnce(siteVisit), now: { ...siteVisit, ...dress } },
  'text-only-en-answered': { sent: sentOnce(overseas), now: { ...overseas, ...dress }, answered: true },
  'text-only-en-unanswered': { sent: sentOnce(overseas), now: { ...overseas, ...dress } },
  'online-ja': { sent: sentOnce(siteVisit), now: { ...siteVisit, ...online }, answered: true },
  'online-en': { sent: sentOnce(overseas), now: { ...overseas, ...online } },
  'person-removed-ja': { sent: sentOnce(siteVisit), now: undefined, answered: true },
  'person-removed-en': { sent: sentOnce(overseas), now: undefined },
  'address-changed-ja': { sent: sentOnce(siteVisit), now: { ...siteVisit, address: 'kaku.new@example.org' } },
  'address-changed-en': { sent: sentOnce(overseas), now: { ...overseas, address: 'mihon.new@example.org' } },
  'address-changed-to-office-ja': { sent: sentOnce(siteVisit), now: { ...siteVisit, reach: 'office', address: null } },
  'address-changed-to-office-en': { sent: sentOnce(overseas), now: { ...overseas, reach: 'office', address: null } },
  'meeting-cancelled-ja': { sent: sentOnce(siteVisit), now: { ...siteVisit, status: 'cancelled' }, answered: true },
  'meeting-cancelled-en': { sent: sentOnce(overseas), now: { ...overseas, status: 'cancelled' } },
  'invited-again-ja': { sent: cancelledBefore, now: siteVisit },
  'invited-again-en': { sent: { ...cancelledBefore, facts: overseas }, now: overseas },
  'two-days-ja': { now: { ...siteVisit, ...twoDays } },
  'two-days-en': { now: { ...overseas, ...twoDays } },
  'two-days-first-entry-ja': { now: dayOf({ ...siteVisit, ...twoDays }, 1) },
  'two-days-second-entry-en': { now: dayOf({ ...overseas, ...twoDays }, 2) },
  'alliance-first-host-ja': { now: tohokuExecutive },
  'alliance-second-host-ja': { now: jamstecExecutive },
  'alliance-first-host-en': { now: tohokuInEnglish },
  'alliance-second-host-en': { now: jamstecInEnglish },
  'committee-recused-ja': { now: { ...committee, ...inJapan } },
  'committee-en': { now: { ...committee, ...inAllSlots } },
  'committee-recused-en': { now: committee },
  'committee-ja': { now: { ...committee, ...inAllSlots, ...inJapan } },
};

export interface GoldenMail {
  readonly mail: RenderedMail;
  readonly calendar: string;
}

/** The mail and calendar that follow from a case, sent at one fixed time */
export function goldenMail(sources: MailSources, { sent, now, answered = false }: GoldenCase): GoldenMail {
  const message = nextMessage(sent, now, { answered });
  if (message.action === 'nothing' || message.action === 'withdraw') throw new Error('a golden case sends something');
  const facts = message.action === 'cancel' ? sent!.facts : now!;
  const fresh = message.action === 'new' && sent;
  return {
    mail: composeInvitationMail(sources, { message, facts, letterhead, answerUrl, calendarAnswers: true }),
    calendar: writeCalendar({
      method: message.action === 'cancel' ? 'CANCEL' : 'REQUEST',
      uid: fresh ? 'inv-0002-mihon@meguri.example.org' : 'inv-0001-mihon@meguri.example.org',
      sequence: message.sequence,
      stampedAt: '2027-05-06T00:00:00.000Z',
      createdAt: message.action === 'new' ? '2027-05-06T00:00:00.000Z' : sent!.createdAt,
      facts,
      organizer,
      secretariat: letterhead.secretariat,
      answerUrl,
    }),
  };
}
