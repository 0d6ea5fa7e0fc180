import type { ListingChange } from '../../../src/channel/connector.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { writeOf } from '../listing-requests.js';
import { type AmazonSettings, languageTagOf } from '../settings.js';

/** The feed type of listings; all older ones for listings were removed in 2025. */
export const LISTINGS_FEED = 'JSON_LISTINGS_FEED';

/** Declared for the document and sent with it, letter for letter the same. */
export const LISTINGS_FEED_CONTENT = 'application/json; charset=UTF-8';

/**
 * Most messages and bytes of one document. Source: schemas/feeds listings-feed-schema-v2 (`maxItems`), selling-partner-api-models issue
 * 4097 (10 MiB); verified 2026-11. A part of the bytes is left for the head.
 */
export const FEED_LIMITS = { items: 25_000, bytes: 10 * 1024 * 1024 - 64 * 1024 } as const;

/** Data of the listings that is asked for in the report, the same as a read-back asks for. */
const REPORTED = ['summaries', 'issues', 'fulfillmentAvailability'] as const;

/** One change as a message of the feed: the same body as the call for a single listing would have. Pure. */
export function feedMessage(change: ListingChange, messageId: number, marketplaceId: string): JsonObject {
  const { sku } = change;
  const write = writeOf(change, marketplaceId);
  if (write.operation === 'deleteListingsItem') return { messageId, sku, operationType: 'DELETE' };
  if (write.operation === 'putListingsItem')
    return { messageId, sku, operationType: 'UPDATE', ...write.body };
  const { productType, patches } = write.body;
  return {
    messageId,
    sku,
    operationType: 'PATCH',
    productType,
    patches: patches.map((patch) => ({ ...patch })),
  };
}

/** Bytes a change takes in a document at most, comma included. Pure. */
export function messageBytes(change: ListingChange, marketplaceId: string): number {
  return Buffer.byteLength(JSON.stringify(feedMessage(change, FEED_LIMITS.items, marketplaceId))) + 1;
}

/** The SKUs in the order of their messages: the message of the first has the id 1. Known again from the SKUs alone. Pure. */
export function messageOrder(skus: readonly string[]): string[] {
  return [...skus].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

/** The document of a feed, UTF-8. Source: schemas/feeds listings-feed-schema-v2; verified 2026-11. Pure. */
export function feedDocument(changes: readonly ListingChange[], settings: AmazonSettings): Buffer {
  const header = {
    sellerId: settings.sellerId,
    version: '2.0',
    issueLocale: languageTagOf(settings),
    report: { includedData: REPORTED, apiVersion: '2021-08-01' },
  };
  const bySku = new Map(changes.map((change) => [change.sku, change]));
  const messages = messageOrder([...bySku.keys()]).flatMap((sku, at) => {
    const change = bySku.get(sku);
    return change ? [JSON.stringify(feedMessage(change, at + 1, settings.marketplaceId))] : [];
  });
  return Buffer.from(`{"header":${JSON.stringify(header)},"messages":[${messages.join(',')}]}`, 'utf8');
}
