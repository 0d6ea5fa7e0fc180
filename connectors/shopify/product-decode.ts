import { gtinDigits, gtinProblem } from '../../src/domain/gtin.js';
import { readInstant } from '../../src/domain/instant.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { type Money, readDecimal } from '../../src/domain/money.js';
import type {
  AttributeValue,
  Media,
  SourceProduct,
  SourceVariant,
  Status,
  VariantContent,
  VariantOffer,
} from '../../src/domain/product.js';
import { listIn, objectIn, objectOrNull, plainId, textIn, textOrNothing } from './json-path.js';

/** A product of the shop with everything that hangs on it, as the documents ask for it. */
export interface ShopProduct {
  readonly product: JsonObject;
  readonly variants: readonly JsonObject[];
  readonly media: readonly JsonObject[];
  readonly collections: readonly JsonObject[];
  readonly metafields: readonly JsonObject[];
}

/** What the decoding must know of the shop. */
export interface DecodeContext {
  /** The shop's currency: prices of products come without one. */
  readonly currency: string;
  readonly sellUnlisted: boolean;
}

/** Variant attribute with Shopify's number of the variant, which cart links need. */
export const VARIANT_ID = 'shopify_variant_id';

/**
 * A product in the catalog's form, as the product CSV of the same shop would bring it: the handle is its id. Throws `unreadable_answer` where
 * what must be there is not. Pure.
 */
