import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const tokens = readFileSync(
  createRequire(import.meta.url).resolve('@digital-go-jp/design-tokens/dist/tokens.css'),
  'utf8',
);
const base = readFileSync(join(import.meta.dirname, '../../src/web/public/css/base.css'), 'utf8');
const values = new Map(
  [...`${tokens}${base}`.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!]),
);

function colour(name: string): string {
  const value = name.startsWith('--') ? values.get(name) : name;
  if (!value) throw new Error(`no such colour: ${name}`);
  const other = /^var\((--[\w-]+)\)$/.exec(value);
  return other ? colour(other[1]!) : value;
}

/** WCAG 2.2, relative luminance */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(colour(a)), luminance(colour(b))].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

describe('letters can be read (WCAG 2.2, 1.4.3: 4.5 to 1)', () => {
  it.each([
    ['--ink', '--ground'],
    ['--ink', '--ground-mid'],
    ['--ink', '--color-primitive-yellow-200'],
    ['--ink-soft', '--ground'],
    ['--ink-soft', '--ground-soft'],
    ['--ink-soft', '--ground-mid'],
    ['--ink-soft', '--key-soft'],
    ['--ink-faint', '--ground'],
    ['--ink-faint', '--ground-mid'],
    ['--key', '--ground'],
    ['--key', '--ground-soft'],
    ['--key', '--key-soft'],
    ['--key', '--bad-soft'],
    ['--key', '--good-soft'],
    ['--key', '--warn-soft'],
    ['--key-strong', '--key-mid'],
    ['--on-key', '--key'],
    ['--on-key', '--key-strong'],
    ['--on-key', '--key-deep'],
    ['--on-key', '--bad-fill'],
    ['--on-key', '--good-fill'],
    ['--good', '--ground'],
    ['--good', '--good-soft'],
    ['--warn', '--ground'],
    ['--warn', '--warn-soft'],
    ['--warn', '--color-primitive-yellow-100'],
    ['--bad', '--ground'],
    ['--bad', '--bad-soft'],
    ['--bad', '--color-neutral-solid-gray-100'],
    ['--color-primitive-orange-900', '--ground'],
  ])('%s on %s', (letter, ground) => {
    expect(contrast(letter, ground)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('edges and shapes can be seen (WCAG 2.2, 1.4.11: 3 to 1)', () => {
  it.each([
    ['--field-line', '--ground'],
    ['--key', '--ground'],
    ['--bad-fill', '--ground'],
    ['--bad-fill', '--bad-soft'],
    ['--good-fill', '--ground'],
    ['--focus', '--ground'],
    ['--focus', '--focus-halo'],
    ['--focus-halo', '--key-deep'],
  ])('%s on %s', (edge, ground) => {
    expect(contrast(edge, ground)).toBeGreaterThanOrEqual(3);
  });
});
