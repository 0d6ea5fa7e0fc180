import type { Queries } from '../db/database.js';
import type { Issue } from '../domain/issue.js';
import type { StoreShipment } from '../domain/store-order.js';
import { raiseException } from './exceptions.js';
import { lineUnits, shippable, spread } from './line-units.js';

/** Where a parcel belongs. */
export interface ParcelPlace {
  readonly channel: string;
  readonly externalId: string;
  readonly now: string;
}

/**
 * Records a parcel so that it will be announced to the channel: `recorded`, `known` (the same reference was recorded before), `corrected` (it has another number now, which is announced as an edit),
 * `incomplete` (no carrier or number yet: it is looked at again), or `surplus` (it holds what was not ordered: kept as rejected, with an issue for a
 * person to look at, and `known` the next time).
 */
export async function recordShipment(
  tx: Queries,
  place: ParcelPlace,
  parcel: StoreShipment,
): Promise<'recorded' | 'known' | 'corrected' | 'incomplete' | 'surplus'> {
  const key = [place.channel, place.externalId];
  const known = await tx.get<KnownParcel>(
    'SELECT carrier, tracking_number, state, issues FROM shipment WHERE channel = ? AND external_id = ? AND reference = ?',
    [...key, parcel.reference],
  );
  if (known) return amend(tx, place, parcel, known);
  if (parcel.withdrawn === true) return 'known';
  if (!parcel.carrier || !parcel.trackingNumber) return 'incomplete';
  const { byLine, surplus } = spread(
    parcel.lines,
    await lineUnits(tx, place),
    (line) => shippable(line) - line.packed,
  );
  const lines = [...byLine].map(([lineId, quantity]) => ({ lineId, quantity }));
  const rejected = lines.length === 0 || surplus.length > 0;
  await tx.run(
    `INSERT INTO shipment (channel, external_id, reference, carrier, tracking_number, tracking_url, shipped_at, lines, state, issues)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...key,
      parcel.reference,
      parcel.carrier,
      parcel.trackingNumber,
      parcel.trackingUrl ?? null,
      parcel.shippedAt,
      JSON.stringify(lines),
      rejected ? 'rejected' : 'pending',
      rejected ? JSON.stringify([surplusIssue(parcel, surplus)]) : null,
    ],
  );
  return rejected ? 'surplus' : 'recorded';
}

interface KnownParcel {
  readonly carrier: string;
  readonly tracking_number: string;
  readonly state: string;
  readonly issues: string | null;
}

/**
 * A parcel recorded before: another number goes to the channel as an edit under the same reference, also where the channel refused the first one; a
 * parcel that we did not announce stays so. One that was taken back after it was announced is never undone at the channel by itself.
 */
async function amend(
  tx: Queries,
  place: ParcelPlace,
  parcel: StoreShipment,
  known: KnownParcel,
): Promise<'known' | 'corrected'> {
  const key = [place.channel, place.externalId, parcel.reference];
  if (parcel.withdrawn === true) {
    const unsent = await tx.run(
      "DELETE FROM shipment WHERE channel = ? AND external_id = ? AND reference = ? AND state = 'pending' AND sent_at IS NULL",
      key,
    );
    if (unsent === 0)
      await raiseException(
        tx,
        place,
        {
          code: 'parcel_withdrawn',
          message: `The shop took parcel ${parcel.reference} back after it was announced to the channel`,
          advice: 'Correct the shipment at the channel by hand, or send the parcel after all.',
        },
        place.now,
      );
    return 'known';
  }
  const { carrier, trackingNumber } = parcel;
  if (!carrier || !trackingNumber || keptBack(known)) return 'known';
  if (carrier === known.carrier && trackingNumber === known.tracking_number) return 'known';
  await tx.run(
    `UPDATE shipment SET carrier = ?, tracking_number = ?, tracking_url = ?, state = 'pending', issues = NULL, retry_at = NULL, attempts = 0
     WHERE channel = ? AND external_id = ? AND reference = ?`,
    [carrier, trackingNumber, parcel.trackingUrl ?? null, ...key],
  );
  return 'corrected';
}

/** Rejected by us, for what it holds: another number does not mend that. */
function keptBack({ state, issues }: KnownParcel): boolean {
  if (state !== 'rejected') return false;
  return (JSON.parse(issues ?? '[]') as Issue[]).some(({ origin }) => origin === 'ours');
}

function surplusIssue(parcel: StoreShipment, surplus: StoreShipment['lines']): Issue {
  const held = surplus.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');
  return {
    severity: 'error',
    code: 'parcel_holds_what_was_not_ordered',
    origin: 'ours',
    message: `Parcel ${parcel.reference} holds ${held || 'nothing'} more than is open in the order, and is not announced`,
    advice:
      'Compare the parcel with the order. Announce what was really sent with `omnifeed orders ship`, under a reference of its own.',
  };
}
