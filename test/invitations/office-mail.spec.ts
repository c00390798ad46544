import { describe, expect, it } from '@jest/globals';
import { changesBetween } from '../../src/invitations/change.ts';
import type { MeetingFacts } from '../../src/invitations/invitation.ts';
import { composeReceipt, type ReceiptInput } from '../../src/invitations/mail-text.ts';
import {
  composeOfficeNotice,
  stateOf,
  type OfficeMeeting,
  type OfficeNoticeInput,
  type OfficePerson,
} from '../../src/invitations/office-letter.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { text, type Language } from '../../src/kernel/text.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { expectGolden } from './golden.ts';
import { answerUrl, letterhead, president, siteVisit, staffInCharge } from './sample-facts.ts';

const { sources } = new MailTemplates();
const link = 'https://meguri.example.org/o/mihon-office';

const director: OfficePerson = {
  name: text('架空 次郎', 'Jiro Kaku'),
  honorific: text('先生', 'Prof.'),
  post: text('ICReDD 拠点長', 'Director, ICReDD'),
  seat: text('拠点長', 'Centre director'),
  required: true,
  action: 'new',
  ownMail: true,
};
const administrator: OfficePerson = {
  ...director,
  name: text('見本 春子', 'Haruko Mihon'),
  honorific: text('様', ''),
  post: text('ICReDD 事務部門長', 'Administrative Director, ICReDD'),
  seat: text('事務部門長', 'Administrative director'),
  ownMail: false,
};
const investigator: OfficePerson = {
  ...director,
  name: text('見本 夏子', 'Natsuko Mihon'),
  post: text('', ''),
  seat: text('主任研究者', 'Principal investigator'),
  required: false,
  ownMail: false,
};

const committee: MeetingFacts = {
  ...siteVisit,
  title: text('プログラム委員会 ヒアリング（ICReDD）', 'Program Committee: hearing of ICReDD'),
  startsAt: '2027-10-20T01:00:00Z',
  endsAt: '2027-10-20T01:45:00Z',
  firstDay: date('2027-10-20'),
  lastDay: date('2027-10-20'),
  place: text('東京都千代田区 見本会館', 'Mihon Kaikan, Chiyoda, Tokyo'),
  room: text('大ホール', 'Main hall'),
  answerBy: '2027-09-01T03:00:00Z',
};
const visit: MeetingFacts = {
  ...siteVisit,
  title: text('PD・PO訪問（ICReDD）', 'PD/PO visit to ICReDD'),
  startsAt: '2028-01-20T04:00:00Z',
  endsAt: '2028-01-20T08:00:00Z',
  firstDay: date('2028-01-20'),
  lastDay: date('2028-01-20'),
  answerBy: '2027-12-01T08:00:00Z',
};
const visitBefore = {
  ...visit,
  startsAt: '2028-01-13T04:00:00Z',
  endsAt: '2028-01-13T08:00:00Z',
  firstDay: date('2028-01-13'),
  lastDay: date('2028-01-13'),
};
const reception: MeetingFacts = {
  ...committee,
  title: text('交流会', 'Reception'),
  startsAt: '2027-10-20T09:00:00Z',
  endsAt: '2027-10-20T11:00:00Z',
  status: 'cancelled',
};
const told = (facts: MeetingFacts) => ({ ...facts, readerZone: 'Asia/Tokyo' });

const fourMeetings: readonly OfficeMeeting[] = [
  { facts: siteVisit, changes: [], people: [director, administrator, investigator] },
  {
    facts: committee,
    changes: [],
    people: [{ ...director, action: 'unchanged' }, administrator, { ...investigator, action: 'removed' }],
  },
  { facts: reception, changes: [], people: [{ ...director, action: 'changed' }] },
  {
    facts: visit,
    changes: changesBetween(told(visitBefore), told(visit), 'ja'),
    people: [
      { ...director, action: 'changed' },
      { ...administrator, action: 'changed' },
    ],
  },
];

const notice = (language: Language, meetings: readonly OfficeMeeting[]): OfficeNoticeInput => ({
  office: {
    name: text('北海道大学 化学反応創成研究拠点 事務部門', 'Administrative Department, ICReDD, Hokkaido University'),
    language,
  },
  readerZone: 'Asia/Tokyo',
  letterhead,
  staffInCharge,
  meetings,
  link,
  answerBy: '2027-06-01T08:00:00Z',
  zone: 'Asia/Tokyo',
});

