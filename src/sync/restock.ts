import type { Connector } from '../channel/connector.js';
import { canonicalJson, type JsonObject } from '../domain/json.js';
import { fingerprint } from '../domain/revision.js';
import type { ListingRecord } from './listing-record.js';

/** What turns a listing into one with nothing to sell; see `Connector.withoutStock`. */
export type WithoutStock = NonNullable<Connector['withoutStock']>;

/** What tells whether a listing may be sold out at the channel, and under which price. */
export type SoldOutFacts = Pick<
  ListingRecord,
  'owned' | 'verdict' | 'verdict_offer_rev' | 'sent_offer' | 'sent_offer_rev' | 'sold_out'
>;

/**
 * The listing without stock, when its price must be live before its quantity may go: it stands sold out at the channel, or may, under
 * another offer than the one it now gets. Null: it can go as it is. Only a confirmed verdict counts; a price step that is refused is
 * never followed by its quantity. Pure.
 */
export function priceFirst(
  record: SoldOutFacts,
  listing: { readonly attributes: JsonObject; offerOf(attributes: JsonObject): JsonObject },
  withoutStock: WithoutStock,
): JsonObject | null {
  if (record.owned !== 1 || record.sent_offer === null) return null;
  const closed = withoutStock(listing.attributes);
  if (closed === null) return null;
  const sent = JSON.parse(record.sent_offer) as JsonObject;
  const confirmed = record.verdict === 'live' && record.verdict_offer_rev === record.sent_offer_rev;
  const under = soldOutUnder(sent, withoutStock);
  if (under !== null && !confirmed) return closed;
  const shown = under ?? record.sold_out;
  return shown !== null && shown !== termsOf(listing.offerOf(closed)) ? closed : null;
}

/** A fingerprint of the offer under which a listing is sold out; null: it sells. Pure. */
export function soldOutUnder(offer: JsonObject, withoutStock: WithoutStock): string | null {
  return withoutStock(offer) === null ? termsOf(offer) : null;
}

function termsOf(offer: JsonObject): string {
  return fingerprint(canonicalJson(offer));
}

const PRICE_FIRST = 'price-first:';

/** Whether a listing was sent under this offer revision without its units. */
export function isPriceStep(offerRev: string | null): boolean {
  return offerRev?.startsWith(PRICE_FIRST) === true;
}

/** The offer revision under which the price step of a revision is sent and judged. */
export function priceStepOf(offerRev: string | null): string {
  return `${PRICE_FIRST}${offerRev ?? ''}`;
}
