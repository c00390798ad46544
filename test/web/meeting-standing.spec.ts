import { beforeEach, describe, expect, it } from '@jest/globals';
import { YearFile } from './year-file.ts';

const site = 'site/aimec';
const panel = ['kaku-matsuko', 'mihon-manabu', 'reikai-sakurako', 'kaso-susumu', 'hyohon-saburo', 'kaso-matsuko'];

let year: YearFile;
beforeEach(() => {
  year = new YearFile();
});

/** An alliance of two hosts, every required seat filled and everybody told */
function visited(): void {
  year.date(site, '2027-07-05', '2027-07-06');
  year.sit(site, 'lead', 'kaku-taro');
  year.sit(site, 'officer', 'mihon-haruko');
  for (const person of panel) year.sit(site, 'working-group', person);
  for (const seat of year.seats.filter((one) => one.meetingId === site && one.rule === 'executive'))
    year.sit(site, seat.key, seat.institution === 'jamstec' ? 'yorei-shigeru' : 'reidai-nozomi');
}

const words = () => year.standing(site).broken.map(({ words }) => words.ja);

describe('the state of a meeting', () => {
  it('is that of the meeting itself while it has no day, and when it is cancelled', () => {
    expect(year.standing(site).state).toBe('undated');
    visited();
    year.tell(site);
    year.meeting(site).state = 'cancelled';
    expect(year.standing(site).state).toBe('cancelled');
  });

  it('is planned until somebody who is needed has been told, then announced, and answered when all who are needed have answered', () => {
    visited();
    expect(year.standing(site).state).toBe('planned');
    year.tell(site);
    expect(year.standing(site).state).toBe('announced');
    year.answer(site, 'attending');
    expect(year.standing(site).state).toBe('answered');
    year.answer(site, 'undecided', panel[0]!);
    expect(year.standing(site).state).toBe('announced');
  });

  it('is planned again when it moved after it was announced', () => {
    visited();
    year.tell(site);
    year.meeting(site).startsAt = new Date('2027-07-07T01:00:00Z');
    expect(year.standing(site)).toMatchObject({ state: 'planned', told: 0 });
  });

  it('is planned while one person only knows of the time before', () => {
    visited();
    year.tell(site);
    const [first] = year.told;
    year.told[0] = { ...first!, startsAt: '2027-07-01T01:00:00.000Z' };
    expect(year.standing(site)).toMatchObject({ state: 'planned', told: 11 });
  });

  it('goes by the newest that somebody was told, by their own mail or through an office', () => {
    visited();
    year.tell(site);
    const [first] = year.told;
    const before = { ...first!, via: 'office', officeId: 'o', startsAt: '2027-07-01T01:00:00.000Z' } as const;
    year.told.push({ ...before, sentAt: new Date('2026-12-01T00:00:00Z') });
    expect(year.standing(site)).toMatchObject({ state: 'announced', told: 12 });
    year.told.unshift({ ...before, sentAt: new Date('2027-02-01T00:00:00Z') });
    expect(year.standing(site)).toMatchObject({ state: 'planned', told: 11 });
  });

  it('does not wait for those whose coming is optional', () => {
    visited();
    year.sit(site, 'ministry', 'kamei-makoto');
    year.tell(site);
    year.answer(site, 'attending');
    year.answer(site, 'unanswered', 'kamei-makoto');
    expect(year.standing(site).state).toBe('answered');
    expect(year.standing(site).unanswered.map((one) => one.personId)).toEqual(['kamei-makoto']);
  });

  it('waits for everybody where nobody is needed', () => {
    year.date('reception', '2027-10-28', '2027-10-28', '18:00', '20:00');
    expect(year.attendees.every((one) => !one.required)).toBe(true);
    year.tell('reception');
    expect(year.standing('reception').state).toBe('announced');
    year.answer('reception', 'attending');
    expect(year.standing('reception').state).toBe('answered');
  });
});

describe('a broken rule', () => {
  it('is a required seat that is vacant', () => {
    visited();
    year.attendees.splice(
      year.attendees.findIndex((one) => one.personId === 'mihon-haruko'),
      1,
    );
    expect(year.standing(site)).toMatchObject({
      state: 'problem',
      broken: [{ rule: 'vacant', seatId: 'site/aimec#officer' }],
    });
    expect(words()).toEqual(['「担当プログラムオフィサー」が空席です']);
  });

  it('is one host without anybody, although the other host comes', () => {
    visited();
    year.answer(site, 'attending');
    year.answer(site, 'absent', 'yorei-shigeru');
    const { broken } = year.standing(site);
    expect(broken.map(({ rule, seatId }) => [rule, seatId])).toEqual([['absent', 'site/aimec#executive/jamstec']]);
  });

  it('is not an absence that somebody stands in for', () => {
    visited();
    year.answer(site, 'proxy', 'yorei-shigeru');
    expect(words()).toEqual([]);
  });

  it('is a panel of which fewer than three can come; proxies do not count there', () => {
    visited();
    year.answer(site, 'absent', panel[0]!, panel[1]!, panel[2]!);
    expect(words()).toEqual([]);
    year.answer(site, 'proxy', panel[3]!);
    expect(words()).toEqual(['「ワーキンググループ」は3名以上必要ですが、2名です']);
  });

  it('is a committee below half, while one absent member of it breaks nothing', () => {
    year.date('committee', '2027-10-28', '2027-10-29', '09:30', '17:30');
    const members = year.attendees.filter((one) => one.required).map((one) => one.personId);
    expect(members.length).toBe(15);
    const broken = () => year.standing('committee').broken.map(({ rule, words }) => [rule, words.en]);
    year.answer('committee', 'absent', ...members.slice(0, 7));
    expect(broken()).toEqual([]);
    year.answer('committee', 'absent', members[7]!);
    expect(broken()).toEqual([['quorum', 'The quorum is 8; 7 members can come']]);
  });

  it('is nothing any more once the meeting is over', () => {
    year.date(site, '2027-07-05', '2027-07-06');
    expect(year.standing(site).state).toBe('problem');
    year.now = new Date('2027-07-06T08:00:00Z');
    expect(year.standing(site)).toMatchObject({ broken: [], unanswered: [] });
  });
});

describe('an answer', () => {
  it('is awaited only of those who were told', () => {
    visited();
    expect(year.standing(site).unanswered).toEqual([]);
    year.tell(site);
    expect(year.standing(site)).toMatchObject({ asked: 12, told: 12, answered: 0, overdue: [] });
    expect(year.standing(site).unanswered).toHaveLength(12);
  });

  it('is overdue from the instant on by which it was asked for', () => {
    visited();
    year.tell(site, '2027-05-20T08:00:00.000Z');
    year.now = new Date('2027-05-20T07:59:59Z');
    expect(year.standing(site).overdue).toEqual([]);
    year.now = new Date('2027-05-20T08:00:00Z');
    expect(year.standing(site).overdue).toHaveLength(12);
    year.answer(site, 'attending', 'kaku-taro');
    expect(year.standing(site).overdue).toHaveLength(11);
  });

  it('that was asked for as soon as possible is never overdue', () => {
    visited();
    year.tell(site, null);
    expect(year.standing(site)).toMatchObject({ overdue: [], answerBy: null });
  });
});
