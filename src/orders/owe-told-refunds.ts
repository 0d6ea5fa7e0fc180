import type { Queries } from '../db/database.js';
import type { OrderMessage } from '../domain/order-message.js';
import type { LineToBook } from '../domain/store-order.js';
import { type OrderPlace, raiseException } from './exceptions.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { FROM_SHOP, givenBy, OF_RETURN, type OwedRefund, oweRefund } from './owed-refunds.js';

interface ToldRow {
  readonly external_id: string;
  readonly reference: string;
  readonly message: string;
}

const PER_ROUND = 500;

/**
 * Writes down that refunds we had the channel give are owed to the shop, once the channel took them: of goods that came back to a store, and those
 * given by hand. Those the shop gave itself it has.
 */
export async function oweToldRefunds(desk: OrderDesk, storefront: Storefront): Promise<void> {
  for (const row of await toldRefunds(desk, storefront.id, 'accepted')) {
    const place = { channel: desk.channel, externalId: row.external_id };
    const message = JSON.parse(row.message) as OrderMessage;
    if (message.kind !== 'refund') continue;
    await desk.database.transaction((tx) => owe(tx, place, { message, storefront, now: desk.clock.now() }));
  }
  for (const row of await toldRefunds(desk, storefront.id, 'rejected'))
    if (row.reference.startsWith(OF_RETURN)) await askAboutReturn(desk, row);
}

/** Those nothing was written down about yet. */
function toldRefunds(
  desk: OrderDesk,
  storefront: string,
  state: 'accepted' | 'rejected',
): Promise<ToldRow[]> {
  return desk.database.all<ToldRow>(
    `SELECT m.external_id, m.reference, m.message FROM order_message m
     JOIN order_link k ON k.channel = m.channel AND k.external_id = m.external_id
     WHERE m.channel = ? AND m.kind = 'refund' AND m.state = ? AND m.reference NOT LIKE '${FROM_SHOP}%'
       AND k.state = 'placed' AND k.storefront = ? AND NOT EXISTS (SELECT 1 FROM shop_refund r
         WHERE r.channel = m.channel AND r.external_id = m.external_id AND r.reference = m.reference)
     ORDER BY m.made_at, m.external_id, m.reference LIMIT ?`,
    [desk.channel, state, storefront, PER_ROUND],
  );
}

async function owe(
  tx: Queries,
  place: OrderPlace,
  told: {
    readonly message: Extract<OrderMessage, { kind: 'refund' }>;
    readonly storefront: Storefront;
    readonly now: string;
  },
): Promise<void> {
  const { message, storefront, now } = told;
  const { reference, reason } = message;
  const skus = await skusOf(tx, place);
  const at = await shelfOf(tx, place, reference);
  const lines: LineToBook[] = [];
  let shipping = 0;
  for (const { lineExternalId, quantity, ...amounts } of message.lines) {
    const given = givenBy({ lineExternalId, quantity, ...amounts });
    const sku = skus.get(lineExternalId);
    if (given === null || sku === undefined) {
      const why = 'what was given back for its lines is not known';
      await oweRefund(tx, place, { reference, refund: { reason, lines: [] }, why, now });
      return;
    }
    shipping += given.shipping;
    const counted = at !== null && quantity > 0 && (await countsThere(tx, storefront, { sku, at }));
    lines.push({ lineExternalId, sku, quantity, amount: given.goods, restockAt: counted ? at : null });
  }
  const currency = lines[0]?.amount.currency;
  const refund: OwedRefund = {
    reason,
    lines,
    ...(shipping > 0 && currency !== undefined ? { shipping: { minor: shipping, currency } } : {}),
  };
  await oweRefund(tx, place, { reference, refund, now });
}

async function skusOf(
  tx: Queries,
  { channel, externalId }: OrderPlace,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.all<{ line_id: string; sku: string }>(
    'SELECT line_id, sku FROM order_line WHERE channel = ? AND external_id = ?',
    [channel, externalId],
  );
  return new Map(rows.map(({ line_id: line, sku }) => [line, sku]));
}

/** The location whose shelves the goods of a return went back to; null: it is no return, or they were written off. */
async function shelfOf(
  tx: Queries,
  { channel, externalId }: OrderPlace,
  reference: string,
): Promise<string | null> {
  if (!reference.startsWith(OF_RETURN)) return null;
  const row = await tx.get<{ location: string }>(
    "SELECT location FROM order_return WHERE channel = ? AND external_id = ? AND reference = ? AND goods <> 'written-off'",
    [channel, externalId, reference.slice(OF_RETURN.length)],
  );
  return row?.location ?? null;
}

/** Whether the shop itself counts a SKU at a location. Where we, or another system, count it, the shop counting it too would offer it twice. */
async function countsThere(
  tx: Queries,
  { sources = [] }: Storefront,
  { sku, at }: { readonly sku: string; readonly at: string },
): Promise<boolean> {
  const row = await tx.get<{ source: string }>(
    'SELECT source FROM stock_level WHERE sku = ? AND location = ?',
    [sku, at],
  );
  return row !== undefined && sources.includes(row.source);
}

/** The goods came back, the channel gave no money: what becomes of both a person settles, on both sides. */
function askAboutReturn(desk: OrderDesk, row: ToldRow): Promise<void> {
  const place = { channel: desk.channel, externalId: row.external_id };
  const reference = row.reference.slice(OF_RETURN.length);
  return desk.database.transaction(async (tx) => {
    const back = await tx.get<{ booked_as: string | null }>(
      'SELECT booked_as FROM order_return WHERE channel = ? AND external_id = ? AND reference = ?',
      [place.channel, place.externalId, reference],
    );
    if (back?.booked_as !== null) return;
    const exception = {
      code: 'return_in_shop' as const,
      message: `The shop does not know of the return ${reference}: the channel refused to give its money back`,
      advice:
        'Settle the money with the channel first, then book the return in the shop, with the goods back in stock where the shop counts them.',
    };
    await raiseException(tx, place, exception, desk.clock.now());
  });
}
