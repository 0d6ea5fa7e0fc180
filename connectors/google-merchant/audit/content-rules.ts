import { type AuditRule, textOf, valuesOf } from './rule.js';

const VERIFIED = '2026-11-23';
const TITLE_PAGE = 'https://support.google.com/merchants/answer/6324415';
const DESCRIPTION_PAGE = 'https://support.google.com/merchants/answer/6324468';
const CUSTOM_BYTES = 102_400;
const PROMOTION =
  /\b(free shipping|free delivery|best price|buy now|discount|on sale|\d{1,2} ?% off|clearance|limited offer)\b/i;
const PLACEHOLDER = /^(test|untitled|lorem ipsum.*|n\/?a|product|title)$/i;
const ADDRESSES = [
  'link',
  'mobile_link',
  'canonical_link',
  'image_link',
  'additional_image_link',
  'ads_redirect',
];

/** Rules about texts and addresses (product data specification 5.1 and 5.4; pre-flight table). */
export const CONTENT_RULES: readonly AuditRule[] = [
  {
    code: 'address_not_public',
    severity: 'error',
    attribute: 'link',
    verified: VERIFIED,
    complaint: (listing) => {
      const bad = ADDRESSES.flatMap((name) => valuesOf(listing, name)).find(
        (address) => typeof address === 'string' && !isPublic(address),
      );
      return bad === undefined ? null : `Google cannot reach ${String(bad)}.`;
    },
    advice: 'Use the public address of the shop, not one of a test system or private network.',
  },
  {
    code: 'link_by_fragment',
    severity: 'warning',
    attribute: 'link',
    verified: VERIFIED,
    complaint: (listing) =>
      listing.item_group_id !== undefined && /^[^?]*#/.test(textOf(listing, 'link') ?? '')
        ? 'The page of the variant differs from the others in its #fragment only.'
        : null,
    advice: 'Select the variant by path or query, so that the page shows its price.',
  },
  {
    code: 'title_promotional',
    severity: 'warning',
    attribute: 'title',
    verified: VERIFIED,
    link: TITLE_PAGE,
    complaint: (listing) => {
      const [found] = PROMOTION.exec(textOf(listing, 'title') ?? '') ?? [];
      return found === undefined ? null : `The title says "${found}".`;
    },
    advice: 'Keep promotions out of the title; use sale_price or promotion_id.',
  },
  {
    code: 'title_shouting',
    severity: 'warning',
    attribute: 'title',
    verified: VERIFIED,
    link: TITLE_PAGE,
    complaint: (listing) =>
      isShouting(textOf(listing, 'title') ?? '') ? 'Most of the title is in capitals.' : null,
    advice: 'Use unshout() in the mapping.',
  },
  {
    code: 'title_placeholder',
    severity: 'error',
    attribute: 'title',
    verified: VERIFIED,
    link: TITLE_PAGE,
    complaint: (listing) => {
      const title = textOf(listing, 'title') ?? '';
      return PLACEHOLDER.test(title.trim()) ? `"${title}" is no title.` : null;
    },
    advice: 'Give the product its real name.',
  },
  {
    code: 'markup_in_text',
    severity: 'warning',
    attribute: 'description',
    verified: VERIFIED,
    link: DESCRIPTION_PAGE,
    complaint: (listing) =>
      ['title', 'description'].some((name) =>
        /<\/?[a-z][^>]*>|&[a-z]{2,8};/i.test(textOf(listing, name) ?? ''),
      )
        ? 'Title or description contains HTML.'
        : null,
    advice: 'Use plain() in the mapping.',
  },
  {
    code: 'description_short',
    severity: 'info',
    attribute: 'description',
    verified: VERIFIED,
    link: DESCRIPTION_PAGE,
    complaint: (listing) => {
      const description = textOf(listing, 'description');
      return description !== null && description.length < 30
        ? 'The description has less than 30 characters.'
        : null;
    },
    advice: 'Describe the product in a few sentences.',
  },
  {
    code: 'single_highlight',
    severity: 'warning',
    attribute: 'product_highlight',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/9216100',
    complaint: (listing) =>
      valuesOf(listing, 'product_highlight').length === 1
        ? 'There is a single highlight; Google wants two to 100.'
        : null,
    advice: 'Give at least two highlights or none.',
  },
  {
    code: 'custom_attributes_too_large',
    severity: 'error',
    attribute: 'custom_attribute',
    verified: VERIFIED,
    complaint: (listing) =>
      listing.custom_attribute !== undefined &&
      Buffer.byteLength(JSON.stringify(listing.custom_attribute)) > CUSTOM_BYTES
        ? 'Custom attributes are larger than 102.4 kB in all.'
        : null,
    advice: 'Send fewer of them.',
  },
];

/** Not of this machine or a private network; names without a dot and reserved endings are never public. */
function isPublic(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  if (/^(\d+\.){3}\d+$/.test(host) || host.startsWith('[')) return false;
  return host.includes('.') && !/\.(local|localhost|internal|test|invalid|lan)$/.test(host);
}

/** At least two words and 60 % of the letters in capitals. */
function isShouting(title: string): boolean {
  const letters = title.match(/\p{L}/gu) ?? [];
  const capitals = title.match(/\p{Lu}/gu) ?? [];
  return title.trim().includes(' ') && letters.length > 6 && capitals.length / letters.length >= 0.6;
}
