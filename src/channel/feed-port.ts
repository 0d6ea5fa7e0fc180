import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';

/**
 * Channels that take one whole document. Beside a `listings` port it is the daily healing document: changes travel through
 * `listings`, and once a day the document states everything that is desired, so that whatever drifted or got lost is mended.
 */
export interface FeedPort {
  /** Starts a new document beside the live one. */
  begin(key: string): Promise<FeedWriter>;
  /**
   * What the channel made of a committed document; null cursor: from the start. Without it a written document counts as
   * taken. A failed read throws.
   */
  report?(written: CommittedFeed, cursor: string | null): Promise<FeedReport>;
  /**
   * How long the report of a document may take before its listings are written once more; absent: the connector's `limits.patienceMs`. A
   * channel that comes for its file once a day needs more than a day.
   */
  readonly patienceMs?: number;
}

/** A document being written. Nothing is visible to the channel until `commit`. */
export interface FeedWriter {
  write(listings: readonly FeedListing[]): Promise<void>;
  /** Switches to the new document in one step. */
  commit(): Promise<WrittenFeed>;
  /** Throws the new document away; the live one stays. */
  abort(): Promise<void>;
}

/** One listing of a document. */
export interface FeedListing {
  readonly sku: string;
  readonly attributes: JsonObject;
}

/** A document the channel can see. */
export interface WrittenFeed {
  readonly items: number;
  readonly bytes: number;
  /** Where it is, for people: a path or an address without secrets. */
  readonly location: string;
  /** The channel's handle of this very upload, given back to `report`; absent: `report` is asked about the latest one. */
  readonly document?: string;
  /** What only shows when all listings are seen beside each other, or that somebody else changes the document. Told to the operator at once. */
  readonly issues?: readonly Issue[];
}

/** Names a document when its report is asked for. */
export interface CommittedFeed {
  /** The key it was begun with. */
  readonly key: string;
  readonly document: string | null;
  readonly committedAt: Instant;
}

/** The channel's own report on a document, one page of it. */
export interface FeedReport {
  /** `pending`: still fetching or processing, ask again · `failed`: nothing of it was taken, what was live stays. */
  readonly state: 'pending' | 'done' | 'failed';
  /** The channel's name of what it processed; null: it has none, or has not begun. */
  readonly document: string | null;
  /** Items the channel counted; null: it does not say. */
  readonly items: number | null;
  readonly verdicts: readonly FeedVerdict[];
  /**
   * What silence about an item means once the state is `done`. `taken`: the report names every item that was refused ·
   * `unknown`: it is a sample or counts only; such items count as taken like those of a document without a report, but what was
   * refused before stays so.
   */
  readonly unnamed: 'taken' | 'unknown';
  /** Complaints about the document as a whole. */
  readonly issues: readonly Issue[];
  /** Cursor of the next page of verdicts; null: that was the last. */
  readonly next: string | null;
  /** When to ask again while pending; absent: the engine's own pace. */
  readonly againInMs?: number;
}

/** What the channel said about one item of a document. */
export type FeedVerdict =
  | { readonly sku: string; readonly outcome: 'live'; readonly issues?: readonly Issue[] }
  | { readonly sku: string; readonly outcome: 'rejected'; readonly issues: readonly Issue[] };
