import { type Instant, plusMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Promotion, PromotionFilter, PromotionValue } from '../../../src/domain/promotion.js';
import { microsOf } from '../money-text.js';

/** Where promotions of one channel are shown. */
export interface PromotionMarket {
  readonly contentLanguage: string;
  readonly targetCountry: string;
  /** Destinations for promotions that are good online. */
  readonly destinations: readonly string[];
  /** Page of the shop; null: none is set. */
  readonly homepage: string | null;
}

const IN_STORE_DESTINATIONS = ['LOCAL_INVENTORY_ADS', 'FREE_LOCAL_LISTINGS'];
const REDEEMED = { online: 'ONLINE', 'in-store': 'IN_STORE' } as const;

/** A promotion as Google takes it (promotions v1, discovery 20260903, read 2026-11-25). Pure; the rules have been passed. */
export function encodePromotion(promotion: Promotion, market: PromotionMarket): JsonObject {
  const redeemed = promotion.redeemed ?? ['online'];
  const filters = { ...included(promotion.only ?? {}), ...excluded(promotion.except ?? {}) };
  return {
    promotionId: promotion.id,
    contentLanguage: market.contentLanguage,
    targetCountry: market.targetCountry,
    redemptionChannel: redeemed.map((where) => REDEEMED[where]),
    attributes: {
      longTitle: promotion.title.trim(),
      ...codeOf(promotion),
      ...worthOf(promotion.value),
      productApplicability: Object.keys(filters).length === 0 ? 'ALL_PRODUCTS' : 'SPECIFIC_PRODUCTS',
      ...filters,
      ...limitsOf(promotion),
      ...storesOf(promotion, market),
      promotionDestinations: [
        ...(redeemed.includes('online') ? market.destinations : []),
        ...(redeemed.includes('in-store') ? IN_STORE_DESTINATIONS : []),
      ],
      promotionEffectiveTimePeriod: { startTime: promotion.startsAt, endTime: promotion.endsAt },
      ...displayOf(promotion),
    },
  };
}

/** The promotion with an end that is over: Google has no delete. One that has not begun gets a minute that is over. */
export function endedPromotion(promotion: Promotion, now: Instant): Promotion {
  const { shownFrom: _from, shownUntil: _until, ...rest } = promotion;
  const startsAt = promotion.startsAt < now ? promotion.startsAt : plusMs(now, -60_000);
  return { ...rest, startsAt, endsAt: now };
}

function codeOf({ code }: Promotion): JsonObject {
  return code === undefined
    ? { offerType: 'NO_CODE' }
    : { offerType: 'GENERIC_CODE', genericRedemptionCode: code };
}

function worthOf(value: PromotionValue): JsonObject {
  switch (value.kind) {
    case 'percent-off':
      return { couponValueType: 'PERCENT_OFF', percentOff: String(value.percent) };
    case 'amount-off':
      return { couponValueType: 'MONEY_OFF', moneyOffAmount: microsOf(value.amount) };
    case 'free-shipping':
      return { couponValueType: 'FREE_SHIPPING_STANDARD' };
    case 'free-gift':
      return value.value === undefined
        ? { couponValueType: 'FREE_GIFT', freeGiftDescription: value.description }
        : {
            couponValueType: 'FREE_GIFT_WITH_VALUE',
            freeGiftDescription: value.description,
            freeGiftValue: microsOf(value.value),
          };
    case 'buy-get':
      return {
        couponValueType: 'BUY_M_GET_N_PERCENT_OFF',
        minimumPurchaseQuantity: String(value.buy),
        getThisQuantityDiscounted: String(value.get),
        percentOff: String(value.percent),
      };
  }
}

function included({ skus, products, brands, types }: PromotionFilter): JsonObject {
  return {
    ...listOf('itemIdInclusion', skus),
    ...listOf('itemGroupIdInclusion', products),
    ...listOf('brandInclusion', brands),
    ...listOf('productTypeInclusion', types),
  };
}

function excluded({ skus, products, brands, types }: PromotionFilter): JsonObject {
  return {
    ...listOf('itemIdExclusion', skus),
    ...listOf('itemGroupIdExclusion', products),
    ...listOf('brandExclusion', brands),
    ...listOf('productTypeExclusion', types),
  };
}

function listOf(name: string, values: readonly string[] | undefined): JsonObject {
  return values === undefined || values.length === 0 ? {} : { [name]: [...values] };
}

function limitsOf({
  value,
  minimumPurchase,
  minimumQuantity,
  limitQuantity,
  limitValue,
}: Promotion): JsonObject {
  return {
    ...(minimumPurchase === undefined ? {} : { minimumPurchaseAmount: microsOf(minimumPurchase) }),
    // The quantity to buy is part of the value of goods bought together.
    ...(minimumQuantity === undefined || value.kind === 'buy-get'
      ? {}
      : { minimumPurchaseQuantity: String(minimumQuantity) }),
    ...(limitQuantity === undefined ? {} : { limitQuantity: String(limitQuantity) }),
    ...(limitValue === undefined ? {} : { limitValue: microsOf(limitValue) }),
  };
}

function storesOf({ redeemed, stores }: Promotion, { homepage }: PromotionMarket): JsonObject {
  if (!redeemed?.includes('in-store')) return {};
  const named = stores ?? [];
  return {
    storeApplicability: named.length === 0 ? 'ALL_STORES' : 'SPECIFIC_STORES',
    ...listOf('storeCodesInclusion', named),
    ...(homepage === null ? {} : { promotionUrl: homepage }),
  };
}

function displayOf({ shownFrom, shownUntil, startsAt, endsAt }: Promotion): JsonObject {
  if (shownFrom === undefined && shownUntil === undefined) return {};
  return {
    promotionDisplayTimePeriod: { startTime: shownFrom ?? startsAt, endTime: shownUntil ?? endsAt },
  };
}
