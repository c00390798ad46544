import { fill, text, type Text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import { mailStates, type MailState } from '../../mail/delivery.ts';
import { MailPolicy } from '../../mail/mail-policy.service.ts';
import { OutboxQueries } from '../../mail/outbox.queries.ts';
import { rehearsalEntry, type Policy } from '../../mail/rehearsal.ts';
import { answer, type Answer } from '../answer.ts';
import type { Command, Doing } from '../command.ts';
import { paragraphs, tableOf } from '../terminal-text.ts';

const stateNames: Readonly<Record<MailState, Text>> = {
  queued: text('送信待ち', 'queued'),
  held: text('保留中', 'held'),
  sending: text('送信中', 'sending'),
  sent: text('送信済み', 'sent'),
  retry: text('再送待ち', 'to be tried again'),
  uncertain: text('到達不明', 'uncertain'),
  failed: text('失敗', 'failed'),
  withdrawn: text('取下げ', 'withdrawn'),
  'kept-back': text('試行のため保留', 'kept back'),
};

/** Where the secretariat is: lists of mails are read there */
const zone = 'Asia/Tokyo';

function policyAnswer(policy: Policy): Answer {
  const { rehearsal, rehearsalAddresses: listed, paused } = policy;
  const none = text('（なし：どこへも出ません）', '(none: no mail leaves)');
  return answer(policy, (language) => {
    const addresses = listed.length === 0 ? none[language] : listed.join('\n  ');
    const state = rehearsal
      ? text('試行中です。メールは次の宛先にだけ出ます：', 'Rehearsal is on. Mail leaves only for:')
      : text('試行ではありません。メールは実際に出ます。', 'Rehearsal is off. Mail leaves for everybody.');
    const halted = text('すべてのメールを止めています。', 'All mail is paused.');
    return [state[language], ...(rehearsal ? [`  ${addresses}`] : []), ...(paused ? [halted[language]] : [])].join(
      '\n',
    );
  });
}

async function changed({ house, actor }: Command, changes: Partial<Policy>): Promise<Answer> {
  const policy = (await house()).get(MailPolicy);
  await policy.set(changes, actor);
  return policyAnswer(await policy.get());
}

const rehearsalOn: Doing = async (command) => {
  const { given } = command;
  const addresses = given.list('address');
  for (const entry of addresses)
    if (rehearsalEntry(entry) === undefined)
      given.fault(
        fill(
          text(
            '--address：「{entry}」はメールアドレスでも「@ドメイン」でもありません。',
            '--address: “{entry}” is neither an address nor “@domain”.',
          ),
          {
            entry,
          },
        ),
      );
  return changed(command, { rehearsal: true, ...(addresses.length > 0 ? { rehearsalAddresses: addresses } : {}) });
};

const list: Doing = async ({ given, house }) => {
  const typed = given.list('state');
  for (const state of typed)
    if (!(mailStates as readonly string[]).includes(state))
      given.fault(
        fill(
          text(
            '--state は次のいずれかにしてください：{states}（今は「{state}」）。',
            '--state must be one of {states} (it is “{state}”).',
          ),
          {
            state,
            states: mailStates.join(', '),
          },
        ),
      );
  const releaseId = given.text('release');
  const page = given.integer('page', 1, 1_000_000) ?? 1;
  const size = given.integer('size', 1, 500) ?? 50;
  const { mails, total } = await (await house()).get(OutboxQueries).list({
    page,
    size,
    ...(typed.length > 0 ? { states: typed as MailState[] } : {}),
    ...(releaseId === undefined ? {} : { releaseId }),
  });
  return answer({ total, page, size, mails }, (language) =>
    mails.length === 0
      ? text('メールはありません。', 'There are no mails.')[language]
      : paragraphs(
          tableOf(
            language,
            [text('日時', 'When'), text('状態', 'State'), text('宛先', 'To'), text('件名', 'Subject')],
            mails.map((mail) => [
              momentIn(mail.putAt.toISOString(), zone),
              stateNames[mail.state],
              `${mail.toName} <${mail.toAddress}>`,
              mail.subject,
            ]),
          ),
          fill(text('全{total}件', '{total} in all'), { total })[language],
        ),
  );
};

export const doings: Record<string, Doing> = {
  'rehearsal on': rehearsalOn,
  'rehearsal off': (command) => changed(command, { rehearsal: false }),
  'rehearsal show': async ({ house }) => policyAnswer(await (await house()).get(MailPolicy).get()),
  'mail pause': (command) => changed(command, { paused: true }),
  'mail resume': (command) => changed(command, { paused: false }),
  'mail list': list,
};
