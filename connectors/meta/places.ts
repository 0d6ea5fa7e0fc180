import { oneLine } from '../../src/channel/file-text.js';
import type { PlacePort } from '../../src/channel/side-ports.js';
import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import { moneyText } from '../../src/domain/money.js';
import type { PlaceChange, PlaceReceipt } from '../../src/domain/place.js';
import { ensureFeed } from './feed/feed-account.js';
import type { FeedClient } from './feed/feed-client.js';

const COLUMNS = ['id', 'store_code', 'availability', 'quantity', 'price', 'sale_price'] as const;

/**
 * Stock per store as an update-only upload of a local inventory feed. Meta's column page could not be read and access is granted by
 * Meta (2026-11-23), so it is used only when the settings say so. A store that no longer has the item is told it is out of stock: an
 * update never deletes.
 */
export function metaPlaces(client: FeedClient, channel: ChannelFacts): PlacePort {
  return {
    async submit(changes) {
      const stores = changes.filter((change) => change.kind === 'store');
      const receipts = changes.filter((change) => change.kind !== 'store').map(noRegions);
      if (stores.length === 0) return receipts;
      const name = `Omnifeed ${channel.id} stores`;
      const feedId = await ensureFeed(client, { name, facts: { feed_type: 'LOCAL_INVENTORY' } });
      const file = Buffer.from([COLUMNS.join(','), ...stores.map(lineOf), ''].join('\n'));
      await client.upload(feedId, { file, name: 'stores.csv' }, true);
      return [
        ...receipts,
        ...stores.map(({ sku, kind, place }): PlaceReceipt => ({ sku, kind, place, outcome: 'accepted' })),
      ];
    },
  };
}

function lineOf({ sku, place, action, availability, quantity, price, salePrice }: PlaceChange): string {
  const gone = action === 'remove' || availability !== 'in_stock';
  const cells = {
    id: sku,
    store_code: place,
    availability: gone ? 'out of stock' : 'in stock',
    quantity: String(action === 'remove' ? 0 : (quantity ?? 0)),
    price: price === null ? '' : moneyText(price),
    sale_price: salePrice === null ? '' : moneyText(salePrice),
  };
  return COLUMNS.map((name) => `"${oneLine(cells[name]).replaceAll('"', '""')}"`).join(',');
}

function noRegions({ sku, kind, place }: PlaceChange): PlaceReceipt {
  return {
    sku,
    kind,
    place,
    outcome: 'rejected',
    issues: [
      {
        severity: 'error',
        code: 'no_regions',
        origin: 'ours',
        message: 'Meta knows stores, no regions.',
        advice: 'Configure the location as a store, or take it out of `places`.',
      },
    ],
  };
}
