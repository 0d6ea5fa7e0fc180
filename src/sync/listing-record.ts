import type { ListingAction, PricedBy } from '../channel/connector.js';
import type { Instant } from '../domain/instant.js';

/** What a channel should do with a variant. `gone`: the variant is no longer in the catalog. */
export type DesiredState = 'listed' | 'blocked' | 'excluded' | 'gone';

/** What a channel finally said about a listing; null: nothing yet, or we no longer trust it. */
export type Verdict = 'live' | 'rejected' | 'removed';

/**
 * Desired, sent and verdict of one variant on one channel: a row of the table `listing`, as it is stored. Decisions are pure
 * functions of this row and the clock. Revisions, not payloads: what is sent is recomputed from the catalog.
 */
export interface ListingRecord {
  readonly channel: string;
  readonly variant_id: number;
  readonly sku: string;

  readonly state: DesiredState;
  /** Why it is excluded. */
  readonly reason: string | null;
  /** Issue[] as JSON: errors when blocked, warnings when listed. */
  readonly issues: string | null;
  readonly kind: string | null;
  readonly content_rev: string | null;
  readonly offer_rev: string | null;
  /** Desired prices, `1999 EUR` in minor units, with a sale `1999 EUR of 2499 EUR`. */
  readonly price: string | null;
  /** Grows with every change of the desired listing. */
  readonly version: number;
  /** 1: must travel first (stock fell to zero). */
  readonly urgent: number;

  readonly external_id: string | null;
  /** 1: we sent it or adopted it, so it may be there and may be removed by us. */
  readonly owned: number;
  /** 1: the channel has a listing of this SKU that we neither sent nor adopted; it is left alone until it is adopted. */
  readonly unmanaged: number | null;

  /** The submission under way; null: none. */
  readonly submission: string | null;
  readonly sent_action: ListingAction | null;
  readonly sent_content_rev: string | null;
  readonly sent_offer_rev: string | null;
  /** Offer attributes as last sent, JSON. */
  readonly sent_offer: string | null;
  readonly sent_price: string | null;
  /** Fingerprint of the offer last sent when it sold nothing; null: it sells, or the channel does not need to know. */
  readonly sent_sold_out: string | null;
  readonly sent_at: Instant | null;
  readonly patience_until: Instant | null;

  readonly verdict: Verdict | null;
  readonly verdict_content_rev: string | null;
  readonly verdict_offer_rev: string | null;
  readonly verdict_at: Instant | null;
  readonly verdict_issues: string | null;
  /** Fingerprint of the offer under which the channel last showed the listing sold out; null: it was on sale, or nobody knows. */
  readonly sold_out: string | null;
  /** The channel's own word for who ships it, as last told (Amazon: `DEFAULT`, `AMAZON_NA`); null: not told. */
  readonly fulfilled_by: string | null;
  /** `channel`: a rule there makes the price, as last told; `us`: none does; null: not told. */
  readonly priced_by: PricedBy | null;
  /** When the listing is looked at again after it was sent; see `Limits.lookAgainMs`. */
  readonly look_at: Instant | null;

  readonly retry_at: Instant | null;
  readonly retry_code: string | null;
  /** Until then only the values sent last may be sent again: an answer was lost, and nobody knows whether that call is still under way. */
  readonly quiet_until: Instant | null;
  readonly attempts: number;
  readonly refresh_at: Instant | null;
  /** Why a guard keeps the change back. */
  readonly held: string | null;
  /** When to look again; null: nothing to do until something changes. */
  readonly attention_at: Instant | null;
}

/** The names of all columns, in one place for the statements that read and write whole records. */
export const RECORD_COLUMNS = {
  channel: 'text',
  variant_id: 'integer',
  sku: 'text',
  state: 'text',
  reason: 'text',
  issues: 'text',
  kind: 'text',
  content_rev: 'text',
  offer_rev: 'text',
  price: 'text',
  version: 'integer',
  urgent: 'integer',
  external_id: 'text',
  owned: 'integer',
  unmanaged: 'integer',
  submission: 'text',
  sent_action: 'text',
  sent_content_rev: 'text',
  sent_offer_rev: 'text',
  sent_offer: 'text',
  sent_price: 'text',
  sent_sold_out: 'text',
  sent_at: 'text',
  patience_until: 'text',
  verdict: 'text',
  verdict_content_rev: 'text',
  verdict_offer_rev: 'text',
  verdict_at: 'text',
  verdict_issues: 'text',
  sold_out: 'text',
  fulfilled_by: 'text',
  priced_by: 'text',
  look_at: 'text',
  retry_at: 'text',
  retry_code: 'text',
  quiet_until: 'text',
  attempts: 'integer',
  refresh_at: 'text',
  held: 'text',
  attention_at: 'text',
} as const satisfies Readonly<Record<keyof ListingRecord, 'text' | 'integer'>>;

const EMPTY = Object.fromEntries(Object.keys(RECORD_COLUMNS).map((column) => [column, null]));
const BLANK = { ...EMPTY, state: 'excluded', version: 0, urgent: 0, owned: 0, attempts: 0 };

/** A record nobody has decided anything about. */
export function newRecord(channel: string, variantId: number, sku: string): ListingRecord {
  return { ...BLANK, channel, variant_id: variantId, sku } as ListingRecord;
}
