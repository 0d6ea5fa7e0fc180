import { textOf } from '../../../src/channel/audit-rule.js';
import { isIn } from './categories.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has, measureIn, titleOf } from './values.js';

/** Metric markets in which goods sold by weight or volume show a price per unit. */
const UNIT_PRICE_MARKETS = new Set(
  'AT AU BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO NZ PL PT RO SE SI SK'.split(
    ' ',
  ),
);
const DIMENSIONS: readonly (readonly string[])[] = [
  ['oz', 'lb', 'mg', 'g', 'kg'],
  ['floz', 'pt', 'qt', 'gal', 'ml', 'cl', 'l', 'cbm'],
  ['in', 'ft', 'yd', 'cm', 'm'],
  ['sqft', 'sqm'],
  ['ct'],
];
const BASES = new Set([1, 2, 4, 8, 10, 100]);
const ODD_BASES = new Set(['75 cl', '750 ml', '50 kg', '1000 kg']);
const AMOUNT = /\b\d+([.,]\d+)?\s?(kg|g|mg|l|ml|cl|liter|litre|gramm?)\b/i;

/** Rules about the price per unit (specification 5.2, pre-flight table 21). */
export const UNIT_PRICE_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'unit_price_missing',
    severity: 'warning',
    attribute: 'unit_pricing_measure',
    about: 'A measure for food and cosmetics sold by weight or volume, where the law wants a price per unit.',
    complaint: (listing, { channel }) => {
      const category = textOf(listing, 'google_product_category');
      const [amount] = AMOUNT.exec(`${titleOf(listing)} ${textOf(listing, 'size') ?? ''}`) ?? [];
      return amount !== undefined &&
        UNIT_PRICE_MARKETS.has(channel.country) &&
        (isIn(category, 'food') || isIn(category, 'cosmetics')) &&
        !has(listing, 'unit_pricing_measure')
        ? `"${amount}" is sold in ${channel.country} without unit_pricing_measure.`
        : null;
    },
    advice: 'Map unit_pricing_measure ("500 g") and unit_pricing_base_measure ("100 g").',
  },
  {
    code: 'unit_price_base_alone',
    severity: 'warning',
    attribute: 'unit_pricing_base_measure',
    about: 'Only together with unit_pricing_measure.',
    complaint: (listing) =>
      has(listing, 'unit_pricing_base_measure') && !has(listing, 'unit_pricing_measure')
        ? 'There is a base measure but no measure.'
        : null,
    advice: 'Map both or neither.',
  },
  {
    code: 'unit_price_dimension',
    severity: 'error',
    attribute: 'unit_pricing_base_measure',
    about: 'The dimension of unit_pricing_measure.',
    complaint: (listing) => {
      const [measure, base] = [
        measureIn(listing, 'unit_pricing_measure'),
        measureIn(listing, 'unit_pricing_base_measure'),
      ];
      if (measure === null || base === null) return null;
      const dimension = DIMENSIONS.find((units) => units.includes(measure.unit));
      return dimension?.includes(base.unit) ? null : `${measure.unit} cannot be counted in ${base.unit}.`;
    },
    advice: 'Use a unit of the same kind: weight with weight, volume with volume.',
  },
  {
    code: 'unit_price_base_value',
    severity: 'error',
    attribute: 'unit_pricing_base_measure',
    about: '1, 2, 4, 8, 10 or 100 units; also 75 cl, 750 ml, 50 kg and 1000 kg.',
    complaint: (listing) => {
      const base = measureIn(listing, 'unit_pricing_base_measure');
      return base === null || BASES.has(base.value) || ODD_BASES.has(`${base.value} ${base.unit}`)
        ? null
        : `${base.value} ${base.unit} is no base Google takes.`;
    },
    advice: 'Use 100 g, 1 kg, 100 ml or 1 l.',
  },
]);
