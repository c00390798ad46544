import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Trail } from '../../src/audit/audit.service.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { wordsOf, YearHouse } from './year-house.ts';

let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
  await house.app.get(Meetings).set(house.ids['pdpo/qup']!, { firstDay: '2028-03-09' }, house.actor);
  await house.app.settle();
});
afterAll(() => house.app.stop());

const count = (html: string) => (html.match(/<p class="trail-time">/g) ?? []).length;

describe('the trail', () => {
  it('says who did what when, in both languages, also to readers', async () => {
    const ja = wordsOf((await house.get('/trail', { as: 'reader' })).body);
    expect(ja).toContain('2027年5月20日(木)');
    expect(ja).toContain('日程の決定');
    expect(ja).toContain('見本 一子');
    const en = wordsOf((await house.get('/trail?kind=meeting', { language: 'en' })).body);
    expect(en).toContain('day set PD/PO visit (QUP)');
    expect(en).toContain('Thu 9 March 2028');
    expect((await house.get('/trail', { as: null })).headers['location']).toBe('/sign-in?to=%2Ftrail');
  });

  it('is linked from the foot of the pages', async () => {
    expect((await house.get('/roster/centres')).body).toContain('<a href="/trail">');
  });

  it('pages through everything once, newest first', async () => {
    const [{ n }]: [{ n: number }] = await house.app.dataSource.query('select count(*)::int as n from trail');
    let [seen, address] = [0, '/trail'];
    for (let pages = 0; address && pages < 50; pages++) {
      const { body } = await house.get(address);
      seen += count(body);
      address = (/<a class="button" href="([^"]+)" rel="next">/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    expect(seen).toBe(n);
  });

  it('narrows to a thing, a kind, a person and days', async () => {
    const shown = async (query: string) => count((await house.get(`/trail?${query}`)).body);
    expect(await shown(`subject=${encodeURIComponent('person/kaku-taro')}`)).toBe(1);
    expect(await shown('kind=staff')).toBeGreaterThanOrEqual(3);
    expect(await shown(`who=${house.actor.id!}&kind=meeting`)).toBeGreaterThan(0);
    expect(await shown('from=2027-05-21')).toBe(0);
    expect(await shown('to=2027-05-19')).toBe(0);
    expect(await shown('from=2027-05-20&to=2027-05-20')).toBe(50);
    expect(wordsOf((await house.get('/trail?from=2027-05-21')).body)).toContain('当てはまる記録がありません');
  });

  it('shows hostile names as text and answers queries of any shape', async () => {
    await house.app.dataSource.transaction((tx) =>
      house.app.get(Trail).record(tx, {
        actor: { kind: 'link', name: '<script>x</script>' },
        verb: 'responses.record',
        subject: 'meeting/nothing',
        after: { remarks: '<img src=x onerror=y>' },
      }),
    );
    const { body } = await house.get('/trail');
    expect(body).not.toMatch(/<script>x|<img src=x/);
    for (const query of [
      'subject=constructor',
      'subject=person/x',
      'before=x',
      'who=x&kind=__proto__',
      'from=2027-02-30',
      'subject=a&subject=b',
    ])
      expect((await house.get(`/trail?${query}`)).statusCode).toBe(200);
  });
});
