import type { JsonObject } from '../../../src/domain/json.js';

/** Formats Google takes product files in (support.google.com/merchants/answer/160567, verified 2026-11-23); CSV is none. */
export const FEED_FORMATS = ['rss', 'atom', 'tsv'] as const;

/** One of `FEED_FORMATS`. */
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** What stands around the items. */
export interface FeedFrame {
  /** Title of the feed, for people. */
  readonly title: string;
  /** Address of the shop; null: not said. */
  readonly link: string | null;
  /** Instant of the file, ISO text; Atom tells it. */
  readonly updated: string;
}

/** Turns canonical listings into the text of a file. Pure. */
export interface FeedEncoder {
  readonly head: string;
  readonly tail: string;
  /** One item with its line end. Attributes the table does not have are left out. */
  item(offerId: string, listing: JsonObject): string;
}
