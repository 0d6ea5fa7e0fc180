import { describe, expect, it } from 'vitest';
import { readSource } from '../support/source-tree.js';

const css = readSource('src/console/style/tokens.css');

/** The colours of a rule by their names. */
function palette(selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(`${selector} {`);
  const rule = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...rule.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6,8})/g)].map(([, name, value]) => [name, value]),
  );
}

const light = palette(':root');
const dark = palette(':root[data-theme="dark"]');
const asSystem = palette(':root[data-theme="system"]');

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast by the formula of WCAG 2. */
function contrast(colours: Readonly<Record<string, string>>, first: string, second: string): number {
  const [a, b] = [colours[first], colours[second]];
  if (a === undefined || b === undefined) throw new Error(`no token --${a === undefined ? first : second}`);
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

const TEXTS: readonly (readonly [string, string])[] = [
  ['text', 'surface'],
  ['text', 'page'],
  ['text', 'sunken'],
  ['text', 'row-hover'],
  ['text-dim', 'surface'],
  ['text-dim', 'page'],
  ['text-dim', 'row-hover'],
  ['text-dim', 'sunken'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['link', 'surface'],
  ['link', 'page'],
  ['link', 'row-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ...['live', 'pending', 'warning', 'blocked', 'rejected', 'held', 'excluded', 'removed'].flatMap((state) => [
    [state, `${state}-tint`] as const,
    [state, 'surface'] as const,
    [state, 'row-hover'] as const,
    ['text', `${state}-tint`] as const,
  ]),
];

const SHAPES: readonly (readonly [string, string])[] = [
  ['control-border', 'surface'],
  ['control-border', 'page'],
  ['accent', 'surface'],
  ...['1', '2', '3', '4', '5', '6'].map((n) => [`chart-${n}`, 'surface'] as const),
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_name, colours) => {
  it.each(TEXTS)('can be read: %s on %s', (text, ground) => {
    expect(contrast(colours, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)('can be seen: %s on %s', (shape, ground) => {
    expect(contrast(colours, shape, ground)).toBeGreaterThanOrEqual(3);
  });
});

describe('the dark palette', () => {
  it('is a palette of its own for every colour', () => {
    expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
  });

  it('is the same where the system asks for it', () => {
    expect(asSystem).toEqual(dark);
  });
});
