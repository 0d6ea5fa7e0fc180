import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import first from '../../src/console/strings/en.json';
import later from '../../src/console/strings/en.later.json';
import workbench from '../../src/console/strings/en.workbench.json';
import { sourceTree } from '../support/source-tree.js';

const code = sourceTree(['src/console'])
  .filter(({ path }) => !path.endsWith('.story.tsx'))
  .map((file) => file.code)
  .join('\n');
const english = { ...first, ...later, ...workbench };
const names = Object.keys(english);
const written = new Set([...code.matchAll(/['"`]([a-z_]+\.[\w.:-]+)['"`]/g)].map(([, name]) => name));
/** Families that are named by what they are about: `state.${word}`. */
const families = [...code.matchAll(/`([a-z_]+\.(?:[\w.-]+\.)?(?:[a-z]+_)?)\$\{[^`]+\}`/g)].map(
  ([, start]) => start ?? '',
);

describe('the sentences of the console', () => {
  it('are all used', () => {
    const unused = names.filter(
      (name) => !written.has(name) && !families.some((start) => name.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('are all there', () => {
    const asked = [...code.matchAll(/\bsay(?:With)?\(\s*'([^']+)'/g)].map(([, name]) => name);
    expect(asked.filter((name) => name !== undefined && !(name in english))).toEqual([]);
    for (const start of families)
      expect(
        names.some((name) => name.startsWith(start)),
        start,
      ).toBe(true);
  });

  it('are in the order of their names, so that two people who add one do not meet', () => {
    for (const part of [first, later, workbench]) expect(Object.keys(part)).toEqual(Object.keys(part).sort());
  });

  it.each(Object.entries(english))('%s can be formatted', (_name, sentence) => {
    expect(() => new IntlMessageFormat(sentence, 'en')).not.toThrow();
  });

  it('blame nobody and use no words of programmers', () => {
    const banned =
      /\b(invalid|error occurred|failed to|entity|payload|terminate|abort|oops|please|successfully)\b|!$/i;
    expect(Object.entries(english).filter(([, sentence]) => banned.test(sentence))).toEqual([]);
  });
});
