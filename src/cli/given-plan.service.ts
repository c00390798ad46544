import { fill, text } from '../kernel/text.ts';
import type { InstanceFault } from '../planning/fault-list.ts';
import type { Instance, Plan } from '../planning/instance.ts';
import { faultLine, instanceFromJson, planFromJson } from '../planning/plan-file.ts';
import { readGiven } from './files.service.ts';
import type { Given } from './given.ts';

/** Bytes; an instance of 1,000 centres has some 30 million */
const MOST_BYTES = 500_000_000;

/** Nothing about the file is believed: every fault is said with its JSON path. */
export async function instanceIn(given: Given, path: string): Promise<Instance | undefined> {
  const json = await jsonIn(given, path);
  const read = json === undefined ? undefined : instanceFromJson(json);
  if (!read || 'instance' in read) return read?.instance;
  return faulty(given, path, read.faults);
}

/** A plan for the instance, as the planner or somebody else wrote it */
export async function planIn(given: Given, path: string, instance: Instance | undefined): Promise<Plan | undefined> {
  const json = await jsonIn(given, path);
  const read = json === undefined || !instance ? undefined : planFromJson(json, instance);
  if (!read || 'plan' in read) return read?.plan;
  return faulty(given, path, read.faults);
}

async function jsonIn(given: Given, path: string): Promise<string | undefined> {
  const file = path === '' ? undefined : await readGiven(given, path, MOST_BYTES);
  if (!file) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    given.fault(fill(text('{path}：UTF-8 の文字列ではありません。', '{path}: it is no UTF-8 text.'), { path }));
    return undefined;
  }
}

function faulty(given: Given, path: string, faults: readonly InstanceFault[]): undefined {
  for (const fault of faults)
    given.fault(fill(text('{path} {fault}', '{path} {fault}'), { path, fault: faultLine(fault) }));
  return undefined;
}
