import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Judgement } from '../../planning/rules/judge.ts';
import type { Charge } from '../../planning/rules/finding.ts';
import { titleOfPart } from '../../planning/rules/parts.ts';
import type { PublishFacts } from '../../planning/publish.ts';
import type { Speech } from './plan-speech.ts';

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

/** What a plan costs, dearest part first */
export function costView(speech: Speech, judged: Judgement): CostView {
  const said = (charge: Charge) => ({
    of: speech.called(charge.where),
    text: speech.charge(charge),
    cost: charge.cost,
  });
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
        .map((charge) => ({ text: speech.charge(charge), cost: charge.cost })),
  };
}

/**
 * Reasons that the planner has already put into words name people as its instance does, in English, and meetings by their keys: here both
 * are called as the reader's language calls them.
 */
export function inBothNames(reasons: readonly Text[], facts: PublishFacts): Text {
  const { ja, en } = joinTexts(reasons, '／', '; ');
  const people = facts.roster.people
    .filter(({ name }) => name.en !== '')
    .toSorted((a, b) => b.name.en.length - a.name.en.length);
  const meetings = facts.meetings.toSorted((a, b) => b.key.length - a.key.length);
  const named = (said: string, language: 'ja' | 'en') =>
    meetings.reduce((all, { key, title }) => all.replaceAll(key, title[language]), said);
  return text(
    people.reduce((said, { name }) => said.replaceAll(name.en, name.ja), named(ja, 'ja')),
    named(en, 'en'),
  );
}
