import { ChannelError } from '../../src/domain/errors.js';
import { blocks, type Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { fulfilledBy, isAmazons } from './fulfilment-channel.js';
import { channelIssues, enforcedMeasures } from './issues.js';

/** A listing as `getListingsItem` and `searchListingsItems` tell it, for one store. */
export interface ListingState {
  readonly sku: string;
  readonly asin: string | null;
  /** When Amazon last changed it, milliseconds since 1970 on Amazon's clock; null: not in this store (yet). */
  readonly updatedAtMs: number | null;
  readonly createdAt: string | null;
  readonly buyable: boolean;
  /** Shoppers find it: in searches, or by its address. */
  readonly discoverable: boolean;
  /** Sold out, or an item without an offer (a parent): not buyable by intent. */
  readonly notOnSale: boolean;
  /** Who ships it: `DEFAULT` the merchant, `AMAZON_…` Amazon's warehouses; null: not told. */
  readonly fulfilledBy: string | null;
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
    discoverable: status.includes('DISCOVERABLE'),
    fulfilledBy: fulfilledBy(channelsOf(item)),
    notOnSale: isNotOnSale(item, status.includes('DISCOVERABLE')),
    issues: [...channelIssues(item.issues, marketplaceId), ...enforcedMeasures(item.issues, marketplaceId)],
  };
}

/** A time without a fraction stands for its whole second. */
function endOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  return /\.\d+/.test(text) ? ms : ms + 999;
}

function channelsOf(item: JsonObject): readonly JsonObject[] {
  return isJsonArray(item.fulfillmentAvailability) ? item.fulfillmentAvailability.filter(isJsonObject) : [];
}

function isNotOnSale(item: JsonObject, discoverable: boolean): boolean {
  const channels = channelsOf(item);
  if (channels.length === 0) return discoverable;
  return channels.every((channel) => channel.quantity === 0);
}

/** `live`: shoppers can buy it, or could if it were in stock. A listing with an error is not live, whatever is still shown. */
export function verdictOf(state: ListingState): 'live' | 'rejected' {
  if (blocks(state.issues)) return 'rejected';
  return state.buyable || state.notOnSale ? 'live' : 'rejected';
}

/** The issues of a verdict; one that Amazon ships, and one that is not buyable without a stated reason, say so. */
export function verdictIssues(state: ListingState): readonly Issue[] {
  return isAmazons(state.fulfilledBy) ? [...ownIssues(state), SHIPPED_BY_AMAZON] : ownIssues(state);
}

const SHIPPED_BY_AMAZON: Issue = {
  severity: 'info',
  code: 'shipped_by_amazon',
  attribute: 'fulfillment_availability',
  origin: 'ours',
  message:
    'Amazon ships this SKU from its own warehouses (FBA), so our stock and lead time are not sent for it.',
  advice:
    'To ship it yourself, change its fulfilment to Merchant in Seller Central, or list it under another SKU.',
};

const NOT_FOUND: Issue = {
  severity: 'warning',
  code: 'not_discoverable',
  origin: 'channel',
  message: 'Shoppers could buy the listing, but Amazon does not show it, and states no reason.',
  advice: 'Amazon may still be at work on it; after a day look at the listing in Seller Central.',
};

function ownIssues(state: ListingState): readonly Issue[] {
  if (state.buyable && !state.discoverable && state.issues.length === 0) return [NOT_FOUND];
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
