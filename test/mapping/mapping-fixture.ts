import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import type { JsonObject } from '../../src/domain/json.js';
import { diagnosticText } from '../../src/mapping/diagnostics.js';
import { type LoadRequest, type LoadResult, loadMapping } from '../../src/mapping/load.js';
import type { MappingSources } from '../../src/mapping/sources.js';
import type {
  CompiledMapping,
  ListingOverride,
  MappingOutcome,
  MappingRow,
} from '../../src/mapping/types.js';

/** The day all tests of the language take place on. */
export const TODAY = '2026-11-24T00:00:00.000Z';

export const CHANNEL: ChannelFacts = {
  id: 'google-us',
  connector: 'shop',
  country: 'US',
  language: 'en',
  currency: 'USD',
  zone: 'Europe/Berlin',
};

/** Mapping files and lookup tables from memory. */
export function memorySources(
  files: Readonly<Record<string, string>>,
  lookups: Readonly<Record<string, string>> = {},
): MappingSources {
  return {
    readMapping: (name) => {
      const text = files[name];
      return text === undefined ? null : { file: name === 'default' ? 'shop.yaml' : name, text };
    },
    readLookup: (name) => lookups[name] ?? null,
    lookupNames: () => Object.keys(lookups),
  };
}

/** Loads the text as the connector's own mapping. */
export function load(text: string, more: Partial<LoadRequest> = {}): LoadResult {
  const sources = memorySources({ default: text }, LOOKUPS);
  return loadMapping({ file: null, connector: 'shop', channel: CHANNEL, sources, ...more });
}

export const LOOKUPS = { gender: 'key,value,short\nLadies,female,f\nMen,male,m\n' };

/** Loads a text that must load. */
export function loaded(text: string, more: Partial<LoadRequest> = {}): CompiledMapping {
  const { mapping, diagnostics } = load(text, more);
  if (mapping === null) throw new Error(diagnostics.map((found) => diagnosticText(found, text)).join('\n'));
  return mapping;
}

/** The bag the documentation's examples use. */
export const BAG: MappingRow = {
  product: {
    id: 'MB01',
    title: 'Joust Duffle Bag',
    status: 'active',
    type: 'Gear > Bags',
    categories: ['Gear > Bags'],
    images: ['https://shop.example/a.jpg', 'https://shop.example/no.jpg'],
    attributes: { material: ['Nylon', 'Mesh'], eco: true, margin: 12.5 },
    summary: { variantCount: 1, optionValues: { color: ['Blue'] } },
  },
  variant: {
    id: '1',
    sku: '24-MB01',
    position: 1,
    price: { minor: 3400, currency: 'USD' },
    prices: [{ minor: 3400, currency: 'USD', country: 'US' }],
    cost: { minor: 1700, currency: 'USD' },
    weight: { value: 2, unit: 'lb' },
    options: { color: 'Blue', 'monitor size': '29 in' },
    saleFrom: '2026-11-26T23:00:00.000Z',
    saleTo: '2026-11-30T23:00:00.000Z',
  },
  stock: { available: 100, policy: 'deny' },
};

/** The row with other content. */
export function rowWith(changes: {
  product?: Partial<MappingRow['product']>;
  variant?: Partial<MappingRow['variant']>;
  stock?: MappingRow['stock'];
}): MappingRow {
  return {
    product: { ...BAG.product, ...changes.product },
    variant: { ...BAG.variant, ...changes.variant },
    stock: changes.stock ?? BAG.stock,
  };
}

/** Attributes of the row's listing; throws when it is not listed. */
export function listing(
  mapping: CompiledMapping,
  row: MappingRow = BAG,
  override?: ListingOverride,
): JsonObject {
  const outcome = mapping.run(row, TODAY, override);
  if (outcome.kind !== 'listing') throw new Error(`not listed: ${JSON.stringify(outcome)}`);
  return outcome.attributes;
}

/** Value and notes of one expression, as it reaches an attribute. */
export function evaluate(
  expression: string,
  row: MappingRow = BAG,
  vars: Readonly<Record<string, string>> = {},
): { value: unknown; notes: readonly string[] } {
  const outcome: MappingOutcome = loaded(oneAttribute(expression, vars)).run(row, TODAY);
  const value = outcome.kind === 'listing' ? (outcome.attributes.x ?? null) : outcome.kind;
  return { value, notes: outcome.notes.map((note) => note.message) };
}

/** A mapping of one attribute `x`. JSON strings are YAML strings. */
export function oneAttribute(expression: string, vars: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({ connector: 'shop', vars, attributes: { x: expression } });
}

/** Faults of a text as `line:column message = hint`. */
export function faults(text: string, more: Partial<LoadRequest> = {}): string[] {
  return load(text, more).diagnostics.map((found) => {
    const hint = found.hint === undefined ? '' : ` = ${found.hint}`;
    const mark = found.severity === 'warning' ? 'warning: ' : '';
    return `${found.line}:${found.column} ${mark}${found.message}${hint}`;
  });
}
