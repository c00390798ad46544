import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { configurationTable } from '../../src/config/table.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const wordsOf = (table: string) =>
  table.split('\n').map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '---')));

it('the README has the configuration as the schema has it', () => {
  const [, between] = /<!-- configuration -->\n([\s\S]*?)\n<!-- \/configuration -->/.exec(readme) ?? [];
  // prettier pads the columns of tables
  expect(wordsOf(between?.trim() ?? '')).toEqual(wordsOf(configurationTable('en')));
});
