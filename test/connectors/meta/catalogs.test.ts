import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ITEM_ATTRIBUTES } from '../../../connectors/meta/attributes.js';
import { catalogAudit } from '../../../connectors/meta/audit/whole-catalog.js';
import type { FeedFormat } from '../../../connectors/meta/feed/feed-columns.js';
import { feedEncoder } from '../../../connectors/meta/feed/feed-encoder.js';
import { meta } from '../../../connectors/meta/index.js';
import { fieldsOf } from '../../../connectors/meta/simulator/feed-cells.js';
import { readFeed } from '../../../connectors/meta/simulator/feed-document.js';
import { judge } from '../../../connectors/meta/simulator/item-rules.js';
import type { SourceSettings } from '../../../src/catalog/readers/reader.js';
import type { ListingConnector } from '../../../src/channel/listing-connector.js';
import { blocks } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { MappingRow } from '../../../src/mapping/types.js';
import { CATALOGS, defaultMapping, type Mapped, rowsOf } from './mapped.js';

const present = existsSync(CATALOGS);
if (!present) process.stdout.write(`skipped: real catalogs through the Meta mapping, no ${CATALOGS}\n`);

const SOURCES = path.resolve(import.meta.dirname, '../../../mappings/sources');
const SHOP = {
  shopUrl: 'https://shop.example/',
  linkPath: '/products/',
  imageBase: 'https://shop.example/media/',
};
const source = (name: string): Partial<SourceSettings> => ({ mapping: `${SOURCES}/${name}.yaml` });

/** File, how it is read, country and currency, and what becomes of its variants: sendable, blocked, excluded. */
type Catalog = readonly [
  string,
  Partial<SourceSettings>,
  readonly [string, string],
  readonly [number, number, number],
];
const US = ['US', 'USD'] as const;
const DE = ['DE', 'EUR'] as const;
const GB = ['GB', 'GBP'] as const;

const REAL: readonly Catalog[] = [
  ['shopify/packt-import.csv', {}, US, [21, 0, 0]],
  ['shopify/packt-export.csv', {}, US, [21, 0, 0]],
  ['magento/configurable-products.csv.gz', {}, US, [1_847, 0, 0]],
  ['magento/simple-gear-bags.csv', {}, US, [0, 14, 0]],
  ['magento/simple-gear-fitness_equipment.csv', {}, US, [0, 9, 0]],
  ['magento/simple-gear-fitness_equipment_ball.csv', {}, US, [0, 9, 0]],
  ['magento/simple-gear-fitness_equipment_strap.csv', {}, US, [0, 3, 0]],
  ['magento/simple-gear-watches.csv', {}, US, [0, 9, 0]],
  ['magento/bundle-yoga.csv', {}, US, [0, 0, 1]],
  ['magento/grouped-yoga.csv', {}, US, [0, 0, 1]],
  ['magento/downloadable-training-video.csv', {}, US, [0, 0, 6]],
  ['commercetools/products-a.csv', source('commercetools'), DE, [102, 0, 0]],
  ['commercetools/products-b.csv', source('commercetools'), DE, [119, 0, 0]],
  ['commercetools/products-test.csv', source('commercetools'), DE, [18, 0, 0]],
  ['commercetools/products-ci.csv', source('commercetools'), DE, [3, 0, 0]],
  ['google-retail/products.jsonl', source('google-retail'), US, [980, 44, 0]],
  ['google-retail/products-some-invalid.jsonl', source('google-retail'), US, [7, 0, 0]],
  ['adventureworks/Product.csv', source('adventureworks'), US, [0, 192, 312]],
  ['django-oscar/books.computers-in-fiction.csv', source('django-oscar-books'), GB, [0, 86, 0]],
  ['django-oscar/books.essential.csv', source('django-oscar-books'), GB, [0, 82, 0]],
  ['django-oscar/books.hacking.csv', source('django-oscar-books'), GB, [0, 33, 0]],
  ['django-oscar/books-small.csv', source('django-oscar-books-backslash'), GB, [0, 10, 0]],
  ['django-oscar/books-small-semicolon.csv', source('django-oscar-books-backslash'), GB, [0, 10, 0]],
  ['vendure/products.csv', source('vendure'), US, [88, 0, 0]],
];

