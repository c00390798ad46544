import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { text, type Language } from '../../src/kernel/text.ts';
import { createLiquid } from '../../src/web/liquid.ts';

const engine = createLiquid({ root: 'templates/pages', cache: false });
const say = (template: string, data: object = {}, language: Language = 'ja') =>
  engine.parseAndRenderSync(template, data, { globals: { language } }) as string;
const both = (template: string, data: object = {}) => [say(template, data, 'ja'), say(template, data, 'en')];

describe('the tag t', () => {
  it('says a sentence in the language of the reader', () => {
    expect(both('{% t "保存" "Save" %}')).toEqual(['保存', 'Save']);
  });

  it('fills placeholders with values, and with Texts in the language of the reader', () => {
    const data = { n: 3, centre: text('数物連携宇宙研究機構', 'Kavli IPMU') };
    expect(both('{% t "{c}：{n}件" "{c}: {n} left" n: n, c: centre %}', data)).toEqual([
      '数物連携宇宙研究機構：3件',
      'Kavli IPMU: 3 left',
    ]);
  });

  it('chooses singular and plural by the number', () => {
    const visits = (n: number) => say('{% t "訪問{n}件" "{n} {n|visit|visits}" n: n %}', { n }, 'en');
    expect([visits(0), visits(1), visits(2)]).toEqual(['0 visits', '1 visit', '2 visits']);
  });

  it('escapes what is filled in and what it says itself', () => {
    const data = { name: '<script>alert("1")</script> & 見本' };
    expect(say('{% t "{n}様 <b>" "{n} <b>" n: name %}', data)).toBe(
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 見本様 &lt;b&gt;',
    );
  });

  it('does not fill placeholders a second time: a name that looks like one stays', () => {
    expect(say('{% t "{a}と{b}" "{a} and {b}" a: a, b: b %}', { a: '{b}', b: '見本' })).toBe('{b}と見本');
  });

  it.each([
    ['{% t "保存" %}', /two sentences/],
    ['{% t "保存" "" %}', /two sentences/],
    ['{% t "保存" english %}', /two sentences/],
    ['{% t "{n}件" "{n} left" %}', /no value for: n/],
    ['{% t "{n}件" "{m} left" n: 1 %}', /no value for: m/],
    ['{% t "件" "left" n: 1 %}', /does not use: n/],
  ])('refuses %s when the template is read', (template, message) => {
    expect(() => engine.parse(template)).toThrow(message);
  });
});

describe('what was captured', () => {
  const data = { name: `<b> & "K"` };

  it('is escaped once, whether printed, said, passed to a part or filled into a sentence', () => {
    const capture = '{% capture x %}{{ name }}{% endcapture %}';
    const once = '&lt;b&gt; &amp; &quot;K&quot;';
    expect(say(`${capture}{{ x }}`, data)).toBe(once);
    expect(say(`${capture}{{ x | say }}`, data)).toBe(once);
    expect(say(`${capture}{{ x | default: 'y' }}`, data)).toBe(once);
    expect(say(`${capture}{% assign y = x %}{{ y }}`, data)).toBe(once);
    expect(say(`${capture}{% t "{x}様" "{x}" x: x %}`, data)).toBe(`${once}様`);
    expect(say(`${capture}{% render 'parts/choice', label: x %}`, data)).toContain(`<span>${once}</span>`);
  });

  it('can be a link within a sentence', () => {
    const template = `{% capture link %}<a href="/x">{{ name }}</a>{% endcapture %}{% t "{link}を開く" "Open {link}" link: link %}`;
    expect(say(template, { name: 'A&B' }, 'en')).toBe('Open <a href="/x">A&amp;B</a>');
  });

  it('compares and tests like the text that it is', () => {
    const template = `{% capture x %}{{ v }}{% endcapture %}{% if x == 'a' %}a{% elsif x != '' %}b{% else %}c{% endif %}`;
    expect([say(template, { v: 'a' }), say(template, { v: 'z' }), say(template, { v: '' })]).toEqual(['a', 'b', 'c']);
    expect(say("{% capture x %}{% endcapture %}{{ x | default: 'd' }}")).toBe('d');
  });
});

describe('printing', () => {
  it('says a Text in the language of the reader, with and without the filter', () => {
    const data = { name: text('拠点', 'Centre') };
    expect(both('{{ name }} {{ name | say }}', data)).toEqual(['拠点 拠点', 'Centre Centre']);
  });

  it('escapes names', () => {
    const data = { name: `<script>"o'Kaku"` };
    expect(say('<p title="{{ name }}">{{ name }}</p>', data)).toBe(
      '<p title="&lt;script&gt;&quot;o&#39;Kaku&quot;">&lt;script&gt;&quot;o&#39;Kaku&quot;</p>',
    );
  });

  it('prints nothing for what is missing, and 0 and false as they are', () => {
    expect(say('[{{ none }}][{{ nul }}][{{ zero }}][{{ no }}]', { nul: null, zero: 0, no: false })).toBe(
      '[][][0][false]',
    );
  });

  it('stops at an object that is no Text', () => {
    expect(() => say('{{ person }}', { person: { name: '見本 花子' } })).toThrow(/only texts, numbers and Texts/);
  });

  it('stops at an unknown filter', () => {
    expect(() => say('{{ 1 | dat_long }}')).toThrow(/undefined filter/);
  });

  it('does not reach what an object inherits', () => {
    expect(say('{{ name.constructor.name }}', { name: text('拠点', 'Centre') })).toBe('');
  });

  it('speaks the same language inside a part', () => {
    const parts = createLiquid({ root: 'templates/pages', cache: false });
    const html = parts.parseAndRenderSync(
      "{% render 'parts/notices' %}",
      {},
      { globals: { language: 'en', frame: { sample: true } } },
    ) as string;
    expect(html).toContain('Sample data (all people are made up)');
  });
});

