import type { BulkPort, ListingChange, PendingSubmission, Receipt } from '../../../src/channel/connector.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { beforeLoading } from '../before-sending.js';
import type { ListingWork } from '../listing-work.js';
import { bytesTakenAlong } from '../set-elsewhere.js';
import { accountOf } from '../settings.js';
import { LISTINGS_FEED_PLAN } from '../usage-plan.js';
import { feedDocument, LISTINGS_FEED, LISTINGS_FEED_CONTENT, messageBytes } from './feed-document.js';
import { handleOf, placeOf } from './feed-handle.js';
import { createFeed, uploadDocument } from './transport.js';

/**
 * Loads by `JSON_LISTINGS_FEED`. Amazon keeps no order between a feed and the Listings Items API, works feeds off one after the other, and may
 * take hours. Source: developer-docs.amazon/sp-api, "Building Listings Management Workflows Guide"; verified 2026-11.
 */
export function bulkPort(work: ListingWork): BulkPort {
  const account = accountOf(work.settings);
  const pace = () => work.host.bucket(`amazon:feed:${LISTINGS_FEED}`, LISTINGS_FEED_PLAN, account);
  return {
    bytesOf: (change) => messageBytes(change, work.settings.marketplaceId) + bytesTakenAlong(change),
    restMs: () => Math.ceil(pace().waitMs()),
    async submit(changes) {
      const ready = await beforeLoading(work, changes);
      const document = feedDocument(ready, work.settings);
      const documentId = await uploadDocument(work, document, LISTINGS_FEED_CONTENT);
      await pace().take(work.host.signal);
      const feedId = await createFeed(work, LISTINGS_FEED, documentId).catch((error: unknown) => {
        if (error instanceof ChannelError && error.kind === 'throttled')
          pace().park(error.againInMs ?? 60_000);
        throw error;
      });
      const id = feedId === null ? null : handleOf({ feedId, read: null });
      return { id, receipts: ready.map(accepted) };
    },
    withdraw: (pending) => withdraw(work, pending),
  };
}

/** Amazon cancels what is still in its queue, and refuses for all else. A lost answer is not taken for a yes: the next look at the feed tells. */
async function withdraw(work: ListingWork, pending: PendingSubmission): Promise<boolean> {
  const place = placeOf(pending.id);
  if (place === null || place.read !== null) return false;
  try {
    await work.client.call('cancelFeed', { path: { feedId: place.feedId } });
    return true;
  } catch (error) {
    if (error instanceof ChannelError && (error.kind === 'refused' || error.kind === 'ambiguous'))
      return false;
    throw error;
  }
}

function accepted({ sku, fulfilledBy }: ListingChange): Receipt {
  return { sku, outcome: 'accepted', ...(fulfilledBy == null ? {} : { fulfilledBy }) };
}
