import { describe, expect, it } from '@jest/globals';
import { text } from '../../src/kernel/text.ts';
import {
  AnswerForm,
  answerable,
  attendanceNames,
  currentAnswer,
  faultInHours,
  faultTexts,
  refusalToAnswer,
  saysTheSame,
  type Answer,
} from '../../src/responses/answer.ts';
import { coarseAgent, isUntouched, masked, readAnswer, readAnswers } from '../../src/web/respond/answer-fields.ts';

const faultsOf = (form: object) => {
  const parsed = AnswerForm.safeParse(form);
  return parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
};

describe('An answer from a form', () => {
  it('keeps what belongs to it, and drops what belongs to another answer', () => {
    expect(
      AnswerForm.parse({
        attendance: 'late',
        lateFrom: '9:05',
        leavingAt: '15:00',
        proxyName: '代理',
        proxyTitle: '副学長',
      }),
    ).toEqual({
      attendance: 'late',
      lateFrom: '09:05',
      leavingAt: null,
      proxyName: '',
      proxyTitle: '',
      accompanying: [],
      remarks: '',
    });
    expect(
      AnswerForm.parse({ attendance: 'proxy', proxyName: ' 見本\u202e 代理 ', proxyTitle: '副学長' }),
    ).toMatchObject({
      proxyName: '見本 代理',
      proxyTitle: '副学長',
    });
  });

  it('takes one accompanying person a line, or a comma', () => {
    const { accompanying } = AnswerForm.parse({
      attendance: 'attending',
      accompanying: ' 甲\r\n乙、丙, 丁\n\n，戊\u0007',
    });
    expect(accompanying).toEqual(['甲', '乙', '丙', '丁', '戊']);
  });

  it('keeps the lines of remarks, without what no mail should carry', () => {
    expect(AnswerForm.parse({ attendance: 'attending', remarks: '一行目\r\n\r\n二\u202e行目\u0000\n' }).remarks).toBe(
      '一行目\n\n二行目',
    );
  });

  it.each([
    [{ attendance: 'perhaps' }, 'attendance'],
    [{ attendance: 'unanswered' }, 'attendance'],
    [{ attendance: 'late' }, 'lateFrom'],
    [{ attendance: 'late', lateFrom: '' }, 'lateFrom'],
    [{ attendance: 'late', lateFrom: '25:00' }, 'lateFrom'],
    [{ attendance: 'leaving', leavingAt: 'noon' }, 'leavingAt'],
    [{ attendance: 'proxy' }, 'proxyName'],
    [{ attendance: 'proxy', proxyName: ' \u200e\u0000 ' }, 'proxyName'],
    [{ attendance: 'proxy', proxyName: 'あ'.repeat(201) }, 'proxyName'],
    [{ attendance: 'proxy', proxyName: '甲', proxyTitle: 'あ'.repeat(201) }, 'proxyTitle'],
    [{ attendance: 'attending', remarks: 'あ'.repeat(2001) }, 'remarks'],
    [{ attendance: 'attending', accompanying: Array(51).fill('甲').join('\n') }, 'accompanying'],
    [{ attendance: 'attending', accompanying: 'あ'.repeat(101) }, 'accompanying'],
  ])('%j is refused at its field, with a text in both languages', (form, field) => {
    expect(faultsOf(form)).toEqual([field]);
    expect(faultTexts[field]!.ja && faultTexts[field]!.en).toBeTruthy();
  });

  it('has a name for every answer', () => {
    for (const attendance of answerable)
      expect(attendanceNames[attendance].ja && attendanceNames[attendance].en).toBeTruthy();
  });
});

