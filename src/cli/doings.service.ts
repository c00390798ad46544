import type { Doing } from './command.ts';

type Doings = Readonly<Record<string, Doing>>;

/**
 * Where each verb is done, by its first word. Loaded when it is called and not before: what reads files only starts without the application,
 * which takes a second.
 */
const rooms: Readonly<Record<string, () => Promise<{ readonly doings: Doings }>>> = {
  cycle: () => import('./verbs/cycle.service.ts'),
  plan: () => import('./verbs/plan.service.ts'),
  publish: () => import('./verbs/publish.service.ts'),
  release: () => import('./verbs/release.service.ts'),
  rehearsal: () => import('./verbs/mail.service.ts'),
  mail: () => import('./verbs/mail.service.ts'),
  meeting: () => import('./verbs/meeting.service.ts'),
  milestone: () => import('./verbs/milestone.service.ts'),
  reminders: () => import('./verbs/reminders.service.ts'),
  roster: () => import('./verbs/roster.service.ts'),
  availability: () => import('./verbs/availability.service.ts'),
  staff: () => import('./verbs/staff.service.ts'),
  'sign-in-link': () => import('./verbs/staff.service.ts'),
  'first-administrator': () => import('./verbs/staff.service.ts'),
  config: () => import('./verbs/meguri.service.ts'),
  help: () => import('./verbs/meguri.service.ts'),
  version: () => import('./verbs/meguri.service.ts'),
};

export async function doingOf(path: string): Promise<Doing> {
  const load = rooms[path.split(' ')[0]!];
  const doing = load && (await load()).doings[path];
  if (!doing) throw new Error(`nobody does ${path}`);
  return doing;
}
