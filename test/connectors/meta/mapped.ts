import path from 'node:path';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import type { SourceSettings } from '../../../src/catalog/readers/reader.js';
import type { ListingConnector } from '../../../src/channel/listing-connector.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Product, SourceVariant } from '../../../src/domain/product.js';
import type { ChannelStock } from '../../../src/domain/stock.js';
import { loadMapping } from '../../../src/mapping/load.js';
import { fileSources } from '../../../src/mapping/sources.js';
import type { Diagnostic, MappingRow } from '../../../src/mapping/types.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const NOW = '2026-11-24T06:00:00.000Z';

/** Where the real catalogs are, outside the repository. */
export const CATALOGS = path.resolve(ROOT, '../shared/data/catalogs');

/** What became of one variant. */
export interface Mapped {
  readonly excluded?: string;
  readonly attributes: JsonObject;
  readonly issues: readonly Issue[];
  readonly notes: readonly string[];
}

/** A connector's default mapping, ready to run rows, with all checks the engine makes before sending. */
export interface DefaultMapping {
  readonly diagnostics: readonly Diagnostic[];
  run(row: MappingRow): Mapped;
}

/** Loads the default mapping of a connector for a channel in the US, or elsewhere. */
export async function defaultMapping(
  connector: ListingConnector,
  settings: JsonObject,
  params: JsonObject = {},
  where: { readonly country?: string; readonly currency?: string } = {},
): Promise<DefaultMapping> {
  const market = { country: 'US', language: 'en', currency: 'USD', zone: 'America/Chicago', ...where };
  const channel = { id: 'trial', connector: connector.id, ...market };
  const schema = await connector.listingSchema(settings, null);
  const sources = fileSources({ packageRoot: ROOT, directory: ROOT });
  const request = { file: null, connector: connector.id, channel, schema, params, sources };
  const { mapping, diagnostics } = loadMapping(request);
  if (!mapping) throw new Error(diagnostics.map((found) => `${found.line}: ${found.message}`).join('\n'));
  const check = compileListingSchema(schema);
  return {
    diagnostics,
    run(row) {
      const outcome = mapping.run(row, NOW);
      const notes = outcome.notes.map((note) => note.message);
      if (outcome.kind !== 'listing')
        return { excluded: outcome.kind === 'excluded' ? outcome.reason : outcome.kind, ...NOTHING, notes };
      const attributes = connector.canonical?.(outcome.attributes) ?? outcome.attributes;
      const audited = connector.audit?.(attributes, { channel, now: NOW, sku: row.variant.sku }) ?? [];
      return { attributes, issues: [...check(attributes), ...audited], notes };
    },
  };
}

const NOTHING = { attributes: {}, issues: [] } as const;

/** A row from what matters in a test; the rest is an ordinary product. */
export function rowOf(
  product: Partial<Product>,
  variant: Partial<MappingRow['variant']>,
  stock: ChannelStock = {},
): MappingRow {
  return {
    product: { id: 'P1', title: 'Thing', status: 'active', ...product },
    variant: { id: 'v', sku: 'SKU-1', position: 1, ...variant },
    stock,
  };
}

/** Every variant of a catalog file as the mapping sees it. */
export async function* rowsOf(file: string, settings: Partial<SourceSettings>): AsyncGenerator<MappingRow> {
  const source = { id: 'real', currency: 'USD', ...settings };
  const context = { report: () => undefined, signal: new AbortController().signal };
  for await (const batch of openSource(path.join(CATALOGS, file), source, context)) {
    for (const { product, variants } of batch) {
      const summary = { variantCount: variants.length, optionValues: {} };
      for (const variant of variants) yield rowFrom({ ...product, summary }, variant);
    }
  }
}

function rowFrom(product: Product, variant: SourceVariant): MappingRow {
  const sku = variant.sku ?? 'generated';
  const { policy, tracked } = variant.offer;
  const available = variant.stock?.reduce((sum, reading) => sum + reading.onHand, 0);
  return {
    product,
    variant: { ...variant.content, ...variant.offer, id: sku, sku, position: 1 },
    stock: {
      ...(available === undefined ? {} : { available }),
      ...(policy === undefined ? {} : { policy }),
      ...(tracked === undefined ? {} : { tracked }),
    },
  };
}
