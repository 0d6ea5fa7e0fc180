import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { MATRIX, ROWS } from './matrix.js';
import { lastSeen, matrixPage } from './matrix-page.js';

const textOf = (file: string): string => readFileSync(path.join(packageRoot(), file), 'utf8');
const times = (text: string, part: string): number => text.split(part).length - 1;

describe('the fault matrix', () => {
  it('has every row of the design once', () => {
    expect(MATRIX.map(({ row }) => row)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
  });

  it.each(MATRIX)('row $row names a test that exists once', ({ test }) => {
    const quoted = ["'", '`', '"'].map((quote) => `${quote}${test.title}${quote}`);
    const text = textOf(test.file);
    expect(quoted.reduce((sum, title) => sum + times(text, title), 0)).toBe(1);
    expect(textOf(test.runs ?? test.file)).not.toBe('');
  });

  it.each(MATRIX)('row $row takes away a guard that stands once', ({ without }) => {
    expect(times(textOf(without.file), without.text)).toBe(1);
    expect(without.replacement).not.toBe(without.text);
  });

  it.each(MATRIX)('row $row points to further tests that are there', ({ also = [] }) => {
    for (const file of also)
      if (!file.startsWith('npm run '))
        expect([file, existsSync(path.join(packageRoot(), file))]).toEqual([file, true]);
  });

  it('stands in the document as it was last seen', () => {
    expect(textOf('docs/fault-matrix.md')).toBe(matrixPage(MATRIX, lastSeen()));
  });
});
