import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { SnakeCaseNaming, snakeCase } from '../../src/database/naming.ts';

const naming = new SnakeCaseNaming();

it.each([
  ['name', 'name'],
  ['answerBy', 'answer_by'],
  ['nameJa', 'name_ja'],
  ['itip2Uid', 'itip2_uid'],
  ['baseURL', 'base_url'],
  ['URLOfPage', 'url_of_page'],
])('%s is the column %s', (property, column) => {
  expect(snakeCase(property)).toBe(column);
  expect(naming.columnName(property, undefined, [])).toBe(column);
});

it('keys have the names that PostgreSQL gives', () => {
  expect(naming.primaryKeyName('person')).toBe('person_pkey');
  expect(naming.foreignKeyName('seat', ['person_id'])).toBe('seat_person_id_fkey');
  expect(naming.uniqueConstraintName('staff', ['email'])).toBe('staff_email_key');
  expect(naming.indexName('mail', ['state', 'due_at'])).toBe('mail_state_due_at_idx');
});

it('a key whose name PostgreSQL would cut needs one of its own', () => {
  expect(() => naming.foreignKeyName('a'.repeat(40), ['b'.repeat(20)])).toThrow('63 bytes');
});
