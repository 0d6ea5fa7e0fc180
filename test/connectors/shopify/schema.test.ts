import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildSchema, NoDeprecatedCustomRule, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { API_VERSION } from '../../../connectors/shopify/api-version.js';
import type { AdminDocument } from '../../../connectors/shopify/client.js';
import * as orders from '../../../connectors/shopify/order-documents.js';
import * as shop from '../../../connectors/shopify/shop-documents.js';
import { ADMIN_SCOPES, ADMIN_SDL } from '../../../connectors/shopify/simulator/admin-schema.generated.js';
import * as source from '../../../connectors/shopify/source-documents.js';
import * as stock from '../../../connectors/shopify/stock-documents.js';
import { type PublishedSchema, prunedSchema, prunedScopes, schemaFile } from './prune-schema.js';

/**
 * The published description, out of the package's `dist/data`: `npm pack @shopify/dev-mcp@1.16.0`, then
 * `OMNIFEED_SHOPIFY_SCHEMA=…/dist/data/admin_2026-10.json.gz`; with `OMNIFEED_SHOPIFY_SCHEMA_WRITE=1` the kept part is written anew.
 */
const PUBLISHED = process.env.OMNIFEED_SHOPIFY_SCHEMA ?? '';
const present = existsSync(PUBLISHED);
if (!present)
  process.stdout.write(
    'skipped: the kept schema against the published one, OMNIFEED_SHOPIFY_SCHEMA names no file\n',
  );
const KEPT = path.resolve(
  import.meta.dirname,
  '../../../connectors/shopify/simulator/admin-schema.generated.ts',
);

const isDocument = (value: unknown): value is AdminDocument =>
  typeof value === 'object' && value !== null && 'text' in value;
const called = [orders, shop, source, stock].flatMap((module) => Object.values(module).filter(isDocument));
const texts = [...called.map(({ text }) => text), source.BULK_PRODUCTS, source.BULK_STOCK];

/** A bulk operation takes five connections; the media of variants would be the sixth, so a variant's picture is asked for the old way. */
const DEPRECATED = 'The field ProductVariant.image is deprecated.';

describe('the documents we send', () => {
  it.each(called)(
    '$name fits the schema of the version it is sent to, and bears its own name',
    (document) => {
      const parsed = parse(document.text);
      expect(validate(buildSchema(ADMIN_SDL), parsed).map(({ message }) => message)).toEqual([]);
      const [operation] = parsed.definitions;
      expect(operation && 'name' in operation ? operation.name?.value : null).toBe(document.name);
    },
  );

  it.each([
    ['products', source.BULK_PRODUCTS],
    ['stock', source.BULK_STOCK],
  ])('the bulk query of %s fits the schema, with at most five connections, two deep', (_name, text) => {
    expect(validate(buildSchema(ADMIN_SDL), parse(text)).map(({ message }) => message)).toEqual([]);
    expect(text.match(/\bedges\b/g)?.length).toBeLessThanOrEqual(5);
  });

  it('ask for nothing that is deprecated, but for one picture', () => {
    const schema = buildSchema(ADMIN_SDL);
    const found = texts.flatMap((text) => validate(schema, parse(text), [NoDeprecatedCustomRule]));
    expect(found.map(({ message }) => message).filter((message) => !message.startsWith(DEPRECATED))).toEqual(
      [],
    );
  });

  it('would be caught with a field or an argument the version does not have', () => {
    const schema = buildSchema(ADMIN_SDL);
    const broken = orders.PLACE_ORDER.text.replace('userErrors {', 'userErrors { wrong');
    expect(validate(schema, parse(broken), specifiedRules)).toHaveLength(1);
    const misspelt = orders.PLACE_ORDER.text.replace('options: $options', 'option: $options');
    expect(validate(schema, parse(misspelt), specifiedRules).length).toBeGreaterThan(0);
  });
});

describe('the schema we keep', () => {
  it.skipIf(!present)('is what the documents reach of the published one', () => {
    const published = JSON.parse(gunzipSync(readFileSync(PUBLISHED)).toString('utf8')) as PublishedSchema;
    const sdl = prunedSchema(published, texts);
    const text = schemaFile(API_VERSION, sdl, prunedScopes(published, sdl));
    if (process.env.OMNIFEED_SHOPIFY_SCHEMA_WRITE === '1') writeFileSync(KEPT, text);
    expect(readFileSync(KEPT, 'utf8')).toBe(text);
  });

  it('knows which scopes placing and reading back need', () => {
    expect(ADMIN_SCOPES['Mutation.orderCreate']).toEqual(['write_orders']);
    expect(ADMIN_SCOPES.FulfillmentOrder).toContain('read_merchant_managed_fulfillment_orders');
  });
});
