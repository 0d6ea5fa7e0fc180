import type { Database } from '../database.js';
import { jsonNumber, jsonText } from './json-member.js';
import type { Migration } from './migration.js';

/** Sales as views, for `omnifeed report` and for tools that read the database: one row a sold line, and one a day, channel and SKU. */
export const saleViews: Migration = {
  name: '0026-sale-views',
  statements: (engine) => [saleLine(engine), SALE_DAY],
};

/**
 * Amounts are in the smallest unit of `currency`; one that the channel did not tell is NULL, never zero. `cost_minor` is what the catalog says a unit
 * costs now, and NULL where it says so in another currency. Orders that are not paid yet are marked by `status`.
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
    THEN ${jsonNumber(engine, 'v.offer', ['cost', 'minor'])} END AS cost_minor
FROM channel_order o JOIN order_line l ON l.channel = o.channel AND l.external_id = o.external_id LEFT JOIN variant v ON v.sku = l.sku LEFT JOIN product p ON p.id = v.product_id`;

const SALE_DAY = `CREATE VIEW sale_day AS
SELECT channel, day, product, sku, currency, CAST(COUNT(DISTINCT order_id) AS bigint) AS orders,
  CAST(SUM(units_ordered - units_cancelled) AS bigint) AS units, CAST(SUM(units_refunded) AS bigint) AS units_refunded,
  CAST(SUM(unit_minor * (units_ordered - units_cancelled)) AS bigint) AS revenue_minor,
  CAST(SUM(unit_minor * units_refunded) AS bigint) AS refunded_minor,
  CAST(SUM(cost_minor * (units_ordered - units_cancelled)) AS bigint) AS cost_minor
FROM sale_line WHERE status <> 'pending' GROUP BY channel, day, product, sku, currency`;
