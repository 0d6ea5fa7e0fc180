import { describe, expect, it } from 'vitest';
import { asCheckerText } from '../../src/mapping/source-edits.js';

describe('the text the checker sees', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['c ? "a" : null', 'c ? "a" : none'],
    ['x == null', 'x == nul_'],
    ['null != x', 'nul_ != x'],
    ['has(a.b)', 'h__(a.b)'],
    ['a.has()', 'a.h__()'],
    ['has + hash(x)', 'has + hash(x)'],
    ['vars.a + params.b + listing.c.d', 'vars_a + params_b + listing_c.d'],
    ['x.vars.a', 'x.vars.a'],
    ['vars["a"]', 'vars["a"]'],
    ['"null has(x) vars.a" + \'null\'', '"null has(x) vars.a" + \'null\''],
    ['r"\\"null" + null', 'r"\\"null" + none'],
    ['"a\\" null" + null', '"a\\" null" + none'],
    ['"""null "x" null""" + null', '"""null "x" null""" + none'],
    ['a // null vars.x\n + null', 'a // null vars.x\n + none'],
    ['nullable.null', 'nullable.null'],
    ['"unfinished null', '"unfinished none'],
  ];
  for (const [written, seen] of cases) {
    it(`${written} becomes ${seen}, every offset kept`, () => {
      expect(asCheckerText(written)).toBe(seen);
      expect(seen).toHaveLength(written.length);
    });
  }
});
