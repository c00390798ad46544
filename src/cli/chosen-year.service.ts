import type { Cycle } from '../cycle/cycle.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import type { StaffMember } from '../identity/staff.ts';
import { identityRefusals } from '../identity/refusals.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Command, OpenHouse } from './command.ts';

/** The house and the year that `--year` and `--programme` name; read everything else that was given before. @throws Refusal where there is none */
export async function chosenYear({ given, house }: Command): Promise<{ house: OpenHouse; cycle: Cycle }> {
  const year = given.year();
  const programme = given.text('programme');
  const open = await house();
  return { house: open, cycle: await open.get(CycleQueries).chosen(programme, year) };
}

/** @throws Refusal where nobody has that address */
export async function staffOf(house: OpenHouse, email: string): Promise<StaffMember> {
  const member = await house.get(StaffQueries).byEmail(email);
  if (!member) throw Refusal.of(identityRefusals, 'identity.unknown');
  return member;
}