describe('dates', () => {
  it('always carry their weekday', () => {
    expect(both('{{ d | date_long }} / {{ d | date_short }}', { d: '2027-07-09' })).toEqual([
      '2027年7月9日(金) / 7月9日(金)',
      'Fri 9 July 2027 / Fri 9 Jul',
    ]);
  });

  it.each([
    ['2028-02-29', '2028年2月29日(火)'],
    ['2019-04-30', '2019年4月30日(火)'],
    ['2027-01-01', '2027年1月1日(金)'],
  ])('%s is %s', (d, said) => {
    expect(say('{{ d | date_long }}', { d })).toBe(said);
  });

  it('print nothing where there is no day yet, and stop at a day that does not exist', () => {
    expect(say('[{{ d | date_long }}]')).toBe('[]');
    expect(() => say('{{ d | date_long }}', { d: '2027-02-29' })).toThrow(/not a day/);
  });

  it('say one day, two days of a month and two days of two months', () => {
    const range = (a: string, b: string) => both("{{ a | day_range: b, 'short' }}", { a, b });
    expect(range('2027-07-09', '2027-07-09')).toEqual(['7月9日(金)', 'Fri 9 Jul']);
    expect(range('2027-07-08', '2027-07-09')).toEqual(['7月8日(木)～9日(金)', 'Thu 8 – Fri 9 Jul']);
    expect(range('2027-09-30', '2027-10-01')).toEqual(['9月30日(木)～10月1日(金)', 'Thu 30 Sep – Fri 1 Oct']);
  });

  it('say a fiscal year with its era', () => {
    expect(both("{{ y | fiscal_year }} {{ y | fiscal_year: 'short' }}", { y: 2027 })).toEqual([
      '2027年度（令和9年度） 2027年度',
      'FY2027 (R9) FY2027',
    ]);
  });
});

describe('instants', () => {
  const at = '2027-07-09T01:00:00Z';

  it('are said in the zone asked for, with its name', () => {
    expect(both("{{ at | instant: 'Asia/Tokyo' }}", { at })).toEqual([
      '2027年7月9日(金) 10:00（日本時間）',
      'Fri 9 July 2027, 10:00 (Japan time)',
    ]);
    expect(both("{{ at | instant: 'Europe/Berlin' }}", { at })).toEqual([
      '2027年7月9日(金) 03:00（中央ヨーロッパ夏時間）',
      'Fri 9 July 2027, 03:00 (Central European Summer Time)',
    ]);
  });

  it('fall on the day before where it still is the day before', () => {
    expect(say("{{ at | instant: 'America/Los_Angeles', 'short' }}", { at }, 'en')).toBe(
      'Thu 8 Jul, 18:00 (US Pacific Daylight Time)',
    );
  });

  it('name winter and summer time apart', () => {
    const winter = '2027-12-09T01:00:00Z';
    expect(say("{{ at | instant: 'Europe/Zurich', 'time' }}", { at: winter })).toBe('02:00（中央ヨーロッパ時間）');
    expect(say("{{ at | instant: 'America/New_York', 'time' }}", { at: winter })).toBe('20:00（米国東部標準時）');
  });

  it('name a zone without a name of its own by its offset', () => {
    expect(say("{{ at | instant: 'Antarctica/Troll', 'time' }}", { at })).toBe('03:00（UTC+2）');
  });

  it('are read from a Date and from a DateTime too', () => {
    const data = { a: new Date(at), b: DateTime.fromISO(at, { zone: 'utc' }) };
    expect(say("{{ a | instant: 'Asia/Tokyo', 'bare' }} {{ b | instant: 'Asia/Tokyo', 'bare' }}", data)).toBe(
      '7月9日(金) 10:00 7月9日(金) 10:00',
    );
  });

  it('stop at a zone that does not exist', () => {
    expect(() => say("{{ at | instant: 'Asia/Edo' }}", { at })).toThrow(/Invalid time zone/);
  });

  it('make ranges, of clock times, within a day and over two days', () => {
    expect(both("{{ '10:00' | time_range: '17:00' }}")).toEqual(['10:00～17:00', '10:00–17:00']);
    const day = { a: at, b: '2027-07-09T08:00:00Z', c: '2027-07-10T03:00:00Z' };
    expect(both("{{ a | time_range: b, 'Asia/Tokyo', true }}", day)).toEqual([
      '10:00～17:00（日本時間）',
      '10:00–17:00 (Japan time)',
    ]);
    expect(both("{{ a | time_range: c, 'Asia/Tokyo' }}", day)).toEqual([
      '7月9日(金) 10:00～7月10日(土) 12:00',
      'Fri 9 Jul, 10:00 – Sat 10 Jul, 12:00',
    ]);
  });
});
