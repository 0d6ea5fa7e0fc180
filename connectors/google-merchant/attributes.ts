import { BASIC, PRICE_AND_AVAILABILITY } from './attributes/core.js';
import { CAMPAIGNS, DELIVERY, PICKUP } from './attributes/delivery.js';
import { DETAILS, IDENTIFIERS } from './attributes/details.js';
import type { AttributeRow } from './attributes/row.js';
import { VERTICAL } from './attributes/vertical.js';

/**
 * Every attribute a listing may carry: the one table behind schema, spelling, encoder, decoder and README.
 * Covers all typed fields of `productAttributes` (discovery 20260903) and the generic ones of the specification.
 */
export const ATTRIBUTES: readonly AttributeRow[] = [
  ...BASIC,
  ...PRICE_AND_AVAILABILITY,
  ...IDENTIFIERS,
  ...DETAILS,
  ...CAMPAIGNS,
  ...DELIVERY,
  ...PICKUP,
  ...VERTICAL,
];

/** Rows by the name used in listings. */
export const ATTRIBUTE_BY_NAME: ReadonlyMap<string, AttributeRow> = new Map(
  ATTRIBUTES.map((row) => [row.name, row]),
);

/** Rows with a typed field, by that field. */
export const ATTRIBUTE_BY_FIELD: ReadonlyMap<string, AttributeRow> = new Map(
  ATTRIBUTES.filter((row) => !row.custom).map((row) => [row.field, row]),
);

/** Attributes that change with price and stock, in table order. */
export const OFFER_ROWS: readonly AttributeRow[] = ATTRIBUTES.filter((row) => row.lane === 'offer');
