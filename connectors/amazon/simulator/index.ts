import type { RunningSimulator, SimulatorModule } from '../../../src/channel/simulator.js';
import { type SimulatorServer, serveSimulator } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { settingsFor, TOKEN_PATH } from './account.js';
import { commandsOf, stateOf } from './commands.js';
import { feedDocuments } from './feed-documents.js';
import { feedQueue } from './feed-queue.js';
import { itemCatalog } from './item-catalog.js';
import { journal } from './journal.js';
import { workListingsFeed } from './listings-feed.js';
import { market } from './market.js';
import { notificationBook } from './notification-book.js';
import { orderBook } from './order-book.js';
import { workAcknowledgements, workAdjustments } from './order-feeds.js';
import { orderReads } from './order-reads.js';
import { quotaExceeded } from './replies.js';
import { type Amazon, answer } from './routes.js';
import { shelf } from './shelf.js';
import { tokenDoor } from './token-door.js';
import { usage } from './usage.js';

/**
 * A stand-in for the Selling Partner API: Login with Amazon, Listings Items, Orders v2026-01-01, `confirmShipment`, `updateShipmentStatus`, fees,
 * featured offers, usage plans. Differences from Amazon, on purpose: an order can be read at once instead of after two minutes, and the
 * usage plan is a large seller's unless `/_sim/limits` says `documented`.
 */
export const amazonSimulator: SimulatorModule = {
  async start({ port, processingMs }) {
    const log = journal();
    const listings = shelf(processingMs);
    const book = orderBook(log, (sku) => titleOf(listings.get(sku)?.shown ?? null));
    const plans = usage();
    const catalog = itemCatalog();
    const documents = feedDocuments();
    const amazon: Amazon = {
      door: tokenDoor(),
      usage: plans,
      documents,
      feeds: feedQueue(
        { documents, usage: plans, processingMs },
        {
          JSON_LISTINGS_FEED: (feedId, document) =>
            workListingsFeed({ shelf: listings, catalog }, feedId, document),
          POST_ORDER_ACKNOWLEDGEMENT_DATA: (feedId, document) => workAcknowledgements(book, feedId, document),
          POST_PAYMENT_ADJUSTMENT_DATA: (feedId, document) => workAdjustments(book, feedId, document),
        },
      ),
      shelf: listings,
      catalog,
      book,
      reads: orderReads(book),
      market: market(),
      notifications: notificationBook(),
    };
    const server = await serveSimulator(
      {
        answer: (request) => answer(amazon, request),
        throttled: () => quotaExceeded(),
        tokenPath: TOKEN_PATH,
        state: () => stateOf(amazon),
        commands: commandsOf(amazon, log),
      },
      port,
    );
    return running(amazon, server);
  },
};

function running(amazon: Amazon, server: SimulatorServer): RunningSimulator {
  return {
    url: server.url,
    settings: settingsFor(server.url),
    market: { country: 'US', language: 'en', currency: 'USD', zone: 'America/Los_Angeles' },
    faults: server.faults,
    calls: server.calls,
    held() {
      const shown = amazon.shelf
        .all()
        .filter((listing) => listing.asin !== null && listing.shown !== null && !isParent(listing.shown));
      return new Map(shown.map((listing) => [listing.sku, structuredClone(listing.shown ?? {})]));
    },
    tamper: (sku, attributes) => amazon.shelf.tamper(sku, attributes),
    refuse: (sku, code) => amazon.shelf.refuse(sku, code),
    placeOrder: (order) => amazon.book.place(order),
    cancelOrder: (orderId) => amazon.book.cancel(orderId),
    shipments: () => amazon.book.shipments(),
    stop: () => server.stop(),
  };
}

/** A parent groups listings and is none a shopper could buy. */
function isParent({ parentage_level: level }: JsonObject): boolean {
  const first = isJsonArray(level) ? level[0] : undefined;
  return isJsonObject(first) && first.value === 'parent';
}

function titleOf(listing: JsonObject | null): string | null {
  const name = isJsonArray(listing?.item_name) ? listing.item_name[0] : undefined;
  return isJsonObject(name) && typeof name.value === 'string' ? name.value : null;
}
