import { describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../../connectors/google-merchant/attributes.js';
import { canonicalListing, encodeListing } from '../../../connectors/google-merchant/listing-form.js';
import { LISTING_SCHEMA } from '../../../connectors/google-merchant/listing-schema.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { loadMapping } from '../../../src/mapping/load.js';
import type { MappingRow } from '../../../src/mapping/types.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';
import { wholeListings } from './listing-samples.js';
import { US } from './mapped-catalog.js';

const ROW: MappingRow = {
  product: { id: 'P', status: 'active' },
  variant: { id: '1', sku: 'A', position: 1 },
  stock: {},
};

/** A mapping that writes every value out, as a merchant could. */
function mappingOf(listing: JsonObject): string {
  const lines = Object.entries(listing).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(JSON.stringify(value))}`,
  );
  return ['connector: google-merchant', 'attributes:', ...lines].join('\n');
}

function listed(listing: JsonObject): JsonObject {
  const { mapping, diagnostics } = loadMapping({
    file: 'mine.yaml',
    connector: 'google-merchant',
    channel: US,
    params: {},
    sources: {
      readMapping: (name) => (name === 'mine.yaml' ? { file: name, text: mappingOf(listing) } : null),
      readLookup: () => null,
    },
    schema: LISTING_SCHEMA,
  });
  if (mapping === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  const outcome = mapping.run(ROW, '2026-11-25T00:00:00.000Z');
  if (outcome.kind !== 'listing') throw new Error(outcome.kind);
  return canonicalListing(outcome.attributes);
}

describe('a mapping', () => {
  it('reaches every attribute of the table, in its type', () => {
    const check = compileListingSchema(LISTING_SCHEMA);
    for (const listing of wholeListings(5)) {
      const made = listed(listing);
      expect(made).toEqual(listing);
      expect(Object.keys(made)).toHaveLength(ATTRIBUTES.length);
      expect(check(made)).toEqual([]);
      expect(encodeListing(made).fits).toBe(true);
    }
  });
});
