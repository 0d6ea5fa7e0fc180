import type { AuditContext } from '../../src/channel/audit-context.js';
import { gtinProblem } from '../../src/domain/gtin.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import { error, instances, type Rule, warning } from './audit-finding.js';
import { axesOf } from './family.js';
import { OFFER_RULES } from './offer-rules.js';
import { PICTURE_RULES } from './picture-rules.js';

/** The rules, in the order their findings are shown. */
export const RULES: readonly Rule[] = [
  {
    code: 'gtin_wrong',
    source: 'GS1 General Specifications; Amazon refuses codes that fail the check digit',
    verified: '2026-11',
    check: (listing) =>
      instances(listing.externally_assigned_product_identifier).flatMap(({ value }) => {
        const problem = typeof value === 'string' ? gtinProblem(value) : null;
        return problem === null
          ? []
          : [
              error(
                'externally_assigned_product_identifier',
                `${value}: ${problem}.`,
                'Leave the code out or correct it.',
              ),
            ];
      }),
  },
  {
    code: 'exemption_with_gtin',
    source: 'Product Type Definitions: identifier or exemption',
    verified: '2026-11',
    check: (listing) =>
      listing.externally_assigned_product_identifier !== undefined &&
      instances(listing.supplier_declared_has_product_identifier_exemption).some(
        ({ value }) => value === true,
      )
        ? [
            warning(
              'supplier_declared_has_product_identifier_exemption',
              'The listing has a GTIN and claims a GTIN exemption.',
              'Send one of the two.',
            ),
          ]
        : [],
  },
  ...OFFER_RULES,
  ...PICTURE_RULES,
  {
    code: 'theme_needs_attribute',
    source: 'Listings Items, variation_theme: a theme makes its attributes required on children',
    verified: '2026-11',
    check: (listing) =>
      instances(listing.parentage_level).some(({ value }) => value === 'child')
        ? axesOf(listing.variation_theme)
            .filter((axis) => listing[axis] === undefined && listing[`${axis}_name`] === undefined)
            .map((axis) =>
              error(
                axis,
                `The family varies by ${axis}, and this variant has none.`,
                'Give the variant a value, or let the mapping take another variation_theme.',
              ),
            )
        : [],
  },
  {
    code: 'title_signs',
    source: 'Seller Central, product title requirements, in force since 2025-01-21',
    verified: '2026-11',
    check: (listing) =>
      instances(listing.item_name)
        .filter(({ value }) => typeof value === 'string' && /[!$?_{}^¬¦]/.test(value))
        .map(() =>
          warning(
            'item_name',
            'The title has signs Amazon does not allow in titles: ! $ ? _ { } ^ ¬ ¦.',
            'Take them out in the mapping.',
          ),
        ),
  },
  {
    code: 'markup_in_text',
    source: 'Seller Central, product detail page rules: no HTML in text',
    verified: '2026-11',
    check: (listing) =>
      ['item_name', 'bullet_point', 'product_description'].flatMap((name) =>
        instances(listing[name]).some(
          ({ value }) => typeof value === 'string' && /<\/?[a-z][^>]*>/i.test(value),
        )
          ? [warning(name, 'The text contains HTML.', 'Use plain(…) or lines(…) in the mapping.')]
          : [],
      ),
  },
];

/** Policy pre-flight of one listing in its shaped form. */
export function auditListing(listing: JsonObject, context: AuditContext): readonly Issue[] {
  return RULES.flatMap((rule) =>
    rule.check(listing, context).map((finding): Issue => ({ ...finding, code: rule.code, origin: 'ours' })),
  );
}
