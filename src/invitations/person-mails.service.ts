import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { newAddressToken, newId } from '../kernel/ids.ts';
import { Links } from '../links/links.service.ts';
import { sameAddress } from '../mail/address.ts';
import type { OutgoingMail } from '../mail/message.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { mayLeave } from '../mail/rehearsal.ts';
import { InvitationEntity } from './invitation.entity.ts';
import { partOf, type InvitationFacts } from './invitation.ts';
import { sentAfter, type CancelMessage, type NewMessage, type SentInvitation, type UpdateMessage } from './itip.ts';
import { Letters, type Numbered } from './letters.service.ts';
import type { PersonDue, YearDue } from './year-due.ts';
import { READABLE_DAYS } from './mail-due.ts';

/** How many mails were put into the outbox, and how many of them rehearsal keeps there */
export interface Count {
  mails: number;
  keptBack: number;
}

/** One mail that follows from what is due, before it has its link */
interface Draft {
  readonly message: NewMessage | UpdateMessage | CancelMessage;
  /** What it says */
  readonly facts: InvitationFacts;
  readonly numbered: Numbered;
  /** What it follows; undefined: it begins an invitation */
  readonly base: SentInvitation | undefined;
}

/** Lets the mails to people go, and writes down what they have been told. */
@Injectable()
export class PersonMails {
  constructor(
    private readonly letters: Letters,
    private readonly links: Links,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The mail as it would be put now; of two (a cancellation, and a new invitation to another mailbox) the first */
  preview(due: YearDue, person: PersonDue): OutgoingMail | undefined {
    const [draft] = this.drafts(due, person);
    return draft && this.letterOf(due, person, draft, 'preview');
  }

  async release(tx: EntityManager, due: YearDue, person: PersonDue, releaseId: string, count: Count): Promise<void> {
    for (const draft of this.drafts(due, person, releaseId)) {
      const leaves = mayLeave(due.policy, { address: draft.facts.address!, evenInRehearsal: false });
      await this.outbox.put(tx, this.letterOf(due, person, draft, await this.link(tx, person, draft)));
      count.mails++;
      if (!leaves) count.keptBack++;
      else if (!person.onlyShown) await this.remember(tx, due, person, draft);
    }
  }

  /** A cancellation needs no page; one who is written to at another address than before takes the old links with them. */
  private async link(tx: EntityManager, person: PersonDue, { message, facts, base }: Draft): Promise<string> {
    const its = { purpose: 'participant', subject: `${person.meeting.id}/${person.person.id}` } as const;
    const before = person.base?.facts.address ?? null;
    const elsewhere = before !== null && base === undefined && sameAddress(before) !== sameAddress(facts.address!);
    if (elsewhere) await this.links.revoke(tx, its);
    if (message.action === 'cancel') return '';
    return this.links.issue(tx, { ...its, expiresAt: DateTime.fromISO(facts.endsAt).plus({ days: READABLE_DAYS }) });
  }

  private letterOf(due: YearDue, person: PersonDue, draft: Draft, link: string): OutgoingMail {
    const mail = this.letters.invitation(due.cycle, draft.message, draft.facts, draft.numbered, link);
    if (!person.onlyShown) return mail;
    // an entry that was sent in earnest is not to be moved or taken out of a calendar by a rehearsal
    const { calendar: _, ...shown } = mail;
    return shown;
  }

  private drafts(due: YearDue, person: PersonDue, releaseId?: string): Draft[] {
    const { next, base, facts } = person;
    const release = releaseId ? { releaseId } : {};
    const fresh = (message: NewMessage): Draft[] =>
      facts?.address ? [{ message, facts, numbered: { ...this.freshNumbers(), ...release }, base: undefined }] : [];
    const following = (message: Draft['message'], said: InvitationFacts): Draft => ({
      message,
      facts: said,
      numbered: { ...numbersAfter(person.invitation!.id, base!, message), ...release },
      base,
    });
    if (next.action === 'withdraw') return [];
    if (next.action === 'new') return next.uid === 'fresh' ? fresh(next) : [following(next, facts!)];
    if (next.action === 'update') return [following(next, facts!)];
    const anew: NewMessage = { action: 'new', uid: 'fresh', sequence: 0, again: false };
    // what was last said, but for whom to call: who was in charge then may have left
    const said = { ...base!.facts, staffInCharge: due.told.context.staffInCharge(person.meeting) };
    return [following(next, said), ...(next.thenNew ? fresh(anew) : [])];
  }

  private freshNumbers(): Numbered {
    const token = newAddressToken();
    const createdAt = this.clock.now().toISO()!;
    return { invitationId: newId(), token, uid: this.letters.uidOf(token), revision: 0, createdAt };
  }

  private async remember(tx: EntityManager, due: YearDue, person: PersonDue, draft: Draft): Promise<void> {
    const { message, facts, numbered, base } = draft;
    const sent = sentAfter(base, message, facts, {
      uid: numbered.uid,
      token: numbered.token,
      messageId: this.letters.messageIdOf(numbered.token, numbered.revision),
      at: numbered.createdAt,
    });
    const columns = {
      sequence: sent.sequence,
      sent: {
        ...sent,
        meetingRevisions: { ...base?.meetingRevisions, [sent.sequence]: person.meeting.revision },
      } as never,
      state: sent.state === 'cancelled' ? ('cancelled' as const) : ('live' as const),
      sentAt: this.clock.now().toJSDate(),
      // what goes on in a rehearsal stays one, until it is sent in earnest
      rehearsal: due.policy.rehearsal,
    };
    if (base) await tx.update(InvitationEntity, { id: numbered.invitationId }, columns);
    else
      await tx.insert(InvitationEntity, {
        id: numbered.invitationId,
        meetingId: person.meeting.id,
        personId: person.person.id,
        part: partOf(facts),
        token: numbered.token,
        uid: numbered.uid,
        ...columns,
      });
  }
}

function numbersAfter(invitationId: string, base: SentInvitation, message: Draft['message']): Numbered {
  const { token, uid, revision, createdAt, messageIds } = base;
  // what nobody has seen, or only as a rehearsal, is no beginning of a conversation
  const references = message.action === 'new' ? {} : { references: messageIds[0]! };
  return { invitationId, token, uid, revision: revision + 1, createdAt, ...references };
}
