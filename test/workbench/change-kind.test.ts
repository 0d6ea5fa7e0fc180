import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/domain/json.js';
import { kindOfChange } from '../../src/workbench/change-kind.js';

describe('the kind of a change', () => {
  it.each<[JsonValue | undefined, JsonValue | undefined, string]>([
    [undefined, 'a', 'filled'],
    ['a', undefined, 'left out'],
    ['Linen Shirt, Black, 42', 'Linen Shirt Black 42', '“,” is gone'],
    ['Linen shirt', 'Acme Linen shirt', '“Acme” is added'],
    ['Linen shirt red', 'Linen shirt blue', '“red” becomes “blue”'],
    ['LINEN shirt', 'Linen shirt', 'other capitals'],
    ['Linen  shirt', 'Linen shirt', 'other blanks'],
    ['19.99 USD', '9.99 USD', 'lower price'],
    ['19.99 USD', '20 USD', 'higher price'],
    ['19.99 USD', '19.99 EUR', 'USD becomes EUR'],
    [3, 5, 'higher'],
    [['a'], ['a', 'b'], 'more entries'],
    [['a', 'b'], ['b', 'a'], 'other order'],
    [{ a: 1 }, { a: 2 }, 'another value'],
    ['word '.repeat(200), 'other '.repeat(200), 'another text'],
  ])('%j → %j is told as “%s”', (before, after, kind) => {
    expect(kindOfChange(before, after)).toBe(kind);
  });
});
