/**
 * National holidays of Japan 2007-2035, worked out from the Act on National Holidays (国民の祝日に関する法律, 昭和23年法律第178号) and
 * the special acts for 2019, 2020 and 2021; the equinoxes by the formula of the Hydrographic Department (海上保安庁水路部) for 1980-2099.
 * Nothing here comes from a table of holidays.
 */

const key = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** 0 Sunday … 6 Saturday, by Zeller's congruence */
export function zeller(year: number, month: number, day: number): number {
  const [y, m] = month < 3 ? [year - 1, month + 12] : [year, month];
  const h =
    (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return (h + 6) % 7;
}

const nthMonday = (year: number, month: number, n: number): number => {
  const first = 1 + ((8 - zeller(year, month, 1)) % 7);
  return first + 7 * (n - 1);
};

const equinox = (year: number, constant: number): number =>
  Math.floor(constant + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

/** 第2条, with the special acts: month, day, name */
function namedHolidays(year: number): [number, number, string][] {
  const list: [number, number, string][] = [
    [1, 1, '元日'],
    [1, nthMonday(year, 1, 2), '成人の日'],
    [2, 11, '建国記念の日'],
    [3, equinox(year, 20.8431), '春分の日'],
    [4, 29, '昭和の日'],
    [5, 3, '憲法記念日'],
    [5, 4, 'みどりの日'],
    [5, 5, 'こどもの日'],
    [9, nthMonday(year, 9, 3), '敬老の日'],
    [9, equinox(year, 23.2488), '秋分の日'],
    [11, 3, '文化の日'],
    [11, 23, '勤労感謝の日'],
  ];
  if (year <= 2018) list.push([12, 23, '天皇誕生日']);
  if (year >= 2020) list.push([2, 23, '天皇誕生日']);
  if (year === 2019) list.push([5, 1, '天皇の即位の日'], [10, 22, '即位礼正殿の儀の行われる日']);
  // the Olympic and Paralympic Games moved three days of 2020 and of 2021
  if (year === 2020) list.push([7, 23, '海の日'], [7, 24, 'スポーツの日'], [8, 10, '山の日']);
  else if (year === 2021) list.push([7, 22, '海の日'], [7, 23, 'スポーツの日'], [8, 8, '山の日']);
  else {
    list.push(
      [7, nthMonday(year, 7, 3), '海の日'],
      [10, nthMonday(year, 10, 2), year < 2020 ? '体育の日' : 'スポーツの日'],
    );
    if (year >= 2016) list.push([8, 11, '山の日']);
  }
  return list;
}

const next = (day: string, step = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + step * 86_400_000).toISOString().slice(0, 10);
const sunday = (day: string): boolean =>
  zeller(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))) === 0;

/** Every holiday from 1 January 2007 to 31 December 2035, by day */
export function holidaysByLaw(): Map<string, string> {
  const named = new Map<string, string>();
  for (let year = 2007; year <= 2035; year++)
    for (const [month, day, name] of namedHolidays(year)) named.set(key(year, month, day), name);
  const all = new Map(named);
  // 第3条第2項: a holiday on a Sunday makes the next day that is none a holiday
  for (const day of named.keys()) {
    if (!sunday(day)) continue;
    let substitute = next(day);
    while (named.has(substitute)) substitute = next(substitute);
    all.set(substitute, '振替休日');
  }
  // 第3条第3項: a day that is none, between two that are
  for (let day = '2007-01-02'; day < '2035-12-31'; day = next(day))
    if (!all.has(day) && named.has(next(day, -1)) && named.has(next(day))) all.set(day, '国民の休日');
  return all;
}
