import { type Branch, ENERGY_LABELLED } from '../audit/categories.js';

/**
 * When Google wants an attribute; everything that is said must hold. `must`: without it the product is refused or disapproved ·
 * `should`: Google warns, shows less, or another setting can stand in for it.
 */
export interface Demand {
  readonly level: 'must' | 'should';
  /** Countries of sale, ISO 3166-1; absent: everywhere. */
  readonly countries?: readonly string[];
  /** A part of the taxonomy; absent: all goods. */
  readonly branch?: Branch;
  /** A part of the taxonomy that is left out. */
  readonly notBranch?: Branch;
  /** Single categories by id. */
  readonly categories?: readonly string[];
  /** Attributes that have one of these values; an empty list: any value. */
  readonly given?: AttributeValues;
  /** Attributes which, with one of these values, take the demand away. */
  readonly unless?: AttributeValues;
}

/** Values by attribute; an empty list stands for any value. */
export type AttributeValues = Readonly<Record<string, readonly string[]>>;

/** Google wants it of everything. */
export const ALWAYS: readonly Demand[] = [{ level: 'must' }];

/** One of two attributes is wanted. */
export function unlessGiven(other: string): readonly Demand[] {
  return [{ level: 'must', unless: { [other]: [] } }];
}

/** Wanted as soon as another attribute is given. */
export function togetherWith(other: string, level: Demand['level']): Demand {
  return { level, given: { [other]: [] } };
}

const list = (text: string): readonly string[] => text.split(' ');

/** Countries in which clothes and shoes are disapproved without color, gender, age group and size (specification 5, read 2026-11-23). */
const APPAREL_MARKETS = list('BR DE FR GB JP US');
/** Countries in which the cost of shipping must be known, by listing or by account (specification 5.6, read 2026-11-23). */
const COST_MARKETS = list(
  'AT AU BE CA CH CZ DE DK ES FI FR GB GR HU IE IL IN IT KR NL NO NZ PL PT RO SE SK US',
);
const EUROPEAN_UNION = list(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK',
);
/** Where goods sold by weight or volume show a price per unit by law (specification 5.2, read 2026-11-23). */
const UNIT_PRICE_MARKETS = [...EUROPEAN_UNION, ...list('AU CH GB NO NZ')];

/** Attributes of clothes; bags and jewellery are only advised to have them. */
export const APPAREL: readonly Demand[] = [
  { level: 'must', countries: APPAREL_MARKETS, branch: 'clothing' },
  { level: 'must', countries: APPAREL_MARKETS, branch: 'shoes' },
  { level: 'should', countries: APPAREL_MARKETS, branch: 'apparel' },
];

/** The cost of shipping; settings of the account stand in for it. */
export const SHIPPING_COST: readonly Demand[] = [
  { level: 'should', countries: COST_MARKETS, unless: { carrier_shipping: [] } },
];

/** A price per unit. */
export const UNIT_PRICE: readonly Demand[] = [
  { level: 'should', countries: UNIT_PRICE_MARKETS, branch: 'food' },
  { level: 'should', countries: UNIT_PRICE_MARKETS, branch: 'cosmetics' },
  togetherWith('unit_pricing_base_measure', 'should'),
];

/** A number of the register of energy labels. */
export const ENERGY_LABEL: readonly Demand[] = [
  { level: 'should', countries: EUROPEAN_UNION, categories: ENERGY_LABELLED.map(({ id }) => id) },
];

/** The ends of the scale, where the classes of the old label are still read. */
export const ENERGY_SCALE: readonly Demand[] = [
  { level: 'should', countries: list('CH GB NO'), given: { energy_efficiency_class: [] } },
];

/** A maker's name, except for goods that have none. */
export const BRAND: readonly Demand[] = [
  {
    level: 'should',
    notBranch: 'media',
    unless: { identifier_exists: ['no'], condition: ['used', 'refurbished'] },
  },
];

/** A code of the maker, where there is none of the other kind. */
export function identifierUnless(other: string): readonly Demand[] {
  return [{ level: 'should', unless: { identifier_exists: ['no'], [other]: [] } }];
}

/** One side of a parcel with the two others. */
export function withSides(...others: readonly string[]): readonly Demand[] {
  return others.map((other) => togetherWith(other, 'should'));
}
