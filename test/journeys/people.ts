import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SignIn } from '../../src/identity/sign-in.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import type { ReadMessage } from '../../src/mail/reading.ts';
import type { StartedApp } from '../support/app.ts';

export type Reader = 'ja-JP' | 'en-GB';

/** A browser of somebody's own: no cookie of anybody else's */
export async function browserOf(
  browser: Browser,
  locale: Reader,
  width = 1280,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { context, page };
}

/** By the one-time link that a newcomer finds in the terminal, button included */
export async function signIn(app: StartedApp, page: Page): Promise<void> {
  const administrator = (await app.get(StaffQueries).list()).find((member) => member.role === 'administrator')!;
  const signing = app.get(SignIn);
  const token = await app.dataSource.transaction((tx) => signing.issueLink(tx, administrator.id));
  await page.goto(signing.addressOf(token));
  await page.getByRole('button', { name: /^(サインイン|Sign in)$/ }).click();
}

/** The newest mail that arrived for an address, as bytes taken apart */
export async function mailTo(app: StartedApp, address: string, subject: RegExp = /./): Promise<ReadMessage> {
  const mailbox = app.get(MailboxQueries);
  for (let tries = 0; tries < 100; tries++) {
    const { mails } = await mailbox.list({ recipient: address });
    const found = mails.find((mail) => subject.test(mail.subject));
    if (found) return (await mailbox.one(found.id))!.message;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail for ${address} with ${subject}`);
}

export function linkIn(message: ReadMessage, path: 'a' | 'o'): string {
  const found = new RegExp(`https?://[^\\s]+/${path}/[A-Za-z0-9_-]+`).exec(message.text);
  if (!found) throw new Error(`no link in “${message.subject}”`);
  return found[0];
}

/** One property of the calendar that a mail carries, without its parameters */
export function property(message: ReadMessage, name: string): string | undefined {
  const calendar = message.calendars[0]?.content.toString('utf8').replace(/\r\n[ \t]/g, '') ?? '';
  return new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'm').exec(calendar)?.[1]?.trim();
}
