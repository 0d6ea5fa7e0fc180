import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMAZON_KEYWORDS } from '../../../connectors/amazon/definitions/keywords.js';
import { amazon } from '../../../connectors/amazon/index.js';
import type { SourceSettings } from '../../../src/catalog/readers/reader.js';
import { blocks, type Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { loadMapping } from '../../../src/mapping/load.js';
import { fileSources } from '../../../src/mapping/sources.js';
import type { CompiledMapping, MappingRow } from '../../../src/mapping/types.js';
import { compileListingSchema, type ListingCheck } from '../../../src/mapping/validate.js';
import { CATALOGS, rowsOfCatalog, sourceMapping } from '../../support/catalog-rows.js';
import { CHANNEL, change, openStage, type Stage } from './support.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const TODAY = '2026-11-24T05:00:00.000Z';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.stop());

interface Result {
  readonly kind: string;
  readonly listing: JsonObject;
  readonly issues: readonly Issue[];
}

const kinds = new Map<string, { readonly schema: JsonObject; readonly check: ListingCheck }>();

async function mapping(params: JsonObject = {}): Promise<CompiledMapping> {
  const loaded = loadMapping({
    file: null,
    connector: 'amazon',
    channel: CHANNEL,
    params,
    sources: fileSources({ packageRoot: ROOT, directory: path.join(ROOT, 'mappings') }),
    schema: await amazon.listingSchema(stage.settings, null),
    catalogLanguage: 'en',
  });
  if (loaded.mapping === null) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  return loaded.mapping;
}

/** What the engine does with a row: mapping, kind taken out, shape, canonical, schema, audit. */
async function list(compiled: CompiledMapping, row: MappingRow): Promise<Result | null> {
  const outcome = compiled.run(row, TODAY);
  if (outcome.kind !== 'listing') return null;
  const { product_type, ...short } = outcome.attributes;
  const kind = String(product_type);
  const known = kinds.get(kind) ?? (await kindOf(kind));
  const context = { settings: stage.settings, channel: CHANNEL, schema: known.schema };
  const shaped = amazon.shape?.(short, context) ?? short;
  const listing = amazon.canonical?.(shaped) ?? shaped;
  const audited = amazon.audit?.(listing, { channel: CHANNEL, now: TODAY }) ?? [];
  return { kind, listing, issues: [...known.check(listing), ...audited] };
}

async function kindOf(kind: string): Promise<{ schema: JsonObject; check: ListingCheck }> {
  const schema = await amazon.listingSchema(stage.settings, kind);
  const entry = { schema, check: compileListingSchema(schema, AMAZON_KEYWORDS) };
  kinds.set(kind, entry);
  return entry;
}

function errorsOf(result: Result | null): readonly Issue[] {
  return (result?.issues ?? []).filter((issue) => issue.severity === 'error');
}

const HOODIE: MappingRow = {
  product: {
    id: 'MH01',
    title: 'Chaz Kangeroo Hoodie',
    description:
      '<p>Ideal for cold-weather training.</p><p>&bull; Two-tone gray.<br/>&bull; Machine wash.</p>',
    status: 'active',
    categories: ['Default Category > Men > Tops > Hoodies & Sweatshirts', 'Default Category'],
    images: ['https://shop.example.com/m/h/mh01-black.jpg', 'https://shop.example.com/m/h/mh01-noimage.jpg'],
    summary: { variantCount: 3, optionValues: {} },
  },
  variant: {
    id: '1',
    sku: 'MH01-XS-Black',
    position: 1,
    price: { minor: 5200, currency: 'USD' },
    weight: { value: 0.5, unit: 'kg' },
    options: { color: 'Black', size: 'XS' },
  },
  stock: { available: 10 },
};

function hoodie(more: {
  readonly product?: Partial<MappingRow['product']>;
  readonly variant?: Partial<MappingRow['variant']>;
  readonly stock?: MappingRow['stock'];
}): MappingRow {
  return {
    product: { ...HOODIE.product, ...more.product },
    variant: { ...HOODIE.variant, ...more.variant },
    stock: more.stock ?? HOODIE.stock,
  };
}

describe('the default mapping of Amazon', () => {
  it('makes an offer of its own of a price that is for businesses', async () => {
    const prices = [
      { minor: 4800, currency: 'USD', group: 'business' },
      { minor: 4100, currency: 'EUR', group: 'business' },
      { minor: 100, currency: 'USD', group: 'staff' },
    ];
    const result = await list(await mapping(), hoodie({ variant: { prices } }));
    expect(errorsOf(result)).toEqual([]);
    expect(result?.listing.purchasable_offer).toMatchObject([
      { audience: 'ALL', our_price: [{ schedule: [{ value_with_tax: 52 }] }] },
      { audience: 'B2B', our_price: [{ schedule: [{ value_with_tax: 48 }] }] },
    ]);
    expect(amazon.price?.(result?.listing ?? {})).toEqual({ minor: 5200, currency: 'USD' });
  });

  it('says when sold-out goods come back', async () => {
    const stock = { available: 0, restockAt: '2026-12-24T08:00:00.000Z' };
    const result = await list(await mapping(), hoodie({ stock }));
    expect(result?.listing.fulfillment_availability).toMatchObject([
      { quantity: 0, restock_date: '2026-12-24T08:00:00Z' },
    ]);
  });

  it.each([
    ['size and colour where both vary', { size: ['XS', 'S'], color: ['Black', 'Gray'] }, 'SIZE/COLOR'],
    ['colour alone where sizes are the same', { size: ['XS'], color: ['Black', 'Gray'] }, 'COLOR'],
  ])('makes a family that varies by %s', async (_what, optionValues, theme) => {
    const row = hoodie({ product: { summary: { variantCount: 4, optionValues } } });
    const result = await list(await mapping(), row);
    expect(errorsOf(result)).toEqual([]);
    expect(result?.listing).toMatchObject({
      parentage_level: [{ value: 'child' }],
      variation_theme: [{ name: theme }],
      child_parent_sku_relationship: [{ child_relationship_type: 'variation', parent_sku: 'MH01' }],
    });
    const alone = await list(await mapping({ families: false }), row);
    expect(Object.keys(alone?.listing ?? {})).not.toContain('variation_theme');
  });

  it('turns apparel without brand and GTIN into a listing the channel takes', async () => {
    const result = await list(await mapping(), HOODIE);
    expect(errorsOf(result)).toEqual([]);
    const words = { language_tag: 'en_US', marketplace_id: 'ATVPDKIKX0DER' };
    const store = { marketplace_id: 'ATVPDKIKX0DER' };
    expect(result).toMatchObject({
      kind: 'SWEATSHIRT',
      listing: {
        brand: [{ value: 'Generic', ...words }],
        bullet_point: [
          { value: 'Two-tone gray.', ...words },
          { value: 'Machine wash.', ...words },
        ],
        color: [{ value: 'Black', ...words }],
        condition_type: [{ value: 'new_new', ...store }],
        fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 10 }],
        item_name: [{ value: 'Chaz Kangeroo Hoodie Black XS', ...words }],
        item_weight: [{ value: 1.1023, unit: 'pounds', ...store }],
        list_price: [{ value: 52, currency: 'USD', ...store }],
        main_product_image_locator: [
          { media_location: 'https://shop.example.com/m/h/mh01-black.jpg', ...store },
        ],
        purchasable_offer: [
          { audience: 'ALL', currency: 'USD', our_price: [{ schedule: [{ value_with_tax: 52 }] }], ...store },
        ],
        supplier_declared_has_product_identifier_exemption: [{ value: true, ...store }],
      },
    });
    expect(result?.listing.other_product_image_locator_1).toBeUndefined();
    expect(result?.listing.manufacturer).toBeUndefined();
    const sent = await stage.channel.listings?.submit(
      [{ ...change('MH01-XS-Black', result?.listing ?? {}), kind: 'SWEATSHIRT' }],
      'k',
    );
    expect(sent?.receipts).toMatchObject([{ outcome: 'accepted' }]);
    expect(stage.simulator.held().get('MH01-XS-Black')).toEqual(result?.listing);
  });

  it('says nothing about stock nobody knows, so that the listing waits', async () => {
    const compiled = await mapping({ leadDays: 2 });
    const unknown = await list(compiled, hoodie({ stock: {} }));
    expect(unknown?.listing.fulfillment_availability).toBeUndefined();
    expect(errorsOf(unknown)).toMatchObject([
      { code: 'missing_attribute', attribute: 'fulfillment_availability' },
    ]);
    const none = await list(compiled, hoodie({ stock: { available: 0 } }));
    expect(none?.listing.fulfillment_availability).toEqual([
      { fulfillment_channel_code: 'DEFAULT', lead_time_to_ship_max_days: 2, quantity: 0 },
    ]);
    const endless = await list(await mapping(), hoodie({ stock: { tracked: false } }));
    expect(endless?.listing.fulfillment_availability).toEqual([
      { fulfillment_channel_code: 'DEFAULT', is_inventory_available: true },
    ]);
    expect(errorsOf(endless)).toEqual([]);
  });

  it('never sends a doubtful GTIN, and claims no exemption beside a good one', async () => {
    const compiled = await mapping();
    const doubtful = await list(compiled, hoodie({ variant: { gtin: '4006381333932' } }));
    expect(doubtful?.listing.externally_assigned_product_identifier).toBeUndefined();
    const good = await list(compiled, hoodie({ variant: { gtin: '4006381333931' } }));
    expect(good?.listing.externally_assigned_product_identifier).toMatchObject([
      { type: 'ean', value: '4006381333931' },
    ]);
    expect(good?.listing.supplier_declared_has_product_identifier_exemption).toBeUndefined();
  });

  it('makes a sale with a window a sale, one without simply the price, and keeps the list price', async () => {
    const compiled = await mapping();
    const salePrice = { minor: 4000, currency: 'USD' };
    const open = await list(compiled, hoodie({ variant: { salePrice } }));
    expect(open?.listing).toMatchObject({
      list_price: [{ value: 52 }],
      purchasable_offer: [{ our_price: [{ schedule: [{ value_with_tax: 40 }] }] }],
    });
    const window = { saleFrom: '2026-11-27T08:00:00.000Z', saleTo: '2026-12-01T08:00:00.000Z' };
    const dated = await list(compiled, hoodie({ variant: { salePrice, ...window } }));
    expect(errorsOf(dated)).toEqual([]);
    const sale = { value_with_tax: 40, start_at: '2026-11-27T08:00:00Z', end_at: '2026-12-01T08:00:00Z' };
    expect(dated?.listing).toMatchObject({
      purchasable_offer: [
        { our_price: [{ schedule: [{ value_with_tax: 52 }] }], discounted_price: [{ schedule: [sale] }] },
      ],
    });
  });

  it('refuses a price in another currency than the store’s', async () => {
    const result = await list(
      await mapping(),
      hoodie({ variant: { price: { minor: 5200, currency: 'EUR' } } }),
    );
    expect(errorsOf(result).map(({ attribute }) => attribute)).toContain('purchasable_offer');
  });
});

