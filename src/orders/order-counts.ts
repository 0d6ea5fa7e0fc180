import type { Queries } from '../db/database.js';
import { InvariantError } from '../domain/errors.js';

/** Orders and parcels of one channel, counted. `seen` = `linked` + `waiting` + `refused`. */
export interface OrderCounts {
  readonly seen: number;
  readonly linked: number;
  readonly waiting: number;
  readonly refused: number;
  /** Orders with at least one parcel that the channel did not refuse. */
  readonly shipped: number;
  /** Parcels the channel has taken. */
  readonly trackingPushed: number;
  readonly parcelsPending: number;
  readonly parcelsRejected: number;
}

/** Counts orders and parcels, and proves that every order seen is accounted for. */
export async function orderCounts(queries: Queries, channel: string): Promise<OrderCounts> {
  const count = (condition: string): string =>
    `CAST(COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS bigint)`;
  const orders = await queries.get<Pick<OrderCounts, 'seen' | 'linked' | 'waiting' | 'refused'>>(
    `SELECT CAST(COUNT(*) AS bigint) AS seen, ${count("state = 'linked'")} AS linked, ${count("state = 'waiting'")} AS waiting, ${count("state = 'refused'")} AS refused
     FROM channel_order WHERE channel = ?`,
    [channel],
  );
  const parcels = await queries.get<{ shipped: number; accepted: number; pending: number; rejected: number }>(
    `SELECT CAST(COUNT(DISTINCT CASE WHEN state <> 'rejected' THEN external_id END) AS bigint) AS shipped, ${count("state = 'accepted'")} AS accepted, ${count("state = 'pending'")} AS pending,
            ${count("state = 'rejected'")} AS rejected FROM shipment WHERE channel = ?`,
    [channel],
  );
  if (!orders || !parcels) throw new InvariantError('counting orders gave no row');
  if (orders.seen !== orders.linked + orders.waiting + orders.refused) {
    throw new InvariantError(
      `${channel}: ${orders.seen} orders seen, but ${orders.linked} linked + ${orders.waiting} waiting + ${orders.refused} refused`,
    );
  }
  return {
    ...orders,
    shipped: parcels.shipped,
    trackingPushed: parcels.accepted,
    parcelsPending: parcels.pending,
    parcelsRejected: parcels.rejected,
  };
}
