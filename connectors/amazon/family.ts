import type { ParentListing } from '../../src/channel/family.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { ATTRIBUTE_BY_NAME, FAMILY_ATTRIBUTES } from './attributes.js';
import { SUGGESTED_VALUES } from './definitions/keywords.js';

/** The member of the short form that names the parent: `parent: { sku, item_name, … }`. */
export const PARENT = 'parent';

/** Facts of one variant, which its parent does not have. A parent has no offer, no stock, no identifier (spec 2.7; verified 2026-11). */
const OF_A_VARIANT: ReadonlySet<string> = new Set([
  PARENT,
  'externally_assigned_product_identifier',
  'supplier_declared_has_product_identifier_exemption',
  'merchant_suggested_asin',
  'condition_type',
  'condition_note',
  'part_number',
  'model_number',
  'item_weight',
  'item_package_weight',
  'item_package_dimensions',
  'number_of_items',
  'product_tax_code',
]);

/**
 * The parent a short form asks for, in the short form: what the variant says less what only a variant has, and whatever
 * `parent` says itself on top. Null: the listing stands alone.
 */
export function familyOf(short: JsonObject): ParentListing | null {
  const parent = parentIn(short);
  if (parent === null) return null;
  const { sku, ...own } = parent;
  const axes = new Set(axesOf(short.variation_theme));
  const facts = Object.entries(short).filter(([name]) => isOfProduct(name) && !axes.has(name));
  const attributes = {
    ...Object.fromEntries(facts),
    ...own,
    parentage_level: 'parent',
    variation_theme: short.variation_theme,
  };
  return { sku: String(sku), attributes };
}

function isOfProduct(name: string): boolean {
  const group = ATTRIBUTE_BY_NAME.get(name)?.group ?? 'product';
  return group === 'product' && !OF_A_VARIANT.has(name);
}

/** `parent` of a short form that makes the listing a child; null: it names none, or nothing that varies. */
export function parentIn(short: JsonObject): (JsonObject & { readonly sku: JsonValue }) | null {
  const { parent, variation_theme: theme } = short;
  if (!isJsonObject(parent) || typeof parent.sku !== 'string' || parent.sku.trim() === '') return null;
  const nothing = theme === undefined || theme === null || (isJsonArray(theme) && theme.length === 0);
  return nothing ? null : { ...parent, sku: parent.sku };
}

/**
 * The short form with its place in a family spelled out: `parent` becomes the three attributes of a child, and a list of what
 * varies becomes a theme of the product type.
 */
export function withPlace(short: JsonObject, schema: JsonObject): JsonObject {
  const { [PARENT]: _parent, variation_theme: theme, ...rest } = short;
  const parent = parentIn(short);
  if (parent === null && short.parentage_level === undefined) return rest;
  const named = isJsonArray(theme) ? themeFor(axesOf(theme), schema) : theme;
  if (parent === null) return named === undefined ? rest : { ...rest, variation_theme: named };
  return {
    ...rest,
    parentage_level: 'child',
    variation_theme: named,
    child_parent_sku_relationship: { child_relationship_type: 'variation', parent_sku: parent.sku },
  };
}

/** The attributes a theme varies: `SIZE_NAME/COLOR_NAME` and `['size', 'color']` are size and color. */
export function axesOf(theme: JsonValue | undefined): readonly string[] {
  if (isJsonArray(theme)) return theme.flatMap(axesOf);
  if (isJsonObject(theme)) return axesOf(theme.name);
  if (typeof theme !== 'string') return [];
  return theme.split('/').map((part) =>
    part
      .trim()
      .toLowerCase()
      .replace(/_name$/, ''),
  );
}

/** The type's theme for exactly these attributes, else its smallest one with more; else the names joined, for the check to judge. */
function themeFor(axes: readonly string[], schema: JsonObject): string {
  const fitting = themesOf(schema).filter((theme) => axes.every((axis) => axesOf(theme).includes(axis)));
  const [best] = [...fitting].sort((a, b) => axesOf(a).length - axesOf(b).length);
  return best ?? axes.map((axis) => axis.toUpperCase()).join('/');
}

/** Enum of `variation_theme.items.properties.name`, closed or open. */
function themesOf(schema: JsonObject): readonly string[] {
  const path = ['properties', 'variation_theme', 'items', 'properties', 'name'];
  const name = path.reduce<JsonValue | undefined>(
    (at, step) => (isJsonObject(at) ? at[step] : undefined),
    schema,
  );
  if (!isJsonObject(name)) return [];
  const closed = isJsonArray(name.enum) ? name.enum : [];
  const open = name[SUGGESTED_VALUES];
  const listed = isJsonArray(open) ? open.filter(isJsonObject).map(({ value }) => value) : [];
  return [...closed, ...listed].filter((theme) => typeof theme === 'string');
}

/** A shaped listing without its place in a family. */
export function withoutPlace(listing: JsonObject): JsonObject {
  const names: readonly string[] = FAMILY_ATTRIBUTES;
  return Object.fromEntries(Object.entries(listing).filter(([name]) => !names.includes(name)));
}
