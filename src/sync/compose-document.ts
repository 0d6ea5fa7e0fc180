import type { FeedListing, FeedWriter } from '../channel/feed-port.js';
import type { Worked } from './changed-record.js';
import type { ChannelDesk } from './channel-desk.js';
import { type DesireReport, desireChannel } from './desire.js';
import { pricesHold, readStoredPrices } from './guard.js';
import { lastGoodListing } from './last-good.js';
import type { ListingRecord } from './listing-record.js';
import { readRecords } from './records.js';

/** What went into a document that is written but not yet committed. */
export interface Composed {
  readonly desired: DesireReport;
  /** Items written. */
  readonly items: number;
  /** Of these, listings that are blocked or held and stay as they were last sent. */
  readonly kept: number;
  /** Listings of ours that may not be sent as they are now and whose last good form is not known any more: the document lacks them. */
  readonly lost: readonly { readonly variantId: number; readonly sku: string }[];
}

/** How a document is composed. */
export interface ComposeOptions {
  /** An operator let prices through that moved too far. */
  readonly released: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes everything that should be listed into a document, in the pass that works it out. What is blocked or held by the price guard is not
 * dropped, because a document without an item removes it: it goes in as it was last sent.
 */
export async function composeDocument(
  desk: ChannelDesk,
  writer: FeedWriter,
  options: ComposeOptions,
): Promise<Composed> {
  let items = 0;
  let kept = 0;
  const lost: { variantId: number; sku: string }[] = [];
  const desired = await desireChannel(desk, {
    all: true,
    ...(options.signal ? { signal: options.signal } : {}),
    onWorked: async (page) => {
      const composed = await composePage(desk, page, options.released);
      await writer.write(composed.listings);
      items += composed.listings.length;
      kept += composed.kept;
      lost.push(...composed.lost);
    },
  });
  return { desired, items, kept, lost };
}

interface ComposedPage {
  readonly listings: readonly FeedListing[];
  readonly kept: number;
  readonly lost: readonly { readonly variantId: number; readonly sku: string }[];
}

async function composePage(
  desk: ChannelDesk,
  page: readonly Worked[],
  released: boolean,
): Promise<ComposedPage> {
  const ids = page.map(({ row }) => row.variantId);
  const records = new Map(
    (await readRecords(desk.database, desk.kit.channel.id, ids)).map((record) => [record.variant_id, record]),
  );
  const listings: FeedListing[] = [];
  const lost: { variantId: number; sku: string }[] = [];
  let kept = 0;
  for (const { row, desired } of page) {
    const { sku, variantId } = row;
    const fate = fateOf(desired.state, records.get(variantId), { desk, released });
    if (fate === 'now' && desired.state === 'listed') listings.push({ sku, attributes: desired.attributes });
    if (fate !== 'as-sent') continue;
    const attributes = await lastGoodListing(desk, row, records.get(variantId) as ListingRecord);
    if (attributes === null) lost.push({ variantId, sku });
    else {
      listings.push({ sku, attributes });
      kept += 1;
    }
  }
  return { listings, kept, lost };
}

type Fate = 'now' | 'as-sent' | 'out';

function fateOf(
  state: Worked['desired']['state'],
  record: ListingRecord | undefined,
  by: { readonly desk: ChannelDesk; readonly released: boolean },
): Fate {
  if (record === undefined) return state === 'listed' ? 'now' : 'out';
  const ours = record.owned === 1;
  if (state === 'blocked') return ours ? 'as-sent' : 'out';
  if (state !== 'listed' || (record.unmanaged === 1 && !ours)) return 'out';
  if (by.released) return 'now';
  const hold = pricesHold(readStoredPrices(record.sent_price), readStoredPrices(record.price), by.desk.guard);
  if (hold === null) return 'now';
  return ours ? 'as-sent' : 'out';
}
