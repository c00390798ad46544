import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationText } from '../configuration-text.ts';
import { answer } from '../answer.ts';
import type { Command, Doing } from '../command.ts';
import { helpAsData, helpFor } from '../help.ts';
import { fill, text } from '../../kernel/text.ts';

const help: Doing = async ({ given }) => {
  const words = given.words('VERB');
  if (helpFor(words, 'en') === undefined)
    given.fault(
      fill(text('「{what}」というコマンドはありません。', 'There is no verb “{what}”.'), { what: words.join(' ') }),
    );
  given.done();
  return answer(helpAsData(words), (language) => helpFor(words, language)!);
};

const version: Doing = async ({ given }) => {
  given.done();
  const { projectFolder } = await import('../../config/environment.service.ts');
  const { name, version: number } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return answer(
    { name, version: number, node: process.versions.node },
    () => `${name} ${number} (Node ${process.versions.node})`,
  );
};

/** What is wrong is thrown by reading it, and said by the runner. */
async function configCheck({ given, configuration }: Command) {
  given.done();
  const config = await configuration();
  const { databaseUrl: _database, smtpUrl: _smtp, ...shown } = config;
  return answer({ right: true, configuration: shown }, (language) => configurationText(config, language));
}

export const doings = { help, version, 'config check': configCheck };
