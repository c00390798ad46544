import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { text } from '../../src/kernel/text.ts';
import { faultsOf, hasFaults } from '../../src/web/faults.ts';
import { acceptedLanguage, chooseLanguage, cookieValue, inLanguage } from '../../src/web/language.ts';

const form = z.object({
  name: z.string().min(1),
  day: z.iso.date('日付を選んでください。 | Choose a day.'),
  people: z.coerce.number().min(1),
  host: z.object({ id: z.string() }).optional(),
});
const faultsIn = (body: unknown, sentences = {}) => faultsOf(form.safeParse(body).error?.issues ?? [], sentences);

describe('faults of a form', () => {
  it('are none where there are none', () => {
    expect(hasFaults(faultsIn({ name: '見本', day: '2027-07-09', people: '2' }))).toBe(false);
  });

  it('say the schema’s own sentence, or that a field is empty, or that it needs checking', () => {
    expect(faultsIn({ name: '', day: 'x', people: '0' })).toEqual({
      name: text('入力してください。', 'Please fill this in.'),
      day: text('日付を選んでください。', 'Choose a day.'),
      people: text('入力内容を確認してください。', 'Please check this entry.'),
    });
  });

  it('name a field inside another by its path and take the caller’s sentence', () => {
    const sentence = text('機関を選んでください。', 'Choose an institution.');
    const body = { name: '見本', day: '2027-07-09', people: 1, host: {} };
    expect(faultsIn(body, { 'host.id': sentence })).toEqual({ 'host.id': sentence });
  });

  it('that belong to no field stand under form', () => {
    expect(faultsOf([{ message: '一つは選んでください。 | Choose at least one.' }])).toEqual({
      form: text('一つは選んでください。', 'Choose at least one.'),
    });
  });
});

describe('the language of a reader', () => {
  it('is what was asked for, else kept, else accepted, else Japanese', () => {
    expect(chooseLanguage({ asked: 'en', cookie: 'lang=ja', acceptLanguage: 'ja' })).toBe('en');
    expect(chooseLanguage({ asked: 'fr', cookie: 'lang=en', acceptLanguage: 'ja' })).toBe('en');
    expect(chooseLanguage({ asked: ['en', 'ja'], acceptLanguage: 'en' })).toBe('en');
    expect(chooseLanguage({})).toBe('ja');
  });

  it('is read from the weights of the browser', () => {
    expect(acceptedLanguage('de, ja;q=0.4, en-US;q=0.7')).toBe('en');
    expect(acceptedLanguage('en;q=0, ja;q=0.1')).toBe('ja');
    expect(acceptedLanguage('*')).toBeUndefined();
  });

  it('is kept in one cookie among others', () => {
    expect(cookieValue('xlang=ja; lang=en; y', 'lang')).toBe('en');
    expect(cookieValue(undefined, 'lang')).toBeUndefined();
  });

  it('is changed by the same address', () => {
    expect(inLanguage('/year?x=1&lang=ja', 'en')).toBe('/year?x=1&lang=en');
    expect(inLanguage('/year', 'ja')).toBe('/year?lang=ja');
  });
});
