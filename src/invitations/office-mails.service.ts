import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { newAddressToken } from '../kernel/ids.ts';
import { Links } from '../links/links.service.ts';
import { sameAddress } from '../mail/address.ts';
import type { OutgoingMail } from '../mail/message.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { mayLeave } from '../mail/rehearsal.ts';
import { Letters } from './letters.service.ts';
import { officePageUntil } from './mail-due.ts';
import { OfficeNoticeEntity } from './office-notice.entity.ts';
import type { Count } from './person-mails.service.ts';
import type { OfficeDue, YearDue } from './year-due.ts';

/** Lets the mails to offices go, one to each, and writes down what they have been told. */
@Injectable()
export class OfficeMails {
  constructor(
    private readonly letters: Letters,
    private readonly links: Links,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  preview(due: YearDue, office: OfficeDue): OutgoingMail | undefined {
    return office.news.length === 0
      ? undefined
      : this.letters.officeNotice(due, office, 'preview', newAddressToken(), revisionAfter(office));
  }

  async release(tx: EntityManager, due: YearDue, office: OfficeDue, releaseId: string, count: Count): Promise<void> {
    if (office.news.length === 0) return;
    const { address } = office.office;
    const its = { purpose: 'office', subject: `${due.cycle.id}/${office.office.id}` } as const;
    // whoever has the old mailbox by now is not to answer for anybody
    if (office.notice && sameAddress(office.notice.address) !== sameAddress(address)) await this.links.revoke(tx, its);
    const link = await this.links.issue(tx, { ...its, expiresAt: officePageUntil(due.cycle) });
    const revision = revisionAfter(office);
    await this.outbox.put(tx, this.letters.officeNotice(due, office, link, newAddressToken(), revision, releaseId));
    count.mails++;
    if (!mayLeave(due.policy, { address, evenInRehearsal: false })) count.keptBack++;
    else if (!office.onlyShown) await this.remember(tx, due, office, revision);
  }

  private async remember(tx: EntityManager, due: YearDue, office: OfficeDue, revision: number): Promise<void> {
    const notice = {
      cycleId: due.cycle.id,
      officeId: office.office.id,
      told: [...office.now],
      before: [...office.known],
      address: office.office.address,
      rehearsal: due.policy.rehearsal,
      revision,
      sentAt: this.clock.now().toJSDate(),
    };
    await tx.upsert(OfficeNoticeEntity, notice, ['cycleId', 'officeId']);
  }
}

const revisionAfter = ({ notice }: OfficeDue): number => (notice ? notice.revision + 1 : 0);
