import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import type { InvitationFacts, StaffInCharge } from '../../src/invitations/invitation.ts';
import type { SentInvitation } from '../../src/invitations/itip.ts';
import type { Letterhead } from '../../src/invitations/mail-text.ts';

export const staffInCharge: StaffInCharge = {
  name: text('見本 花子', 'Hanako Mihon'),
  telephone: '03-0000-0000',
  address: 'office@meguri.example.org',
};

export const letterhead: Letterhead = {
  programme: text(
    '世界トップレベル研究拠点プログラム（WPI）',
    'World Premier International Research Center Initiative (WPI)',
  ),
  secretariat: text('見本事務局', 'Sample Secretariat'),
};

export const organizer = { name: '見本事務局 Sample Secretariat', address: 'visit+k7q2m4xt@meguri.example.org' };
export const answerUrl = 'https://meguri.example.org/a/mihon-token';

/** A programme officer in Japan, asked to a site visit of one day */
export const siteVisit: InvitationFacts = {
  meetingId: '00000000-0000-4000-8000-000000000001',
  personId: 'kaku-taro',
  reach: 'own',
  address: 'taro.kaku@example.org',
  name: text('架空 太郎', 'Taro Kaku'),
  honorific: text('先生', 'Prof.'),
  post: text('プログラムオフィサー', 'Programme Officer'),
  language: 'ja',
  readerZone: 'Asia/Tokyo',
  status: 'fixed',
  title: text('ICReDD サイトビジット', 'Site visit to ICReDD'),
  startsAt: '2027-07-09T01:00:00.000Z',
  endsAt: '2027-07-09T08:00:00.000Z',
  firstDay: date('2027-07-09'),
  lastDay: date('2027-07-09'),
  form: 'hours',
  zone: 'Asia/Tokyo',
  mode: 'on-site',
  place: text('北海道大学 創成研究機構', 'Creative Research Institution, Hokkaido University'),
  room: text('5階 大会議室', 'Main conference room, 5th floor'),
  access: text('地下鉄南北線 北18条駅 徒歩10分', '10 minutes on foot from Kita-Juhachi-Jo station, Namboku line'),
  onlineUrl: '',
  seat: text('拠点担当プログラムオフィサー', 'Programme officer of the centre'),
  required: true,
  answerBy: '2027-06-01T08:00:00.000Z',
  extras: [],
  staffInCharge,
};

/** The same in English, for a member of the working group who lives in Paris */
export const overseas: InvitationFacts = {
  ...siteVisit,
  personId: 'mihon-marie',
  address: 'marie.mihon@example.org',
  name: text('マリー・ミホン', 'Marie Mihon'),
  honorific: text('先生', 'Prof.'),
  post: text('', ''),
  language: 'en',
  readerZone: 'Europe/Paris',
  seat: text('ワーキンググループ委員', 'Member of the working group'),
};

/** A president who is reached through a secretary */
export const president: InvitationFacts = {
  ...siteVisit,
  personId: 'mihon-ichiro',
  reach: 'secretary',
  address: 'secretary.president@example.org',
  name: text('見本 一郎', 'Ichiro Mihon'),
  honorific: text('様', ''),
  post: text('北海道大学総長', 'President, Hokkaido University'),
  seat: text('ホスト機関長', 'Head of the host institution'),
};

export const sentOnce = (facts: InvitationFacts): SentInvitation => ({
  facts,
  uid: 'inv-0001-mihon@meguri.example.org',
  sequence: 0,
  revision: 0,
  token: 'k7q2m4xt',
  messageIds: ['<inv-0001.0@meguri.example.org>'],
  createdAt: '2027-04-20T01:00:00.000Z',
  state: 'sent',
});
