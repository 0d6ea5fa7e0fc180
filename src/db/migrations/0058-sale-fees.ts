import type { Database } from '../database.js';
import { jsonNumber, jsonText } from './json-member.js';
import type { Migration } from './migration.js';

/** What a channel takes for a sold unit as far as it was known around the sale, and the sale views with it. */
export const saleFees: Migration = {
  name: '0058-sale-fees',
  statements: (engine) => [
    `CREATE TABLE sale_fee (channel TEXT NOT NULL, external_id TEXT NOT NULL, line_id TEXT NOT NULL, unit_minor BIGINT NOT NULL, currency TEXT NOT NULL,
       source TEXT NOT NULL, asked_at TEXT, booked_at TEXT NOT NULL, PRIMARY KEY (channel, external_id, line_id))`,
    'DROP VIEW sale_day',
    'DROP VIEW sale_line',
    saleLine(engine),
    SALE_DAY,
  ],
};

/**
 * Amounts are in the smallest unit of `currency`; one that nobody told is NULL, never zero. `cost_minor` is what the catalog says a unit costs now, and
 * NULL where it says so in another currency. `fee_minor` is what the channel takes for a unit by its own estimate or the fee file (`fee_source`), not
 * what it charged. Orders that are not paid yet are marked by `status`.
 */
const saleLine = (engine: Database['engine']): string => `CREATE VIEW sale_line AS
SELECT o.channel, o.external_id AS order_id, l.line_id, substr(o.placed_at, 1, 10) AS day, o.status, o.fulfilled_by, l.sku, p.product_key AS product,
  ${jsonText(engine, 'l.amounts', ['unitPrice', 'currency'])} AS currency,
  l.quantity AS units_ordered,
  CASE WHEN l.shop_cancelled > l.cancelled THEN l.shop_cancelled ELSE l.cancelled END AS units_cancelled,
  l.shipped AS units_shipped, l.refunded AS units_refunded, l.returned AS units_returned,
  ${jsonNumber(engine, 'l.amounts', ['unitPrice', 'minor'])} AS unit_minor,
  ${jsonNumber(engine, 'l.amounts', ['discount', 'minor'])} AS discount_minor,
  ${jsonNumber(engine, 'l.amounts', ['tax', 'minor'])} AS tax_minor,
  CASE WHEN ${jsonText(engine, 'v.offer', ['cost', 'currency'])} = ${jsonText(engine, 'l.amounts', ['unitPrice', 'currency'])}
    THEN ${jsonNumber(engine, 'v.offer', ['cost', 'minor'])} END AS cost_minor,
  CASE WHEN f.currency = ${jsonText(engine, 'l.amounts', ['unitPrice', 'currency'])} THEN f.unit_minor END AS fee_minor,
  f.source AS fee_source
FROM channel_order o JOIN order_line l ON l.channel = o.channel AND l.external_id = o.external_id
LEFT JOIN sale_fee f ON f.channel = l.channel AND f.external_id = l.external_id AND f.line_id = l.line_id
LEFT JOIN variant v ON v.sku = l.sku LEFT JOIN product p ON p.id = v.product_id`;

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
