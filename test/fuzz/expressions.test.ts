import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAG, load, oneAttribute, TODAY } from '../mapping/mapping-fixture.js';
import { fuzzed } from './fuzz-runs.js';

/** Ways out of a language that others have found: none of them is a name here. */
const ESCAPES = [
  'constructor',
  'product.constructor',
  'product["constructor"]["constructor"]("return process")()',
  'product.__proto__',
  'product["__proto__"]',
  '"".constructor.constructor("return this")()',
  '[].map.constructor("return process")()',
  'this',
  'globalThis',
  'process.env',
  'require("fs")',
  'import("fs")',
  'eval("1")',
  'Function("return 1")()',
  'product.attributes.toString()',
  'product.attributes.hasOwnProperty("x")',
  'valueOf()',
  '{"__proto__": {"polluted": true}}',
  '{"constructor": 1}.constructor.name',
  'product.images.reduce',
  'product.title.matches("(a+)+$")',
  'product.title.replace(/a/, () => 1)',
  '`\u0024{process}`',
  'Object.keys(product)',
  'Reflect.get(product, "id")',
  'new Date()',
  'async () => 1',
  'product.title.at(-1).constructor',
  'variant?.constructor?.constructor',
  'with(product) id',
];

const PATHS = [
  'product.title',
  'product.images',
  'variant.price',
  'variant.weight',
  'stock.available',
  'product.attributes.material',
  'variant.options.color',
  'channel.currency',
  'product.nothing',
  'variant.saleFrom',
  '__proto__',
  'constructor',
];
const NAMES = [
  'clip',
  'join',
  'words',
  'default',
  'contains',
  'extract',
  'lookup',
  'size',
  'round',
  'money',
  'date',
  'first',
  'take',
  'upper',
  'lower',
  'replace',
  'eval',
  'constructor',
  'has',
  'text',
];
const OPERATORS = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||', 'in'];

/** Expressions that mostly parse, of every kind of part. */
const EXPRESSION = fc.letrec<{ whole: string }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      ...PATHS,
      'true',
      'null',
      '0',
      '1.5',
      '-1',
      '1e400',
      '9223372036854775808',
      '""',
      '"ä\\u0000"',
      "'x'",
      '[]',
      '{}',
    ),
    fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
    fc
      .tuple(tie('whole'), fc.constantFrom(...OPERATORS), tie('whole'))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.array(tie('whole'), { maxLength: 3 }))
      .map(([name, given]) => `${name}(${given.join(', ')})`),
    fc
      .tuple(tie('whole'), fc.constantFrom(...NAMES), tie('whole'))
      .map(([on, name, given]) => `${on}.${name}(${given})`),
    fc.tuple(tie('whole'), tie('whole'), tie('whole')).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
    fc.tuple(tie('whole'), tie('whole')).map(([list, body]) => `${list}.map(x, ${body})`),
    fc.tuple(tie('whole'), tie('whole')).map(([list, body]) => `${list}.filter(x, x == ${body})`),
    fc.tuple(tie('whole'), tie('whole')).map(([of, at]) => `${of}[${at}]`),
    fc.array(tie('whole'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    tie('whole').map((inner) => `!${inner}`),
    tie('whole').map((inner) => `-${inner}`),
  ),
})).whole;

const KEPT: [string][] = [];

/** Loads an expression as an attribute and runs it; a fault at load must be told, a fault at run is a note and never thrown. */
function tried(expression: string): unknown {
  const { mapping, diagnostics } = load(oneAttribute(expression));
  if (mapping === null) {
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message } of diagnostics) expect(message).not.toBe('');
    return null;
  }
  const began = performance.now();
  const outcome = mapping.run(BAG, TODAY);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(outcome.kind).toMatch(/^(listing|excluded|blocked|too-expensive)$/);
  const said = JSON.stringify(outcome);
  expect(said).not.toMatch(/\[native code\]|\[object |process\.env/);
  return outcome;
}

describe('whatever is written as an expression', () => {
  it('is a value, nothing, or a fault that is told: trees of every part of the language', () => {
    fc.assert(
      fc.property(EXPRESSION, (expression) => {
        tried(expression);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      fuzzed<[string]>(KEPT, 6),
    );
  });

  it('is a value, nothing, or a fault that is told: any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (expression) => void tried(expression)),
      fuzzed<[string]>([], 4),
    );
  });

  it.each(ESCAPES)('does not lead out of the language: %s', (expression) => {
    const outcome = tried(expression) as { attributes?: Readonly<Record<string, unknown>> } | null;
    for (const value of Object.values(outcome?.attributes ?? {})) expect(typeof value).not.toBe('function');
    expect('polluted' in {}).toBe(false);
  });
});
