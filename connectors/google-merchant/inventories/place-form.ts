import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Money } from '../../../src/domain/money.js';
import type { PlaceChange } from '../../../src/domain/place.js';
import { microsOf } from '../money-text.js';

/** An entry as Google takes it, or why there is none. */
export type EncodedPlace =
  | { readonly fits: true; readonly body: JsonObject }
  | { readonly fits: false; readonly issues: readonly Issue[] };

/** Words of an operator → Google's (inventories v1, discovery 20260903, read 2026-11-25). */
export const PICKUP_METHODS = {
  buy: 'BUY',
  reserve: 'RESERVE',
  ship_to_store: 'SHIP_TO_STORE',
  not_supported: 'NOT_SUPPORTED',
} as const;

/** When an order can be collected; local inventory also knows `seven_day` (same source). */
export const PICKUP_SLAS = {
  same_day: 'SAME_DAY',
  next_day: 'NEXT_DAY',
  two_day: 'TWO_DAY',
  three_day: 'THREE_DAY',
  four_day: 'FOUR_DAY',
  five_day: 'FIVE_DAY',
  six_day: 'SIX_DAY',
  seven_day: 'SEVEN_DAY',
  multi_week: 'MULTI_WEEK',
} as const;

const AVAILABILITY = { in_stock: 'IN_STOCK', out_of_stock: 'OUT_OF_STOCK' } as const;
const LOCAL_PAGE = 'https://support.google.com/merchants/answer/3061342';

/** The entry of one listing at one store or region. Pure. Google replaces entries whole, so everything is said each time. */
export function encodePlace(change: PlaceChange): EncodedPlace {
  const issues = placeProblems(change);
  if (issues.length > 0) return { fits: false, issues };
  const common = {
    ...(change.availability === null ? {} : { availability: AVAILABILITY[change.availability] }),
    ...(change.price === null ? {} : { price: microsOf(change.price) }),
    ...(change.salePrice === null ? {} : { salePrice: microsOf(change.salePrice) }),
  };
  if (change.kind === 'region') {
    return { fits: true, body: { region: change.place, regionalInventoryAttributes: common } };
  }
  const quantity = change.quantity === null ? {} : { quantity: String(change.quantity) };
  return {
    fits: true,
    body: {
      storeCode: change.place,
      localInventoryAttributes: { ...common, ...quantity, ...pickupOf(change) },
    },
  };
}

function pickupOf({ pickup }: PlaceChange): JsonObject {
  if (pickup === null) return {};
  return {
    pickupMethod: PICKUP_METHODS[pickup.method as keyof typeof PICKUP_METHODS],
    ...(pickup.sla === null ? {} : { pickupSla: PICKUP_SLAS[pickup.sla as keyof typeof PICKUP_SLAS] }),
  };
}

/** Why an entry cannot be sent. */
export function placeProblems({ kind, place, price, salePrice, pickup }: PlaceChange): readonly Issue[] {
  const what = kind === 'store' ? 'store code' : 'region';
  return [
    ...(place.trim() === '' || /[\s/]/.test(place)
      ? [
          problem(
            'place_code_unfit',
            `"${place}" is no ${what}.`,
            `Use the ${what} exactly as Google shows it.`,
          ),
        ]
      : []),
    ...(kind === 'store' && pickup !== null ? pickupProblems(pickup) : []),
    ...(price !== null && salePrice !== null && !isBelow(salePrice, price)
      ? [
          problem(
            'sale_price_not_below_price',
            `The sale price at ${place} is not below the price there.`,
            'Leave the sale price out while nothing is reduced.',
          ),
        ]
      : []),
  ];
}

/** Any method but `not_supported` needs a time (inventories v1, read 2026-11-25). */
function pickupProblems({ method, sla }: NonNullable<PlaceChange['pickup']>): readonly Issue[] {
  if (!(method in PICKUP_METHODS)) {
    const known = Object.keys(PICKUP_METHODS).join(', ');
    return [
      problem('pickup_method_unknown', `"${method}" is no way to collect goods.`, `Use one of ${known}.`),
    ];
  }
  if (sla !== null && !(sla in PICKUP_SLAS)) {
    const known = Object.keys(PICKUP_SLAS).join(', ');
    return [problem('pickup_sla_unknown', `"${sla}" is no time of collection.`, `Use one of ${known}.`)];
  }
  if (sla === null && method !== 'not_supported') {
    return [
      problem(
        'pickup_sla_missing',
        `With ${method} Google wants to know when.`,
        'Set sla for the store, such as same_day.',
      ),
    ];
  }
  return [];
}

function problem(code: string, message: string, advice: string): Issue {
  return { severity: 'error', code, origin: 'ours', message, advice, link: LOCAL_PAGE };
}

function isBelow(amount: Money, limit: Money): boolean {
  return amount.currency === limit.currency && amount.minor < limit.minor;
}
