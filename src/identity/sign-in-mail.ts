import type { DateTime } from 'luxon';
import { date, dateLong } from '../kernel/calendar-date.ts';
import type { OutgoingMail } from '../mail/message.ts';
import type { StaffMember } from './staff.ts';

export interface SignInMailFacts {
  readonly staff: StaffMember;
  /** Address of the page that signs in */
  readonly url: string;
  readonly expiresAt: DateTime;
  readonly now: DateTime;
  readonly senderName: string;
  /** Our mail domain */
  readonly domain: string;
  /** Unique, in characters that an address and a Message-ID may hold */
  readonly key: string;
}

/** The mail with the one-time link, in the language of its reader; times are said in Japan's zone, where the secretariat is. */
export function signInMail(facts: SignInMailFacts): OutgoingMail {
  const { staff, url, domain, key } = facts;
  const until = facts.expiresAt.setZone('Asia/Tokyo');
  const day = dateLong(date(until.toFormat('yyyy-MM-dd')));
  const time = until.toFormat('H:mm');
  const lines =
    staff.language === 'ja'
      ? {
          subject: '【めぐり】サインイン用リンクのご案内',
          greeting: `${staff.nameJa} 様`,
          ask: 'サインインのご依頼を受け付けました。次のリンクを開き、表示されたページで「サインイン」を押してください。',
          until: `このリンクは ${day.ja} ${time}(日本時間)まで、1回だけ使えます。`,
          unasked: 'お心当たりのない場合は、このメールを破棄してください。リンクを開かない限り、何も起こりません。',
          button: 'サインインのページを開く',
        }
      : {
          subject: 'Meguri: your sign-in link',
          greeting: `Dear ${staff.nameEn},`,
          ask: 'You asked to sign in. Open the link below and press “Sign in” on the page that appears.',
          until: `The link works once, until ${time} on ${day.en} (Japan time, JST).`,
          unasked: 'If you did not ask for it, please delete this mail. Nothing happens unless the link is opened.',
          button: 'Open the sign-in page',
        };
  return {
    kind: 'sign-in',
    to: { name: staff.language === 'ja' ? staff.nameJa : staff.nameEn, address: staff.email },
    from: { name: facts.senderName, address: `meguri@${domain}` },
    envelopeFrom: `bounce+${key}@${domain}`,
    subject: lines.subject,
    text: [lines.greeting, '', lines.ask, '', url, '', lines.until, lines.unasked, ''].join('\n'),
    html: htmlOf(lines, url, staff.language),
    messageId: `<sign-in.${key}@${domain}>`,
    language: staff.language,
    personId: staff.id,
    // Each stands for itself: a link that is stuck must not hold up the next one
    orderingKey: `sign-in/${key}`,
    date: facts.now,
    notAfter: facts.expiresAt,
    evenInRehearsal: true,
  };
}

function htmlOf(
  lines: Record<'greeting' | 'ask' | 'until' | 'unasked' | 'button', string>,
  url: string,
  language: string,
): string {
  const said = Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, escaped(line)]));
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body>
<p>${said['greeting']}</p>
<p>${said['ask']}</p>
<p><a href="${escaped(url)}">${said['button']}</a></p>
<p>${said['until']}</p>
<p>${said['unasked']}</p>
</body></html>
`;
}

const escaped = (value: string): string => value.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