describe('The mail to an office', () => {
  it.each(['ja', 'en'] as const)('is the golden one for three people and four meetings: %s', (language) => {
    expectGolden(
      `office-notice-three-people-four-meetings-${language}`,
      composeOfficeNotice(sources, notice(language, fourMeetings)),
    );
  });

  it.each(['ja', 'en'] as const)('is the golden one for one person and one meeting: %s', (language) => {
    const one = notice(language, [{ facts: siteVisit, changes: [], people: [director] }]);
    expectGolden(`office-notice-one-person-one-meeting-${language}`, composeOfficeNotice(sources, one));
  });

  it.each(['ja', 'en'] as const)('is the golden one where nothing is left to answer: %s', (language) => {
    const only = notice(language, [
      fourMeetings[2]!,
      { facts: siteVisit, changes: [], people: [{ ...director, action: 'removed' }] },
    ]);
    expectGolden(`office-notice-cancelled-${language}`, composeOfficeNotice(sources, { ...only, answerBy: null }));
  });

  it.each(['ja', 'en'] as const)(
    'is the golden one for days that are only held, and for somebody who leaves the room for a while: %s',
    (language) => {
      const recused = text('プログラム委員会 ヒアリング（QUP）', 'the hearing of QUP');
      const meetings: readonly OfficeMeeting[] = [
        { facts: { ...siteVisit, status: 'hold', hoursToFollow: true }, changes: [], people: [director] },
        { facts: committee, changes: [], people: [{ ...administrator, recused }] },
      ];
      expectGolden(`office-notice-hold-${language}`, composeOfficeNotice(sources, notice(language, meetings)));
    },
  );

  it('has one link, and nobody else’s', () => {
    const { text: letter, html } = composeOfficeNotice(sources, notice('ja', fourMeetings));
    expect(letter.match(/https?:\/\/\S+/g)).toEqual([link]);
    expect(new Set(html.match(/href="([^"]*)"/g))).toEqual(new Set([`href="${link}"`]));
  });

  it('says what is the matter with each meeting', () => {
    expect(fourMeetings.map(stateOf)).toEqual(['new', 'people', 'cancelled', 'changed']);
    expect(stateOf({ facts: visit, changes: [], people: [{ ...director, action: 'unchanged' }] })).toBe('unchanged');
    expect(stateOf({ facts: visit, changes: [], people: [{ ...director, action: 'removed' }] })).toBe('withdrawn');
  });
});

describe('The receipt of an answer', () => {
  const receipt = (language: Language, count: 1 | 2): ReceiptInput => ({
    to: count === 1 ? president : { office: text('北海道大学 総長室', 'Office of the President, Hokkaido University') },
    language,
    readerZone: 'Asia/Tokyo',
    letterhead,
    staffInCharge,
    items: [
      {
        facts: siteVisit,
        name: president.name,
        honorific: president.honorific,
        answer: text('代理出席', 'represented by a proxy'),
        details: [
          {
            label: text('代理の方', 'Proxy'),
            value: text('見本 秋子（理事・副学長）', 'Akiko Mihon (Executive Vice President)'),
          },
          {
            label: text('備考', 'Remarks'),
            value: text('前泊いたします。\n車でまいります。', 'Arriving the evening before.\nBy car.'),
          },
        ],
      },
      {
        facts: committee,
        name: president.name,
        honorific: president.honorific,
        answer: text('出席', 'attending'),
        details: [],
      },
    ].slice(0, count),
    givenBy: count === 1 ? '' : '見本 冬子（総長室）',
    at: '2027-05-20T02:34:00Z',
    zone: 'Asia/Tokyo',
    answerUrl,
  });

  it.each(['ja', 'en'] as const)('is the golden one for one answer: %s', (language) => {
    expectGolden(`receipt-one-${language}`, composeReceipt(sources, receipt(language, 1)));
  });

  it.each(['ja', 'en'] as const)('is the golden one for two answers by an office: %s', (language) => {
    expectGolden(`receipt-two-${language}`, composeReceipt(sources, receipt(language, 2)));
  });
});
