import { gtinDigits, gtinProblem } from '../../../src/domain/gtin.js';
import { isJsonArray, type JsonObject } from '../../../src/domain/json.js';
import { unitOf } from '../../../src/domain/measure.js';
import { type Money, readDecimal } from '../../../src/domain/money.js';
import type {
  AttributeValue,
  Product,
  SourceProduct,
  SourceVariant,
  Status,
  VariantContent,
  VariantOffer,
} from '../../../src/domain/product.js';
import { gmtIn, idIn, listIn, textOrNothing } from '../read.js';
import type { ShopFacts } from '../shop-facts.js';
import { uncounted } from './stock-decode.js';

/** Attribute of a variant that holds the shop's id of it; cart links and orders are made with it. */
const CART_ID = 'woocommerce_id';

/** Sold elsewhere, or no goods of their own: not read. */
export const NOT_GOODS: ReadonlySet<string> = new Set(['external', 'grouped']);

/** A product with its variations; a simple product is its own only variant. Its id is the shop's own: slugs and SKUs change. Pure. */
export function sourceProduct(
  item: JsonObject,
  variations: readonly JsonObject[],
  facts: ShopFacts,
): SourceProduct {
  const simple = item.type !== 'variable' && item.type !== 'variable-subscription';
  return {
    product: productOf(item),
    variants: simple
      ? [variantOf(item, { item, facts, options: {} })]
      : variations.map((variation) => variantOf(variation, { item, facts, options: optionsOf(variation) })),
  };
}

function productOf(item: JsonObject): Product {
  const categories = namesIn(item, 'categories');
  const tags = namesIn(item, 'tags');
  const images = imagesOf(item);
  const [brand] = namesIn(item, 'brands');
  return {
    id: idIn(item),
    status: statusOf(item),
    ...given('title', textOrNothing(item, 'name')),
    ...given('description', textOrNothing(item, 'description') ?? textOrNothing(item, 'short_description')),
    ...given('brand', brand),
    ...given('link', textOrNothing(item, 'permalink')),
    ...(categories.length > 0 ? { categories } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...given('createdAt', gmtIn(item, 'date_created_gmt')),
    ...given('updatedAt', gmtIn(item, 'date_modified_gmt')),
    attributes: attributesOf(item),
  };
}

/** What is not published, or hidden from the shop's own catalog, is not offered elsewhere. */
function statusOf(item: JsonObject): Status {
  return item.status === 'publish' && item.catalog_visibility !== 'hidden' ? 'active' : 'draft';
}

interface VariantParts {
  readonly item: JsonObject;
  readonly facts: ShopFacts;
  readonly options: Readonly<Record<string, string>>;
}

function variantOf(row: JsonObject, { item, facts, options }: VariantParts): SourceVariant {
  const own = row !== item;
  const images = own ? imagesOf({ images: row.image === null ? [] : [row.image ?? {}] }) : [];
  const content: VariantContent = {
    ...(own ? { status: row.status === 'publish' ? 'active' : 'draft' } : {}),
    ...(Object.keys(options).length > 0 ? { options, title: Object.values(options).join(' / ') } : {}),
    ...codes(textOrNothing(row, 'global_unique_id')),
    ...(own ? given('link', textOrNothing(row, 'permalink')) : {}),
    ...(images.length > 0 ? { images } : {}),
    ...measuresOf(row, facts),
    attributes: { [CART_ID]: idIn(row), requires_shipping: row.virtual !== true },
  };
  return { ...given('sku', textOrNothing(row, 'sku')), content, offer: offerOf(row, item, facts) };
}

/** A variation leaves an option empty when it stands for any value of it. */
function optionsOf(variation: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listIn(variation, 'attributes').flatMap((each) => {
      const name = textOrNothing(each, 'name');
      const option = textOrNothing(each, 'option');
      return name === undefined || option === undefined ? [] : [[name, option] as const];
    }),
  );
}

function offerOf(row: JsonObject, parent: JsonObject, { currency }: ShopFacts): VariantOffer {
  const sale = amount(row.sale_price, currency);
  const managed = row.manage_stock === 'parent' ? parent : row;
  const backorders = managed.backorders === 'yes' || managed.backorders === 'notify';
  return {
    ...given('price', amount(row.regular_price, currency)),
    ...given('salePrice', sale),
    ...(sale === undefined ? {} : given('saleFrom', gmtIn(row, 'date_on_sale_from_gmt'))),
    ...(sale === undefined ? {} : given('saleTo', gmtIn(row, 'date_on_sale_to_gmt'))),
    policy: backorders || row.stock_status === 'onbackorder' ? 'backorder' : 'deny',
    tracked: !uncounted(row),
  };
}

/** An amount that cannot be read is nothing: the variant has no price then, and is not offered. */
function amount(value: unknown, currency: string): Money | undefined {
  return typeof value === 'string' && value !== '' ? (readDecimal(value, currency) ?? undefined) : undefined;
}

function codes(code: string | undefined): Pick<VariantContent, 'gtin' | 'merchantCode'> {
  if (code === undefined) return {};
  const digits = gtinDigits(code);
  return gtinProblem(digits) === null ? { gtin: digits } : { merchantCode: code };
}

function measuresOf(
  row: JsonObject,
  facts: ShopFacts,
): Pick<VariantContent, 'weight' | 'length' | 'width' | 'height'> {
  const dimensions = (row.dimensions ?? {}) as JsonObject;
  const measure = (value: unknown, unit: string) => {
    const known = unitOf(unit);
    const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
    return known !== null && Number.isFinite(number) && number > 0
      ? { value: number, unit: known }
      : undefined;
  };
  return {
    ...given('weight', measure(row.weight, facts.weightUnit)),
    ...given('length', measure(dimensions.length, facts.dimensionUnit)),
    ...given('width', measure(dimensions.width, facts.dimensionUnit)),
    ...given('height', measure(dimensions.height, facts.dimensionUnit)),
  };
}

function imagesOf(item: JsonObject): readonly string[] {
  return listIn(item, 'images').flatMap((image) => textOrNothing(image, 'src') ?? []);
}

function namesIn(item: JsonObject, name: string): readonly string[] {
  return listIn(item, name).flatMap((each) => textOrNothing(each, 'name') ?? []);
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The product's own attributes by name; those that tell variations apart are options of the variants. */
function attributesOf(item: JsonObject): Record<string, AttributeValue> {
  return Object.fromEntries(
    listIn(item, 'attributes').flatMap((each): readonly (readonly [string, AttributeValue])[] => {
      const name = (textOrNothing(each, 'name') ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
      const values = isJsonArray(each.options) ? each.options.map(String) : [];
      const [only] = values;
      if (each.variation === true || name === '' || FORBIDDEN.has(name) || only === undefined) return [];
      return [[name, values.length === 1 ? only : values]];
    }),
  );
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: Value });
}
