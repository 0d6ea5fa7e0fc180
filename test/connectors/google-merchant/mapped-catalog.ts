import path from 'node:path';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { LISTING_SCHEMA } from '../../../connectors/google-merchant/listing-schema.js';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import type { SourceSettings } from '../../../src/catalog/readers/reader.js';
import type { ChannelFacts } from '../../../src/domain/channel-facts.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { loadMapping } from '../../../src/mapping/load.js';
import { fileSources } from '../../../src/mapping/sources.js';
import type { CompiledMapping, MappingRow } from '../../../src/mapping/types.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';

/** The folder of the project. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');
const TODAY = '2026-11-24T05:00:00.000Z';

/** The channel mappings are tried for. */
export const US: ChannelFacts = {
  id: 'google-us',
  connector: 'google-merchant',
  country: 'US',
  language: 'en',
  currency: 'USD',
  zone: 'America/New_York',
};

/** Our default mapping, ready to run. */
export function defaultMapping(params: JsonObject = {}, channel = US): CompiledMapping {
  const loaded = loadMapping({
    file: null,
    connector: 'google-merchant',
    channel,
    params,
    sources: fileSources({ packageRoot: ROOT, directory: path.join(ROOT, 'mappings') }),
    schema: LISTING_SCHEMA,
    catalogLanguage: channel.language,
  });
  if (loaded.mapping === null) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  return loaded.mapping;
}

const check = compileListingSchema(LISTING_SCHEMA);

/** What became of a variant: a listing with complaints, or a reason why it is left out. */
export type Mapped =
  | { readonly kind: 'listing'; readonly listing: JsonObject; readonly issues: readonly Issue[] }
  | { readonly kind: 'excluded'; readonly reason: string };

/** Maps, spells and checks one variant, as the engine does. */
export function mapRow(compiled: CompiledMapping, row: MappingRow, channel = US): Mapped {
  const outcome = compiled.run(row, TODAY);
  if (outcome.kind !== 'listing') {
    return { kind: 'excluded', reason: outcome.kind === 'excluded' ? outcome.reason : outcome.kind };
  }
  const listing = googleMerchant.canonical?.(outcome.attributes) ?? {};
  const audited = googleMerchant.audit?.(listing, { channel, now: TODAY }) ?? [];
  return { kind: 'listing', listing, issues: [...check(listing), ...audited] };
}

/** The variants of a file as mappings see them. */
export async function readRows(
  file: string,
  settings: Partial<SourceSettings>,
): Promise<readonly MappingRow[]> {
  const rows: MappingRow[] = [];
  const context = { report: () => undefined, signal: new AbortController().signal };
  for await (const batch of openSource(file, { id: 'shop', ...settings }, context)) {
    rows.push(...batch.flatMap(rowsOf));
  }
  return rows;
}

function rowsOf({ product, variants }: SourceProduct): readonly MappingRow[] {
  const whole = { ...product, summary: { variantCount: variants.length, optionValues: {} } };
  return variants.map((variant, place) => ({
    product: whole,
    variant: {
      ...variant.content,
      ...variant.offer,
      id: `${product.id}/${place}`,
      sku: variant.sku ?? `${product.id}-${place}`,
      position: place + 1,
    },
    stock: {
      ...(variant.stock === undefined
        ? {}
        : { available: variant.stock.reduce((sum, { onHand }) => sum + onHand, 0) }),
      ...(variant.offer.tracked === undefined ? {} : { tracked: variant.offer.tracked }),
    },
  }));
}
