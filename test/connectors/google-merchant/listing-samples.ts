import fc from 'fast-check';
import type {
  AttributeRow,
  MemberTies,
  ValueType,
} from '../../../connectors/google-merchant/attributes/row.js';
import { ATTRIBUTES } from '../../../connectors/google-merchant/attributes.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';

const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
const DECIMALS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

const words = fc.stringMatching(/^[A-Za-z0-9äß][A-Za-z0-9äß &"<,.-]{0,10}[A-Za-z0-9]$/);
const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const amounts = fc.tuple(fc.nat(9_999_999), fc.constantFrom(...CURRENCIES)).map(([minor, currency]) => {
  const decimals = DECIMALS[currency] ?? 2;
  const digits = String(minor).padStart(decimals + 1, '0');
  return decimals === 0
    ? `${minor} JPY`
    : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)} ${currency}`;
});

/** Canonical values of a type. */
function valuesOf(type: ValueType): fc.Arbitrary<JsonValue> {
  switch (type.kind) {
    case 'text':
      if (type.pattern === undefined) return words.map((text) => text.slice(0, type.max ?? 20).trim());
      return fc.stringMatching(new RegExp(type.pattern)).filter((text) => text.length <= (type.max ?? 12));
    case 'url':
      return fc.nat(999).map((page) => `https://shop.example.com/p/${page}?a=b&c=%20`);
    case 'gtin':
      return fc.constantFrom('4006381333931', '00012345600012', '96385074');
    case 'yes-no':
      return fc.constantFrom('yes', 'no');
    case 'integer':
      return fc.integer({ min: Math.max(type.min, -1_000), max: 100_000 });
    case 'number':
      return fc
        .integer({ min: (type.min ?? -50) * 4, max: (type.max ?? 50) * 4 })
        .map((quarters) => quarters / 4 || 0);
    case 'instant':
      return instants;
    case 'interval':
      return fc.tuple(instants, instants).map((pair) => pair.join('/'));
    case 'price':
      return amounts.map((text) =>
        type.signed && text.length % 2 === 0 && /[1-9]/.test(text) ? `-${text}` : text,
      );
    case 'choice':
      return fc.constantFrom(...Object.keys(type.values));
    case 'measure':
      return fc
        .tuple(fc.integer({ min: 1, max: 100 }), fc.constantFrom(...Object.keys(type.units)))
        .map(([size, unit]) => `${type.number === 'int64' ? size : size / 4} ${unit}`);
    case 'group':
      return membersOf(type.members).map((members) => tied(members as JsonObject, type.ties));
  }
}

function membersOf(rows: readonly AttributeRow[]): fc.Arbitrary<JsonValue> {
  return fc.record(
    Object.fromEntries(rows.map((row) => [row.name, samplesOf(row)])),
  ) as fc.Arbitrary<JsonValue>;
}

/** Of two members that exclude each other, the one or the other goes. */
function tied(members: JsonObject, { clashes, needs }: MemberTies): JsonObject {
  const kept: Record<string, JsonValue | undefined> = { ...members };
  const parity = JSON.stringify(members).length % 2;
  for (const pair of clashes) {
    if (pair.every((name) => kept[name] !== undefined)) delete kept[pair[parity] ?? ''];
  }
  for (const [name, needed] of [...needs, ...needs]) if (kept[needed] === undefined) delete kept[name];
  return kept as JsonObject;
}

/** Canonical values of an attribute, as a mapping would give them. */
export function samplesOf(row: AttributeRow): fc.Arbitrary<JsonValue> {
  const single = valuesOf(row.type);
  if (row.list === null) return single;
  const many = fc.array(single, { minLength: 1, maxLength: Math.min(3, row.list) });
  return row.plainWhenSingle ? many.map((list) => (list.length === 1 ? (list[0] ?? '') : list)) : many;
}

/** Listings with every attribute of the table; the same ones each time. */
export function wholeListings(count: number): readonly JsonObject[] {
  const whole = fc.record(Object.fromEntries(ATTRIBUTES.map((row) => [row.name, samplesOf(row)])));
  return fc.sample(whole, { numRuns: count, seed: 20_261_124 }) as JsonObject[];
}
