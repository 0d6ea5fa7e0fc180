import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadData, type Value } from '../../../src/mapping/functions/definition.js';
import { FUNCTIONS } from '../../../src/mapping/functions/table.js';
import { signatureOf } from '../../../src/mapping/signatures.js';
import { bench, call, definitionOf } from './fixture.js';

const RUNS = { numRuns: 100 };

const words = fc.constantFrom(
  'Größe',
  'e\u0301',
  '👩‍👩‍👧',
  '防水',
  '🇩🇪',
  'Bag',
  '29"',
  '<p>',
  '&amp;',
  '\u200b',
  '\ud83d',
  '1,234',
  '  ',
  '-',
  '(',
);
const text: fc.Arbitrary<string> = fc.oneof(
  fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.array(words, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '4006381333931',
    '4.90 EUR',
    '2026-11-27',
    'gender',
    'kg',
    '2 lb',
    'https://a.example/ü?a=1',
    'EUR',
    'DE',
  ),
);
const whole = fc.oneof(fc.integer({ min: -5, max: 60 }), fc.maxSafeInteger());
const money = fc.record({
  minor: fc.integer({ min: -9e14, max: 9e14 }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
});
const decimal = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const measure = fc.record({
  value: decimal,
  unit: fc.constantFrom('kg', 'lb', 'cm', 'in'),
});
const time = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2120-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

function valuesOf(type: string): fc.Arbitrary<Value> {
  const inner = /^(?:list|map<string,)\s*<?(.*)>$/.exec(type)?.[1] ?? '';
  if (type.startsWith('list<')) {
    return fc.array(fc.oneof({ weight: 9, arbitrary: valuesOf(inner) }, fc.constant(null)), { maxLength: 6 });
  }
  if (type.startsWith('map<')) return fc.dictionary(fc.string(), text);
  switch (type) {
    case 'string':
      return text;
    case 'int':
      return whole;
    case 'double':
      return fc.oneof(whole, decimal);
    case 'bool':
      return fc.boolean();
    case 'Money':
    case 'Price':
      return money;
    case 'Measure':
      return measure;
    case 'google.protobuf.Timestamp':
      return time;
    default:
      return fc.oneof(text, whole, fc.boolean(), money, measure, fc.array(text, { maxLength: 3 }));
  }
}

const CALLS = FUNCTIONS.flatMap(({ name, signatures, literals }) =>
  signatures.map((written) => {
    const { params } = signatureOf(written);
    const args = params.map((type, place) =>
      literals?.[place] === 'pattern' ? fc.constantFrom('(\\d+)', '[a-z]*', '') : valuesOf(type),
    );
    return { written, name, args: fc.tuple(...args) };
  }),
);

describe('every function of the table', () => {
  it.each(CALLS)('$written gives a value or says what is wrong with the data', ({ name, args }) => {
    fc.assert(
      fc.property(args, (values) => {
        const before = JSON.stringify(values);
        let result: Value = null;
        try {
          result = call(name, values);
        } catch (error) {
          if (!(error instanceof BadData)) throw error;
          expect(error.message).not.toBe('');
        }
        expect(result).not.toBeUndefined();
        if (typeof result === 'number') expect(Number.isFinite(result) && !Object.is(result, -0)).toBe(true);
        expect(JSON.stringify(values)).toBe(before);
      }),
      RUNS,
    );
  });
});

describe('what holds for any text', () => {
  it('clip keeps to its number of characters and clipBytes to its bytes', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (value, count) => {
        expect([...String(call('clip', [value, count]))].length).toBeLessThanOrEqual(count);
        expect([...String(call('clip', [value, count, '…']))].length).toBeLessThanOrEqual(count);
        expect(Buffer.byteLength(String(call('clipBytes', [value, count])))).toBeLessThanOrEqual(count);
        expect(value.startsWith(String(call('clip', [value, count])))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('clip never cuts a letter or emoji in two', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), fc.nat(20), (parts, count) => {
        const value = parts.join('');
        const cut = String(call('clip', [value, count]));
        const edges = new Set([...segmenter.segment(value)].map(({ index }) => index).concat(value.length));
        expect(edges.has(cut.length), JSON.stringify([value, cut])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['printable', 'ascii', 'slug', 'plain'])('%s leaves no trace of control characters', (name) => {
    fc.assert(
      fc.property(text, (value) => {
        expect(String(call(name, [value]))).not.toMatch(name === 'plain' ? /[\n\r\t]/ : /\p{Cc}/u);
      }),
      RUNS,
    );
  });

  it.each(['printable', 'ascii', 'slug', 'url'])('%s twice is %s once', (name) => {
    fc.assert(
      fc.property(text, (value) => {
        let once: Value;
        try {
          once = call(name, [value]);
        } catch (error) {
          expect(error).toBeInstanceOf(BadData);
          return;
        }
        if (once !== null) expect(call(name, [once])).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what holds for any amount', () => {
  it('price reads what money writes', () => {
    fc.assert(
      fc.property(money, (amount) => {
        expect(call('price', [call('money', [amount])])).toEqual(
          amount.minor === 0 ? { ...amount, minor: 0 } : amount,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('tax taken off and put on again is the same to half a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 300 }), (minor, tenths) => {
        const net = call('withoutTax', [{ minor, currency: 'EUR' }, tenths / 10]);
        const gross = call('addPercent', [net, tenths / 10]) as { minor: number };
        expect(Math.abs(gross.minor - minor)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it('endIn and roundUpTo never lower an amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(999), (minor, ending) => {
        const amount = { minor, currency: 'EUR' };
        const ended = call('endIn', [amount, ending]) as { minor: number };
        expect(ended.minor).toBeGreaterThanOrEqual(minor);
        expect(ended.minor - minor).toBeLessThan(1000);
        const stepped = call('roundUpTo', [amount, { minor: ending + 1, currency: 'EUR' }]) as {
          minor: number;
        };
        expect(stepped.minor - minor).toBeGreaterThanOrEqual(0);
        expect(stepped.minor - minor).toBeLessThanOrEqual(ending);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what holds for any day', () => {
  it('a day written and read again is the same day, in zones that skip midnight too', () => {
    const context = bench({ zone: 'America/Sao_Paulo' });
    const read = definitionOf('readDate').prepare([null, 'yyyy-MM-dd']);
    const write = definitionOf('date').prepare([null]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), (days) => {
        const day = new Date(Date.UTC(1970, 0, 1 + days)).toISOString().slice(0, 10);
        expect(write(context, read(context, day, 'yyyy-MM-dd'))).toBe(day);
      }),
      { numRuns: 300 },
    );
  });
});
