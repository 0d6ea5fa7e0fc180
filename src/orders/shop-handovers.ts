import type { Queries } from '../db/database.js';
import type { StoreShipment } from '../domain/store-order.js';
import { type OrderPlace, raiseException } from './exceptions.js';
import { type LineUnits, spread } from './line-units.js';
import { totalsOf } from './read-order.js';

/** Whether a buyer fetches an order, or no parcel of it is known to leave. */
export async function isFetched(tx: Queries, place: OrderPlace): Promise<boolean> {
  const { delivery } = await totalsOf(tx, place);
  return delivery !== undefined && delivery.method !== 'ship';
}

/** Whether something a shop has sent goes with a carrier. Without a number it was handed over, where the buyer fetches it. Pure. */
export function isParcel({ carrier, trackingNumber }: StoreShipment): boolean {
  return Boolean(carrier) && Boolean(trackingNumber);
}

/**
 * Keeps what the shop says was handed over to a buyer, for whoever keeps how far orders are at locations; the same again changes nothing. One that the shop
 * takes back is forgotten when nobody has acted on it, else a person is asked. Answers whether it is new.
 */
export async function recordHandover(
  tx: Queries,
  place: OrderPlace,
  said: { readonly parcel: StoreShipment; readonly lines: readonly LineUnits[]; readonly now: string },
): Promise<boolean> {
  const { parcel, lines, now } = said;
  const key = [place.channel, place.externalId, parcel.reference];
  if (parcel.withdrawn === true) {
    const kept = 'shop_handover WHERE channel = ? AND external_id = ? AND reference = ?';
    const forgotten = await tx.run(`DELETE FROM ${kept} AND state = 'open'`, key);
    if (forgotten === 0 && (await tx.get(`SELECT reference FROM ${kept}`, key)))
      await raiseException(tx, place, takenBack(parcel), now);
    return false;
  }
  const { byLine, surplus } = spread(parcel.lines, lines, ({ ordered }) => ordered);
  if (surplus.length > 0) await raiseException(tx, place, tooMany(surplus), now);
  const units = [...byLine].map(([lineId, quantity]) => ({ lineId, quantity }));
  const added = await tx.run(
    `INSERT INTO shop_handover (channel, external_id, reference, lines, state, seen_at) VALUES (?, ?, ?, ?, 'open', ?)
     ON CONFLICT (channel, external_id, reference) DO NOTHING`,
    [...key, JSON.stringify(units), now],
  );
  return added > 0;
}

function takenBack({ reference }: StoreShipment): Parameters<typeof raiseException>[2] {
  return {
    code: 'pickup_in_shop',
    message: `The shop took back that the buyer has fetched it (${reference})`,
    advice: 'Ask the store. If the goods came back, take them with `omnifeed orders return`.',
  };
}

function tooMany(surplus: StoreShipment['lines']): Parameters<typeof raiseException>[2] {
  const units = surplus.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');
  return {
    code: 'pickup_in_shop',
    message: `The shop says that the buyer has fetched ${units} more than the order has`,
    advice: 'Compare the order in the shop with `omnifeed orders show`; the channel was told of what it has.',
  };
}
