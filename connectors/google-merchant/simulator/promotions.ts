import type { JsonObject } from '../../../src/domain/json.js';
import { invalid } from './google-error.js';
import { checkAs } from './input-check.js';

const REQUIRED_ATTRIBUTES = [
  ...['longTitle', 'offerType', 'couponValueType', 'promotionDestinations', 'promotionEffectiveTimePeriod'],
];
/** What each kind of value needs besides (promotions v1 and the promotions feed specification, read 2026-11-25). */
const VALUE_NEEDS: Readonly<Record<string, readonly string[]>> = {
  MONEY_OFF: ['moneyOffAmount'],
  PERCENT_OFF: ['percentOff'],
  BUY_M_GET_N_PERCENT_OFF: ['minimumPurchaseQuantity', 'getThisQuantityDiscounted', 'percentOff'],
  FREE_GIFT: ['freeGiftDescription'],
  FREE_GIFT_WITH_VALUE: ['freeGiftDescription', 'freeGiftValue'],
};
const FILTER = /(Inclusion|Exclusion)$/;

interface Entry {
  readonly promotion: JsonObject;
  readonly since: number;
  readonly changed: number;
}

/** Promotions of an account and what the review makes of them on the virtual clock. */
export interface Promotions {
  /** Creates or replaces by id, language and country. Throws the 400 for what Google does not take. */
  insert(request: JsonObject): JsonObject;
  get(name: string): JsonObject | null;
  /** In the order they came. */
  list(): readonly JsonObject[];
  /** From now on the review refuses this promotion. */
  refuse(id: string, code: string): void;
}

/** An account without promotions. */
export function promotions(world: { account: string; processingMs: number; now(): number }): Promotions {
  const entries = new Map<string, Entry>();
  const refused = new Map<string, string>();

  function shown(name: string, { promotion, since, changed }: Entry): JsonObject {
    const code = refused.get(String(promotion.promotionId));
    const status =
      code === undefined ? statusOf(promotion, changed + world.processingMs, world.now()) : 'REJECTED';
    const { promotionDestinations } = promotion.attributes as { promotionDestinations: readonly string[] };
    return {
      ...promotion,
      name,
      promotionStatus: {
        destinationStatuses: promotionDestinations.map((reportingContext) => ({ reportingContext, status })),
        itemLevelIssues: code === undefined ? [] : [issueOf(code, promotion)],
        creationDate: new Date(since).toISOString(),
        lastUpdateDate: new Date(changed).toISOString(),
      },
    };
  }

  return {
    insert(request) {
      checkAs('InsertPromotionRequest', request, 'InsertPromotionRequest');
      const promotion = (request.promotion ?? {}) as JsonObject;
      checkPromotion(promotion);
      const { promotionId, contentLanguage, targetCountry } = promotion;
      const name = `accounts/${world.account}/promotions/${[contentLanguage, targetCountry, promotionId].join('~')}`;
      const before = entries.get(name);
      checkVersion(before?.promotion, promotion);
      const changed = world.now();
      const entry = {
        promotion: { ...promotion, dataSource: request.dataSource },
        since: before?.since ?? changed,
        changed,
      };
      entries.set(name, entry);
      return shown(name, entry);
    },
    get(name) {
      const entry = entries.get(name);
      return entry === undefined ? null : shown(name, entry);
    },
    list: () => [...entries].map(([name, entry]) => shown(name, entry)),
    refuse: (id, code) => void refused.set(id, code),
  };
}

function checkPromotion(promotion: JsonObject): void {
  const { promotionId, contentLanguage, targetCountry, redemptionChannel } = promotion;
  if (typeof promotionId !== 'string' || !/^[A-Za-z0-9_-]{1,50}$/.test(promotionId))
    throw invalid('promotion_id', 'The id has 1 to 50 letters, digits, hyphens and underscores.');
  if (!/^[a-z]{2}$/.test(String(contentLanguage)))
    throw invalid('content_language', 'Two letters are required.');
  if (!/^[A-Z]{2}$/.test(String(targetCountry))) throw invalid('target_country', 'A country is required.');
  if (!Array.isArray(redemptionChannel) || redemptionChannel.length === 0)
    throw invalid('redemption_channel', 'At least one channel is required.', 'REQUIRED');
  const said = (promotion.attributes ?? {}) as JsonObject;
  const missing = [...REQUIRED_ATTRIBUTES, ...(VALUE_NEEDS[String(said.couponValueType)] ?? [])].find(
    (name) => said[name] === undefined,
  );
  if (missing !== undefined) throw invalid(`attributes.${missing}`, 'The field is required.', 'REQUIRED');
  const title = [...String(said.longTitle)].length;
  if (title < 1 || title > 60) throw invalid('attributes.long_title', 'The title has 1 to 60 characters.');
  checkApplicability(said);
  if ((said.offerType === 'GENERIC_CODE') !== (said.genericRedemptionCode !== undefined))
    throw invalid('attributes.generic_redemption_code', 'A code goes with the offer type GENERIC_CODE.');
  if (redemptionChannel.includes('IN_STORE') && said.promotionUrl === undefined)
    throw invalid('attributes.promotion_url', 'Promotions in stores need a page.', 'REQUIRED');
  checkPeriod(said.promotionEffectiveTimePeriod as JsonObject);
}

function checkApplicability(said: JsonObject): void {
  if ((said.productApplicability === undefined) === (said.eventApplicability === undefined))
    throw invalid('attributes.product_applicability', 'Exactly one applicability is required.');
  const filter = Object.keys(said).find((name) => FILTER.test(name) && !name.startsWith('storeCodes'));
  if (said.productApplicability === 'ALL_PRODUCTS' && filter !== undefined)
    throw invalid(`attributes.${filter}`, 'Filters go with SPECIFIC_PRODUCTS.');
  if ((said.storeApplicability === 'SPECIFIC_STORES') !== (said.storeCodesInclusion !== undefined))
    throw invalid('attributes.store_codes_inclusion', 'Store codes go with SPECIFIC_STORES.');
}

function checkPeriod({ startTime, endTime }: JsonObject): void {
  if (
    startTime === undefined ||
    endTime === undefined ||
    Date.parse(String(startTime)) >= Date.parse(String(endTime))
  )
    throw invalid('attributes.promotion_effective_time_period', 'The period must start before it ends.');
}

function checkVersion(before: JsonObject | undefined, promotion: JsonObject): void {
  if (before?.versionNumber === undefined || promotion.versionNumber === undefined) return;
  if (BigInt(String(promotion.versionNumber)) < BigInt(String(before.versionNumber)))
    throw invalid('version_number', 'The version number is lower than that of the existing promotion.');
}

function statusOf(promotion: JsonObject, reviewedAt: number, now: number): string {
  const period = (promotion.attributes as JsonObject).promotionEffectiveTimePeriod as JsonObject;
  if (Date.parse(String(period.endTime)) <= now) return 'EXPIRED';
  if (now < reviewedAt) return 'IN_REVIEW';
  return Date.parse(String(period.startTime)) > now ? 'PENDING' : 'LIVE';
}

function issueOf(code: string, promotion: JsonObject): JsonObject {
  return {
    code,
    severity: 'DISAPPROVED',
    resolution: 'merchant_action',
    attribute: 'long title',
    reportingContext: 'SHOPPING_ADS',
    description: `Promotion refused: ${code}`,
    detail: 'Update the promotion',
    documentation: 'https://support.google.com/merchants/answer/13838102',
    applicableCountries: [String(promotion.targetCountry)],
  };
}
