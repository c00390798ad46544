import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  answersOf,
  halfDayCount,
  lettersOf,
  readHalf,
  readState,
  readWeekdays,
  refusalToSpan,
  spansOf,
  type Span,
} from '../../src/availability/half-days.ts';
import { addDays, date } from '../../src/kernel/calendar-date.ts';

const span = (from: string, to: string, more: Partial<Span> = {}): Span => ({
  from: date(from),
  to: date(to),
  half: 'all',
  state: 'o',
  comment: '',
  ...more,
});

describe('what people write for', () => {
  test.each([
    ['o', ['○', '〇', '◯', '◎', 'o', 'O', 'Ｏ', ' ○ ', 'OK', '可', 'yes']],
    ['t', ['△', '▲', 't', 'Ｔ', '調整中', 'maybe']],
    ['x', ['×', '✕', 'x', 'Ｘ', '✖', '❌', 'NG', '不可']],
  ] as const)('%s is read', (state, spellings) => {
    for (const spelling of spellings) expect([spelling, readState(spelling)]).toEqual([spelling, state]);
  });
  test('no state is read from anything else', () => {
    for (const spelling of ['', '?', '0', 'ox', '-', 'constructor']) expect(readState(spelling)).toBeUndefined();
  });
  test('halves and weekdays is read', () => {
    expect(['午前', 'AM', '午後', 'p.m.', '終日', '', 'ＡＭ'].map(readHalf)).toEqual([
      'am',
      'am',
      'pm',
      'pm',
      'all',
      'all',
      'am',
    ]);
    expect(readHalf('夕方')).toBeUndefined();
    expect(['月・水', '月水', 'Mon Wed', 'wednesday, mon', '毎日', '', '月曜日'].map(readWeekdays)).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
      [1, 3],
      [1, 2, 3, 4, 5, 6, 7],
      null,
      [1],
    ]);
    expect(readWeekdays('祝日')).toBeUndefined();
  });
});

describe('a stretch of days', () => {
  test('is Monday to Friday, unless it is one day or names its weekdays', () => {
    const days = (s: Span) => [...new Set(answersOf([s]).map((answer) => answer.day))];
    // Thursday 1 to Monday 5 July 2027
    expect(days(span('2027-07-01', '2027-07-05'))).toEqual(['2027-07-01', '2027-07-02', '2027-07-05']);
    expect(days(span('2027-07-03', '2027-07-03'))).toEqual(['2027-07-03']);
    expect(days(span('2027-07-01', '2027-07-31', { weekdays: [6] }))).toHaveLength(5);
    expect(days(span('2027-07-03', '2027-07-04'))).toEqual([]);
  });

  test('said later counts', () => {
    const said = answersOf([
      span('2027-07-01', '2027-07-02'),
      span('2027-07-02', '2027-07-02', { half: 'pm', state: 'x', comment: '講義' }),
    ]);
    expect(said.map(({ day, half, state }) => [day, half, state])).toEqual([
      ['2027-07-01', 'am', 'o'],
      ['2027-07-01', 'pm', 'o'],
      ['2027-07-02', 'am', 'o'],
      ['2027-07-02', 'pm', 'x'],
    ]);
    const at = said.map((answer) => halfDayCount(answer.day, answer.half));
    const states = said.map((answer) => answer.state).join('');
    expect(lettersOf(at, states, [date('2027-06-30'), date('2027-07-01'), date('2027-07-02')])).toBe('--ooox');
    expect(lettersOf(at, states, [date('2027-07-02')])).toBe('ox');
  });

  test('is refused where it ends before it begins or is endless', () => {
    expect(refusalToSpan(span('2027-07-01', '2027-07-01'))).toBeUndefined();
    expect(refusalToSpan(span('2027-07-02', '2027-07-01'))?.code).toBe('availability.span-not-usable');
    expect(refusalToSpan(span('2027-01-01', '2028-12-31'))).toBeUndefined();
    expect(refusalToSpan(span('2027-01-01', '2029-01-02'))?.code).toBe('availability.span-not-usable');
    expect(refusalToSpan(span('2027-07-01', '2027-07-01', { comment: 'a\nb' }))?.code).toBe(
      'availability.comment-not-usable',
    );
  });

  test('is found again in half days, whatever they are', () => {
    const spans = fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 40 }).map((n) => addDays(date('2027-06-01'), n)),
        length: fc.integer({ min: 0, max: 12 }),
        half: fc.constantFrom('am', 'pm', 'all' as const),
        state: fc.constantFrom('o', 't', 'x' as const),
        comment: fc.constantFrom('', '講義'),
        weekdays: fc.constantFrom(undefined, [2], [1, 6, 7]),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(spans, (made) => {
        const answers = answersOf(made.map(({ length, ...rest }) => ({ ...rest, to: addDays(rest.from, length) })));
        expect(answersOf(spansOf(answers))).toEqual(answers);
      }),
    );
  });

  test('is said shortly', () => {
    const season = span('2027-06-01', '2027-09-30');
    expect(spansOf(answersOf([season]))).toEqual([season]);
  });
});
