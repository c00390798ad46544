import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Answer } from '../../src/responses/answer.ts';
import { writeSheet } from '../../src/roster/csv-text.ts';
import { attendanceRows, attendanceSheet, bySide, headcount } from '../../src/web/staff/attendance.ts';
import { YearFile } from './year-file.ts';

const visit = 'pdpo/aimec';

function listed(answers: Record<string, Partial<Answer>> = {}) {
  const year = new YearFile();
  year.date(visit, '2028-03-02', '2028-03-02', '13:30', '16:30');
  year.sit(visit, 'lead', 'kaku-taro');
  const given = new Map<string, Answer[]>();
  for (const [personId, answer] of Object.entries(answers)) {
    const attendee = year.attendees.find((one) => one.meetingId === visit && one.personId === personId)!;
    attendee.attendance = answer.attendance ?? 'attending';
    given.set(attendee.id, [
      {
        id: '1',
        attendeeId: attendee.id,
        revision: 0,
        attendance: 'attending',
        lateFrom: null,
        leavingAt: null,
        proxyName: '',
        proxyTitle: '',
        accompanying: [],
        remarks: '',
        channel: 'office-link',
        givenBy: '秘書室',
        agent: '',
        at: new Date('2027-12-01T03:00:00Z'),
        ...answer,
      },
    ]);
  }
  const rows = attendanceRows({ ...year.file(visit), meetings: [year.meeting(visit)], answers: given });
  return { year, rows };
}

describe('an attendance list', () => {
  it('is empty where nobody is asked', () => {
    const year = new YearFile();
    const rows = attendanceRows({ ...year.file('site/qup'), meetings: [year.meeting('site/qup')] });
    expect([rows, bySide(rows), headcount(rows).inRoom]).toEqual([[], [], 0]);
  });

  it('goes by side and seat and numbers everybody', () => {
    const { rows } = listed();
    expect(bySide(rows).map(({ side, rows: of }) => [side, of.map(({ role }) => role.en)])).toEqual([
      ['visiting', ['Programme director or deputy']],
      ['centre', ['Centre director', 'Administrative director']],
    ]);
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('counts who will be in the room: proxies and those who come along, not those online or absent', () => {
    const { year } = listed();
    const [, director, administrative] = listed().rows.map(({ attendee }) => attendee.personId);
    const { rows } = listed({
      'kaku-taro': { attendance: 'online', accompanying: [] },
      [director!]: { attendance: 'proxy', proxyName: '代理 三郎', accompanying: ['随行 一郎', '随行 二郎'] },
      [administrative!]: { attendance: 'absent', accompanying: ['来ない 人'] },
    });
    expect(year).toBeDefined();
    expect(headcount(rows)).toMatchObject({
      asked: 3,
      inRoom: 3,
      online: 1,
      proxy: 1,
      accompanying: 2,
      absent: 1,
      unanswered: 0,
    });
  });

  it('leaves out what was said in a rehearsal, after which people count as not having answered', () => {
    const { year, rows } = listed({ 'kaku-taro': { remarks: '予行での回答' } });
    const [attendee] = year.attendees.filter(
      ({ meetingId, personId }) => meetingId === visit && personId === 'kaku-taro',
    );
    const answers = new Map([[attendee!.id, [rows[0]!.answer!]]]);
    attendee!.attendance = 'unanswered';
    const [after] = attendanceRows({ ...year.file(visit), meetings: [year.meeting(visit)], answers });
    expect(after!.answer).toBeUndefined();
  });

  it('leaves out what was said of an earlier time', () => {
    const { rows } = listed({ 'kaku-taro': { revision: -1, remarks: '前の日程への回答' } });
    expect(rows[0]!.answer).toBeUndefined();
  });
});

describe('its spreadsheet', () => {
  const cells = (answers: Record<string, Partial<Answer>>, language: 'ja' | 'en') => {
    const sheet = attendanceSheet(listed(answers).rows, language);
    const { bytes } = writeSheet('attendance.csv', sheet.heads, sheet.rows);
    expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    return parse(Buffer.from(bytes), { columns: true, bom: true }) as Record<string, string>[];
  };

  it('has every part of an answer, in the reader’s language, and both spellings of a name', () => {
    const answer: Partial<Answer> = {
      attendance: 'late',
      lateFrom: '14:00',
      accompanying: ['随行 一郎', '随行 二郎'],
      remarks: '車で',
    };
    expect(cells({ 'kaku-taro': answer }, 'ja')[0]).toMatchObject({
      会議: 'PD・PO訪問（AIMEC）',
      '開始（会場の時刻）': '2028-03-02 13:30',
      氏名: '架空 太郎',
      '氏名（英語）': 'Taro KAKU',
      出欠: '途中から出席',
      到着: '14:00',
      同席者数: '2',
      同席者: '随行 一郎、随行 二郎',
      備考: '車で',
      回答日時: '2027-12-01 12:00',
      回答の方法: '窓口のリンク',
    });
    expect(cells({ 'kaku-taro': answer }, 'en')[0]).toMatchObject({
      Meeting: 'PD/PO visit (AIMEC)',
      'Name (Japanese)': '架空 太郎',
      Attendance: 'arriving late',
      'Accompanied by': '随行 一郎, 随行 二郎',
    });
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(A1)', '＝1', '\t=1'])(
    'makes no formula of a remark %j',
    (remarks) => {
      expect(cells({ 'kaku-taro': { remarks } }, 'ja')[0]!['備考']).toBe(`'${remarks}`);
    },
  );

  it('keeps line breaks, quotes and commas of a remark', () => {
    const remarks = '一行目,"引用"\n二行目';
    expect(cells({ 'kaku-taro': { remarks } }, 'ja')[0]!['備考']).toBe(remarks);
  });
});