describe('The hours of an answer', () => {
  const visit = { startsAt: '2027-07-08T01:00:00.000Z', endsAt: '2027-07-08T08:00:00.000Z', zone: 'Asia/Tokyo' };
  const late = (lateFrom: string) => faultInHours({ lateFrom, leavingAt: null }, visit);
  const leaving = (leavingAt: string) => faultInHours({ lateFrom: null, leavingAt }, visit);

  it('lie while the meeting lasts', () => {
    expect([late('10:01'), late('16:59'), leaving('10:01'), leaving('16:59')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    for (const time of ['09:00', '10:00', '17:00', '23:00']) {
      expect(late(time)).toMatchObject({ field: 'lateFrom' });
      expect(leaving(time)).toMatchObject({ field: 'leavingAt' });
    }
    expect(late('09:00')!.text).toEqual(
      text(
        '到着時刻は、会議の時間（10:00～17:00）の間の時刻を入力してください。',
        'Please give a time of arrival while the meeting lasts (10:00–17:00).',
      ),
    );
  });

  it('of an afternoon and the next noon are those of the day on which they arrive or leave', () => {
    const overnight = { startsAt: '2027-07-08T04:30:00.000Z', endsAt: '2027-07-09T03:30:00.000Z', zone: 'Asia/Tokyo' };
    const fault = (hours: object) => faultInHours({ lateFrom: null, leavingAt: null, ...hours }, overnight)?.field;
    expect([fault({ lateFrom: '16:00' }), fault({ lateFrom: '13:00' })]).toEqual([undefined, 'lateFrom']);
    expect([fault({ leavingAt: '11:00' }), fault({ leavingAt: '13:00' })]).toEqual([undefined, 'leavingAt']);
  });

  it('are those of the venue', () => {
    expect(faultInHours({ lateFrom: '10:30', leavingAt: null }, { ...visit, zone: 'Europe/Berlin' })).toMatchObject({
      field: 'lateFrom',
    });
  });
});

describe('Whether an answer can be taken', () => {
  const meeting = {
    state: 'scheduled' as const,
    endsAt: new Date('2027-07-08T08:00:00Z'),
    revision: 2,
    title: text('会議', 'Meeting'),
  };
  const now = new Date('2027-07-01T00:00:00Z');
  const code = (changes: object = {}, removedAt: Date | null = null, shown = 2, at = now) =>
    refusalToAnswer({ ...meeting, ...changes }, { removedAt }, shown, at)?.code;

  it.each([
    ['as things stand', {}, null, 2, now, undefined],
    ['of somebody who is not asked any more', {}, now, 2, now, 'responses.not-asked-any-more'],
    ['to a cancelled meeting', { state: 'cancelled' }, null, 2, now, 'responses.cancelled'],
    ['to one without a day', { state: 'undated' }, null, 2, now, 'responses.no-date-yet'],
    ['to one that is over', {}, null, 2, new Date('2027-07-08T08:00:00Z'), 'responses.too-late'],
    ['while it lasts', {}, null, 2, new Date('2027-07-08T07:59:59Z'), undefined],
    ['to an earlier time', {}, null, 1, now, 'responses.changed-meanwhile'],
    ['without the time that was shown', {}, null, Number.NaN, now, 'responses.changed-meanwhile'],
  ])('%s', (_, changes, removedAt, shown, at, expected) => {
    expect(code(changes, removedAt, shown, at)).toBe(expected);
  });
});

const answer = (changes: Partial<Answer>): Answer => ({
  id: '1',
  attendeeId: 'a',
  revision: 1,
  attendance: 'attending',
  lateFrom: null,
  leavingAt: null,
  proxyName: '',
  proxyTitle: '',
  accompanying: [],
  remarks: '',
  channel: 'link',
  givenBy: '見本',
  agent: '',
  at: new Date(),
  ...changes,
});

it('The answer that counts is the last one to the present time; one answer to another never does', () => {
  const answers = [
    answer({ id: '1' }),
    answer({ id: '2', revision: 2 }),
    answer({ id: '3', revision: 2 }),
    answer({ id: '4', revision: 3 }),
  ];
  expect([1, 2, 3, 4].map((revision) => currentAnswer(answers, revision)?.id)).toEqual(['1', '3', '4', undefined]);
});

it('Two answers say the same whoever gave them', () => {
  expect(saysTheSame(answer({}), answer({ id: '9', givenBy: '別人', channel: 'staff' }))).toBe(true);
  expect(saysTheSame(answer({}), answer({ remarks: '車で参ります' }))).toBe(false);
});

describe('The fields of several people', () => {
  const facts = {
    startsAt: '2027-07-08T01:00:00.000Z',
    endsAt: '2027-07-08T08:00:00.000Z',
    zone: 'Asia/Tokyo',
  } as never;

  it('are read by attendee; of whom nothing is said is left out', () => {
    const read = readAnswers(
      { 'attendance-a': 'absent', 'revision-a': '3', 'seen-a': '7', 'attendance-b': '', 'remarks-c': ' ' },
      ['a', 'b', 'c'],
    );
    expect(read).toEqual([expect.objectContaining({ attendeeId: 'a', revision: 3, seen: '7', faults: {} })]);
  });

  it('remarks without an answer are a fault at the answer', () => {
    expect(readAnswers({ 'remarks-a': '車で' }, ['a'])[0]).toMatchObject({
      given: undefined,
      faults: { 'attendance-a': faultTexts['attendance'] },
    });
  });

  it('a time outside the meeting is a fault at its field, and what was typed stays', () => {
    const read = readAnswer({ 'attendance-a': 'late', 'lateFrom-a': '18:00' }, 'a', facts);
    expect(read.given).toBeUndefined();
    expect(Object.keys(read.faults)).toEqual(['lateFrom-a']);
    expect(read.typed.lateFrom).toBe('18:00');
  });

  it('a list or an object in place of a text is nothing', () => {
    expect(readAnswers({ 'attendance-a': ['absent', 'absent'], 'remarks-a': { x: 1 } }, ['a'])).toEqual([]);
  });

  it('are untouched where they say what the form showed', () => {
    const shown = [answer({ id: '7', attendance: 'absent' })];
    const posted = (fields: object) => readAnswer({ 'attendance-a': 'absent', 'seen-a': '7', ...fields }, 'a');
    expect(isUntouched(posted({}), shown)).toBe(true);
    expect(isUntouched(posted({ 'attendance-a': 'attending' }), shown)).toBe(false);
    expect(isUntouched(posted({ 'remarks-a': '出張のため' }), shown)).toBe(false);
    expect(isUntouched(posted({ 'seen-a': '' }), shown)).toBe(false);
    expect(isUntouched(posted({ 'seen-a': '8' }), shown)).toBe(false);
  });
});

it('Of an address enough is shown to recognise one’s own', () => {
  expect([masked('taro.kaku@pd.example.org'), masked(null), masked('@x')]).toEqual(['t***@pd.example.org', '', '']);
});

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge, Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari, iOS'],
  ['curl/8.0', ''],
  [undefined, ''],
])('A browser is known coarsely: %s', (agent, expected) => {
  expect(coarseAgent(agent)).toBe(expected);
});
