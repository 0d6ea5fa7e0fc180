import { textOf } from '../../../src/channel/audit-rule.js';
import { gtinProblem } from '../../../src/domain/gtin.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { isIn } from './categories.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has, textsOf, titleOf } from './values.js';

/** Words people write where there is no value. */
const NOTHING =
  /^(n\/?a|none|null|generic|no[ -]?brand|unbranded|unknown|does not exist|not applicable|-+|\.)$/i;
const GTIN_PAGE = 'https://support.google.com/merchants/answer/6286293';

/** Rules about brand, GTIN, MPN and condition (specification 5.3, 5.7 and 5.8). */
export const IDENTIFIER_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'gtin_invalid',
    severity: 'error',
    attribute: 'gtin',
    about:
      'A length of 8, 12, 13 or 14 digits, a right check digit, no prefix for use inside a shop or for coupons.',
    link: GTIN_PAGE,
    complaint: (listing) => {
      const bad = textsOf(listing, 'gtin').find((code) => gtinProblem(code) !== null);
      return bad === undefined ? null : `${bad} is no valid GTIN: ${gtinProblem(bad)}.`;
    },
    advice: 'Correct the code, or leave it out and send brand and mpn. A wrong GTIN is worse than none.',
  },
  {
    code: 'gtin_sample',
    severity: 'warning',
    attribute: 'gtin',
    about: 'The code of the maker, no example from a manual.',
    link: GTIN_PAGE,
    complaint: (listing) => {
      const bad = textsOf(listing, 'gtin').find(isSample);
      return bad === undefined ? null : `${bad} looks like an example.`;
    },
    advice: 'Look at the barcode of the package; leave the GTIN out where there is none.',
  },
  {
    code: 'identifiers_missing',
    severity: 'warning',
    attribute: 'identifier_exists',
    about: 'A GTIN, or a brand with an MPN; otherwise identifier_exists "no".',
    complaint: (listing) =>
      isIdentified(listing) || listing.identifier_exists === 'no'
        ? null
        : 'There is neither a GTIN nor a brand with an MPN.',
    advice: 'Map gtin, or brand and mpn; if the maker has given none, map identifier_exists to "no".',
  },
  {
    code: 'identifiers_denied',
    severity: 'warning',
    attribute: 'identifier_exists',
    about: '"no" only where no identifiers are given.',
    complaint: (listing) =>
      listing.identifier_exists === 'no' && isIdentified(listing)
        ? 'identifier_exists is "no", yet identifiers are given.'
        : null,
    advice: 'Leave identifier_exists out where identifiers are known.',
  },
  {
    code: 'brand_missing',
    severity: 'warning',
    attribute: 'brand',
    about: 'A brand for new goods, except films, books and music.',
    complaint: (listing) =>
      !has(listing, 'brand') &&
      (listing.condition ?? 'new') === 'new' &&
      listing.identifier_exists !== 'no' &&
      !isIn(textOf(listing, 'google_product_category'), 'media')
        ? 'New goods need a brand, except films, books and music.'
        : null,
    advice: 'Give the products a brand, or set the parameter brand of the mapping.',
  },
  {
    code: 'brand_placeholder',
    severity: 'warning',
    attribute: 'brand',
    about: 'A name, no word for "none".',
    complaint: (listing) => placeholderIn(listing, 'brand'),
    advice: 'Leave the brand out where there is none.',
  },
  {
    code: 'mpn_placeholder',
    severity: 'warning',
    attribute: 'mpn',
    about: 'The maker\'s number, no word for "none".',
    complaint: (listing) => placeholderIn(listing, 'mpn'),
    advice: 'Leave the MPN out where there is none; never make one up.',
  },
  {
    code: 'mpn_is_gtin',
    severity: 'warning',
    attribute: 'mpn',
    about: "The maker's own number, not the GTIN once more.",
    complaint: (listing) => {
      const mpn = textOf(listing, 'mpn');
      return mpn !== null && textsOf(listing, 'gtin').includes(mpn)
        ? `${mpn} is given as GTIN and as MPN.`
        : null;
    },
    advice: 'Leave the MPN out, or map the number the maker uses.',
  },
  {
    code: 'condition_contradicts_title',
    severity: 'warning',
    attribute: 'condition',
    about: 'Used and refurbished goods to be called so.',
    complaint: (listing) => {
      const [found] = USED_WORDS.exec(titleOf(listing)) ?? [];
      return found !== undefined && (listing.condition ?? 'new') === 'new'
        ? `The title says "${found}", the condition is new.`
        : null;
    },
    advice: 'Map condition to "used" or "refurbished".',
  },
]);

const USED_WORDS =
  /\b(refurbished|renewed|pre-?owned|second[ -]hand|gebraucht|generalüberholt|reconditionné|d'occasion)\b/iu;

function isIdentified(listing: JsonObject): boolean {
  return has(listing, 'gtin') || (has(listing, 'brand') && has(listing, 'mpn'));
}

function placeholderIn(listing: JsonObject, name: string): string | null {
  const value = textOf(listing, name);
  return value !== null && NOTHING.test(value.trim()) ? `"${value}" is no ${name}.` : null;
}

/** All digits alike before the check digit, or digits that count up. */
function isSample(code: string): boolean {
  const body = code.slice(0, -1);
  return /^(\d)\1+$/.test(body) || '01234567890123456789'.includes(body);
}
