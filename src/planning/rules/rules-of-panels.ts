import { text } from '../../kernel/text.ts';
import { quorumOf } from '../problem/problem.ts';
import type { Rule } from './rule.ts';

const size: Rule = {
  name: 'panel-size',
  title: text('人数', 'Size of a panel'),
  *check({ panels }) {
    for (const { panel, members } of panels) {
      if (!members) continue;
      const twice = members.filter((member, i) => members.indexOf(member) !== i);
      if (twice.length) yield { rule: 'panel-size', where: panel.id, people: twice, count: members.length };
      if (members.length < panel.min || members.length > panel.max)
        yield { rule: 'panel-size', where: panel.id, count: members.length, wanted: panel.min };
    }
  },
  sentence: ({ count, people, wanted }, names) =>
    people?.length
      ? text(`${names.list(people).ja}が重複しています`, `${names.list(people).en} is named twice`)
      : text(`人数が${count}人です（${wanted}人以上必要）`, `${count} members, where at least ${wanted} are needed`),
};

const needs: Rule = {
  name: 'panel-needs',
  title: text('必要な分野', 'Fields to be covered'),
  *check({ panels }) {
    for (const { panel, members } of panels) {
      if (!members) continue;
      const covered = new Set(panel.candidates.filter((c) => members.includes(c.person)).flatMap((c) => c.covers));
      for (const need of panel.needs)
        if (!covered.has(need)) yield { rule: 'panel-needs', where: panel.id, needs: [need] };
    }
  },
  sentence: ({ needs }) =>
    text(`${(needs ?? []).join('、')}を見られる人がいません`, `Nobody covers ${(needs ?? []).join(', ')}`),
};

const quorum: Rule = {
  name: 'panel-quorum',
  title: text('メンバーの出席数', 'Quorum of a panel'),
  *check({ meetings }) {
    for (const { placed } of meetings)
      for (const { where, seat, members, here } of placed?.panels ?? []) {
        const wanted = quorumOf(seat, members.length);
        if (here.length < wanted) yield { rule: 'panel-quorum', where, count: here.length, wanted };
      }
  },
  sentence: ({ count, wanted, people }, names) => {
    const who = names.list(people);
    return text(
      `出席できるのは${count}人で、${wanted}人必要です${who.ja ? `（欠席：${who.ja}）` : ''}`,
      `Only ${count} can come, ${wanted} are needed${who.en ? ` (absent: ${who.en})` : ''}`,
    );
  },
};

export const rulesOfPanels: readonly Rule[] = [size, needs, quorum];
