import type { AuditContext } from '../../../src/channel/audit-context.js';
import { textOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { isIn } from './categories.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has } from './values.js';

/** Markets in which apparel needs colour, gender, age group and size. */
const APPAREL_MARKETS = ['BR', 'DE', 'FR', 'GB', 'JP', 'US'];
const APPAREL_ATTRIBUTES = ['color', 'gender', 'age_group', 'size'];
const VARIANT_ATTRIBUTES = ['color', 'size', 'pattern', 'material', 'age_group', 'gender', 'variant_option'];
const MOST_NAMES = 3;
const LONGEST_COLOR = 40;
const APPAREL_PAGE = 'https://support.google.com/merchants/answer/6324463';

/** Rules about apparel, groups and what tells variants apart (specification 5.3, 5.4 and 5.8). */
export const VARIANT_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'apparel_incomplete',
    severity: 'error',
    attribute: 'google_product_category',
    about: `color, gender, age_group and size for clothes and shoes in ${APPAREL_MARKETS.join(', ')}.`,
    link: APPAREL_PAGE,
    complaint: (listing, context) => (isWorn(listing) ? missingIn(listing, context) : null),
    advice: 'Map the missing attributes; without them the product is disapproved in this country.',
  },
  {
    code: 'apparel_advised',
    severity: 'warning',
    attribute: 'google_product_category',
    about: `The same for everything else in Apparel & Accessories in ${APPAREL_MARKETS.join(', ')}.`,
    link: APPAREL_PAGE,
    complaint: (listing, context) => (isWorn(listing) ? null : missingIn(listing, context)),
    advice: 'Map the missing attributes, or a more exact category where they do not apply.',
  },
  {
    code: 'variant_without_difference',
    severity: 'warning',
    attribute: 'item_group_id',
    about: 'Variants of a group to differ in color, size, pattern, material, age_group or gender.',
    complaint: (listing) =>
      has(listing, 'item_group_id') && VARIANT_ATTRIBUTES.every((name) => !has(listing, name))
        ? 'The variant has a group but nothing that tells it from the others.'
        : null,
    advice:
      'Map the option in which the variants differ: color, size, pattern, material, age_group or gender.',
  },
  {
    code: 'color_no_name',
    severity: 'warning',
    attribute: 'color',
    about: 'Names of colours, no numbers, codes or "see image".',
    complaint: (listing) => {
      const color = textOf(listing, 'color');
      return color !== null && NO_COLOR.test(color) ? `"${color}" is no name of a colour.` : null;
    },
    advice: 'Map the name a shopper would use; a lookup table in the mapping turns codes into names.',
  },
  {
    code: 'colors_too_many',
    severity: 'warning',
    attribute: 'color',
    about: `Up to ${MOST_NAMES} colours with "/", each of up to ${LONGEST_COLOR} characters.`,
    complaint: (listing) => {
      const colors = textOf(listing, 'color')?.split('/') ?? [];
      return colors.length > MOST_NAMES || colors.some((color) => [...color].length > LONGEST_COLOR)
        ? `"${colors.join('/')}" are more or longer colours than Google reads.`
        : null;
    },
    advice: 'Name the main colour and at most two others.',
  },
  {
    code: 'materials_too_many',
    severity: 'warning',
    attribute: 'material',
    about: `Up to ${MOST_NAMES} materials with "/".`,
    complaint: (listing) => {
      const materials = textOf(listing, 'material')?.split('/') ?? [];
      return materials.length > MOST_NAMES ? `There are ${materials.length} materials.` : null;
    },
    advice: 'Name the main material and at most two others.',
  },
  {
    code: 'size_several',
    severity: 'warning',
    attribute: 'size',
    about: 'One size; another size is another product.',
    complaint: (listing) => {
      const size = textOf(listing, 'size');
      return size !== null && SEVERAL_SIZES.test(size) ? `"${size}" are several sizes.` : null;
    },
    advice: 'List each size as a variant of its own.',
  },
  {
    code: 'size_system_without_size',
    severity: 'info',
    attribute: 'size_system',
    about: 'A system or type of sizes only together with a size.',
    complaint: (listing) => {
      const given = ['size_system', 'size_type'].filter((name) => has(listing, name));
      return given.length > 0 && !has(listing, 'size') ? `${given.join(', ')} without size.` : null;
    },
    advice: 'Map the size too.',
  },
]);

const NO_COLOR =
  /^#?[0-9a-f]{6}$|^[\d\s.,/-]+$|\b(see (image|picture)|as shown|various|siehe bild|multiple colou?rs)\b/i;
/** `S, M, L`, `36/38/40`, `S-XL` with commas or two slashes; `38/40` and `One Size` are one size. */
const SEVERAL_SIZES = /^\s*\w+\s*[,;|]\s*\w+|^[^/]+(\/[^/]+){2,}$/;

function isWorn(listing: JsonObject): boolean {
  const category = textOf(listing, 'google_product_category');
  return isIn(category, 'clothing') || isIn(category, 'shoes');
}

function missingIn(listing: JsonObject, { channel }: AuditContext): string | null {
  const category = textOf(listing, 'google_product_category');
  if (!APPAREL_MARKETS.includes(channel.country) || !isIn(category, 'apparel')) return null;
  const missing = APPAREL_ATTRIBUTES.filter((name) => !has(listing, name));
  return missing.length === 0 ? null : `Apparel in ${channel.country} needs ${missing.join(', ')}.`;
}
