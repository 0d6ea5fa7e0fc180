import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/domain/json.js';
import type { FeedEncoder } from './feed-format.js';

/** Text for one of the files of a feed. */
export interface FeedText {
  /** Which file, from 0. */
  readonly part: number;
  readonly text: string;
}

/** Listings in, text of files out. Pure: whoever calls it writes the files. */
export interface FeedParts {
  /** What every file begins with. */
  begin(): readonly FeedText[];
  /** One listing, in the file that is always its own. */
  item(offerId: string, listing: JsonObject): FeedText;
  /** What every file ends with. */
  end(): readonly FeedText[];
  /** Listings per file so far. */
  counts(): readonly number[];
  /** What to tell a person about the size of the files; null: nothing. */
  overflow(): FeedOverflow | null;
}

/** A feed whose files are larger than Google or people can handle, and into how many it should be split. */
export interface FeedOverflow {
  /** Listings of all files. */
  readonly items: number;
  /** Bytes of the largest file before it is compressed. */
  readonly bytes: number;
  readonly partsAdvised: number;
}

/** Files up to 4 GB are fetched; above about 100,000 items they are hard to look after (field practice, verified 2026-11-23). */
export const PART_LIMITS = { items: 100_000, bytes: 4_000_000_000 } as const;

/** Into how many files so many listings should go. Always a power of two, because doubling moves the fewest products. */
export function partsFor(items: number, perPart: number = PART_LIMITS.items): number {
  let parts = 1;
  while (items / parts > perPart && parts < MOST_PARTS) parts *= 2;
  return parts;
}

/** Every file needs a data source of its own at Google. */
export const MOST_PARTS = 64;

/**
 * Splits a feed over files. A file is a whole snapshot of its data source at Google, and the same product in two sources
 * moves to and fro; so the SKU alone decides about the file, and a new product never pushes others into the next one.
 * `parts`: number of files; changing it moves products between data sources once.
 */
export function feedParts(encoder: FeedEncoder, parts: number, limits: FeedLimits = PART_LIMITS): FeedParts {
  const frame = Buffer.byteLength(encoder.head) + Buffer.byteLength(encoder.tail);
  const items = Array.from({ length: parts }, () => 0);
  const bytes = Array.from({ length: parts }, () => frame);
  const all = (text: string): FeedText[] => items.map((_, part) => ({ part, text }));
  return {
    begin: () => all(encoder.head),
    item(offerId, listing) {
      const part = partOf(offerId, parts);
      const text = encoder.item(offerId, listing);
      items[part] = (items[part] ?? 0) + 1;
      bytes[part] = (bytes[part] ?? 0) + Buffer.byteLength(text);
      return { part, text };
    },
    end: () => all(encoder.tail),
    counts: () => [...items],
    overflow() {
      const largest = Math.max(...bytes);
      if (Math.max(...items) <= limits.items && largest <= limits.bytes) return null;
      const total = items.reduce((sum, count) => sum + count, 0);
      const whole = bytes.reduce((sum, count) => sum + count, 0);
      const advised = Math.max(partsFor(total, limits.items), partsFor(whole, limits.bytes));
      return {
        items: total,
        bytes: largest,
        partsAdvised: Math.min(MOST_PARTS, Math.max(advised, parts * 2)),
      };
    },
  };
}

/** Largest files that need no remark. */
export interface FeedLimits {
  readonly items: number;
  readonly bytes: number;
}

/** The file of an offer among so many; doubling the number leaves half of the offers where they are. */
export function partOf(offerId: string, parts: number): number {
  if (parts === 1) return 0;
  return createHash('sha256').update(offerId).digest().readUInt32BE(0) % parts;
}

/** Name of one file of a feed: `products.xml.gz`, `products-2.xml.gz`, `products-3.xml.gz`. */
export function partName(file: string, part: number): string {
  if (part === 0) return file;
  const [, stem = file, ending = ''] = /^(.*?)((?:\.[A-Za-z]\w*){0,2})$/.exec(file) ?? [];
  return `${stem}-${part + 1}${ending}`;
}
