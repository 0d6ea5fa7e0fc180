import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/json.js';

describe('canonical JSON', () => {
  it('is the same whatever the order of the members, at every depth', () => {
    const one = { b: 1, a: [{ y: 'é', x: null }], c: { 10: 'ten', 9: 'nine' } };
    const other = { c: { 9: 'nine', 10: 'ten' }, a: [{ x: null, y: 'é' }], b: 1 };
    expect(canonicalJson(one)).toBe(canonicalJson(other));
    expect(canonicalJson(one)).toMatch(/^\{"a":\[\{"x":null,"y":"é"\}\],"b":1,/);
  });

  it('tells apart lists in another order, and texts from numbers', () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
  });

  it('leaves absent members out and says null for an absent value', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
    expect(canonicalJson(undefined)).toBe('null');
  });

  it('keeps a member named __proto__ as a member', () => {
    const odd = JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}') as Record<string, never>;
    expect(canonicalJson(odd)).toBe('{"__proto__":{"a":2,"z":1},"b":1}');
  });

  it('does not change what it is given', () => {
    const value = { b: { d: 1, c: 2 }, a: 1 };
    canonicalJson(value);
    expect(Object.keys(value)).toEqual(['b', 'a']);
    expect(Object.keys(value.b)).toEqual(['d', 'c']);
  });
});
