import { describe, it } from '@jest/globals';
import { composeProposalDeclined } from '../../src/invitations/proposal-letter.ts';
import { timeRange } from '../../src/kernel/zoned-time.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { text } from '../../src/kernel/text.ts';
import { expectGolden } from './golden.ts';
import { letterhead, overseas, president } from './sample-facts.ts';

const { sources } = new MailTemplates();
const proposed = timeRange('2027-07-09T04:00:00Z', '2027-07-09T08:00:00Z', 'Asia/Tokyo');
const answerUrl = 'https://meguri.example.org/a/k7q2m4xt';

describe('E16: The mail to somebody who asked for another time', () => {
  it('is the golden one: through a secretary, with words of our own', () => {
    const facts = { ...president, reach: 'secretary' as const };
    const note = '総長のご日程を優先して調整いたしましたが、\n委員の過半数が出席できないためです。';
    expectGolden(
      'proposal-declined-ja',
      composeProposalDeclined(sources, { facts, letterhead, proposed, note, answerUrl }),
    );
  });

  it('is the golden one: in English, where the time could not be read', () => {
    const mail = { facts: overseas, letterhead, proposed: text('', ''), note: '', answerUrl };
    expectGolden('proposal-declined-en', composeProposalDeclined(sources, mail));
  });
});
