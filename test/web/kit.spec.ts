import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { languages } from '../../src/kernel/text.ts';
import { createLiquid } from '../../src/web/liquid.ts';
import { Assets } from '../../src/web/assets.service.ts';
import { Pages } from '../../src/web/page.service.ts';
import { stateShapes, states } from '../../src/web/staff/state-shapes.ts';
import { kitData, kitFrame, kitRespondData } from './kit-data.ts';

const pages = new Pages(new Assets());
const templates = join(import.meta.dirname, '../../templates/pages');
const files = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.liquid'));
const css = readdirSync(join(import.meta.dirname, '../../src/web/public/css'))
  .map((name) => readFileSync(join(import.meta.dirname, '../../src/web/public/css', name), 'utf8'))
  .join('\n');
const icons = readFileSync(join(import.meta.dirname, '../../src/web/public/icons.svg'), 'utf8');
const styled = new Set([...css.matchAll(/\.(-?[a-z][\w-]*)/g)].map((match) => match[1]!));

/** Class names that a template writes out; those put together from values (`state--{{ tone }}`) are seen in the rendered kit */
function classesIn(template: string): string[] {
  return [...template.matchAll(/\sclass="([^"]*)"/g)]
    .flatMap((match) =>
      match[1]!
        .replace(/[\w-]*\{\{.*?\}\}[\w-]*/g, ' ')
        .replace(/\{%.*?%\}/g, ' ')
        .split(/\s+/),
    )
    .filter((name) => /^[a-z][\w-]*$/.test(name) && !name.endsWith('-'));
}

describe.each(languages)('the kit in %s', (language) => {
  const kit = pages.html('kit/kit', kitData(language), { language, frame: kitFrame });
  const respond = pages.html('kit/respond', kitRespondData, { language, frame: { sample: true } });

  it('has a rule for every class', async () => {
    const html = `${await kit}${await respond}`.replace(/<pre[\s\S]*?<\/pre>/g, '');
    const names = new Set(
      [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap((match) => match[1]!.split(/\s+/)).filter(Boolean),
    );
    expect(names.size).toBeGreaterThan(100);
    expect([...names].filter((name) => !styled.has(name))).toEqual([]);
  });

  it('has no letter of the other script but where it names the language or quotes data', async () => {
    const words = (await kit).replace(/<pre[\s\S]*?<\/pre>|<[^>]+>/g, ' ');
    const japanese = new Set(words.match(/[ぁ-んァ-ヶ一-龠]{2,}/g));
    const quoted = ['巡り', '日本語', '見本', '花子', '北門からお入りください'];
    expect([...japanese].filter((found) => language === 'en' && !quoted.includes(found))).toEqual([]);
    expect(words).toContain(language === 'ja' ? '年間予定表' : 'Year board');
  });

  it('leaves no placeholder and no object unsaid', async () => {
    const html = `${await kit}${await respond}`.replace(/<pre[\s\S]*?<\/pre>/g, '');
    expect(html).not.toMatch(/\[object|undefined|NaN|\{\w+\}|\{%|\{\{/);
  });

  it('has one h1, a label for every field and an icon for every reference', async () => {
    for (const html of [await kit, await respond]) {
      expect(html.match(/<h1/g)).toHaveLength(1);
      const ids = [...html.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g)].map((match) => match[1]!);
      expect(
        ids.filter((id) => !html.includes(`<label class="label" for="${id}"`) && !html.includes(`for="${id}"`)),
      ).toEqual([]);
      const named = [...html.matchAll(/icons\.svg#([\w-]+)/g)].map((match) => match[1]!);
      expect(named.filter((name) => !icons.includes(`<symbol id="${name}"`))).toEqual([]);
    }
  });
});

describe('templates', () => {
  it.each(files)('%s can be read: every text is in both languages', (file) => {
    expect(() => createLiquid({ root: templates, cache: false }).parseFileSync(file)).not.toThrow();
  });

  it('use every part that there is, and name none that is not', () => {
    const all = files.map((file) => readFileSync(join(templates, file), 'utf8')).join('\n');
    const used = new Set([...all.matchAll(/render 'parts\/([\w-]+)'/g)].map((match) => match[1]!));
    const parts = files.filter((file) => file.startsWith('parts')).map((file) => file.slice(6, -7));
    expect([...used].sort()).toEqual(parts.sort());
  });

  it('write no inline style and no inline script', () => {
    const guilty = files.filter((file) =>
      /\sstyle=|\son[a-z]+=|<style|javascript:/.test(
        readFileSync(join(templates, file), 'utf8').replace(/\{% raw %\}[\s\S]*?\{% endraw %\}/g, ''),
      ),
    );
    expect(guilty).toEqual([]);
  });

  it('use no class that has no rule', () => {
    const without = files.flatMap((file) =>
      classesIn(readFileSync(join(templates, file), 'utf8'))
        .filter((name) => !styled.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(without).toEqual([]);
  });

  it('name only icons that exist', () => {
    const missing = files.flatMap((file) =>
      [...readFileSync(join(templates, file), 'utf8').matchAll(/(?:parts\/icon', name:|shape =|icon:) '([\w-]+)'/g)]
        .map((match) => match[1]!)
        .filter((name) => !icons.includes(`<symbol id="${name}"`))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('say every name that a part needs in words, not only by its icon: no icon stands alone in a button or link', () => {
    const alone = files.flatMap((file) =>
      [
        ...readFileSync(join(templates, file), 'utf8').matchAll(
          /<(a|button)\b[^>]*>\s*\{% render 'parts\/icon'[^%]*%\}\s*<\/\1>/g,
        ),
      ].map(() => file),
    );
    expect(alone).toEqual([]);
  });
});

describe('the shapes of states', () => {
  it.each(states)('%s is the same on the board and in tables', (state) => {
    const symbol = new RegExp(`<symbol id="state-${state}"[^>]*>(.*?)</symbol>`).exec(icons)?.[1] ?? '';
    const { solid, line, gap, dash } = stateShapes[state];
    const paths = [solid, line, gap].flatMap((path) => (path ? [`d="${path}"`] : []));
    const wanted = [...paths, ...(dash ? [`stroke-dasharray="${dash}"`] : [])];
    expect(paths.length).toBeGreaterThan(0);
    expect(wanted.filter((piece) => !symbol.includes(piece))).toEqual([]);
  });

  it('differ from each other without colour', () => {
    const drawn = states.map((state) => JSON.stringify(stateShapes[state]));
    expect(new Set(drawn).size).toBe(states.length);
  });
});
