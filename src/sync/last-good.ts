import { rewindRow } from '../catalog/rewind.js';
import type { CatalogRow } from '../catalog/store.js';
import type { JsonObject } from '../domain/json.js';
import type { ChannelDesk } from './channel-desk.js';
import type { ListingRecord } from './listing-record.js';
import { workOutRow } from './work-out.js';

/**
 * The listing as it was last sent, for a variant that may not be sent as it is now (blocked, or its price is held): worked out again
 * from the history of the catalog. Null: it cannot be, because the mapping or an override has changed since.
 */
export async function lastGoodListing(
  desk: ChannelDesk,
  row: CatalogRow,
  record: Pick<ListingRecord, 'sent_at' | 'sent_content_rev' | 'sent_offer_rev'>,
): Promise<JsonObject | null> {
  if (record.sent_at === null) return null;
  const then = await workOutRow(desk, await rewindRow(desk.database, row, record.sent_at));
  if (then.state === 'excluded') return null;
  // What was sent is known by its revisions: that a newer rule would block it now does not matter.
  const same = then.contentRev === record.sent_content_rev && then.offerRev === record.sent_offer_rev;
  return same ? then.attributes : null;
}
