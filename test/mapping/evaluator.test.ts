import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/mapping/compile.js';
import type { CompileContext } from '../../src/mapping/compile-context.js';
import { newScope } from '../../src/mapping/environment.js';
import type { Expression } from '../../src/mapping/expression-tree.js';
import { Frame } from '../../src/mapping/frame.js';
import { checkExpression, isFault } from '../../src/mapping/front.js';
import { KEPT } from '../../src/mapping/kept-functions.js';
import { inputRoot } from '../../src/mapping/roots.js';
import { CHANNEL } from './mapping-fixture.js';

const TYPES = {
  a: 'int',
  b: 'int',
  d: 'double',
  e: 'double',
  s: 'string',
  t: 'string',
  p: 'bool',
  l: 'list<string>',
  n: 'list<int>',
};
const SCOPE = newScope({ ...TYPES, nul_: 'dyn' }, null);

/** Our closures over plain variables. */
function ours(text: string, inputs: Readonly<Record<string, unknown>>): unknown {
  const checked = checkExpression(SCOPE.environment, text);
  if (isFault(checked)) throw new Error(`${text}: ${checked.summary}`);
  const frame = new Frame({
    channel: CHANNEL,
    rates: null,
    tables: new Map(),
    textsOf: (product) => product,
  });
  const context: CompileContext = {
    traced: false,
    frame,
    site: { file: 'x', line: 1 },
    roots: new Map(Object.keys(TYPES).map((name) => [name, inputRoot(name)])),
    functions: KEPT,
    given: () => null,
    cells: new Map(),
    table: () => null,
    tableNames: () => [],
    fail: (fault) => {
      throw new Error(fault.message);
    },
  };
  frame.inputs = inputs as Frame['inputs'];
  const code = compile(checked as Expression, context);
  frame.restart();
  return code.run(frame);
}

const STOCK = new Environment({ homogeneousAggregateLiterals: false });
for (const [name, type] of Object.entries(TYPES)) STOCK.registerVariable(name, type);

/** The stock evaluator: BigInt whole numbers; what it throws for is bad data, nothing to us. */
function theirs(text: string, inputs: Readonly<Record<string, unknown>>): unknown {
  const big = (value: unknown): unknown => BigInt(value as number);
  const context = { ...inputs, a: big(inputs.a), b: big(inputs.b), n: (inputs.n as number[]).map(big) };
  return plain(STOCK.evaluate(text, context));
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return Array.isArray(value) ? value.map(plain) : value;
}

const { text, bool, int, double, list } = fc.letrec<{
  text: string;
  bool: string;
  int: string;
  double: string;
  list: string;
}>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('s', 't', '"x"', '"Ab c"', '""'),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
    fc.tuple(tie('bool'), tie('text'), tie('text')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    tie('text').map((a) => `${a}.trim()`),
    tie('int').map((a) => `string(${a})`),
    tie('list').map((a) => `${a}.join("-")`),
  ),
  bool: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('p', 'true', 'false'),
    fc.tuple(tie('bool'), fc.constantFrom('&&', '||'), tie('bool')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tie('bool').map((a) => `!${a}`),
    fc
      .tuple(tie('int'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('int'))
      .map((x) => `(${x.join(' ')})`),
    fc
      .tuple(tie('double'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('double'))
      .map((x) => `(${x.join(' ')})`),
    fc.tuple(tie('text'), fc.constantFrom('<', '==', '!=', '>='), tie('text')).map((x) => `(${x.join(' ')})`),
    fc
      .tuple(tie('text'), fc.constantFrom('contains', 'startsWith', 'endsWith'), tie('text'))
      .map(([a, f, b]) => `${a}.${f}(${b})`),
    fc.tuple(tie('text'), tie('list')).map(([a, b]) => `(${a} in ${b})`),
    fc
      .tuple(tie('list'), fc.constantFrom('exists', 'all', 'exists_one'), tie('text'))
      .map(([a, f, b]) => `${a}.${f}(i, i == ${b})`),
    fc.tuple(tie('list'), tie('list')).map(([a, b]) => `(${a} == ${b})`),
    tie('int').map((a) => `(${a} in n)`),
  ),
  int: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', '0', '7', '-3'),
    fc.tuple(tie('int'), fc.constantFrom('+', '-', '*'), tie('int')).map((x) => `(${x.join(' ')})`),
    fc.tuple(tie('int'), fc.constantFrom('2', '5')).map(([a, b]) => `(${a} % ${b})`),
    tie('int').map((a) => `-${a}`),
    tie('text').map((a) => `size(${a})`),
    tie('list').map((a) => `${a}.size()`),
    tie('double').map((a) => `int(${a})`),
    fc.tuple(tie('bool'), tie('int'), tie('int')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  double: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('d', 'e', '0.5', '2.0'),
    fc.tuple(tie('double'), fc.constantFrom('+', '-', '*'), tie('double')).map((x) => `(${x.join(' ')})`),
    tie('double').map((a) => `(${a} / 4.0)`),
    tie('int').map((a) => `double(${a})`),
  ),
  list: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('l', '["x", "Ab c"]', '["x"]'),
    fc.tuple(tie('list'), tie('list')).map(([a, b]) => `(${a} + ${b})`),
    fc.tuple(tie('list'), tie('text')).map(([a, b]) => `${a}.filter(i, i != ${b})`),
    fc.tuple(tie('list'), tie('text')).map(([a, b]) => `${a}.map(i, i + ${b})`),
    fc.tuple(tie('text'), fc.constantFrom('" "', '"x"')).map(([a, b]) => `${a}.split(${b})`),
  ),
}));

const INPUTS = fc.record({
  a: fc.integer({ min: -1000, max: 1000 }),
  b: fc.integer({ min: -1000, max: 1000 }),
  d: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  e: fc.integer({ min: -50, max: 50 }),
  s: fc.string({ maxLength: 8 }),
  t: fc.constantFrom('x', 'Ab c', ' x '),
  p: fc.boolean(),
  l: fc.array(fc.constantFrom('x', 'Ab c', 'z'), { maxLength: 4 }),
  n: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 4 }),
});

describe('closures', () => {
  it('give what the stock evaluator gives when nothing is missing', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof(text, bool, int, double, list), INPUTS, (expression, inputs) => {
        let expected: unknown;
        try {
          expected = theirs(expression, inputs);
        } catch {
          return;
        }
        if (typeof expected === 'number' && (!Number.isFinite(expected) || Math.abs(expected) > 2 ** 53))
          return;
        compared++;
        const actual = ours(expression, inputs);
        // Minus zero is a number of JavaScript, not of a catalog.
        expect(normal(actual), `${expression} with ${JSON.stringify(inputs)}`).toEqual(normal(expected));
      }),
      { numRuns: 4_000 },
    );
    expect(compared).toBeGreaterThan(3_000);
  }, 60_000);

  it('rest on checkedType, which the typings of cel-js do not list', () => {
    const parsed = STOCK.parse('a + b');
    expect(parsed.check().valid).toBe(true);
    expect((parsed.ast as { checkedType?: { name: string } }).checkedType?.name).toBe('int');
  });
});

function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  return value === 0 ? 0 : value;
}
