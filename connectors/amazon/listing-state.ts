import { ChannelError } from '../../src/domain/errors.js';
import { blocks, type Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { channelIssues } from './issues.js';

/** A listing as `getListingsItem` and `searchListingsItems` tell it, for one store. */
export interface ListingState {
  readonly sku: string;
  readonly asin: string | null;
  /** When Amazon last changed it, milliseconds since 1970 on Amazon's clock; null: not in this store (yet). */
  readonly updatedAtMs: number | null;
  readonly createdAt: string | null;
  readonly buyable: boolean;
  /** Sold out, or an item without an offer (a parent): not buyable by intent. */
  readonly notOnSale: boolean;
  readonly issues: readonly Issue[];
}

/** The items of a search. A search without its list is a failed read, never "nothing there". */
export function itemsOf(body: JsonObject): readonly JsonObject[] {
  if (isJsonArray(body.items)) return body.items.filter(isJsonObject);
  throw new ChannelError('searchListingsItems answered without items', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not complete. The read is repeated by itself.',
  });
}

/** Reads one item; nothing when it has no SKU. Fields we do not know are passed over. */
export function listingState(item: JsonObject, marketplaceId: string): ListingState | null {
  if (typeof item.sku !== 'string') return null;
  const summaries = isJsonArray(item.summaries) ? item.summaries.filter(isJsonObject) : [];
  const summary = summaries.find((entry) => entry.marketplaceId === marketplaceId);
  const status = isJsonArray(summary?.status) ? summary.status : [];
  return {
    sku: item.sku,
    asin: typeof summary?.asin === 'string' ? summary.asin : null,
    updatedAtMs: endOf(summary?.lastUpdatedDate),
    createdAt: typeof summary?.createdDate === 'string' ? summary.createdDate : null,
    buyable: status.includes('BUYABLE'),
    notOnSale: isNotOnSale(item, status.includes('DISCOVERABLE')),
    issues: channelIssues(item.issues, marketplaceId),
  };
}

/** A time without a fraction stands for its whole second. */
function endOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  return /\.\d+/.test(text) ? ms : ms + 999;
}

function isNotOnSale(item: JsonObject, discoverable: boolean): boolean {
  const channels = isJsonArray(item.fulfillmentAvailability)
    ? item.fulfillmentAvailability.filter(isJsonObject)
    : [];
  if (channels.length === 0) return discoverable;
  return channels.every((channel) => channel.quantity === 0);
}

/** `live`: shoppers can buy it, or could if it were in stock. A listing with an error is not live, whatever is still shown. */
export function verdictOf(state: ListingState): 'live' | 'rejected' {
  if (blocks(state.issues)) return 'rejected';
  return state.buyable || state.notOnSale ? 'live' : 'rejected';
}

/** The issues of a verdict; a listing that is not buyable without a stated reason says so. */
export function verdictIssues(state: ListingState): readonly Issue[] {
  if (state.buyable || state.notOnSale || blocks(state.issues)) return state.issues;
  const unexplained: Issue = {
    severity: 'error',
    code: 'not_buyable',
    origin: 'channel',
    message: 'Amazon took the listing but shoppers cannot buy it, and Amazon states no reason.',
    advice: 'Look at the listing in Seller Central: vacation setting, start date of the offer, or approval.',
  };
  return [...state.issues, unexplained];
}
