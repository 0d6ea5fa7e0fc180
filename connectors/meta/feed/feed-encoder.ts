import type { FeedColumns, FeedEncoder, FeedFormat } from './feed-columns.js';
import { tableFeed } from './table-feed.js';
import { xmlFeed } from './xml-feed.js';

/** The encoder of a format. */
export function feedEncoder(format: FeedFormat, columns: FeedColumns): FeedEncoder {
  return format === 'xml' ? xmlFeed(columns) : tableFeed(format === 'csv' ? ',' : '\t', columns);
}
