import type { INestApplicationContext } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.ts';
import { SignIn } from '../identity/sign-in.service.ts';
import { StaffQueries } from '../identity/staff.queries.ts';

/**
 * What somebody who tries the product for the first time needs to know, and nothing else. Only where the database is embedded.
 * @param folder where its data lie
 */
export async function welcome(app: INestApplicationContext, config: Config, folder: string): Promise<void> {
  const link = await signInLink(app);
  const rows: [string, string][] = [
    ['巡り Meguri', config.baseUrl],
    ...(link ? [['サインイン(15分以内・一度だけ) Sign in (once, within 15 minutes)', link] as [string, string]] : []),
    ...(config.embeddedMailbox
      ? [['届いたメール Mails that arrived', `${config.baseUrl}/mailbox`] as [string, string]]
      : []),
    ['データ Data', folder],
    ['次のリンク A new link', 'npx meguri sign-in-link'],
    ['止める Stop', 'Ctrl-C'],
  ];
  process.stdout.write(`\n${rows.map(([name, value]) => `  ${name}\n    ${value}\n`).join('')}\n`);
}

/** For the first administrator of the sample; none when there is no account yet. */
async function signInLink(app: INestApplicationContext): Promise<string | undefined> {
  const everybody = await app.get(StaffQueries, { strict: false }).list();
  const administrator = everybody.find((member) => member.active && member.role === 'administrator');
  if (!administrator) return undefined;
  const signIn = app.get(SignIn, { strict: false });
  const database = app.get<DataSource>(getDataSourceToken(), { strict: false });
  const token = await database.transaction((tx) => signIn.issueLink(tx, administrator.id));
  return signIn.addressOf(token);
}
