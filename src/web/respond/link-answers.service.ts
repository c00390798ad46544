import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { MeetingFacts } from '../../invitations/invitation.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Language, Text } from '../../kernel/text.ts';
import type { KnownLink } from '../../links/link.ts';
import type { Recorded } from '../../responses/answer-details.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import { Responses, type Entry } from '../../responses/responses.service.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { coarseAgent, type ReadAnswer } from './answer-fields.ts';
import { contactOf } from './contact.ts';
import { LinkForms } from './link-forms.service.ts';
import { privatePage } from './private-page.ts';

/** A form behind an emailed link, as it came in */
export interface SentForm {
  readonly link: KnownLink;
  /** The page that it stands on: `/a/<token>` */
  readonly address: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Everything that is written on it */
  readonly written: readonly ReadAnswer[];
  readonly faults: Faults;
  /** Who fills it in, where it asks for that */
  readonly givenBy?: string;
  /** Shows its page again with what was typed */
  readonly again: (shown: { readonly faults?: Faults; readonly status?: number }) => Promise<void>;
}

export interface Choosing extends SentForm {
  /** What of it is new, and would be recorded */
  readonly read: readonly ReadAnswer[];
  /** Why none of it can be taken */
  readonly refusal: Refusal | undefined;
  /** Whose each answer is */
  readonly of: (attendeeId: string) => Omit<Recorded, 'given'>;
  readonly whose: Text;
  readonly readerZone: string;
  readonly programme: Text;
  /** Of a meeting of theirs, for whom to call */
  readonly facts: MeetingFacts;
  readonly language: Language;
}

export interface Confirming extends SentForm {
  readonly refusal: Refusal | undefined;
  readonly channel: 'link' | 'office-link';
  /** Who answers: as the ledger names them, and as the trail does */
  readonly name: string;
  readonly actorName: string;
  readonly mayAnswerFor: ReadonlySet<string>;
  /** To whom the mail with the link had gone */
  readonly sentTo: { readonly personId: string } | { readonly officeId: string };
  /** The receipt, for those whose answer is new and counts */
  readonly receipt: (tx: EntityManager, changed: readonly Entry[]) => Promise<void>;
  /** What stands behind `saved` in the address of the page. @param count how many answers are new */
  readonly saved: (count: number) => string;
}

/** Answering by an emailed link takes two forms: the first shows what was chosen, the second records it (itip G2, G8). */
@Injectable()
export class LinkAnswers {
  constructor(
    private readonly forms: LinkForms,
    private readonly responses: Responses,
    private readonly pages: Pages,
  ) {}

  /** Shows what was chosen, and keeps nothing. */
  async choose(reply: FastifyReply, it: Choosing): Promise<void> {
    const refusal = it.refusal ?? (this.forms.isSealed(it.link, it.body) ? undefined : tooOld());
    if (refusal) return it.again({ faults: { form: refusal.text }, status: refusal.status });
    if (it.read.length === 0) return reply.redirect(`${it.address}?saved=0`, 303);
    privatePage(reply);
    const data = {
      confirmation: this.forms.confirmation(it.link, it.read, it.of, it.readerZone, it.givenBy),
      whose: it.whose,
      programme: it.programme,
      action: `${it.address}/confirm`,
      back: it.address,
      contact: contactOf(it.facts, it.language),
    };
    await this.pages.render(reply, 'respond/confirm', data, { language: it.language });
  }

  /** Records what the page before has shown, all of it or nothing. */
  async confirm(request: FastifyRequest, reply: FastifyReply, it: Confirming): Promise<void> {
    const entries = it.written.flatMap(({ attendeeId, revision, given }): Entry[] =>
      given ? [{ attendeeId, revision, given }] : [],
    );
    const saved = (count: number) => reply.redirect(`${it.address}?saved${it.saved(count)}`, 303);
    try {
      if (it.refusal) throw it.refusal;
      const sound = entries.length > 0 && !hasFaults(it.faults);
      const spend = sound ? this.forms.confirmed(it.link, it.body, it.written, it.givenBy) : undefined;
      if (!spend) throw tooOld();
      const changed = await this.responses.record(
        entries,
        {
          channel: it.channel,
          name: it.name,
          agent: coarseAgent(request.headers['user-agent']),
          actor: { kind: 'link', id: it.link.id, name: it.actorName },
          mayAnswerFor: it.mayAnswerFor,
          circumstances: await this.forms.circumstances(request, it.sentTo),
          spend,
        },
        (tx, ids) =>
          it.receipt(
            tx,
            ids.map((id) => entries.find((entry) => entry.attendeeId === id)!),
          ),
      );
      await saved(changed.length);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // pressed twice: the first has done it
      if (error.code === 'responses.sent-already') return saved(entries.length);
      await it.again({ faults: { form: error.text }, status: error.status });
    }
  }
}

export const tooOld = (): Refusal => Refusal.of(responseRefusals, 'responses.form-too-old');
