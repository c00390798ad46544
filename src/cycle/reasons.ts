import { joinTexts, type Text } from '../kernel/text.ts';
import { inSentence, nthYear } from '../programme/phrases.ts';
import type { KindOfYear, Programme, SeatRule } from '../programme/programme.ts';
import type { Centre, Institution } from '../roster/roster.ts';
import type { YearOfCentre } from './years.ts';

/** Why a row of the year is there, as staff would say it. */

const because = (when: Text, what: Text): Text => ({
  ja: `${when.ja}のため${what.ja}`,
  en: `${when.en}: ${inSentence(what).en}`,
});

/** 「5年目のため中間評価」 · "5th year: interim evaluation"; the last year of support says that it is */
export function reasonOfYear(at: YearOfCentre, kinds: readonly KindOfYear[]): Text {
  const evaluations = kinds.filter((kind) => kind.evaluation);
  const named = (evaluations.length > 0 ? evaluations : kinds.slice(0, 1)).map((kind) => kind.name);
  const nth = nthYear(at.year);
  const when =
    at.year === at.last ? { ja: `${nth.ja}（支援最終年度）`, en: `${nth.en}, the last of its support` } : nth;
  const first = named[0]!;
  return because(when, joinTexts([first, ...named.slice(1).map(inSentence)], '・', ' and '));
}

export const reasonBeforeAdoption = (centre: Centre): Text => ({
  ja: `${centre.adoptionYear}年度採択のため対象外`,
  en: `adopted in FY${centre.adoptionYear}: not yet supported`,
});

export function reasonAfterSupport(centre: Centre, name: Text): Text {
  return {
    ja: `${centre.supportEndYear}年度で支援終了のため${name.ja}`,
    en: `support ended with FY${centre.supportEndYear}: ${inSentence(name).en}`,
  };
}

/** Of an activity of a centre: its own words where it has some, 「5年目（中間評価）：毎年1回」; otherwise its name */
export function reasonOfActivity(
  activity: { readonly name: Text; readonly reason?: Text | undefined },
  at: YearOfCentre,
  kind: { readonly name: Text },
): Text {
  const nth = nthYear(at.year);
  if (!activity.reason) return because(nth, activity.name);
  return {
    ja: `${nth.ja}（${kind.name.ja}）：${activity.reason.ja}`,
    en: `${nth.en} (${inSentence(kind.name).en}): ${activity.reason.en}`,
  };
}

export const reasonAdded: Text = { ja: '事務局が追加', en: 'added by the secretariat' };

/** Of what happens once for the programme */
export function reasonOfProgramme(activity: { readonly reason?: Text | undefined }, centres: number): Text {
  const said = activity.reason ?? { ja: '年度ごとに1回', en: 'once in the year' };
  if (centres === 0) return said;
  return {
    ja: `${said.ja}（対象${centres}拠点）`,
    en: `${said.en} (${centres} ${centres === 1 ? 'centre' : 'centres'})`,
  };
}

const ifOptional = (rule: SeatRule, reason: Text): Text =>
  rule.required ? reason : { ja: `${reason.ja}（任意）`, en: `${reason.en}, optional` };

/** Why a seat is there and how it is filled */
export function reasonOfSeat(
  programme: Programme,
  rule: SeatRule,
  of: { readonly institution?: Institution | undefined; readonly title?: Text | undefined },
): Text {
  const post = (id: string) => programme.posts[id]?.name ?? { ja: id, en: id };
  const host = of.institution?.name;
  if (rule.oneOf) {
    const names = rule.oneOf.map((choice, i) => (i === 0 ? post(choice.post) : inSentence(post(choice.post))));
    const joined = joinTexts(names, '、', ' or ');
    const one = names.length === 1 ? joined : { ja: `${joined.ja}のうち1名`, en: joined.en };
    return ifOptional(rule, host ? { ja: `${host.ja}：${one.ja}`, en: `${host.en}: ${one.en}` } : one);
  }
  if (rule.holder !== undefined) {
    const title = of.title ?? post(rule.holder);
    return ifOptional(rule, { ja: `役職による：${title.ja}`, en: `by post: ${title.en}` });
  }
  if (rule.assigned !== undefined)
    return ifOptional(rule, { ja: 'この拠点の担当', en: 'assigned to this centre for the year' });
  if (rule.panel) {
    const { atLeast, tagged } = rule.panel;
    return ifOptional(rule, {
      ja: `この拠点の委員から${atLeast}名以上${tagged ? '（海外からの委員を含めることが望ましい）' : ''}`,
      en: `at least ${atLeast} of this centre's members${tagged ? ', somebody from overseas among them if possible' : ''}`,
    });
  }
  return ifOptional(rule, reasonAdded);
}
