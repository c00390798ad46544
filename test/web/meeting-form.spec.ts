import { beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.ts';
import { fieldChanges, halfDaysOf, meetingAfter } from '../../src/web/staff/meeting-change-view.ts';
import { readMeeting, seenOf, typedOf } from '../../src/web/staff/meeting-form.ts';
import { readPerson } from '../../src/web/staff/meeting-person-form.ts';
import { YearFile } from './year-file.ts';

const site = 'site/aimec';
const staffId = '11111111-1111-4111-8111-111111111111';
let year: YearFile;
beforeEach(() => {
  year = new YearFile();
});

/** The form of a meeting with some fields typed anew */
const typing = (key: string, more: Record<string, string>) => {
  const file = year.file(key);
  return readMeeting({ ...typedOf(file), ...more }, file);
};

describe('the form of a meeting', () => {
  it('says nothing where nothing was typed', () => {
    year.date(site, '2027-07-05', '2027-07-06');
    expect(typing(site, {})).toMatchObject({ change: {}, faults: {} });
    expect(typing('committee', {})).toMatchObject({ change: {}, faults: {} });
  });

  it('shows the hours of its kind while there is no day, and sends them with the first', () => {
    expect(typedOf(year.file(site))).toMatchObject({ firstDay: '', from: '10:00', to: '17:00' });
    expect(typedOf(year.file('pdpo/qup'))).toMatchObject({ from: '10:00', to: '12:30' });
    expect(typedOf(year.file('hearing/aimec'))).toMatchObject({ from: '10:00', to: '11:00' });
    expect(typing(site, { firstDay: '2027-07-05' }).change).toEqual({
      firstDay: '2027-07-05',
      lastDay: '2027-07-06',
      from: '10:00',
      to: '17:00',
    });
  });

  it('takes the mark of a provisional day, and its absence for a fixed one', () => {
    expect(typing(site, { provisional: 'yes' }).change).toEqual({ provisional: true });
    year.date(site, '2027-07-05', '2027-07-06');
    const file = year.file(site);
    const held = { ...file, meeting: { ...file.meeting, provisional: true } };
    expect(typedOf(held).provisional).toBe('yes');
    const { provisional: _, ...unticked } = typedOf(held);
    expect(readMeeting(unticked, held).change).toEqual({ provisional: false });
    expect(fieldChanges(held.meeting, file.meeting, file)).toEqual([
      expect.objectContaining({ before: { ja: '仮押さえ', en: 'provisional' }, after: { ja: '確定', en: 'fixed' } }),
    ]);
    expect(seenOf(held.meeting)).not.toBe(seenOf(file.meeting));
  });

  it('leaves the last day empty where it is as usual, and takes an empty one for that', () => {
    year.date(site, '2027-07-05', '2027-07-06');
    expect(typedOf(year.file(site)).lastDay).toBe('');
    expect(typing(site, { firstDay: '2027-07-12' }).change).toEqual({ firstDay: '2027-07-12', lastDay: '2027-07-13' });
    year.date(site, '2027-07-05', '2027-07-07');
    expect(typedOf(year.file(site)).lastDay).toBe('2027-07-07');
    expect(typing(site, { firstDay: '2027-07-06' }).change).toEqual({ firstDay: '2027-07-06', lastDay: '2027-07-07' });
    expect(typing(site, { lastDay: '' }).change).toEqual({ firstDay: '2027-07-05', lastDay: '2027-07-06' });
  });

  it('sends hours alone where the day stays, so that only they differ', () => {
    year.date(site, '2027-07-05', '2027-07-06');
    expect(typing(site, { to: '18:00' }).change).toEqual({ to: '18:00' });
  });

  it('sends both languages of a text of which one was typed', () => {
    expect(typing(site, { 'room.ja': '第3会議室' }).change).toEqual({
      room: { ja: '第3会議室', en: 'Large Conference Room' },
    });
  });

  it.each([
    [{ firstDay: '9 July' }, 'firstDay', '日付を「2027-07-09」のように入力してください。'],
    [{ firstDay: '2027-07-05', to: '25:00' }, 'to', '終了時刻を「17:00」のように入力してください。'],
    [{ from: '11:00' }, 'firstDay', '日付を「2027-07-09」のように入力してください。'],
    [
      { onlineUrl: 'http://example.org' },
      'onlineUrl',
      'オンライン会議のURLは https:// で始まるものを入力してください。',
    ],
    [{ 'place.en': 'x'.repeat(301) }, 'place.en', '場所は300字以内で、日本語と英語の両方を入力してください。'],
    [{ mode: 'by post' }, 'mode', '開催方法を選んでください。'],
    [{ staffInCharge: '22222222-2222-4222-8222-222222222222' }, 'staffInCharge', '担当者を選んでください。'],
    [{ staffInCharge: "' or 1=1" }, 'staffInCharge', '担当者を選んでください。'],
  ])('finds fault with %j at the field itself', (more, field, sentence) => {
    const { change, faults, typed } = typing(site, more);
    expect(change).toBeUndefined();
    expect(faults[field]?.ja).toBe(sentence);
    expect(typed).toMatchObject(more);
  });

  it('puts somebody in charge, or whoever is in charge of the year', () => {
    expect(typing(site, { staffInCharge: staffId }).change).toEqual({ staffInCharge: staffId });
    year.meeting(site).staffInCharge = staffId;
    expect(typing(site, { staffInCharge: '' }).change).toEqual({ staffInCharge: null });
  });

  it('is known to be old by everything that it showed', () => {
    year.date(site, '2027-07-05', '2027-07-06');
    const seen = seenOf(year.meeting(site));
    year.meeting(site).room = { ja: '別館', en: 'Annex' };
    expect(seenOf(year.meeting(site))).not.toBe(seen);
  });
});

describe('a meeting after a change', () => {
  it('that ends before it begins, or lies outside of the year, is refused before anything is saved', () => {
    const code = (change: object) => {
      const after = meetingAfter(year.file(site), change);
      return after instanceof Refusal ? after.code : undefined;
    };
    expect(code({ firstDay: '2027-07-05', lastDay: '2027-07-05', from: '17:00', to: '10:00' })).toBe(
      'meetings.ends-before-it-begins',
    );
    expect(code({ firstDay: '2028-04-01', from: '10:00', to: '17:00' })).toBe('meetings.outside-the-year');
    expect(code({ firstDay: '2027-07-05', from: '10:00', to: '17:00' })).toBeUndefined();
  });

  it('is said field by field, texts in both languages', () => {
    year.date(site, '2027-07-05', '2027-07-06');
    const file = year.file(site);
    const after = meetingAfter(file, {
      firstDay: '2027-07-12',
      room: { ja: '第3会議室', en: 'Room 3' },
      mode: 'hybrid',
    });
    expect(fieldChanges(file.meeting, after as never, file).map(({ label, after }) => [label.en, after?.ja])).toEqual([
      ['When', '2027年7月12日(月) 10:00 ～ 13日(火) 17:00（日本時間）'],
      ['Format', '対面・オンライン併用'],
      ['Room', '第3会議室 / Room 3'],
    ]);
  });

  it('takes the half days in which it lies', () => {
    const halves = (from: string, to: string, last = '2027-07-05') => {
      const after = meetingAfter(year.file(site), { firstDay: '2027-07-05', lastDay: last as never, from, to });
      return halfDaysOf(after as never).map(({ day, half }) => `${day.slice(8)}${half}`);
    };
    expect(halves('10:00', '12:30')).toEqual(['05am']);
    expect(halves('13:00', '17:00')).toEqual(['05pm']);
    expect(halves('10:00', '17:00')).toEqual(['05am', '05pm']);
    expect(halves('13:30', '12:00', '2027-07-06')).toEqual(['05pm', '06am']);
  });
});

describe('the form of a participant', () => {
  const read = (body: Record<string, string>) => readPerson(body, year.file(site));

  it('takes a seat of the meeting', () => {
    const { wanted, faults } = read({ person: 'kaku-taro', seat: 'site/aimec#lead', online: 'yes' });
    expect([wanted, faults]).toEqual([{ person: 'kaku-taro', seatId: 'site/aimec#lead', online: true }, {}]);
  });

  it('takes a role of their own in both languages', () => {
    const { wanted } = read({
      person: 'kaku-taro',
      seat: '',
      roleJa: ' オブザーバー\u202e ',
      roleEn: 'Observer',
      side: 'centre',
      required: 'yes',
    });
    expect(wanted).toEqual({
      person: 'kaku-taro',
      role: { ja: 'オブザーバー', en: 'Observer' },
      side: 'centre',
      required: true,
    });
  });

  it.each([
    [{ seat: 'site/aimec#lead' }, ['person']],
    [{ person: 'nobody', seat: 'site/aimec#lead' }, ['person']],
    [{ person: 'kaku-taro', seat: 'site/qup#lead' }, ['seat']],
    [{ person: 'kaku-taro', roleJa: 'オブザーバー' }, ['roleEn']],
    [{ person: 'kaku-taro' }, ['roleJa']],
    [{ person: 'kaku-taro', roleJa: 'あ'.repeat(101), roleEn: 'x' }, ['roleEn']],
  ])('finds fault with %j', (body, fields) => {
    const { wanted, faults } = read(body);
    expect([wanted, Object.keys(faults)]).toEqual([undefined, fields]);
  });
});
