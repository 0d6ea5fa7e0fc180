import type { AuditContext } from '../../src/channel/audit-context.js';
import { gtinProblem } from '../../src/domain/gtin.js';
import { epochMs } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { axesOf } from './family.js';

/** A check beyond the schema. `source` and `verified` say where the rule stands and when it was read. */
interface Rule {
  readonly code: string;
  readonly source: string;
  readonly verified: string;
  check(listing: JsonObject, context: AuditContext): readonly Finding[];
}

interface Finding {
  readonly severity: Issue['severity'];
  readonly attribute: string;
  readonly message: string;
  readonly advice: string;
}

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
  {
    code: 'sale_not_below_price',
    source: 'Pricing, discounted_price',
    verified: '2026-11',
    check: (listing) => instances(listing.purchasable_offer).flatMap(saleFindings),
  },
  {
    code: 'stock_contradicts',
    source: 'Listings Items, fulfillment_availability: is_inventory_available excludes quantity',
    verified: '2026-11',
    check: (listing) => instances(listing.fulfillment_availability).flatMap(stockFindings),
  },
  {
    code: 'wrong_currency',
    source: 'A store has one currency',
    verified: '2026-11',
    check: (listing, { channel }) =>
      ['purchasable_offer', 'list_price'].flatMap((name) =>
        instances(listing[name])
          .filter(({ currency }) => typeof currency === 'string' && currency !== channel.currency)
          .map(({ currency }) =>
            error(
              name,
              `The price is in ${currency}, the store sells in ${channel.currency}.`,
              'Give the variant a price in the store’s currency.',
            ),
          ),
      ),
  },
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

function saleFindings(offer: JsonObject): readonly Finding[] {
  const price = scheduled(offer.our_price);
  const sale = scheduled(offer.discounted_price);
  if (!price || !sale) return [];
  const findings: Finding[] = [];
  if (Number(sale.value_with_tax) >= Number(price.value_with_tax)) {
    findings.push(
      error('purchasable_offer', 'The sale price is not below the price.', 'Correct the sale price.'),
    );
  }
  if (
    typeof sale.start_at === 'string' &&
    typeof sale.end_at === 'string' &&
    epochMs(sale.end_at) <= epochMs(sale.start_at)
  ) {
    findings.push(error('purchasable_offer', 'The sale ends before it starts.', 'Correct the sale window.'));
  }
  return findings;
}

function stockFindings(stock: JsonObject): readonly Finding[] {
  const name = 'fulfillment_availability';
  if (stock.quantity !== undefined && stock.is_inventory_available !== undefined) {
    return [error(name, 'A quantity and endless stock exclude each other.', 'Send one of the two.')];
  }
  if (stock.fulfillment_channel_code !== 'DEFAULT' && stock.quantity !== undefined) {
    return [
      error(name, 'Stock in Amazon’s warehouses is counted by Amazon.', 'Send a quantity for DEFAULT only.'),
    ];
  }
  return [];
}

function scheduled(price: JsonValue | undefined): JsonObject | null {
  return instances(instances(price)[0]?.schedule)[0] ?? null;
}

function instances(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function error(attribute: string, message: string, advice: string): Finding {
  return { severity: 'error', attribute, message, advice };
}

function warning(attribute: string, message: string, advice: string): Finding {
  return { severity: 'warning', attribute, message, advice };
}
