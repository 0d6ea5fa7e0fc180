import type { Parameter, Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { NEEDS_PERSON, ORDERS_IN_QUEUE, WAITS_FOR_SKU } from './order-queue.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';

/** Tabs of the list of orders. Every order is in exactly one of the first six, and in `all`; `needs-you` is across them. */
export const ORDER_TABS = [
  'waiting',
  'to-ship',
  'shipped',
  'by-channel',
  'cancelled',
  'all',
  'needs-you',
] as const;

/** One of them. */
export type OrderTab = (typeof ORDER_TABS)[number];

/** Which orders are wanted; null: all. */
export interface OrderQuestion {
  readonly tab: OrderTab;
  readonly channel: string | null;
  readonly sku: string | null;
  /** Only those that should have left before now. */
  readonly late: boolean;
  /** The beginning of an order's number. */
  readonly number: string | null;
  /** What somebody looks for: the beginning of a number, a number of the shop, or one of these SKUs. */
  readonly find?: { readonly text: string; readonly skus: readonly string[] } | null;
}

/** An order in a list, without its buyer. */
export interface OrderLine {
  readonly channel: string;
  readonly order: string;
  readonly tab: Exclude<OrderTab, 'all' | 'needs-you'>;
  readonly status: string;
  readonly state: string;
  readonly reason: string | null;
  readonly placedAt: Instant;
  readonly shipBy: Instant | null;
  readonly late: boolean;
  readonly units: number;
  readonly total: { readonly minor: number; readonly currency: string } | null;
  /** The order's number in the shop; null: not placed there. */
  readonly shopOrder: string | null;
  /** Open exceptions. */
  readonly exceptions: number;
}

/** What the tabs hold. The first five and `cancelled` add up to `all`. */
export type OrderTabCounts = Readonly<Record<OrderTab, number>>;

const TAB = `CASE WHEN o.status = 'cancelled' THEN 'cancelled' WHEN o.fulfilled_by = 'channel' THEN 'by-channel'
  WHEN o.status = 'pending' THEN 'waiting' WHEN o.status = 'shipped' THEN 'shipped' ELSE 'to-ship' END`;

/** Counts the orders of all tabs, of one channel or of all. */
export async function orderTabCounts(queries: Queries, channel: string | null): Promise<OrderTabCounts> {
  const rows = await queries.all<{ tab: OrderTab; n: number }>(
    `SELECT ${TAB} AS tab, CAST(COUNT(*) AS bigint) AS n FROM channel_order o WHERE (CAST(? AS text) IS NULL OR o.channel = ?) GROUP BY 1`,
    [channel, channel],
  );
  const needs = await queries.get<{ n: number }>(
    `SELECT CAST(COUNT(*) AS bigint) AS n FROM (${ORDERS_IN_QUEUE}) AS queue WHERE (CAST(? AS text) IS NULL OR channel = ?)`,
    [channel, channel],
  );
  const counts = Object.fromEntries(ORDER_TABS.map((tab) => [tab, 0])) as Record<OrderTab, number>;
  for (const { tab, n } of rows) {
    counts[tab] = n;
    counts.all += n;
  }
  return { ...counts, 'needs-you': needs?.n ?? 0 };
}

interface Row {
  readonly channel: string;
  readonly external_id: string;
  readonly tab: OrderLine['tab'];
  readonly status: string;
  readonly state: string;
  readonly reason: string | null;
  readonly placed_at: Instant;
  readonly ship_by: Instant | null;
  readonly totals: string | null;
  readonly store_name: string | null;
  readonly store_id: string | null;
  readonly units: number;
  readonly exceptions: number;
  readonly sort_key: string;
}

/** What is to be shipped comes by the day it must leave, all else newest first. */
export async function listOrderLines(
  queries: Queries,
  question: OrderQuestion,
  page: { readonly cursor: string | null; readonly limit: number; readonly now: Instant },
): Promise<ViewPage<OrderLine>> {
  const byShip = question.tab === 'to-ship';
  const key = byShip ? "COALESCE(o.ship_by, '9999')" : 'o.placed_at';
  const { sql, parameters } = conditionsOf(question, page.now);
  const place = placeOf(page.cursor, ['string', 'string', 'string']);
  const after =
    place === null ? '' : `AND (${key}, o.channel, o.external_id) ${byShip ? '>' : '<'} (?, ?, ?)`;
  const order = byShip ? '' : ' DESC';
  const rows = await queries.all<Row>(
    `SELECT o.channel, o.external_id, ${TAB} AS tab, o.status, o.state, o.reason, o.placed_at, o.ship_by, o.totals, k.store_name, k.store_id, ${key} AS sort_key,
       (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS bigint) FROM order_line l WHERE l.channel = o.channel AND l.external_id = o.external_id) AS units,
       (SELECT CAST(COUNT(*) AS bigint) FROM order_exception e WHERE e.channel = o.channel AND e.external_id = o.external_id AND e.closed_at IS NULL)
         + CASE WHEN ${WAITS_FOR_SKU} THEN 1 ELSE 0 END AS exceptions
     FROM channel_order o LEFT JOIN order_link k ON k.channel = o.channel AND k.external_id = o.external_id
     WHERE ${sql} ${after} ORDER BY ${key}${order}, o.channel${order}, o.external_id${order} LIMIT ?`,
    [...parameters, ...(place ?? []), page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const last = shown[shown.length - 1];
  const next =
    rows.length > page.limit && last !== undefined
      ? cursorOf([last.sort_key, last.channel, last.external_id])
      : null;
  return { items: shown.map((row) => lineOf(row, page.now)), next };
}

function conditionsOf(
  { tab, channel, sku, late, number, find = null }: OrderQuestion,
  now: Instant,
): { readonly sql: string; readonly parameters: readonly Parameter[] } {
  const conditions = ['(CAST(? AS text) IS NULL OR o.channel = ?)'];
  const parameters: Parameter[] = [channel, channel];
  if (tab === 'needs-you') conditions.push(NEEDS_PERSON);
  else if (tab !== 'all') {
    conditions.push(`${TAB} = ?`);
    parameters.push(tab);
  }
  if (sku !== null) {
    conditions.push(
      'EXISTS (SELECT 1 FROM order_line l WHERE l.channel = o.channel AND l.external_id = o.external_id AND l.sku = ?)',
    );
    parameters.push(sku);
  }
  if (late) {
    conditions.push(
      "o.status IN ('open', 'partially-shipped') AND o.fulfilled_by = 'merchant' AND o.ship_by < ?",
    );
    parameters.push(now);
  }
  if (number !== null) {
    conditions.push(NUMBERED);
    parameters.push(beginning(number));
  }
  if (find !== null) {
    conditions.push(`(${NUMBERED} OR k.store_name = ? OR k.store_id = ? OR EXISTS (SELECT 1 FROM order_line l
      WHERE l.channel = o.channel AND l.external_id = o.external_id AND l.sku IN (${find.skus.map(() => '?').join(', ')})))`);
    parameters.push(beginning(find.text), find.text, find.text, ...find.skus);
  }
  return { sql: conditions.join(' AND '), parameters };
}

const NUMBERED = "o.external_id LIKE ? ESCAPE '!'";

function beginning(text: string): string {
  return `${text.replace(/[!%_]/g, '!$&')}%`;
}

function lineOf(row: Row, now: Instant): OrderLine {
  const totals = row.totals === null ? null : (JSON.parse(row.totals) as { total?: OrderLine['total'] });
  return {
    channel: row.channel,
    order: row.external_id,
    tab: row.tab,
    status: row.status,
    state: row.state,
    reason: row.reason,
    placedAt: row.placed_at,
    shipBy: row.ship_by,
    late: row.tab === 'to-ship' && row.ship_by !== null && row.ship_by < now,
    units: row.units,
    total: totals?.total ?? null,
    shopOrder: row.store_name ?? row.store_id,
    exceptions: row.exceptions,
  };
}
