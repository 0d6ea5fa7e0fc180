import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { StoreShipment } from '../domain/store-order.js';
import { type LineUnits, leftUnits, lineUnits, shippable, spread } from './line-units.js';
import { type ParcelPlace, recordShipment } from './record-shipment.js';

/** A parcel a person names. Without lines it holds everything that is still open in the order. */
export type HandParcel = Omit<StoreShipment, 'lines'> & Partial<Pick<StoreShipment, 'lines'>>;

/**
 * Records a parcel by hand. Without lines it holds everything that is still open in the order: not taken out by channel or shop, not shipped at the
 * channel and in no parcel recorded before. The same reference again corrects carrier and number, and until it was announced also what is in it, or is
 * `known`. Throws OperatorError `unknown_order`, `order_cancelled`, `not_paid`, `channel_ships`, `nothing_to_ship` or `parcel_announced`.
 */
export async function shipOpenUnits(
  tx: Queries,
  place: ParcelPlace,
  parcel: HandParcel,
): Promise<Awaited<ReturnType<typeof recordShipment>>> {
  const known = await tx.get<KnownParcel>(
    'SELECT lines, sent_at, state FROM shipment WHERE channel = ? AND external_id = ? AND reference = ?',
    [place.channel, place.externalId, parcel.reference],
  );
  const refusal = await refusalOf(tx, place);
  if (refusal !== null) throw refusal;
  if (known) {
    if (parcel.lines !== undefined && (await repacked(tx, place, { parcel, known }))) return 'corrected';
    return recordShipment(tx, place, { ...parcel, lines: [] });
  }
  const lines = parcel.lines ?? (await unpackedLines(tx, place));
  if (lines.length === 0)
    throw new OperatorError(
      'nothing_to_ship',
      `Order "${place.externalId}" has nothing open on ${place.channel}`,
      '`omnifeed orders show` tells what became of its units.',
    );
  return recordShipment(tx, place, { ...parcel, lines });
}

interface KnownParcel {
  readonly lines: string;
  readonly sent_at: string | null;
  readonly state: string;
}

/** Why nothing of an order may be announced; null: it may. */
async function refusalOf(tx: Queries, { channel, externalId }: ParcelPlace): Promise<OperatorError | null> {
  const order = await tx.get<{ status: string; fulfilled_by: string }>(
    'SELECT status, fulfilled_by FROM channel_order WHERE channel = ? AND external_id = ?',
    [channel, externalId],
  );
  if (!order)
    return new OperatorError(
      'unknown_order',
      `Channel "${channel}" has no order "${externalId}"`,
      '`omnifeed orders list` shows the orders; one that was just bought comes with the next pull.',
    );
  if (order.status === 'cancelled')
    return new OperatorError(
      'order_cancelled',
      `Order "${externalId}" is cancelled on ${channel}`,
      'Do not send the parcel; if it is on its way, call it back.',
    );
  if (order.fulfilled_by === 'channel')
    return new OperatorError(
      'channel_ships',
      `Order "${externalId}" is shipped by ${channel} itself`,
      'Send nothing; the channel tells when it has left.',
    );
  if (order.status === 'pending')
    return new OperatorError(
      'not_paid',
      `Order "${externalId}" is not paid yet on ${channel}`,
      'Wait until the channel releases it; until then it may vanish.',
    );
  return null;
}

/**
 * Packs a parcel anew under its reference while the channel has not heard of it. False: it holds the same. What has been announced is not changed:
 * channels take other numbers for a parcel, not other contents.
 */
async function repacked(
  tx: Queries,
  place: ParcelPlace,
  { parcel, known }: { readonly parcel: HandParcel; readonly known: KnownParcel },
): Promise<boolean> {
  const held = new Map(
    (JSON.parse(known.lines) as { lineId: string; quantity: number }[]).map((line) => [
      line.lineId,
      line.quantity,
    ]),
  );
  const own = (line: LineUnits): number => (known.state === 'rejected' ? 0 : (held.get(line.lineId) ?? 0));
  const { byLine, surplus } = spread(
    parcel.lines ?? [],
    await lineUnits(tx, place),
    (line) => shippable(line) - line.packed + own(line),
  );
  const same = byLine.size === held.size && [...byLine].every(([line, units]) => held.get(line) === units);
  if (same && surplus.length === 0) return false;
  if (known.sent_at !== null)
    throw new OperatorError(
      'parcel_announced',
      `Parcel ${parcel.reference} was announced to ${place.channel} with other contents`,
      'Announce what else left under a reference of its own, or correct the parcel at the channel by hand.',
    );
  if (surplus.length > 0)
    throw new OperatorError(
      'more_than_open',
      `Parcel ${parcel.reference} would hold ${surplus.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')} more than is open`,
      'Compare the parcel with the order; it stays as it was recorded.',
    );
  await tx.run('DELETE FROM shipment WHERE channel = ? AND external_id = ? AND reference = ?', [
    place.channel,
    place.externalId,
    parcel.reference,
  ]);
  await recordShipment(tx, place, { ...parcel, lines: parcel.lines ?? [] });
  return true;
}

/** A unit the channel knows as shipped is mostly in a parcel of ours as well, so the larger of the two numbers counts, not their sum. */
async function unpackedLines(tx: Queries, place: ParcelPlace): Promise<StoreShipment['lines']> {
  return (await lineUnits(tx, place))
    .map((line) => ({
      lineExternalId: line.lineId,
      sku: line.sku,
      quantity: shippable(line) - leftUnits(line),
    }))
    .filter((line) => line.quantity > 0);
}
