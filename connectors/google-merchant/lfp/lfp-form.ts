import type { JsonObject } from '../../../src/domain/json.js';
import type { PlaceChange } from '../../../src/domain/place.js';
import { microsOf } from '../money-text.js';
import type { MarketKey } from '../settings.js';

/** For whom a provider of the local feeds partnership sends stock. */
export interface LfpTarget {
  /** Merchant Center account of the merchant, digits. */
  readonly account: string;
  /** Country the goods are sold in. */
  readonly regionCode: string;
}

/** Methods and times as the local inventory specification spells them (lfp v1, discovery 20260903; the spelling long-standing). */
const METHODS: Readonly<Record<string, string>> = {
  buy: 'buy',
  reserve: 'reserve',
  ship_to_store: 'ship to store',
  not_supported: 'not supported',
};
const SLAS: Readonly<Record<string, string>> = {
  same_day: 'same day',
  next_day: 'next day',
  two_day: '2-day',
  three_day: '3-day',
  four_day: '4-day',
  five_day: '5-day',
  six_day: '6-day',
  seven_day: '7-day',
  multi_week: 'multi-week',
};

/**
 * Stock of one offer at one store of the merchant. There is no delete: an entry that is to go is stated as sold out and dies after
 * 30 days. Pure; the checks of places have been passed.
 */
export function encodeLfp(change: PlaceChange, market: MarketKey, target: LfpTarget): JsonObject {
  const gone = change.action === 'remove';
  const quantity = gone ? 0 : change.quantity;
  const { pickup } = change;
  return {
    targetAccount: target.account,
    storeCode: change.place,
    offerId: change.sku,
    regionCode: target.regionCode,
    contentLanguage: market.contentLanguage,
    feedLabel: market.feedLabel,
    availability: gone ? 'out_of_stock' : (change.availability ?? 'out_of_stock'),
    ...(quantity === null ? {} : { quantity: String(quantity) }),
    ...(change.price === null ? {} : { price: microsOf(change.price) }),
    ...(pickup === null
      ? {}
      : {
          pickupMethod: METHODS[pickup.method],
          ...(pickup.sla === null ? {} : { pickupSla: SLAS[pickup.sla] }),
        }),
  };
}