const present = existsSync(CATALOGS);
if (!present) process.stdout.write(`skipped: mapping of real catalogs to Amazon, no ${CATALOGS}\n`);

describe.skipIf(!present)('the default mapping of Amazon on real catalogs', () => {
  const read = rowsOfCatalog;
  const shop = { imageBase: 'https://shop.example.com/media/' };
  const mapped = sourceMapping;

  interface Tally {
    readonly listed: number;
    readonly errors: readonly string[];
    readonly refused: readonly string[];
  }

  /** Valid listings, the errors of the others, and what the simulated channel refuses of every tenth valid one. */
  async function tallyOf(rows: readonly MappingRow[], params: JsonObject): Promise<Tally> {
    const compiled = await mapping(params);
    const results: Result[] = [];
    for (const [place, row] of rows.entries()) {
      const result = await list(compiled, row);
      if (result) results.push(result);
      // The simulator lives in this process: an idle connection must be able to close meanwhile.
      if (place % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const valid = results.filter((result) => !blocks(result.issues));
    const tenth = valid.filter((_, place) => place % 10 === 0);
    const changes = tenth.map((result, n) => ({ ...change(`S${n}`, result.listing), kind: result.kind }));
    const sent = await stage.channel.listings?.submit(changes, 'k');
    const refused = (sent?.receipts ?? []).flatMap((receipt) =>
      receipt.outcome === 'accepted' ? [] : [JSON.stringify(receipt)],
    );
    const errors = results.flatMap((result) =>
      errorsOf(result).map((issue) => `${issue.code} ${issue.attribute}`),
    );
    return { listed: valid.length, errors: [...new Set(errors)].sort(), refused };
  }

  it.each<[string, Partial<SourceSettings>, JsonObject, number]>([
    ['magento/configurable-products.csv.gz', { currency: 'USD' }, { ...shop, brand: 'Luma' }, 1_847],
    ['shopify/packt-export.csv', { currency: 'USD' }, shop, 21],
    ['vendure/products.csv', { currency: 'USD', ...mapped('vendure') }, shop, 88],
  ])('makes a valid listing of every variant of %s', async (file, settings, params, variants) => {
    const rows = await read(file, { id: 'shop', ...settings });
    expect(await tallyOf(rows, params)).toEqual({ listed: variants, errors: [], refused: [] });
  });

  it('waits for stock where a catalog tells none, and needs nothing else', async () => {
    const rows = await read('commercetools/products-a.csv', { id: 'shop', ...mapped('commercetools') });
    expect(await tallyOf(rows, shop)).toMatchObject({
      listed: 0,
      errors: ['missing_attribute fulfillment_availability'],
    });
    const counted = rows.map((row) => ({ ...row, stock: { available: 5 } }));
    expect(await tallyOf(counted, shop)).toEqual({ listed: 102, errors: [], refused: [] });
  });
});
