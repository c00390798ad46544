import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Instance, Plan } from '../../planning/instance.ts';
import { compile } from '../../planning/problem/compile.ts';
import { judge, sayCharge, type Judgement } from '../../planning/rules/judge.ts';
import type { Charge } from '../../planning/rules/finding.ts';
import { titleOfPart } from '../../planning/rules/parts.ts';
import { Names } from '../../planning/rules/rule.ts';
import type { PublishFacts } from '../../planning/publish.ts';

/** One part of what a plan costs, with everything that it consists of */
export interface CostPart {
  readonly part: string;
  readonly title: Text;
  readonly cost: number;
  readonly share: number;
  readonly charges: readonly { readonly of: Text; readonly text: Text; readonly cost: number }[];
}

export interface CostView {
  readonly total: number;
  readonly parts: readonly CostPart[];
  /** Broken rules: the plan would be refused; named so that nobody has to guess */
  readonly broken: number;
  /** What is paid for one meeting, for `why here` */
  of(meeting: string): readonly { readonly text: Text; readonly cost: number }[];
}

/** The judgement by which the planner was led. Compiling takes some 40 ms for a year; a run that is over has one for good. */
export const judgementOf = (instance: Instance, plan: Plan): Judgement => judge(compile(instance), plan);

/** What a plan costs, dearest part first */
export function costView(facts: PublishFacts, instance: Instance, judged: Judgement): CostView {
  const say = speaker(facts, instance);
  const called = callerOf(facts);
  const said = (charge: Charge) => ({ of: called(charge.where), text: say(charge), cost: charge.cost });
  const parts = Object.entries(judged.parts)
    .filter(([, cost]) => cost > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([part, cost]) => ({
      part,
      title: titleOfPart(part),
      cost,
      share: judged.cost > 0 ? Math.round((100 * cost) / judged.cost) : 0,
      charges: judged.charges.filter((charge) => charge.part === part).map(said),
    }));
  return {
    total: judged.cost,
    parts,
    broken: judged.broken.length,
    of: (meeting) =>
      judged.charges
        .filter(({ where }) => where === meeting || where.startsWith(`${meeting} `))
        .map((charge) => ({ text: say(charge), cost: charge.cost })),
  };
}

/** The planner knows people by one name each; here each language has its own. */
function speaker(facts: PublishFacts, instance: Instance): (charge: Charge) => Text {
  const names = new Map(facts.roster.people.map((person) => [person.id, person.name]));
  const [ja, en] = (['ja', 'en'] as const).map(
    (language) =>
      new Names({
        ...instance,
        people: instance.people.map((person) => ({ ...person, name: names.get(person.id)?.[language] ?? person.id })),
      }),
  );
  return (charge) => text(sayCharge(charge, ja!).text.ja, sayCharge(charge, en!).text.en);
}

/** `site/icredd lead`, `officer/icredd`, a limit or a load: what it is called */
export function callerOf(facts: PublishFacts): (where: string) => Text {
  const { rules } = facts.cycle;
  const meetings = new Map(facts.meetings.map((meeting) => [meeting.key, meeting.title]));
  const named = new Map(
    [...rules.assignments, ...rules.panels, ...rules.loads, ...rules.limits].map((one) => [one.id, one.name]),
  );
  const centres = new Map(facts.roster.centres.map((centre) => [centre.id, centre.acronym]));
  return (where) => {
    const [key = ''] = where.split(' ');
    const meeting = meetings.get(key);
    if (meeting) return meeting;
    const [id = '', centre = ''] = key.split('/');
    const name = named.get(id);
    const acronym = centres.get(centre);
    if (!name) return text(where, where);
    return acronym ? text(`${name.ja}（${acronym}）`, `${name.en} (${acronym})`) : name;
  };
}

/** Reasons from the planner name people as its instance does, in English: in Japanese they have their Japanese names. */
export function inBothNames(reasons: readonly Text[], facts: PublishFacts): Text {
  const { ja, en } = joinTexts(reasons, '／', '; ');
  const people = facts.roster.people.toSorted((a, b) => b.name.en.length - a.name.en.length);
  return text(
    people.reduce((said, { name }) => (name.en === '' ? said : said.replaceAll(name.en, name.ja)), ja),
    en,
  );
}
