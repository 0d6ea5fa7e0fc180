import type { CatalogRow } from '../catalog/store.js';
import { startOfDay } from './calendar-day.js';
import type { ChannelDesk } from './channel-desk.js';
import { type Desired, finishListing, type ListingRow, mapRow } from './desired.js';
import { listingRows } from './listing-rows.js';

/** What working a listing out needs of the channel's desk. */
type Place = Pick<ChannelDesk, 'kit' | 'clock' | 'database'>;

/** Works out the listing of one catalog row on a channel, as of now. */
export async function workOutRow(desk: Place, row: CatalogRow): Promise<Desired> {
  const [seen] = await listingRows(desk.database, desk.kit, [row]);
  return workOutSeen(desk, seen ?? desk.kit.rowOf(row));
}

/** The same for a row as the channel sees it. */
export async function workOutSeen(desk: Pick<Place, 'kit' | 'clock'>, row: ListingRow): Promise<Desired> {
  const { kit } = desk;
  const now = desk.clock.now();
  const mapped = mapRow(row, kit, startOfDay(now, kit.channel.zone));
  if (mapped.state === 'excluded') return mapped;
  return finishListing(mapped, await kit.schemaFor(mapped), {
    kit,
    now,
    sku: row.variant.sku,
  });
}
