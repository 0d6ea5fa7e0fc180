import { objectsOf, textOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has, measureIn, moneyIn } from './values.js';

/** Countries in which the cost of shipping must be known, by listing or by account settings. */
const COST_COUNTRIES = new Set(
  'AT AU BE CA CH CZ DE DK ES FI FR GB GR HU IE IL IN IT KR NL NO NZ PL PT RO SE SK US'.split(' '),
);
const GRAMS: Readonly<Record<string, number>> = { g: 1, kg: 1_000, oz: 28.349523125, lb: 453.59237 };
const HEAVIEST = { lb: 2_000, oz: 32_000, kg: 1_000, g: 1_000_000 } as const;
const SIDES = ['shipping_length', 'shipping_width', 'shipping_height'];
const LONGEST = { in: 150, cm: 400 } as const;
const AREAS = ['region', 'postal_code', 'location_id', 'location_group_name'] as const;
const TIMES = ['min_handling_time', 'max_handling_time', 'min_transit_time', 'max_transit_time'] as const;

/** Rules about delivery (specification 5.6 and 5.8, pre-flight table 17). */
export const SHIPPING_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'shipping_cost_unknown',
    severity: 'error',
    attribute: 'shipping',
    about: `A cost of shipping in ${[...COST_COUNTRIES].join(', ')}, unless Merchant Center has it (the setting \`shippingCosts\`).`,
    complaint: (listing, { channel, settings }) =>
      settings?.shippingCosts === 'listing' &&
      COST_COUNTRIES.has(channel.country) &&
      !has(listing, 'shipping') &&
      !has(listing, 'carrier_shipping')
        ? `Nothing says what shipping to ${channel.country} costs.`
        : null,
    advice: 'Map shipping, or set up shipping in Merchant Center and the setting shippingCosts to "account".',
  },
  {
    code: 'shipping_country_missing',
    severity: 'warning',
    attribute: 'shipping',
    about: 'A rate for the country of the channel.',
    complaint: (listing, { channel }) => {
      const rates = objectsOf(listing, 'shipping');
      return rates.length > 0 && !rates.some((rate) => rate.country === channel.country)
        ? `There are rates, yet none for ${channel.country}.`
        : null;
    },
    advice: 'Map the rates of this country.',
  },
  {
    code: 'shipping_currency',
    severity: 'warning',
    attribute: 'shipping',
    about: 'Rates in the currency of the channel.',
    complaint: (listing, { channel }) => {
      const bad = objectsOf(listing, 'shipping')
        .filter((rate) => rate.country === channel.country)
        .map((rate) => moneyIn(rate, 'price'))
        .find((price) => price !== null && price.currency !== channel.currency);
      return bad ? `A rate for ${channel.country} is in ${bad.currency}.` : null;
    },
    advice: 'Map the rate in the currency of the channel.',
  },
  {
    code: 'shipping_speed_incomplete',
    severity: 'error',
    attribute: 'shipping',
    about: 'Both longest times where any time is given.',
    complaint: (listing) =>
      objectsOf(listing, 'shipping').some((rate) => hasSpeed(rate) && !hasBothLimits(rate))
        ? 'A shipping rate gives times without both max_handling_time and max_transit_time.'
        : null,
    advice: 'Give both longest times or none.',
  },
  {
    code: 'shipping_area_ambiguous',
    severity: 'error',
    attribute: 'shipping',
    about: `One of ${AREAS.join(', ')} per rate.`,
    complaint: (listing) =>
      objectsOf(listing, 'shipping').some((rate) => AREAS.filter((area) => has(rate, area)).length > 1)
        ? `A shipping rate gives more than one of ${AREAS.join(', ')}.`
        : null,
    advice: 'Keep one of them.',
  },
  {
    code: 'shipping_weight_too_high',
    severity: 'error',
    attribute: 'shipping_weight',
    about: 'At most 2,000 lb or 1,000 kg.',
    complaint: (listing) => {
      const weight = measureIn(listing, 'shipping_weight');
      const most = weight === null ? undefined : HEAVIEST[weight.unit as keyof typeof HEAVIEST];
      return weight !== null && most !== undefined && weight.value > most
        ? `${textOf(listing, 'shipping_weight')} is more than Google takes.`
        : null;
    },
    advice: 'Correct the weight; grams may have been taken for kilograms.',
  },
  {
    code: 'shipping_weight_missing',
    severity: 'warning',
    attribute: 'shipping_weight',
    about: 'A weight where a carrier calculates the price.',
    complaint: (listing) =>
      objectsOf(listing, 'carrier_shipping').some((rate) => has(rate, 'carrier_price')) &&
      !has(listing, 'shipping_weight')
        ? 'A carrier is to calculate the price, yet there is no weight.'
        : null,
    advice: 'Map shipping_weight.',
  },
  {
    code: 'shipping_lighter_than_product',
    severity: 'info',
    attribute: 'shipping_weight',
    about: 'The weight with packaging.',
    complaint: (listing) => {
      const [parcel, product] = [gramsIn(listing, 'shipping_weight'), gramsIn(listing, 'product_weight')];
      return parcel !== null && product !== null && parcel < product * 0.99
        ? `The parcel (${textOf(listing, 'shipping_weight')}) weighs less than the product (${textOf(listing, 'product_weight')}).`
        : null;
    },
    advice: 'Map the weight with packaging.',
  },
  {
    code: 'shipping_dimensions_incomplete',
    severity: 'warning',
    attribute: 'shipping_length',
    about: 'All three sides or none.',
    complaint: (listing) => {
      const given = SIDES.filter((side) => has(listing, side));
      return given.length > 0 && given.length < SIDES.length
        ? `Only ${given.join(', ')} of three sides.`
        : null;
    },
    advice: 'Map all three sides.',
  },
  {
    code: 'shipping_dimensions_out_of_range',
    severity: 'error',
    attribute: 'shipping_length',
    about: '1 to 150 in, 1 to 400 cm.',
    complaint: (listing) => {
      const bad = SIDES.find((side) => {
        const length = measureIn(listing, side);
        return (
          length !== null && (length.value < 1 || length.value > LONGEST[length.unit as keyof typeof LONGEST])
        );
      });
      return bad === undefined ? null : `${bad} is ${textOf(listing, bad)}.`;
    },
    advice: 'Correct the size; millimetres may have been taken for centimetres.',
  },
  {
    code: 'min_handling_without_max',
    severity: 'error',
    attribute: 'min_handling_time',
    about: 'Only together with max_handling_time.',
    complaint: (listing) =>
      has(listing, 'min_handling_time') && !has(listing, 'max_handling_time')
        ? 'min_handling_time is given without max_handling_time.'
        : null,
    advice: 'Map max_handling_time too.',
  },
  {
    code: 'handling_times_reversed',
    severity: 'error',
    attribute: 'max_handling_time',
    about: 'Not below min_handling_time.',
    complaint: (listing) => {
      const { min_handling_time: min, max_handling_time: max } = listing;
      return typeof min === 'number' && typeof max === 'number' && min > max
        ? `Handling takes at least ${min} and at most ${max} days.`
        : null;
    },
    advice: 'Correct the times.',
  },
  {
    code: 'pickup_time_missing',
    severity: 'warning',
    attribute: 'pickup_method',
    about: 'pickup_sla with every method but not_supported.',
    evidence: 'official',
    complaint: (listing) =>
      has(listing, 'pickup_method') &&
      listing.pickup_method !== 'not_supported' &&
      !has(listing, 'pickup_sla')
        ? `With pickup_method ${textOf(listing, 'pickup_method')} Google wants to know when.`
        : null,
    advice: 'Map pickup_sla.',
  },
  {
    code: 'return_window_missing',
    severity: 'warning',
    attribute: 'returns',
    about: 'window_days with a finite window.',
    evidence: 'official',
    complaint: (listing) =>
      objectsOf(listing, 'returns').some(
        (policy) => policy.window_type === 'finite_return_window' && !has(policy, 'window_days'),
      )
        ? 'A finite return window has no number of days.'
        : null,
    advice: 'Map window_days.',
  },
]);

function hasSpeed(rate: JsonObject): boolean {
  return TIMES.some((time) => has(rate, time));
}

function hasBothLimits(rate: JsonObject): boolean {
  return has(rate, 'max_handling_time') && has(rate, 'max_transit_time');
}

function gramsIn(listing: JsonObject, name: string): number | null {
  const weight = measureIn(listing, name);
  const grams = GRAMS[weight?.unit ?? ''];
  return weight === null || grams === undefined ? null : weight.value * grams;
}
