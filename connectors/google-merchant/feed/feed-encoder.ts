import type { FeedEncoder, FeedFormat, FeedFrame } from './feed-format.js';
import { tabFeed } from './tab-feed.js';
import { xmlFeed } from './xml-feed.js';

/** The encoder of a format. */
export function feedEncoder(format: FeedFormat, frame: FeedFrame): FeedEncoder {
  switch (format) {
    case 'rss':
    case 'atom':
      return xmlFeed(format, frame);
    case 'tsv':
      return tabFeed();
  }
}
