import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { issue, type ListingIssue } from './listing-rules.js';

/** What of a shelved listing matters to its family. */
interface Relative {
  readonly sku: string;
  readonly submitted: JsonObject;
  readonly shown: JsonObject | null;
  readonly joined: string | null;
}

/** What a parent must not have: it is never for sale and is no product of its own. */
const NOT_OF_A_PARENT = [
  'purchasable_offer',
  'fulfillment_availability',
  'externally_assigned_product_identifier',
  'child_parent_sku_relationship',
];

/** What the place of a listing in its family asks of its attributes, before anything is taken over. */
export function placeIssues(attributes: JsonObject): readonly ListingIssue[] {
  const level = member(attributes.parentage_level, 'value');
  if (level === 'parent') {
    const extra = NOT_OF_A_PARENT.filter((name) => attributes[name] !== undefined);
    return [
      ...missing(attributes, ['variation_theme']),
      ...extra.map((name) =>
        issue('90000902', `A parent must not have '${name}'.`, name, 'INVALID_ATTRIBUTE'),
      ),
    ];
  }
  if (level !== 'child') return [];
  return missing(attributes, [
    'variation_theme',
    'child_parent_sku_relationship',
    ...axes(member(attributes.variation_theme, 'name')),
  ]);
}

function missing(attributes: JsonObject, names: readonly string[]): readonly ListingIssue[] {
  return names
    .filter((name) => attributes[name] === undefined)
    .map((name) => issue('90220', `'${name}' is required but not supplied.`, name, 'MISSING_ATTRIBUTE'));
}

function axes(theme: JsonValue | undefined): readonly string[] {
  return typeof theme === 'string' ? theme.toLowerCase().split('/') : [];
}

/**
 * Whether a child finds its parent: the parent must have been readable when the child was sent, be a parent, and vary by the same
 * theme. One that does not has an error and joins nothing. Source: selling-partner-api-models issues 2489, 4730; verified 2026-11.
 */
export function joining(
  attributes: JsonObject,
  find: (sku: string) => Relative | undefined,
): { readonly joined: string | null; readonly issues: readonly ListingIssue[] } {
  const name = 'child_parent_sku_relationship';
  const sku = member(attributes[name], 'parent_sku');
  if (member(attributes.parentage_level, 'value') !== 'child' || typeof sku !== 'string')
    return { joined: null, issues: [] };
  const parent = find(sku)?.shown ?? null;
  const refused = (why: string): { joined: null; issues: readonly ListingIssue[] } => ({
    joined: null,
    issues: [issue('SIM-FAMILY', why, name, 'INVALID_ATTRIBUTE')],
  });
  if (parent === null) return refused(`The parent '${sku}' is not in the catalog.`);
  if (member(parent.parentage_level, 'value') !== 'parent') return refused(`'${sku}' is not a parent.`);
  return member(parent.variation_theme, 'name') === member(attributes.variation_theme, 'name')
    ? { joined: sku, issues: [] }
    : refused(`The variation theme is not that of the parent '${sku}'.`);
}

/** `relationships` of a read. */
export function relationshipsOf(listing: Relative, all: readonly Relative[]): readonly JsonObject[] {
  const theme = member(listing.submitted.variation_theme, 'name');
  const children = all.filter(({ joined }) => joined === listing.sku).map(({ sku }) => sku);
  const relatives =
    listing.joined !== null
      ? { parentSkus: [listing.joined] }
      : children.length > 0
        ? { childSkus: children }
        : null;
  const relationships =
    relatives === null || typeof theme !== 'string'
      ? []
      : [{ type: 'VARIATION', ...relatives, variationTheme: { theme, attributes: [...axes(theme)] } }];
  return [{ marketplaceId: ACCOUNT.marketplaceId, relationships }];
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const first = isJsonArray(value) ? value[0] : undefined;
  return isJsonObject(first) ? first[name] : undefined;
}
