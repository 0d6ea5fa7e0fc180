import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

const AVAILABILITY: Readonly<Record<string, string>> = {
  in_stock: 'in stock',
  out_of_stock: 'out of stock',
  backorder: 'available for order',
};

/** A listing with the differences between Google and Meta evened out (fields page, verified 2026-11). */
export function metaSpelling(attributes: JsonObject): JsonObject {
  const spelled: Record<string, JsonValue | undefined> = { ...attributes };
  const { availability, product_type: types, gtin, additional_variant_attribute: variants } = attributes;
  if (typeof availability === 'string' && Object.hasOwn(AVAILABILITY, availability))
    spelled.availability = AVAILABILITY[availability];
  // Meta takes one of each.
  if (isJsonArray(types)) spelled.product_type = types[0];
  if (isJsonArray(gtin)) spelled.gtin = gtin[0];
  if (isJsonArray(variants)) {
    spelled.additional_variant_attribute = variants.filter(isJsonObject).map((variant) => ({
      label: plainWord(variant.variant_label),
      value: plainWord(variant.variant_value),
    }));
  }
  return spelled;
}

/** Comma and colon separate entries and members; they may not occur in them. */
export function plainWord(value: JsonValue | undefined): string {
  return String(value ?? '')
    .replace(/[,:\s]+/g, ' ')
    .trim();
}
