import type { Database, Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import type { ChannelOrderStatus } from '../domain/order.js';
import { type Reservation, reserve } from '../stock/reserve.js';
import { decideOrder, openUnits, type PlacingProgress } from './decide.js';
import { keepLineParts, lineKey, readLineParts, type SoldLine } from './line-parts.js';

interface OrderRow {
  readonly external_id: string;
  readonly status: ChannelOrderStatus;
  readonly fulfilled_by: 'merchant' | 'channel';
  readonly link_state: string | null;
  readonly by_hand: string | null;
  readonly pushed_at: string | null;
}

/** A person who took an order over before it was placed has it; what the shop has is the shop's. */
function progressOf({ link_state: link, by_hand: byHand }: OrderRow): PlacingProgress {
  if (link === 'placed') return 'placed';
  if (byHand !== null) return 'by-hand';
  return link === 'placing' ? 'asking' : 'none';
}

interface LineRow {
  readonly external_id: string;
  readonly line_id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly cancelled: number;
  readonly known: number;
  /** 1: it is a bundle, and what it was made of is written down. */
  readonly parted: number;
  readonly counted_at: string | null;
}

/** A person who pushes an order wants it placed whatever the policy of its channel. */
function placingOf(order: OrderRow, { placing }: SettleContext): 'all' | 'matched' | null {
  if (placing === null) return null;
  if (order.pushed_at !== null) return 'all';
  return placing === 'none' ? null : placing;
}

/** Where orders are settled: the channel, the instant, and which of its orders go to a storefront. */
export interface SettleContext {
  readonly channel: string;
  readonly now: string;
  /** Null: there is no storefront. */
  readonly placing: 'all' | 'matched' | 'none' | null;
}

/**
 * Decides anew where the given orders stand and makes their reservations what they must be, in the caller's transaction. Idempotent:
 * it looks at the rows, not at what happened.
 */
export async function settleOrders(
  tx: Queries,
  externalIds: readonly string[],
  context: SettleContext,
): Promise<void> {
  if (externalIds.length === 0) return;
  const orders = await readOrders(tx, externalIds, context.channel);
  const all = await readLines(tx, externalIds, context.channel);
  const lines = groupByOrder(all);
  const broken = await takenApart(tx, all, context.channel);
  const decided = orders.map((order) => {
    const own = lines.get(order.external_id) ?? [];
    const unknownSkus = [...new Set(own.filter((line) => line.known === 0).map((line) => line.sku))];
    const brokenBundles = own.flatMap((line) => {
      const why = broken.get(lineKey(soldLine(line)));
      return why === undefined ? [] : [`${line.sku} (${why})`];
    });
    const facts = {
      status: order.status,
      fulfilledBy: order.fulfilled_by,
      lineCount: own.length,
      unknownSkus,
      brokenBundles: [...new Set(brokenBundles)],
      placing: placingOf(order, context),
      progress: progressOf(order),
    };
    return { id: order.external_id, ...decideOrder(facts) };
  });
  await tx.run(
    `UPDATE channel_order SET state = r.state, reason = r.reason FROM ${tx.unfold('r', { id: 'text', state: 'text', reason: 'text' })}
     WHERE channel_order.channel = ? AND channel_order.external_id = r.id`,
    [JSON.stringify(decided.map(({ id, state, reason }) => ({ id, state, reason }))), context.channel],
  );
  await writeIntentions(
    tx,
    decided.filter((order) => order.place).map((order) => order.id),
    context,
  );
  await reserveFor(tx, { orders, lines, broken }, context);
}

/** What bundles that nobody has counted out were sold as; answers, by line, why one cannot be put together. */
async function takenApart(
  tx: Queries,
  lines: readonly LineRow[],
  channel: string,
): Promise<ReadonlyMap<string, string>> {
  const open = lines.filter((line) => line.known === 1 && line.counted_at === null && line.parted === 0);
  return keepLineParts(tx, channel, open.map(soldLine));
}

function soldLine({ external_id: externalId, line_id: lineId, sku }: LineRow): SoldLine {
  return { externalId, lineId, sku };
}

/** The order link is written before the shop is asked: one marketplace order, one link, one store order. */
async function writeIntentions(tx: Queries, ids: readonly string[], context: SettleContext): Promise<void> {
  if (ids.length === 0) return;
  const rows = ids.map((id) => ({ id, place_key: `${context.channel}:${id}` }));
  await tx.run(
    `INSERT INTO order_link (channel, external_id, storefront, place_key, state) SELECT CAST(? AS text), r.id, '', r.place_key, 'intended'
     FROM ${tx.unfold('r', { id: 'text', place_key: 'text' })} WHERE true ON CONFLICT (channel, external_id) DO NOTHING`,
    [context.channel, JSON.stringify(rows)],
  );
}

async function reserveFor(
  tx: Queries,
  page: {
    readonly orders: readonly OrderRow[];
    readonly lines: ReadonlyMap<string, readonly LineRow[]>;
    readonly broken: ReadonlyMap<string, string>;
  },
  context: SettleContext,
): Promise<void> {
  const ids = page.orders.map((order) => order.external_id);
  const parts = await readLineParts(tx, context.channel, ids);
  const wanted = page.orders.flatMap((order) =>
    (page.lines.get(order.external_id) ?? [])
      // A SKU nobody knows yet is reserved too: the moment it is in the catalog, its sold units are not offered.
      .filter((line) => line.counted_at === null && !page.broken.has(lineKey(soldLine(line))))
      .flatMap((line): Reservation[] => {
        const units = openUnits(
          { status: order.status, fulfilledBy: order.fulfilled_by },
          { quantity: line.quantity, quantityCancelled: line.cancelled },
        );
        const own = parts.of(soldLine(line)) ?? [{ sku: line.sku, quantity: 1 }];
        return own.map(({ sku, quantity }) => ({
          channel: context.channel,
          externalId: order.external_id,
          lineId: line.line_id,
          sku,
          quantity: units * quantity,
        }));
      }),
  );
  await reserve(tx, wanted, { at: context.now, seq: await nextSequence(tx) });
}

function readOrders(tx: Queries, ids: readonly string[], channel: string): Promise<OrderRow[]> {
  return tx.all<OrderRow>(
    `SELECT o.external_id, o.status, o.fulfilled_by, o.by_hand, o.pushed_at, k.state AS link_state FROM ${tx.unfold('r', { id: 'text' })}
     JOIN channel_order o ON o.channel = ? AND o.external_id = r.id
     LEFT JOIN order_link k ON k.channel = o.channel AND k.external_id = o.external_id`,
    [idsText(ids), channel],
  );
}

function readLines(tx: Queries, ids: readonly string[], channel: string): Promise<LineRow[]> {
  return tx.all<LineRow>(
    `SELECT l.external_id, l.line_id, l.sku, l.quantity, l.cancelled, l.counted_at, CASE WHEN v.id IS NULL THEN 0 ELSE 1 END AS known,
       CASE WHEN EXISTS (SELECT 1 FROM order_line_part p WHERE p.channel = l.channel AND p.external_id = l.external_id AND p.line_id = l.line_id
         AND p.bundle = l.sku) THEN 1 ELSE 0 END AS parted
     FROM ${tx.unfold('r', { id: 'text' })} JOIN order_line l ON l.channel = ? AND l.external_id = r.id
     LEFT JOIN variant v ON v.sku = l.sku ORDER BY l.external_id, l.line_id`,
    [idsText(ids), channel],
  );
}

function idsText(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => ({ id })));
}

function groupByOrder(lines: readonly LineRow[]): Map<string, LineRow[]> {
  const groups = new Map<string, LineRow[]>();
  for (const line of lines) {
    const group = groups.get(line.external_id);
    if (group) group.push(line);
    else groups.set(line.external_id, [line]);
  }
  return groups;
}

const PER_PAGE = 500;

/**
 * Settles every waiting order again, oldest first, one transaction a page: heals those whose SKU has appeared since. Answers how many
 * were looked at.
 */
export async function healWaiting(database: Database, context: SettleContext): Promise<number> {
  let looked = 0;
  let last = { placed_at: '', external_id: '' };
  for (;;) {
    const page = await database.all<typeof last>(
      `SELECT placed_at, external_id FROM channel_order WHERE channel = ? AND state = 'waiting' AND (placed_at, external_id) > (?, ?)
       ORDER BY placed_at, external_id LIMIT ?`,
      [context.channel, last.placed_at, last.external_id, PER_PAGE],
    );
    const ids = page.map((order) => order.external_id);
    await database.transaction((tx) => settleOrders(tx, ids, context));
    looked += page.length;
    const end = page.at(-1);
    if (end === undefined || page.length < PER_PAGE) return looked;
    last = end;
  }
}
