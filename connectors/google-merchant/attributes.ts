import { BASIC } from './attributes/basic.js';
import { CAMPAIGNS } from './attributes/campaigns.js';
import { CLOUD } from './attributes/cloud.js';
import { DELIVERY } from './attributes/delivery.js';
import { DETAILS } from './attributes/details.js';
import { IDENTIFIERS } from './attributes/identifiers.js';
import { PICKUP } from './attributes/pickup.js';
import { PRICE_AND_AVAILABILITY } from './attributes/price.js';
import { RENTAL } from './attributes/rental.js';
import type { AttributeRow } from './attributes/row.js';
import { VEHICLE } from './attributes/vehicle.js';

/** A part of the table under its heading in the reference. */
export interface AttributeGroup {
  readonly title: string;
  readonly rows: readonly AttributeRow[];
}

/** The table by subject, in the order of Google's specification. */
export const ATTRIBUTE_GROUPS: readonly AttributeGroup[] = [
  { title: 'Texts, addresses and pictures', rows: BASIC },
  { title: 'Price and availability', rows: PRICE_AND_AVAILABILITY },
  { title: 'Category and identifiers', rows: IDENTIFIERS },
  { title: 'Details', rows: DETAILS },
  { title: 'Campaigns and destinations', rows: CAMPAIGNS },
  { title: 'Shipping and returns', rows: DELIVERY },
  { title: 'Pickup in a store', rows: PICKUP },
  { title: 'Vehicles', rows: VEHICLE },
  { title: 'Rental property', rows: RENTAL },
  { title: 'Google Cloud', rows: CLOUD },
];

/**
 * Every attribute a listing may carry: the one table behind schema, spelling, encoder, decoder and README.
 * Covers all typed fields of `productAttributes` (discovery 20260903) and the generic ones of the specification.
 */
export const ATTRIBUTES: readonly AttributeRow[] = ATTRIBUTE_GROUPS.flatMap(({ rows }) => rows);

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
