import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { fill, text, type Language, type Text } from '../../kernel/text.ts';
import { Releases, type PendingMail } from '../../invitations/releases.service.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, Doing } from '../command.ts';
import { mayWrite, writeWhole } from '../files.service.ts';
import { Interrupted } from '../exit-codes.ts';
import { factsOf, paragraphs, tableOf } from '../terminal-text.ts';

const actionNames: Readonly<Record<PendingMail['action'], Text>> = {
  new: text('新規', 'new'),
  update: text('変更', 'update'),
  cancel: text('取消', 'cancellation'),
  notice: text('窓口へのお知らせ', 'notice to an office'),
};

type Mode = 'list' | 'preview' | 'send';

const release: Doing = async (command) => {
  const { given } = command;
  const keys = given.words('KEY');
  const preview = given.text('preview');
  const out = given.text('out');
  given.atMostOneOf('list', 'preview', 'all');
  const mode: Mode = preview !== undefined ? 'preview' : given.on('all') || keys.length > 0 ? 'send' : 'list';
  if (keys.length > 0 && (given.on('all') || given.on('list') || preview !== undefined))
    given.fault(
      text('KEY は --list、--preview、--all と同時に使えません。', 'KEY excludes --list, --preview and --all.'),
    );
  if (out !== undefined && mode !== 'preview')
    given.fault(text('--out は --preview と共に使います。', '--out goes with --preview.'));
  if (given.on('yes') && mode !== 'send')
    given.fault(text('--yes は --all か KEY と共に使います。', '--yes goes with --all or KEY.'));
  if (out !== undefined) await mayWrite(given, out);
  if (mode === 'preview') return showOne(command, preview!, out);
  return mode === 'send' ? send(command, keys.length > 0 ? keys : 'all') : listed(command);
};

async function listed(command: Command): Promise<Answer> {
  const { house, cycle } = await chosenYear(command);
  const pending = await house.get(Releases).pending(cycle.id);
  return answer(pending, (language) => pendingText(pending, language));
}

const stays = text('試行のため出ません', 'stays here (rehearsal)');

const pendingText = (pending: readonly PendingMail[], language: Language): string =>
  pending.length === 0
    ? text('待っている案内はありません。', 'Nothing waits.')[language]
    : paragraphs(
        tableOf(
          language,
          [
            text('案内', 'Mail'),
            text('種類', 'Kind'),
            text('宛先', 'To'),
            text('会議', 'Meetings'),
            text('変わること', 'What changes'),
            text('注意', 'Note'),
          ],
          pending.map((mail) => [
            mail.key,
            actionNames[mail.action],
            fill(text('{name} <{address}>', '{name} <{address}>'), {
              name: mail.recipient.name,
              address: mail.recipient.address ?? '',
            }),
            meetingsText(mail),
            changesText(mail),
            mail.problem ?? (mail.wouldLeave ? '' : stays),
          ]),
        ),
        fill(
          text(
            '全{n}件。内容を見る：meguri release --preview 案内',
            '{n} in all. To look at one: meguri release --preview MAIL',
          ),
          {
            n: pending.length,
          },
        )[language],
      );

function meetingsText({ meetings }: PendingMail): Text {
  const [first] = meetings;
  if (!first) return text('', '');
  const one = fill(text('{title} {when}', '{title}, {when}'), { title: first.title, when: first.when });
  const more = meetings.length - 1;
  return more === 0 ? one : { ja: `${one.ja} ほか${more}件`, en: `${one.en} and ${more} more` };
}

const changesText = ({ changes }: PendingMail): Text => ({
  ja: changes.map(({ label, before, after }) => `${label.ja}：${before.ja}→${after.ja}`).join('、'),
  en: changes.map(({ label, before, after }) => `${label.en}: ${before.en} → ${after.en}`).join(', '),
});

async function showOne(command: Command, key: string, out: string | undefined): Promise<Answer> {
  const { house, cycle } = await chosenYear(command);
  const { state, message } = await house.get(Releases).preview(cycle.id, key);
  if (out !== undefined) await writeWhole(command.given, out, message.raw);
  const { from, to, subject, messageId, text: body, html } = message;
  const calendars = message.calendars.map(({ filename, method, content }) => ({
    filename,
    method: method ?? null,
    content: content.toString(),
  }));
  return answer(
    { key, state, from, to, subject, messageId, text: body, html, calendars, out: out ?? null },
    (language) =>
      paragraphs(
        factsOf(language, [
          [text('差出人', 'From'), from],
          [text('宛先', 'To'), to],
          [text('件名', 'Subject'), subject],
          [text('予定', 'Calendar'), message.calendars[0]?.method],
          [text('送信', 'Leaves'), state === 'queued' ? text('出ます', 'yes') : stays],
          [text('ファイル', 'File'), out],
        ]),
        out === undefined ? body.trim() : '',
      ),
  );
}

async function send(command: Command, which: 'all' | readonly string[]): Promise<Answer> {
  const { given, confirm, actor } = command;
  if (!given.on('yes') && !confirm)
    given.fault(
      text(
        '確認できる端末ではないので、送信するには --yes が必要です。',
        'There is no terminal to ask at: --yes is needed to send.',
      ),
    );
  const { house, cycle } = await chosenYear(command);
  const releases = house.get(Releases);
  if (!given.on('yes')) {
    const chosen = (await releases.pending(cycle.id)).filter((mail) => which === 'all' || which.includes(mail.key));
    if (chosen.length > 0 && !(await confirm!(question(chosen, cycle.fiscalYear))))
      throw new Interrupted(text('送信しませんでした。', 'Nothing was sent.'));
  }
  const released = await releases.release(cycle.id, which, actor);
  return answer(released, (language) => releasedText(released)[language]);
}

function question(chosen: readonly PendingMail[], fiscalYear: number): Text {
  const sendable = chosen.filter((mail) => mail.problem === null);
  const leaving = sendable.filter((mail) => mail.wouldLeave).length;
  return fill(
    text(
      '{year}の案内{n}通を送信します（実際に出るのは{leaving}通、試行のため保留が{kept}通、送れないものが{cannot}件）。よろしいですか。[y/N] ',
      '{n} mails of {year} will be sent ({leaving} leave, {kept} are kept back by rehearsal, {cannot} cannot be sent). Go on? [y/N] ',
    ),
    {
      year: fiscalYearLabels(fiscalYear).label,
      n: sendable.length,
      leaving,
      kept: sendable.length - leaving,
      cannot: chosen.length - sendable.length,
    },
  );
}

const releasedText = ({ mails, keptBack }: { mails: number; keptBack: number }): Text =>
  fill(
    text(
      '{mails}通を送信に回しました（うち試行のため保留 {keptBack}通）。巡りが動いていれば、すぐに出ます。',
      '{mails} mails were released ({keptBack} kept back by rehearsal). They leave as soon as the application runs.',
    ),
    { mails, keptBack },
  );

export const doings: Record<string, Doing> = { release };
