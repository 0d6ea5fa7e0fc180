import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { StoreUnits } from '../domain/store-order.js';
import { type OrderPlace, raiseException } from '../orders/exceptions.js';
import { readLineParts } from '../orders/line-parts.js';
import { type LineUnits, leftUnits, lineUnits, spread } from '../orders/line-units.js';
import type { FulfilDesk } from './fulfil-desk.js';
import { writeOrderEvent } from './fulfilment-rows.js';
import type { GoodsBack } from './goods-back.js';
import { type PutBackOutcome, putBack } from './put-back.js';
import { type GivenBack, giveBack } from './return-money.js';

/** What came of a return; null: it was taken before. */
export interface TakenReturn {
  /** Units by line id. */
  readonly units: ReadonlyMap<string, number>;
  readonly goods: PutBackOutcome | null;
  readonly money: GivenBack;
}

/**
 * Takes goods back that a buyer brought to a store: they go back on the shelves or are written off, and the channel gives their money back, in the
 * caller's transaction. Throws OperatorError `unknown_order`, `not_ours`, `no_returns_there`, `nothing_to_return`, `not_bought`, `amount_unclear`,
 * `shipping_too_much`.
 */
export async function returnInStore(
  tx: Queries,
  desk: FulfilDesk,
  back: GoodsBack,
): Promise<TakenReturn | null> {
  const place = { channel: desk.channel, externalId: back.externalId };
  await ourOrder(tx, place);
  if (!back.location.uses.includes('return'))
    throw new OperatorError(
      'no_returns_there',
      `Nothing is taken back at "${back.location.id}"`,
      'Add `return` to `uses` of the location.',
    );
  const known = await tx.get(
    'SELECT reference FROM order_return WHERE channel = ? AND external_id = ? AND reference = ?',
    [place.channel, place.externalId, back.reference],
  );
  if (known) return null;
  const lines = await lineUnits(tx, place);
  const units = await unitsBack(tx, place, lines, back.units);
  const money = await giveBack(tx, desk, { place, lines, units, back });
  const now = desk.clock.now();
  const goods = back.restock
    ? await putBack(
        tx,
        {
          location: back.location.id,
          units: await shelved(tx, place, { units, lines }),
          cause: `return:${place.channel}/${place.externalId}/${back.reference}`,
          at: now,
        },
        desk.sources,
      )
    : null;
  await writeReturn(tx, place, { back, units, goods, now });
  if (!desk.booksRefunds || money.way === 'none' || money.way === 'person')
    await askShop(tx, place, { units, lines, location: back.location.id, now });
  return { units, goods, money };
}

/** How many returns an order has: the next one's number, for those who have no reference of their own. */
export async function nextReturn(tx: Queries, { channel, externalId }: OrderPlace): Promise<string> {
  const row = await tx.get<{ count: number }>(
    'SELECT CAST(COUNT(*) AS bigint) AS count FROM order_return WHERE channel = ? AND external_id = ?',
    [channel, externalId],
  );
  return `return-${(row?.count ?? 0) + 1}`;
}

async function ourOrder(tx: Queries, { channel, externalId }: OrderPlace): Promise<void> {
  const row = await tx.get<{ by: string }>(
    'SELECT fulfilled_by AS "by" FROM channel_order WHERE channel = ? AND external_id = ?',
    [channel, externalId],
  );
  if (!row)
    throw new OperatorError(
      'unknown_order',
      `Channel "${channel}" has no order "${externalId}"`,
      '`omnifeed orders list` shows the orders.',
    );
  if (row.by === 'channel')
    throw new OperatorError(
      'not_ours',
      `The channel ships order "${externalId}" itself`,
      'It is returned to the channel, which gives the money back.',
    );
}

/** Units by line: only what has left and did not come back before. */
async function unitsBack(
  tx: Queries,
  place: OrderPlace,
  lines: readonly LineUnits[],
  wanted: readonly StoreUnits[] | null,
): Promise<ReadonlyMap<string, number>> {
  const before = await returnedUnits(tx, place);
  const room = (line: LineUnits): number => leftUnits(line) - (before.get(line.lineId) ?? 0);
  const all = lines.map((line) => ({ lineExternalId: line.lineId, sku: line.sku, quantity: room(line) }));
  const { byLine, surplus } = spread(wanted ?? all.filter(({ quantity }) => quantity > 0), lines, room);
  if (surplus.length > 0)
    throw new OperatorError(
      'not_bought',
      `Order "${place.externalId}" has not so much to come back: ${surplus.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')} too many`,
      '`omnifeed orders show` tells what has left and what came back.',
    );
  if (byLine.size > 0) return byLine;
  throw new OperatorError(
    'nothing_to_return',
    `Nothing of order "${place.externalId}" is with its buyer`,
    'Announce the parcel or say that it was picked up first.',
  );
}

