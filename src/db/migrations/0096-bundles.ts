import type { Database } from '../database.js';
import { jsonNumber, jsonText } from './json-member.js';
import type { Migration } from './migration.js';

/**
 * Bundles: what they are made of, what a sold one was made of, and one reservation for each component of an order line. A bundle without a cost of its
 * own costs in the sale views what its components cost.
 */
export const bundles: Migration = {
  name: '0096-bundles',
  statements: (engine) => [
    'CREATE TABLE bundle_part (sku TEXT NOT NULL, part TEXT NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (sku, part))',
    'CREATE INDEX bundle_part_by_part ON bundle_part (part)',
    // `bundle` is the SKU that was sold; `sku` what one of it takes, `quantity` times.
    `CREATE TABLE order_line_part (channel TEXT NOT NULL, external_id TEXT NOT NULL, line_id TEXT NOT NULL, bundle TEXT NOT NULL, sku TEXT NOT NULL,
       quantity INTEGER NOT NULL, PRIMARY KEY (channel, external_id, line_id, sku))`,
    'ALTER TABLE reservation RENAME TO reservation_by_line',
    'DROP INDEX reservation_by_sku',
    `CREATE TABLE reservation (channel TEXT NOT NULL, external_id TEXT NOT NULL, line_id TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
       at TEXT NOT NULL, CONSTRAINT reservation_key PRIMARY KEY (channel, external_id, line_id, sku))`,
    'INSERT INTO reservation (channel, external_id, line_id, sku, quantity, at) SELECT channel, external_id, line_id, sku, quantity, at FROM reservation_by_line',
    'DROP TABLE reservation_by_line',
    'CREATE INDEX reservation_by_sku ON reservation (sku)',
    'DROP VIEW sale_day',
    'DROP VIEW sale_line',
    saleLine(engine),
    SALE_DAY,
  ],
};

const costOf = (engine: Database['engine'], offer: string, name: 'currency' | 'minor'): string =>
  name === 'currency'
    ? jsonText(engine, offer, ['cost', 'currency'])
    : jsonNumber(engine, offer, ['cost', 'minor']);

/** What the components of a sold bundle cost, when every one tells it in the currency of the sale. */
const partsCost = (engine: Database['engine'], currency: string): string => `(SELECT CASE
    WHEN COUNT(*) > 0 AND COUNT(*) = SUM(CASE WHEN ${costOf(engine, 'w.offer', 'currency')} = ${currency} THEN 1 ELSE 0 END)
    THEN CAST(SUM(${costOf(engine, 'w.offer', 'minor')} * x.quantity) AS bigint) END
  FROM order_line_part x LEFT JOIN variant w ON w.sku = x.sku
  WHERE x.channel = l.channel AND x.external_id = l.external_id AND x.line_id = l.line_id AND x.bundle = l.sku)`;

/**
 * Amounts are in the smallest unit of `currency`; one that nobody told is NULL, never zero. `cost_minor` is what the catalog says a unit costs now (of a
 * bundle that says nothing itself: its components), and NULL where it says so in another currency. `fee_minor` is what the channel takes for a unit by
 * its own estimate or the fee file (`fee_source`), not what it charged. Orders that are not paid yet are marked by `status`.
 */
const saleLine = (engine: Database['engine']): string => {
  const currency = jsonText(engine, 'l.amounts', ['unitPrice', 'currency']);
  return `CREATE VIEW sale_line AS
SELECT o.channel, o.external_id AS order_id, l.line_id, substr(o.placed_at, 1, 10) AS day, o.status, o.fulfilled_by, l.sku, p.product_key AS product,
  ${currency} AS currency,
  l.quantity AS units_ordered,
  CASE WHEN l.shop_cancelled > l.cancelled THEN l.shop_cancelled ELSE l.cancelled END AS units_cancelled,
  l.shipped AS units_shipped, l.refunded AS units_refunded, l.returned AS units_returned,
  ${jsonNumber(engine, 'l.amounts', ['unitPrice', 'minor'])} AS unit_minor,
  ${jsonNumber(engine, 'l.amounts', ['discount', 'minor'])} AS discount_minor,
  ${jsonNumber(engine, 'l.amounts', ['tax', 'minor'])} AS tax_minor,
  CASE WHEN ${costOf(engine, 'v.offer', 'currency')} IS NULL THEN ${partsCost(engine, currency)}
    WHEN ${costOf(engine, 'v.offer', 'currency')} = ${currency} THEN ${costOf(engine, 'v.offer', 'minor')} END AS cost_minor,
  CASE WHEN f.currency = ${currency} THEN f.unit_minor END AS fee_minor,
  f.source AS fee_source
FROM channel_order o JOIN order_line l ON l.channel = o.channel AND l.external_id = o.external_id
LEFT JOIN sale_fee f ON f.channel = l.channel AND f.external_id = l.external_id AND f.line_id = l.line_id
LEFT JOIN variant v ON v.sku = l.sku LEFT JOIN product p ON p.id = v.product_id`;
};

const SOLD = '(units_ordered - units_cancelled)';
const amount = (column: string): string => `CAST(SUM(${column} * ${SOLD}) AS bigint) AS ${column}`;
const without = (column: string, name: string): string =>
  `CAST(SUM(CASE WHEN ${column} IS NULL THEN ${SOLD} ELSE 0 END) AS bigint) AS ${name}`;

/** Sums are of what is known; the units left out of each are counted beside it. */
const SALE_DAY = `CREATE VIEW sale_day AS
SELECT channel, day, product, sku, currency, CAST(COUNT(DISTINCT order_id) AS bigint) AS orders,
  CAST(SUM(${SOLD}) AS bigint) AS units, CAST(SUM(units_refunded) AS bigint) AS units_refunded,
  CAST(SUM(unit_minor * ${SOLD}) AS bigint) AS revenue_minor,
  CAST(SUM(unit_minor * units_refunded) AS bigint) AS refunded_minor,
  ${amount('cost_minor')}, ${amount('fee_minor')},
  ${without('unit_minor', 'units_without_price')}, ${without('cost_minor', 'units_without_cost')}, ${without('fee_minor', 'units_without_fee')}
FROM sale_line WHERE status <> 'pending' GROUP BY channel, day, product, sku, currency`;
