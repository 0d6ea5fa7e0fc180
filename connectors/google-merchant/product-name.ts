import type { MarketKey } from './settings.js';

/** The longest offer id Google takes (product data specification, attribute id; verified 2026-11-23). */
export const OFFER_ID_MAX = 50;

/** Why a SKU cannot be an offer id; null: it can. Google would strip and collapse blanks and so mix up SKUs. */
export function offerIdProblem(sku: string): string | null {
  if ([...sku].length > OFFER_ID_MAX) return `The SKU has more than ${OFFER_ID_MAX} characters.`;
  if (sku.trim() === '') return 'The SKU is blank.';
  if (sku !== sku.trim() || /\s{2,}|[^\S ]/.test(sku)) {
    return 'The SKU has blanks at its ends or several in a row, which Google would change.';
  }
  return null;
}

/** The name of a product at Google in its readable form: `en~US~sku`. */
export function tildeName(market: MarketKey, sku: string): string {
  return `${market.contentLanguage}~${market.feedLabel}~${sku}`;
}

/** The name as it goes into addresses: always unpadded base64url, so that any SKU is safe there. */
export function pathName(market: MarketKey, sku: string): string {
  return Buffer.from(tildeName(market, sku), 'utf8').toString('base64url');
}
