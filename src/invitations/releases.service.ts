import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { addressFault } from '../mail/address.ts';
import { Outbox, type MailPreview } from '../mail/outbox.service.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { invitationKey, officeKey } from './mail-due.ts';
import { OfficeMails } from './office-mails.service.ts';
import { fingerprintOf, isSendable, pendingMails, type PendingMail } from './pending-mail.ts';
import { PersonMails } from './person-mails.service.ts';
import { invitationRefusals } from './refusals.ts';
import { ReleaseEntity } from './release.entity.ts';
import { rehearsedOnly } from './rehearsed.ts';
import type { OfficeDue, PersonDue, YearDue } from './year-due.ts';
import { YearInvitations } from './year-invitations.service.ts';

export type { PendingMail };

export interface Released {
  readonly releaseId: string;
  readonly mails: number;
  /** By rehearsal */
  readonly keptBack: number;
}

/** What is due, and what of it goes now */
interface Chosen {
  readonly due: YearDue;
  readonly offices: readonly OfficeDue[];
  readonly people: readonly PersonDue[];
}

/** Who would be told what, and letting it go. Nothing is ever sent but through here. */
@Injectable()
export class Releases {
  constructor(
    private readonly year: YearInvitations,
    private readonly people: PersonMails,
    private readonly offices: OfficeMails,
    private readonly attendees: Attendees,
    private readonly outbox: Outbox,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  async pending(cycleId: string): Promise<PendingMail[]> {
    return pendingMails(await this.year.due(cycleId));
  }

  /** The mail as it would arrive if it were released now @throws Refusal where none would: it is not pending, or only taken back */
  async preview(cycleId: string, key: string): Promise<MailPreview> {
    const due = await this.year.due(cycleId);
    const office = due.offices.find((one) => one.key === key);
    const person = due.people.find((one) => one.key === key);
    const mail = office ? this.offices.preview(due, office) : person && this.people.preview(due, person);
    if (!mail) throw Refusal.of(invitationRefusals, 'invitations.not-pending');
    return this.outbox.preview(mail);
  }

  /**
   * Lets mails go: all that wait, or those named. What was chosen and need not be sent any more is refused as a whole, so that staff
   * never send another thing than they looked at.
   * @param seen `fingerprintOf` the chosen mails as staff saw them; where they say something else by now, nothing is sent
   */
  async release(cycleId: string, which: 'all' | readonly string[], actor: Actor, seen?: string): Promise<Released> {
    return this.attendees.nobodyTwice(async (tx) => {
      // two releases at once would tell everybody twice
      await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 7))`, [`release ${cycleId}`]);
      // whether this is a rehearsal must not change between the first mail and the last
      await tx.query(`select id from mail_policy for share`);
      const { due, offices, people } = await this.chosenAsSeen(tx, cycleId, which, seen);
      await this.attendees.forgetRehearsal(tx, rehearsedOnly(due.told, offices, people));
      const releaseId = newId();
      const count = { mails: 0, keptBack: 0 };
      for (const office of offices) await this.offices.release(tx, due, office, releaseId, count);
      for (const person of people) await this.people.release(tx, due, person, releaseId, count);
      await tx.insert(ReleaseEntity, {
        id: releaseId,
        cycleId,
        by: actor.name,
        mails: count.mails,
        at: this.clock.now().toJSDate(),
      });
      await this.trail.record(tx, {
        actor,
        verb: 'invitations.release',
        subject: `release/${releaseId}`,
        after: { cycle: cycleId, ...count },
      });
      return { releaseId, ...count };
    });
  }
  /** Mails that wait and are to give way are taken back first; then it is known which of them have left after all. */
  private async chosenAsSeen(
    tx: EntityManager,
    cycleId: string,
    which: 'all' | readonly string[],
    seen: string | undefined,
  ): Promise<Chosen> {
    const chosen = choose(await this.year.due(cycleId, tx), which === 'all' ? undefined : new Set(which));
    const keys = new Set([...chosen.offices, ...chosen.people].map(({ key }) => key));
    if (which !== 'all' && keys.size < new Set(which).size)
      throw Refusal.of(invitationRefusals, 'invitations.not-pending');
    if (keys.size === 0) throw Refusal.of(invitationRefusals, 'invitations.nothing-to-release');
    const mails = pendingMails(chosen.due).filter((mail) => keys.has(mail.key));
    if (seen !== undefined && seen !== fingerprintOf(mails))
      throw Refusal.of(invitationRefusals, 'invitations.changed-meanwhile');
    const waiting = waitingKeys(cycleId, chosen);
    if (waiting.length === 0) return chosen;
    for (const key of waiting) await this.outbox.withdrawWaiting(tx, key);
    return choose(await this.year.due(cycleId, tx), keys);
  }
}

const choose = (due: YearDue, keys: ReadonlySet<string> | undefined): Chosen => ({
  due,
  offices: due.offices.filter((one) => (keys?.has(one.key) ?? true) && !addressFault(one.office.address)),
  people: due.people.filter((one) => (keys?.has(one.key) ?? true) && isSendable(one)),
});

/** A rehearsal takes nothing back that was said in earnest. */
const waitingKeys = (cycleId: string, { offices, people }: Chosen): string[] => [
  ...offices
    .filter(({ notice, onlyShown }) => notice?.last === 'waiting' && !onlyShown)
    .map(({ office }) => officeKey(cycleId, office.id)),
  ...people
    .filter(({ invitation, onlyShown }) => invitation?.last === 'waiting' && !onlyShown)
    .map(({ invitation }) => invitationKey(invitation!.id)),
];
