import { describe, expect, it } from '@jest/globals';
import { languages } from '../../src/kernel/text.ts';
import { renderMail, sourceOf } from '../../src/mail/mail-template.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';

const source = `【件名】{{ title }}
---
{{ name }} 様

{% if hint != '' %}
ご案内：{{ hint }}

{% endif %}
一行目
二行目 {{ title }} & <b>文字どおり</b>

{% middle %}記{% endmiddle %}
{% rows rows %}
{% right %}以上{% endright %}
{% heading %}ご回答{% endheading %}
{% button link %}開く「{{ title }}」{% endbutton %}
{% small %}小さな字{% endsmall %}
`;
const data = {
  title: '見本会議',
  name: '架空 太郎',
  hint: '',
  link: 'https://meguri.example.org/a?x=1&y=2',
  rows: [
    { label: '日時', lines: ['明日', '明後日'] },
    { label: '開催方法', lines: ['https://meet.example.org/a?x=1&y="2'] },
    { label: '接続先', lines: ['https://meet.example.org/a?x=1&y=2'] },
  ],
};
const body = (html: string) => html.slice(html.indexOf('<div'));

describe('A mail', () => {
  it('is written as text: paragraphs, a centred word, labels of one width, a button with its address', () => {
    const { subject, text } = renderMail(source, 'ja', { ...data, hint: 'お早めに' });
    expect(subject).toBe('【件名】見本会議');
    expect(text).toBe(`架空 太郎 様

ご案内：お早めに

一行目
二行目 見本会議 & <b>文字どおり</b>

${'　'.repeat(16)}記

日時　　：明日
　　　　　明後日
開催方法：https://meet.example.org/a?x=1&y="2
接続先　：https://meet.example.org/a?x=1&y=2

${'　'.repeat(32)}以上

■ ご回答

開く「見本会議」
https://meguri.example.org/a?x=1&y=2

小さな字
`);
  });

  it('leaves no gap where nothing is said', () => {
    expect(renderMail(source, 'ja', data).text.startsWith('架空 太郎 様\n\n一行目\n')).toBe(true);
    expect(renderMail(source, 'ja', { ...data, rows: [] }).text).not.toContain('\n\n\n');
  });

  it('says the same as HTML, in which all that was written is text', () => {
    const { html } = renderMail(source, 'ja', data);
    expect(html).toContain('<html lang="ja">');
    expect(html).toContain('<title>【件名】見本会議</title>');
    expect(html).toContain('一行目<br>二行目 見本会議 &amp; &lt;b&gt;文字どおり&lt;/b&gt;</p>');
    expect(html).toContain('href="https://meguri.example.org/a?x=1&amp;y=2"');
    expect(html).toContain('>https://meguri.example.org/a?x=1&amp;y=2</a>');
    expect(html).toContain("<dd style='margin:0'>明日<br>明後日</dd>");
    // An address with a quote is shown, not linked
    expect(html).toContain("<dd style='margin:0'>https://meet.example.org/a?x=1&amp;y=&quot;2</dd>");
  });

  it('cannot be broken out of by a value', () => {
    const nasty = `x</title><script>alert(1)</script>\r\n\r\nBcc: evil@example.org\u0000\u202E{{ link }}{% rows %}' onmouseover='x`;
    const { subject, text, html } = renderMail(source, 'ja', {
      ...data,
      title: nasty,
      name: nasty,
      hint: nasty,
      rows: [{ label: nasty, lines: [nasty] }],
    });
    expect(subject).toBe(
      `【件名】x</title><script>alert(1)</script> Bcc: evil@example.org{{ link }}{% rows %}' onmouseover='x`,
    );
    expect([...text].every((character) => character === '\n' || character >= ' ')).toBe(true);
    expect(text).not.toContain('\u202E');
    expect(html).not.toContain('<script');
    expect(body(html).replace(/<[^>]*>/g, '')).not.toMatch(/['"<>]/);
    // As many paragraphs as without it: no value begins one
    const paragraphs = (document: string) => document.match(/<p /g)!.length;
    expect(paragraphs(html)).toBe(paragraphs(renderMail(source, 'ja', { ...data, hint: 'x' }).html));
    expect(text.split('\n\n')).toHaveLength(renderMail(source, 'ja', { ...data, hint: 'x' }).text.split('\n\n').length);
  });

  it('links to the web only', () => {
    for (const link of ['javascript:alert(1)', 'file:///etc/passwd', 'https://a.example.org/"x', ''])
      expect(() => renderMail(source, 'ja', { ...data, link })).toThrow('not a web address');
  });

  it.each([
    ['a name that does not exist', 'x\n---\n{{ nobody }}', 'nobody'],
    ['a filter that does not exist', 'x\n---\n{{ title | shout }}', 'shout'],
    ['a block without its end', 'x\n---\n{% heading %}x', 'endheading'],
    ['no subject', '{{ title }}', '---'],
    ['a file of the machine', "x\n---\n{% render '/etc/passwd' %}", 'passwd'],
    ['an object for a text', 'x\n---\n{{ rows[0] }}', 'can be printed'],
    ['what objects inherit', 'x\n---\n{{ title.constructor }}', 'constructor'],
  ])('is refused for %s', (_, wrong, message) => {
    expect(() => renderMail(wrong, 'ja', data)).toThrow(message);
  });
});

describe('The mails of the project', () => {
  const { sources } = new MailTemplates();

  it('are there in both languages', () => {
    const kinds = [
      'invitation-cancel',
      'invitation-new',
      'invitation-update',
      'link-renewal',
      'not-theirs',
      'office-notice',
      'proposal-declined',
      'receipt',
      'reminder-office',
      'reminder-person',
      'reminder-staff',
      'sign-in-link',
    ];
    expect(Object.keys(sources).toSorted()).toEqual(
      kinds.flatMap((kind) => ['en', 'ja'].map((language) => `${kind}/${language}`)),
    );
    expect(() => sourceOf(sources, 'nothing', 'ja')).toThrow('nothing/ja');
  });

  it.each(languages)('the one with the sign-in link says whose it is and until when: %s', (language) => {
    const said = {
      product: 'めぐり',
      name: '見本 花子',
      address: 'hanako@example.org',
      link: 'https://meguri.example.org/s/x',
      valid_until: '10:15',
    };
    const { subject, text, html } = renderMail(sourceOf(sources, 'sign-in-link', language), language, said);
    expect(subject).toContain('めぐり');
    for (const value of [said.name, said.address, said.valid_until]) expect(text).toContain(value);
    expect(text.match(/https?:\/\/\S+/g)).toEqual([said.link]);
    expect(html).toContain(`href="${said.link}"`);
  });

  it('neither load nor run anything from elsewhere', () => {
    for (const mail of Object.values(sources)) expect(mail).not.toMatch(/<[a-z]|src=|url\(/i);
    const { html } = renderMail(source, 'ja', data);
    expect(html).not.toMatch(/<(img|link|script|iframe|table|form)|url\(|@import/i);
  });
});
