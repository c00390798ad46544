import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, mondayOf, weekday, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../../src/kernel/fiscal-year.ts';
import { text } from '../../src/kernel/text.ts';
import { placeItems, scaleOf, weeksOf, widthOf } from '../../src/web/staff/year-board-layout.ts';
import { states, type BoardState } from '../../src/web/staff/state-shapes.ts';
import { drawYearBoard, type BoardBar, type YearBoardInput } from '../../src/web/staff/year-board.ts';
import { kitBoard } from './kit-data.ts';

const bar = (from: CalendarDate, to: CalendarDate = from, state: BoardState = 'planned'): BoardBar => ({
  id: from,
  from,
  to,
  kind: 'site',
  label: text('訪問', 'Visit'),
  state,
  href: `/meetings/${from}`,
});
const board = (fiscalYear: number, bars: readonly BoardBar[] = []): YearBoardInput => ({
  fiscalYear,
  holidays: [],
  blackouts: [],
  rows: [{ centre: { id: 'ashbi', acronym: 'ASHBi', name: text('拠点', 'Centre') }, bars, bands: [], diamonds: [] }],
});

/** The rectangle of the one bar on a board, in percent */
function drawnBar(html: string): { start: number; width: number } {
  const link = /<a href="\/meetings\/[^>]+>.*?<\/a>/.exec(html)![0];
  const [, x, width] = /<rect x="([\d.]+)%" y="\d+" width="([\d.]+)%"/.exec(link)!;
  return { start: Number(x), width: Number(width) };
}

describe('the weeks of a fiscal year', () => {
  it('begin on the Monday of the week of 1 April and end with the week of 31 March', () => {
    expect([weeksOf(2027)[0], weeksOf(2027).at(-1)]).toEqual(['2027-03-29', '2028-03-27']);
  });

  it('are 53 as a rule', () => {
    expect([2025, 2026, 2027, 2028].map((year) => weeksOf(year).length)).toEqual([53, 53, 53, 53]);
  });

  it('are 54 where a leap year begins on a Sunday', () => {
    expect(weekday(firstDayOf(2007))).toBe(7);
    expect(weeksOf(2007)).toHaveLength(54);
  });

  it('hold every day of every year once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2060 }), fc.integer({ min: 0, max: 365 }), (year, n) => {
        const day = addDays(firstDayOf(year), n);
        if (day > lastDayOf(year)) return;
        expect(weeksOf(year).filter((monday) => monday === mondayOf(day))).toHaveLength(1);
      }),
    );
  });
});

