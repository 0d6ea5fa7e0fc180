import { gtinProblem } from '../../../src/domain/gtin.js';
import { type AuditRule, textOf, valuesOf } from './rule.js';

const VERIFIED = '2026-11-23';
const GTIN_PAGE = 'https://support.google.com/merchants/answer/6286293';
const EXISTS_PAGE = 'https://support.google.com/merchants/answer/6324478';

/** Markets in which clothing and shoes need colour, gender, age group and size. */
const APPAREL_MARKETS = ['BR', 'DE', 'FR', 'GB', 'JP', 'US'];
const PLACEHOLDER_BRANDS = [
  'n/a',
  'na',
  'none',
  'generic',
  'no brand',
  'unbranded',
  'unknown',
  'does not exist',
  '-',
];
const VARIANT_ATTRIBUTES = ['color', 'size', 'pattern', 'material', 'age_group', 'gender', 'variant_option'];

/** Rules about identifiers, groups and destinations (product data specification 5.3 to 5.5, 5.7 and 5.8). */
export const IDENTITY_RULES: readonly AuditRule[] = [
  {
    code: 'gtin_invalid',
    severity: 'error',
    attribute: 'gtin',
    verified: VERIFIED,
    link: GTIN_PAGE,
    complaint: (listing) => {
      const bad = valuesOf(listing, 'gtin').find(
        (code) => typeof code === 'string' && gtinProblem(code) !== null,
      );
      return bad === undefined ? null : `${String(bad)} is no valid GTIN: ${gtinProblem(String(bad))}.`;
    },
    advice: 'Correct the code, or leave it out and send brand and mpn. A wrong GTIN is worse than none.',
  },
  {
    code: 'identifiers_missing',
    severity: 'warning',
    attribute: 'identifier_exists',
    verified: VERIFIED,
    link: EXISTS_PAGE,
    complaint: (listing) => {
      const identified =
        listing.gtin !== undefined || (listing.brand !== undefined && listing.mpn !== undefined);
      return identified || listing.identifier_exists === 'no'
        ? null
        : 'There is neither a GTIN nor a brand with an MPN.';
    },
    advice: 'Map gtin, or brand and mpn; if the maker has given none, map identifier_exists to "no".',
  },
  {
    code: 'identifiers_denied',
    severity: 'warning',
    attribute: 'identifier_exists',
    verified: VERIFIED,
    link: EXISTS_PAGE,
    complaint: (listing) =>
      listing.identifier_exists === 'no' &&
      (listing.gtin !== undefined || (listing.brand !== undefined && listing.mpn !== undefined))
        ? 'identifier_exists is "no", yet identifiers are given.'
        : null,
    advice: 'Leave identifier_exists out where identifiers are known.',
  },
  {
    code: 'brand_missing',
    severity: 'warning',
    attribute: 'brand',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/6324351',
    complaint: (listing) =>
      listing.brand === undefined &&
      (listing.condition ?? 'new') === 'new' &&
      listing.identifier_exists !== 'no'
        ? 'New goods need a brand, except films, books and music.'
        : null,
    advice: 'Give the products a brand, or set the parameter brand of the mapping.',
  },
  {
    code: 'brand_placeholder',
    severity: 'warning',
    attribute: 'brand',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/6324351',
    complaint: (listing) => {
      const brand = textOf(listing, 'brand');
      return brand !== null && PLACEHOLDER_BRANDS.includes(brand.toLowerCase())
        ? `"${brand}" is no brand.`
        : null;
    },
    advice: 'Leave the brand out where there is none.',
  },
  {
    code: 'variant_without_difference',
    severity: 'warning',
    attribute: 'item_group_id',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/6324507',
    complaint: (listing) =>
      listing.item_group_id !== undefined && VARIANT_ATTRIBUTES.every((name) => listing[name] === undefined)
        ? 'The variant has a group but nothing that tells it from the others.'
        : null,
    advice:
      'Map the option in which the variants differ: color, size, pattern, material, age_group or gender.',
  },
  {
    code: 'apparel_incomplete',
    severity: 'warning',
    attribute: 'google_product_category',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/6324463',
    complaint: (listing, { channel }) => {
      if (
        !APPAREL_MARKETS.includes(channel.country) ||
        !isApparel(textOf(listing, 'google_product_category'))
      ) {
        return null;
      }
      const missing = ['color', 'gender', 'age_group', 'size'].filter((name) => listing[name] === undefined);
      return missing.length === 0 ? null : `Apparel in ${channel.country} needs ${missing.join(', ')}.`;
    },
    advice: 'Map the missing attributes; without them the product may be disapproved.',
  },
  {
    code: 'destinations_contradict',
    severity: 'error',
    attribute: 'excluded_destination',
    verified: VERIFIED,
    complaint: (listing) => {
      const excluded = valuesOf(listing, 'excluded_destination');
      const both = valuesOf(listing, 'included_destination').filter((place) => excluded.includes(place));
      return both.length === 0 ? null : `${both.join(', ')} is both included and excluded.`;
    },
    advice: 'Keep each destination in one of the two lists.',
  },
];

/** Apparel & Accessories is 166 in Google's taxonomy; sub-categories are recognised by path. */
function isApparel(category: string | null): boolean {
  return category !== null && (category === '166' || category.startsWith('Apparel & Accessories'));
}