/** With stock where the file tells none: a shop counts its goods somewhere else, and availability waits for it. */
const counted = (row: MappingRow): MappingRow =>
  row.stock.available === undefined && row.stock.tracked === undefined
    ? { ...row, stock: { ...row.stock, available: 5 } }
    : row;

function reasonsOf(mapped: Mapped): readonly string[] {
  if (mapped.excluded !== undefined) return [`excluded: ${mapped.excluded}`];
  const errors = mapped.issues.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ code, attribute }) => `${code} ${attribute ?? ''}`))];
}

/** One item through a file of the format and back by the simulator's own reading. */
function throughFile(
  format: FeedFormat,
  listings: ReadonlyMap<string, JsonObject>,
): ReadonlyMap<string, JsonObject> {
  const encoder = feedEncoder(format, { own: ['id'], attributes: ITEM_ATTRIBUTES });
  const text = [...listings].map(([sku, listing]) => encoder.item([sku], listing)).join('');
  const rows = readFeed(Buffer.from(encoder.head + text + encoder.tail));
  return new Map(rows.map((row) => [row.cells.get('id')?.[0] ?? '', fieldsOf(row)]));
}

describe.skipIf(!present)('the default mapping of Meta on real catalogs', () => {
  it.each(REAL)(
    'tells of every variant of %s whether it is sent, and why not',
    async (file, settings, [country, currency], expected) => {
      const mapping = await defaultMapping(meta as ListingConnector, {}, SHOP, { country, currency });
      const reasons: Record<string, number> = {};
      const listings = new Map<string, JsonObject>();
      const catalog = catalogAudit();
      let [variants, asItIs, blocked, excluded] = [0, 0, 0, 0];
      for await (const row of rowsOf(file, { currency, ...settings })) {
        variants += 1;
        const told = mapping.run(row);
        if (told.excluded === undefined && !blocks(told.issues)) asItIs += 1;
        const mapped = mapping.run(counted(row));
        for (const reason of reasonsOf(mapped)) reasons[reason] = (reasons[reason] ?? 0) + 1;
        if (mapped.excluded !== undefined) excluded += 1;
        else if (blocks(mapped.issues)) blocked += 1;
        else {
          listings.set(row.variant.sku, mapped.attributes);
          catalog.add(row.variant.sku, mapped.attributes);
        }
      }
      const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
      const beside = catalog.findings().map(({ rule, count }) => `${count} ${rule.code}`);
      process.stdout.write(
        `${file}: ${variants} variants, ${asItIs} sendable as the file is, ${listings.size} with stock counted, ${blocked} blocked, ` +
          `${excluded} excluded${why.length === 0 ? '' : ` (${why.join(', ')})`}${beside.length === 0 ? '' : `; beside each other: ${beside.join(', ')}`}\n`,
      );
      expect(listings.size + blocked + excluded).toBe(variants);
      expect([listings.size, blocked, excluded]).toEqual(expected);
      for (const [sku, listing] of listings) expect(judge(listing).errors, sku).toEqual([]);
      for (const format of ['csv', 'tsv', 'xml'] as const) {
        const read = throughFile(format, listings);
        expect(read.size).toBe(listings.size);
        for (const [sku, fields] of read)
          expect(oneLined(fields), `${format} ${sku}`).toEqual(oneLined(listings.get(sku) ?? {}));
      }
    },
  );
});

/** A table has no line breaks in a cell. */
function oneLined(listing: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(listing).replace(/(\\[tnr]|[\u2028\u2029])+/g, ' ')) as JsonObject;
}
