import { z } from 'zod';
import { text } from '../kernel/text.ts';
import { Faults, type InstanceFault } from './fault-list.ts';
import { thingsOf } from './explain/restrict.ts';
import type { Instance, Plan } from './instance.ts';
import { reserved } from './instance-check.ts';
import { sentenceOf } from './instance-faults.ts';
import { compile } from './problem/compile.ts';
import { judge, say } from './rules/judge.ts';
import { Names } from './rules/rule.ts';

const whole = z.number().int();
const seats = z.record(z.string(), z.string());
const planSchema = z.object({
  format: z.literal('meguri-plan/1'),
  instance: z.string(),
  meetings: z.record(
    z.string(),
    z
      .object({
        start: whole,
        seats: seats,
        attending: z.record(z.string(), z.array(z.string())),
        online: z.boolean().optional(),
      })
      .nullable(),
  ),
  assignments: z.record(z.string(), z.string().nullable()),
  panels: z.record(z.string(), z.array(z.string()).nullable()),
  conferences: z.record(z.string(), z.object({ day: whole }).nullable()),
  hearings: z.record(z.string(), z.object({ day: whole, slot: whole, seats }).nullable()),
  cost: z.number().optional(),
  bound: z.number().optional(),
  proven: z.boolean().optional(),
});

const kinds = ['meetings', 'assignments', 'panels', 'conferences', 'hearings'] as const;

/**
 * Reads a plan for an instance from JSON, nothing about it believed.
 * @param instance one without faults
 * @returns the plan, or everything that is wrong with it: its form, ids that the instance does not have, rules that it breaks
 */
export function readPlan(value: unknown, instance: Instance): { plan: Plan } | { faults: InstanceFault[] } {
  const faults = new Faults();
  for (const issue of planSchema.safeParse(value).error?.issues ?? []) faults.add(issue.path, sentenceOf(issue));
  if (faults.list.length) return { faults: faults.list };
  const plan = value as Plan;
  if (plan.instance !== instance.name)
    faults.add(
      ['instance'],
      text(
        `別の計画問題「${plan.instance}」の計画です（今は「${instance.name}」）`,
        `A plan for another instance, “${plan.instance}” (this one is “${instance.name}”)`,
      ),
    );
  unknownIds(plan, instance, faults);
  if (faults.list.length) return { faults: faults.list };
  const names = new Names(instance);
  for (const finding of judge(compile(instance), plan).broken) {
    const { ja, en } = say(finding, names).text;
    const { where } = finding;
    faults.add(pathOf(plan, where), text(`規則に反します（${where}：${ja}）`, `It breaks a rule (${where}): ${en}`));
  }
  return faults.list.length ? { faults: faults.list } : { plan };
}

function unknownIds(plan: Plan, instance: Instance, faults: Faults): void {
  const things = new Set(thingsOf(instance));
  const people = new Set(instance.people.map(({ id }) => id));
  const person = (id: string | null, path: readonly PropertyKey[]) => {
    if (id !== null && !people.has(id))
      faults.add(path, text(`「${id}」という人はいません`, `There is nobody “${id}”`));
  };
  for (const kind of kinds)
    for (const id of Object.keys(plan[kind]))
      if (!things.has(id) || reserved.has(id))
        faults.add([kind, id], text(`「${id}」はありません`, `There is no “${id}”`));
  for (const [id, holder] of Object.entries(plan.assignments)) person(holder, ['assignments', id]);
  for (const [id, members] of Object.entries(plan.panels)) members?.forEach((who, i) => person(who, ['panels', id, i]));
  for (const [id, at] of Object.entries(plan.hearings))
    for (const [seat, who] of Object.entries(at?.seats ?? {})) person(who, ['hearings', id, 'seats', seat]);
  for (const [id, at] of Object.entries(plan.meetings)) {
    for (const [seat, who] of Object.entries(at?.seats ?? {})) person(who, ['meetings', id, 'seats', seat]);
    for (const [seat, here] of Object.entries(at?.attending ?? {}))
      here.forEach((who, i) => person(who, ['meetings', id, 'attending', seat, i]));
  }
}

function pathOf(plan: Plan, where: string): PropertyKey[] {
  const [id, seat] = where.split(' ') as [string, string | undefined];
  const kind = kinds.find((one) => Object.hasOwn(plan[one], id));
  return kind ? [kind, id, ...(seat === undefined ? [] : [seat])] : [];
}
