import { type AuditRule, textOf } from '../../../src/channel/audit-rule.js';
import { gtinProblem } from '../../../src/domain/gtin.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { ID_MAX } from '../encode.js';
import { FROM, VERIFIED } from './sources.js';

/** Roots of apparel in Google's taxonomy: the whole tree, clothing, shoes. */
const APPAREL = new Set(['Apparel & Accessories', '166', '1604', '187']);
const PLACEHOLDER_BRAND = /^(n\/?a|none|null|generic|no ?brand|unbranded|unknown|other|test|-+)$/i;

/** Rules about ids, brands, numbers, categories and what India asks for. */
export const IDENTITY_RULES: readonly AuditRule[] = [
  {
    code: 'INVALID_CONTENT_ID',
    severity: 'error',
    attribute: 'id',
    about: 'ids of at most 100 printable characters',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (_listing, { sku }) => {
      if (sku === undefined) return null;
      const length = [...sku].length;
      if (length > ID_MAX) return `The SKU has ${length} characters; Meta takes ${ID_MAX}.`;
      return /[\p{C}]/u.test(sku) ? 'The SKU contains characters that cannot be printed.' : null;
    },
    advice: 'Give the variant another SKU.',
  },
  {
    code: 'RETAILER_ID_USED_BY_GROUP',
    severity: 'error',
    attribute: 'item_group_id',
    about: 'the id of an item may not be the id of its group',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing, { sku }) =>
      sku !== undefined && listing.item_group_id === sku ? `The group has the id of the item, ${sku}.` : null,
    advice: 'Let the mapping put something before the product id, such as "group-" + product.id.',
  },
  {
    code: 'ID_BREAKS_CHECKOUT',
    severity: 'warning',
    attribute: 'id',
    about: 'comma and colon in an id break checkout links',
    source: FROM.checkout,
    verified: VERIFIED,
    complaint: (_listing, { sku }) =>
      sku !== undefined && /[,:]/.test(sku) ? `The SKU ${sku} cannot stand in a checkout link.` : null,
    advice: 'Use SKUs without comma and colon if shoppers come by checkout links.',
  },
  {
    code: 'EMPTY_BRAND',
    severity: 'error',
    attribute: 'brand',
    about: 'one of brand, gtin and mpn must be there',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: ({ brand, gtin, mpn }) =>
      brand === undefined && gtin === undefined && mpn === undefined
        ? 'Neither brand nor GTIN nor MPN is given.'
        : null,
    advice: 'Set the mapping parameter brand.',
  },
  {
    code: 'EMPTY_BRAND',
    severity: 'warning',
    attribute: 'brand',
    about: 'the fields page asks for a brand even where a number is given',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: ({ brand, gtin, mpn }) =>
      brand === undefined && (gtin !== undefined || mpn !== undefined) ? 'The brand is missing.' : null,
    advice: 'Set the mapping parameter brand to your own brand.',
  },
  {
    code: 'PLACEHOLDER_BRAND',
    severity: 'warning',
    attribute: 'brand',
    about: 'placeholders instead of a brand',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) =>
      PLACEHOLDER_BRAND.test(textOf(listing, 'brand') ?? '') ? 'The brand is a placeholder.' : null,
    advice: 'Use the real brand, or your own.',
  },
  {
    code: 'UNIQUE_PRODUCT_IDENTIFIER_MISSING',
    severity: 'warning',
    attribute: 'gtin',
    about: 'neither gtin nor mpn',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: ({ gtin, mpn }) =>
      gtin === undefined && mpn === undefined ? 'Neither GTIN nor MPN is given.' : null,
    advice: 'Add the GTIN.',
  },
  {
    code: 'GENERIC_INVALID_FIELD',
    severity: 'error',
    attribute: 'gtin',
    about: 'length, check digit and prefix of the GTIN; numbers for use inside a shop',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) => {
      const gtin = textOf(listing, 'gtin');
      const problem = gtin === null ? null : gtinProblem(gtin);
      return problem === null ? null : `The GTIN ${gtin} has a fault: ${problem}.`;
    },
    advice: 'Correct it or leave it out.',
  },
  {
    code: 'ILLEGAL_PRODUCT_CATEGORY',
    severity: 'warning',
    attribute: 'google_product_category',
    about: 'category paths of less than two levels',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const category = textOf(listing, 'google_product_category');
      return category === null || /^\d+$/.test(category) || category.includes('>')
        ? null
        : `"${category}" has one level only.`;
    },
    advice: 'Name a category two levels deep or more.',
  },
  ...(['size', 'color', 'gender', 'age_group'] as const).map(
    (attribute): AuditRule => ({
      code: `MISSING_${attribute.toUpperCase()}`,
      severity: 'warning',
      attribute,
      about: `apparel without ${attribute.replace('_', ' ')}`,
      source: attribute === 'size' || attribute === 'color' ? FROM.errors : FROM.fields,
      verified: VERIFIED,
      complaint: (listing) =>
        isApparel(listing) && listing[attribute] === undefined
          ? `Apparel without ${attribute.replace('_', ' ')}.`
          : null,
      advice:
        attribute === 'size'
          ? 'Fill it; Shops do not show clothing without a size.'
          : 'Fill it in the catalog.',
    }),
  ),
  ...(['user_rating', 'rating_count'] as const).map(
    (attribute): AuditRule => ({
      code: 'RATING_INCOMPLETE',
      severity: 'warning',
      attribute,
      about: 'user_rating and rating_count together or not at all',
      source: FROM.batch,
      verified: VERIFIED,
      complaint: (listing) =>
        listing[attribute] === undefined &&
        (listing.user_rating !== undefined || listing.rating_count !== undefined)
          ? `${attribute} is missing beside its partner.`
          : null,
      advice: 'Map both or neither.',
    }),
  ),
  ...(['origin_country', 'manufacturer_info'] as const).map(
    (attribute): AuditRule => ({
      code: 'MISSING_INDIA_COMPLIANCE_FIELDS',
      severity: attribute === 'origin_country' ? 'error' : 'warning',
      attribute,
      about: `India asks for ${attribute}`,
      source: FROM.errors,
      verified: VERIFIED,
      complaint: (listing, { channel }) =>
        channel.country === 'IN' && listing[attribute] === undefined ? `India requires ${attribute}.` : null,
      advice: 'Fill it in the catalog.',
    }),
  ),
  {
    code: 'MISSING_INDIA_COMPLIANCE_FIELDS',
    severity: 'error',
    attribute: 'importer_name',
    about: 'India asks for the importer and its address of goods from abroad',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing, { channel }) =>
      channel.country === 'IN' &&
      listing.origin_country !== undefined &&
      listing.origin_country !== 'IN' &&
      (listing.importer_name === undefined || listing.importer_address === undefined)
        ? `Goods from ${String(listing.origin_country)} need the importer and its address in India.`
        : null,
    advice: 'Fill importer_name and importer_address.',
  },
];

function isApparel(listing: JsonObject): boolean {
  return APPAREL.has(textOf(listing, 'google_product_category')?.split(' > ')[0] ?? '');
}