async function returnedUnits(tx: Queries, place: OrderPlace): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.all<{ lines: string }>(
    'SELECT lines FROM order_return WHERE channel = ? AND external_id = ?',
    [place.channel, place.externalId],
  );
  const units = new Map<string, number>();
  for (const { lines } of rows)
    for (const { lineId, quantity } of JSON.parse(lines) as { lineId: string; quantity: number }[])
      units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
}

function bySku(units: ReadonlyMap<string, number>, lines: readonly LineUnits[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { lineId, sku } of lines) {
    const quantity = units.get(lineId) ?? 0;
    if (quantity > 0) found.set(sku, (found.get(sku) ?? 0) + quantity);
  }
  return found;
}

/** Units by the SKU that lies on a shelf: a bundle goes back as what it was made of when it was sold. */
async function shelved(
  tx: Queries,
  place: OrderPlace,
  { units, lines }: { readonly units: ReadonlyMap<string, number>; readonly lines: readonly LineUnits[] },
): Promise<ReadonlyMap<string, number>> {
  const { externalId } = place;
  const sold = await readLineParts(tx, place.channel, [externalId]);
  const found = new Map<string, number>();
  for (const { lineId, sku } of lines)
    for (const part of sold.of({ externalId, lineId }) ?? [{ sku, quantity: 1 }]) {
      const quantity = (units.get(lineId) ?? 0) * part.quantity;
      if (quantity > 0) found.set(part.sku, (found.get(part.sku) ?? 0) + quantity);
    }
  return found;
}

async function writeReturn(
  tx: Queries,
  place: OrderPlace,
  taken: {
    readonly back: GoodsBack;
    readonly units: ReadonlyMap<string, number>;
    readonly goods: PutBackOutcome | null;
    readonly now: string;
  },
): Promise<void> {
  const { back, units, goods, now } = taken;
  const rows = [...units].map(([lineId, quantity]) => ({ lineId, quantity }));
  const key = [place.channel, place.externalId];
  const fate = goods === null ? 'written-off' : goods.others.length > 0 ? 'owner' : 'restocked';
  await tx.run(
    `INSERT INTO order_return (channel, external_id, reference, location, lines, goods, returned_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [...key, back.reference, back.location.id, JSON.stringify(rows), fate, back.by, now],
  );
  const all = await returnedUnits(tx, place);
  for (const { lineId } of rows)
    await tx.run(
      'UPDATE order_line SET returned = ? WHERE channel = ? AND external_id = ? AND line_id = ? AND returned < ?',
      [all.get(lineId) ?? 0, ...key, lineId, all.get(lineId) ?? 0],
    );
  const facts = {
    reference: back.reference,
    location: back.location.id,
    units: rows,
    goods: fate,
    by: back.by,
  };
  await writeOrderEvent(tx, place, { kind: 'returned', facts, at: now });
}

/** The shop that has the order does not learn of the return from us: a person books it there. */
async function askShop(
  tx: Queries,
  place: OrderPlace,
  taken: {
    readonly units: ReadonlyMap<string, number>;
    readonly lines: readonly LineUnits[];
    readonly location: string;
    readonly now: string;
  },
): Promise<void> {
  const link = await tx.get<{ name: string | null }>(
    "SELECT COALESCE(store_name, store_id) AS name FROM order_link WHERE channel = ? AND external_id = ? AND state = 'placed'",
    [place.channel, place.externalId],
  );
  if (!link) return;
  const goods = [...bySku(taken.units, taken.lines)]
    .map(([sku, quantity]) => `${quantity} of ${sku}`)
    .join(', ');
  const exception = {
    code: 'return_in_shop' as const,
    message: `The shop does not know what came back to ${taken.location} of its order ${link.name ?? ''}: ${goods}`,
    advice:
      'Book the return in the shop, with the goods back in stock where the shop counts them. Its refund is not told to the channel a second time.',
  };
  await raiseException(tx, place, exception, taken.now);
}