describe('a bar', () => {
  it('on 9 July lies in the week of 5 July, the 15th of FY2027', () => {
    expect(weeksOf(2027).indexOf('2027-07-05')).toBe(14);
    const { start, width } = drawnBar(drawYearBoard(board(2027, [bar('2027-07-09')]), 'ja'));
    expect(start).toBeGreaterThan((14 / 53) * 100);
    expect(start + width).toBeLessThan((15 / 53) * 100);
  });

  it('lies in the week of its day in every year, 54 weeks and leap day included', () => {
    const day = fc
      .tuple(fc.integer({ min: 2000, max: 2040 }), fc.integer({ min: 0, max: 364 }))
      .map(([year, n]) => ({ year, day: addDays(firstDayOf(year), n) }));
    const check = ({ year, day: on }: { year: number; day: CalendarDate }) => {
      const weeks = weeksOf(year);
      const index = weeks.indexOf(mondayOf(on));
      const { start, width } = drawnBar(drawYearBoard(board(year, [bar(on)]), 'en'));
      expect(Math.floor((start / 100) * weeks.length)).toBe(index);
      expect(Math.floor(((start + width) / 100) * weeks.length)).toBe(index);
    };
    check({ year: 2007, day: '2008-02-29' });
    check({ year: 2007, day: '2007-04-01' });
    check({ year: 2007, day: '2008-03-31' });
    check({ year: 2027, day: '2028-02-29' });
    fc.assert(fc.property(day, check), { numRuns: 60 });
  });

  it('over a weekend covers both weeks', () => {
    const { start, width } = drawnBar(drawYearBoard(board(2027, [bar('2027-07-09', '2027-07-12')]), 'ja'));
    expect(width).toBeCloseTo((2 / 53) * 100 - 0.2, 1);
    expect(start).toBeCloseTo((14 / 53) * 100 + 0.1, 1);
  });

  it('is cut at the end of the year, and not drawn where it lies outside', () => {
    const html = drawYearBoard(board(2027, [bar('2028-03-30', '2028-05-10')]), 'ja');
    const { start, width } = drawnBar(html);
    expect(start + width).toBeLessThanOrEqual(100);
    expect(drawYearBoard(board(2027, [bar('2028-05-10')]), 'ja')).not.toContain(
      '<a href="/meetings/2028-05-10" aria-label',
    );
  });

  it('leads to its meeting and says centre, what, day and state in the language of the reader', () => {
    const input = board(2027, [bar('2027-07-09', '2027-07-10', 'announced')]);
    expect(drawYearBoard(input, 'ja')).toContain(
      '<a href="/meetings/2027-07-09" aria-label="ASHBi 訪問 2027年7月9日(金)～10日(土) 通知済み">',
    );
    expect(drawYearBoard(input, 'en')).toContain('aria-label="ASHBi Visit Fri 9 – Sat 10 July 2027 Announced"');
  });

  it('without a day says so, and spans its window', () => {
    const html = drawYearBoard(board(2027, [bar('2027-06-01', '2027-09-30', 'undated')]), 'ja');
    expect(html).toContain('訪問（日程未定）');
    expect(html).toContain('2027年6月1日(火)～9月30日(木)のあいだ 日程未定');
  });

  it('differs by state in more than colour', () => {
    const shapes = states.map((state) => {
      const html = drawYearBoard(board(2027, [bar('2027-07-09', '2027-07-09', state)]), 'ja');
      const link = /<a href="\/meetings.*?<\/a>/.exec(html)![0];
      return [...link.matchAll(/ d="([^"]+)"| stroke-dasharray="([^"]+)"/g)]
        .map((match) => match[1] ?? match[2])
        .join();
    });
    expect(new Set(shapes).size).toBe(states.length);
  });
});

