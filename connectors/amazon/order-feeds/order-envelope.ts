import { XMLBuilder } from 'fast-xml-parser';
import type { OrderFeedBody } from './order-feed-bodies.js';

/** Content type of an order feed, the same when its document is made and when it is uploaded. */
export const ORDER_FEED_CONTENT = 'text/xml; charset=UTF-8';

const builder = new XMLBuilder({ ignoreAttributes: false, format: false, suppressEmptyNode: false });

/**
 * An order feed: one message each, numbered from 1 in this order, which the processing report names them by.
 * Source: developer-docs.amazon/sp-api, feed type values, `amzn-envelope.xsd` as described there; verified 2026-11.
 */
export function orderEnvelope(
  sellerId: string,
  messageType: string,
  bodies: readonly OrderFeedBody[],
): Buffer {
  const envelope = {
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    AmazonEnvelope: {
      '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@_xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.01', MerchantIdentifier: sellerId },
      MessageType: messageType,
      Message: bodies.map((body, at) => ({ MessageID: String(at + 1), [messageType]: body })),
    },
  };
  return Buffer.from(String(builder.build(envelope)), 'utf8');
}
