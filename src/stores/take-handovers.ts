import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { type OrderPlace, raiseException } from '../orders/exceptions.js';
import { fetchedUnits } from '../orders/packed-units.js';
import type { FulfilDesk } from './fulfil-desk.js';
import { recordPickup } from './record-pickup.js';

const PER_ROUND = 200;
/** It goes on by itself: a location is still to be found, or the channel is still to say that the order is paid. */
const STILL_WAITS: readonly string[] = ['no_location', 'not_paid'];

/**
 * Takes over what the shop says buyers have fetched: it counts as if the staff had said so, up to what the staff has not said already. What makes no sense
 * of an order is for a person. Answers how many orders went on.
 */
export async function takeHandovers(desk: FulfilDesk, signal?: AbortSignal): Promise<number> {
  const rows = await desk.database.all<{ external_id: string }>(
    `SELECT DISTINCT h.external_id FROM shop_handover h JOIN order_fulfilment f ON f.channel = h.channel AND f.external_id = h.external_id
     WHERE h.channel = ? AND h.state = 'open' AND f.state <> 'nowhere' ORDER BY h.external_id LIMIT ?`,
    [desk.channel, PER_ROUND],
  );
  let taken = 0;
  for (const { external_id: externalId } of rows) {
    signal?.throwIfAborted();
    taken += await desk.database.transaction((tx) => takeOrder(tx, desk, externalId));
  }
  return taken;
}

async function takeOrder(tx: Queries, desk: FulfilDesk, externalId: string): Promise<number> {
  const place = { channel: desk.channel, externalId };
  const units = await unsaidUnits(tx, place);
  try {
    if (units.length > 0)
      await recordPickup(tx, desk, { externalId, news: 'picked-up', units, by: 'the shop' });
    await mark(tx, place, 'done');
    return units.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    if (STILL_WAITS.includes(error.code)) return 0;
    await raiseException(
      tx,
      place,
      {
        code: 'pickup_in_shop',
        message: `The shop says that the buyer has fetched it, but: ${error.message}`,
        advice: error.advice,
      },
      desk.clock.now(),
    );
    await mark(tx, place, 'asked');
    return 0;
  }
}

/** What the shop says is fetched in all, less what is known to be. */
async function unsaidUnits(tx: Queries, place: OrderPlace) {
  const rows = await tx.all<{ lines: string }>(
    'SELECT lines FROM shop_handover WHERE channel = ? AND external_id = ?',
    [place.channel, place.externalId],
  );
  const said = new Map<string, number>();
  for (const { lines } of rows)
    for (const { lineId, quantity } of JSON.parse(lines) as { lineId: string; quantity: number }[])
      said.set(lineId, (said.get(lineId) ?? 0) + quantity);
  const known = await fetchedUnits(tx, place);
  return [...said].flatMap(([lineExternalId, quantity]) => {
    const unsaid = quantity - (known.get(lineExternalId) ?? 0);
    return unsaid > 0 ? [{ lineExternalId, sku: '', quantity: unsaid }] : [];
  });
}

function mark(tx: Queries, place: OrderPlace, state: 'done' | 'asked'): Promise<number> {
  return tx.run(
    "UPDATE shop_handover SET state = ? WHERE channel = ? AND external_id = ? AND state = 'open'",
    [state, place.channel, place.externalId],
  );
}