export function sourceProduct(from: ShopProduct, context: DecodeContext): SourceProduct {
  const { product } = from;
  const categories = categoriesOf(from);
  const images = from.media.flatMap((each) => (each.mediaContentType === 'IMAGE' ? (urlOf(each) ?? []) : []));
  const media = from.media.flatMap(mediaOf);
  const tags = Array.isArray(product.tags) ? product.tags.map(String) : [];
  const attributes = attributesOf(from);
  return {
    product: {
      id: textIn(product, 'handle'),
      status: statusOf(textIn(product, 'status'), context),
      ...given('title', textOrNothing(product, 'title')),
      ...given('description', textOrNothing(product, 'descriptionHtml')),
      ...given('brand', textOrNothing(product, 'vendor')),
      ...given('type', textOrNothing(product, 'productType')),
      ...given('link', textOrNothing(product, 'onlineStoreUrl')),
      ...given('seoTitle', textOrNothing(objectIn(product, 'seo'), 'title')),
      ...given('seoDescription', textOrNothing(objectIn(product, 'seo'), 'description')),
      ...(categories.length > 0 ? { categories } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      ...(images.length > 0 ? { images } : {}),
      ...(media.length > 0 ? { media } : {}),
      ...given('createdAt', instantOf(product.createdAt)),
      ...given('updatedAt', instantOf(product.updatedAt)),
      attributes,
    },
    variants: from.variants.map((variant) => sourceVariant(variant, context)),
  };
}

/** The standard category first, which is the most specific; then the collections. */
function categoriesOf({ product, collections }: ShopProduct): readonly string[] {
  const category = objectOrNull(product, 'category');
  const standard = category === null ? undefined : textOrNothing(category, 'fullName');
  const titles = collections.map((each) => textIn(each, 'title'));
  return [...new Set([...(standard === undefined ? [] : [standard]), ...titles])];
}

/** Unlisted goods are reachable by link only: sold elsewhere by the merchant's choice. A status we do not know is a draft, not an offer. */
function statusOf(status: string, { sellUnlisted }: DecodeContext): Status {
  if (status === 'ACTIVE') return 'active';
  if (status === 'ARCHIVED') return 'archived';
  return status === 'UNLISTED' && sellUnlisted ? 'active' : 'draft';
}

function sourceVariant(variant: JsonObject, { currency }: DecodeContext): SourceVariant {
  const item = objectIn(variant, 'inventoryItem');
  const sku = textOrNothing(variant, 'sku');
  const title = textIn(variant, 'title');
  const image = objectOrNull(variant, 'image');
  const options = listIn(variant, 'selectedOptions')
    .map((option) => [textIn(option, 'name'), textIn(option, 'value')] as const)
    .filter(([name, value]) => !(name === 'Title' && value === 'Default Title'));
  const content: VariantContent = {
    ...(title === 'Default Title' ? {} : { title }),
    ...codes(textOrNothing(variant, 'barcode')),
    ...(options.length > 0 ? { options: Object.fromEntries(options) } : {}),
    ...(image === null ? {} : { images: [textIn(image, 'url')] }),
    ...weightOf(item),
    ...given('originCountry', textOrNothing(item, 'countryCodeOfOrigin')),
    ...given('hsCode', textOrNothing(item, 'harmonizedSystemCode')),
    attributes: {
      [VARIANT_ID]: plainId(textIn(variant, 'id')),
      requires_shipping: item.requiresShipping === true,
    },
  };
  return { ...given('sku', sku), content, offer: offerOf(variant, item, currency) };
}

function offerOf(variant: JsonObject, item: JsonObject, currency: string): VariantOffer {
  const price = amount(variant.price, currency);
  const compareAtPrice = amount(variant.compareAtPrice, currency);
  const cost = objectOrNull(item, 'unitCost');
  const unitCost = cost === null ? undefined : amount(cost.amount, textIn(cost, 'currencyCode'));
  return {
    ...given('price', price),
    ...given('compareAtPrice', compareAtPrice),
    ...given('cost', unitCost),
    policy: variant.inventoryPolicy === 'CONTINUE' ? 'backorder' : 'deny',
    tracked: item.tracked !== false,
  };
}

/** An amount that cannot be read is nothing: the variant has no price then, and is not offered. */
function amount(value: JsonValue | undefined, currency: string): Money | undefined {
  return typeof value === 'string' ? (readDecimal(value, currency) ?? undefined) : undefined;
}

function codes(barcode: string | undefined): Pick<VariantContent, 'gtin' | 'merchantCode'> {
  if (barcode === undefined) return {};
  const digits = gtinDigits(barcode);
  return gtinProblem(digits) === null ? { gtin: digits } : { merchantCode: barcode };
}

const UNITS: Readonly<Record<string, string>> = { GRAMS: 'g', KILOGRAMS: 'kg', OUNCES: 'oz', POUNDS: 'lb' };

function weightOf(item: JsonObject): Pick<VariantContent, 'weight'> {
  const measurement = objectOrNull(item, 'measurement');
  const weight = measurement === null ? null : objectOrNull(measurement, 'weight');
  const unit = UNITS[weight === null ? '' : textIn(weight, 'unit')];
  if (weight === null || unit === undefined || typeof weight.value !== 'number' || weight.value <= 0)
    return {};
  return { weight: { value: weight.value, unit } };
}

function urlOf(media: JsonObject): string | undefined {
  const preview = objectOrNull(media, 'preview');
  const image = preview === null ? null : objectOrNull(preview, 'image');
  return image === null ? undefined : textOrNothing(image, 'url');
}

const KINDS: Readonly<Record<string, string>> = {
  IMAGE: 'image',
  VIDEO: 'video',
  EXTERNAL_VIDEO: 'video',
  MODEL_3D: 'model',
};

/** Of videos and models Shopify tells the picture in front; they are named by it. */
function mediaOf(media: JsonObject): readonly Media[] {
  const url = urlOf(media);
  const kind = KINDS[textIn(media, 'mediaContentType')];
  if (url === undefined || kind !== 'image') return [];
  return [{ url, kind, ...given('alt', textOrNothing(media, 'alt')) }];
}

/** Metafields by their key, `custom.fabric` → `fabric`, as the product CSV names them; types whose value is no plain text or number stay out. */
function attributesOf({ product, metafields }: ShopProduct): Record<string, AttributeValue> {
  const named = metafields.flatMap((field): readonly (readonly [string, AttributeValue])[] => {
    const name = textIn(field, 'key')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_');
    const value = attributeOf(textIn(field, 'type'), textIn(field, 'value'));
    return value === undefined || FORBIDDEN.has(name) ? [] : [[name, value]];
  });
  return Object.fromEntries([...named, ['shopify_product_id', plainId(textIn(product, 'id'))]]);
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const TEXTS: ReadonlySet<string> = new Set([
  ...['single_line_text_field', 'multi_line_text_field', 'url', 'date', 'date_time', 'color', 'id'],
]);

function attributeOf(type: string, value: string): AttributeValue | undefined {
  if (TEXTS.has(type)) return value;
  if (type === 'boolean') return value === 'true';
  if (type === 'number_integer' || type === 'number_decimal')
    return Number.isFinite(Number(value)) ? Number(value) : undefined;
  if (type !== 'list.single_line_text_field') return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    // A value that is no list says nothing.
    return undefined;
  }
}

function instantOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? (readInstant(value) ?? undefined) : undefined;
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: Value });
}
