import type { FeedEncoder } from './feed-encoder.js';
import { googleTable } from './google-table.js';
import { metaTable } from './meta-table.js';
import type { FeedFileSettings } from './settings.js';
import { xmlFeed } from './xml-feed.js';

/** The encoder of a format. `updated`: instant for formats that say when they were made. */
export function encoderOf(settings: FeedFileSettings, updated: string): FeedEncoder {
  switch (settings.format) {
    case 'google-rss':
    case 'google-atom':
    case 'meta-xml':
      return xmlFeed(settings, settings.format, updated);
    case 'google-tsv':
      return googleTable();
    case 'meta-csv':
      return metaTable(',');
    case 'meta-tsv':
      return metaTable('\t');
    case 'jsonl':
      return JSON_LINES;
  }
}

const JSON_LINES: FeedEncoder = {
  head: '',
  tail: '',
  item: (sku, attributes) => `${JSON.stringify({ id: sku, ...attributes })}\n`,
};