describe('the board', () => {
  const html = { ja: drawYearBoard(kitBoard, 'ja'), en: drawYearBoard(kitBoard, 'en') };

  it('names months, rows, badges, windows and holidays in the language of the reader', () => {
    for (const words of [
      '>4月<',
      '>3月<',
      '最終評価',
      'サイトビジットの期間',
      '海の日 2026年7月20日(月)',
      '2026年度（令和8年度）年間予定表',
    ])
      expect(html.ja).toContain(words);
    for (const words of [
      '>Apr<',
      '>Mar<',
      'Final evaluation',
      'Window of site visits',
      'Marine Day Mon 20 July 2026',
      'Year board FY2026 (R8)',
    ])
      expect(html.en).toContain(words);
    expect(html.en).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  });

  it('names twelve months, April first', () => {
    const months = [...html.ja.matchAll(/>(\d+)月<\/text>/g)].map((match) => Number(match[1]));
    expect([...months].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('says the name of a window once, not in every row below', () => {
    expect(html.ja.match(/>サイトビジットの期間<\/text>/g)).toHaveLength(1);
  });

  it('fits one screen with nine centres and the programme row', () => {
    const height = Number(/year-board-weeks"[^>]* height="(\d+)"/.exec(html.ja)![1]);
    expect(height).toBeLessThanOrEqual(600);
  });

  it('says the same as a table, each bar and each deadline in a row', () => {
    const rows = html.ja.match(/<tr><th scope="row">/g)!;
    const entries = [kitBoard.programmeRow!, ...kitBoard.rows].reduce(
      (n, row) => n + row.bars.length + row.diamonds.length,
      0,
    );
    expect(rows).toHaveLength(entries);
  });

  it('has presentation attributes only and no address but its links', () => {
    expect(html.ja).not.toMatch(/\sstyle=|<style|<script|\son\w+=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it('escapes everything that comes in', () => {
    const evil = text('<script>alert(1)</script>"\'&', '<script>alert(1)</script>"\'&');
    const input: YearBoardInput = {
      fiscalYear: 2027,
      holidays: [{ date: '2027-05-03', name: evil }],
      blackouts: [{ from: '2027-08-08', to: '2027-08-16', name: evil }],
      rows: [
        {
          centre: { id: 'x', acronym: evil, name: evil, badge: evil, href: '/"><script>' },
          bars: [{ ...bar('2027-07-09'), label: evil, href: '/"><script>' }],
          bands: [{ from: '2027-06-01', to: '2027-09-30', label: evil, kind: '"><script>' }],
          diamonds: [{ date: '2027-05-31', label: evil, state: 'planned', href: '/"><script>' }],
        },
      ],
    };
    const drawn = drawYearBoard(input, 'ja');
    expect(drawn).not.toContain('<script');
    expect(drawn).not.toMatch(/"'&|\/">/);
    expect(drawn.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp;/g)!.length).toBeGreaterThan(5);
  });

  it('draws an empty year', () => {
    const empty = drawYearBoard({ fiscalYear: 2027, holidays: [], blackouts: [], rows: [] }, 'en');
    expect(empty).toContain('Year board FY2027 (R9)');
    expect(empty).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('labels', () => {
  const item = (start: number, end: number, ...labels: string[]) => ({ box: { start, end }, labels });

  it('stand at the right, at the left where another bar is in the way, and are shortened where neither has room', () => {
    const [first, second] = placeItems([item(10, 12, 'サイトビジット'), item(14, 16, 'ヒアリング')], 11, true);
    expect([first!.label?.side, second!.label?.side]).toEqual(['left', 'right']);
    const [, last] = placeItems([item(60, 62, '前'), item(97, 99, 'サイトビジット 3/30(木)')], 11, true);
    expect(last!.label?.side).toBe('left');
    const crowded = placeItems([item(0, 2, 'サイトビジット', '訪'), item(4, 100, '')], 11, false);
    expect(crowded[0]!.label?.words).toBe('訪');
  });

  it('stand inside a long bar', () => {
    expect(placeItems([item(10, 60, '日程未定')], 11, true)[0]!.label?.side).toBe('inside');
  });

  it('get a lane of their own rather than none', () => {
    const placed = placeItems([item(0, 2, 'とても長い名前の会合'), item(3, 60), item(61, 100)], 11, true);
    expect(placed[0]).toMatchObject({ lane: 1, label: { words: 'とても長い名前の会合' } });
  });

  it('never lie on another bar or label of their lane', () => {
    const box = fc.tuple(fc.integer({ min: 0, max: 96 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(box, { maxLength: 14 }), fc.boolean(), (boxes, room) => {
        const placed = placeItems(
          boxes.map(([start, length]) => item(start, start + length, 'サイトビジット 7/9(金)', '7/9(金)')),
          11,
          room,
        );
        const width = (words: string) => (widthOf(words, 11) / 1080) * 100;
        const spans = placed.flatMap(({ item: { box: own }, lane, label }) => {
          if (!label || label.side === 'inside') return [{ lane, ...own }];
          return label.side === 'right'
            ? [{ lane, start: own.start, end: own.end + width(label.words) }]
            : [{ lane, start: own.start - width(label.words), end: own.end }];
        });
        for (const [index, a] of spans.entries())
          for (const b of spans.slice(index + 1))
            expect(a.lane === b.lane && a.start < b.end && b.start < a.end).toBe(false);
        expect(placed).toHaveLength(boxes.length);
      }),
    );
  });
});

describe('the scale', () => {
  it('gives every day the same width', () => {
    const scale = scaleOf(2027);
    const width = 100 / (scale.weeks.length * 7);
    for (const day of ['2027-04-01', '2028-02-29', '2028-03-31'] as const) {
      const span = scale.days(day, day)!;
      expect(span.end - span.start).toBeCloseTo(width, 9);
      expect(span.start).toBeCloseTo(daysBetween('2027-03-29', day) * width, 9);
    }
  });
});
