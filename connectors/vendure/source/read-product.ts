import { gtinDigits, gtinProblem } from '../../../src/domain/gtin.js';
import { readInstant } from '../../../src/domain/instant.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type {
  Product,
  SourceProduct,
  SourceVariant,
  VariantContent,
  VariantOffer,
} from '../../../src/domain/product.js';
import { objectOf, objectsOf } from '../client.js';
import type { VendureSettings } from '../settings.js';
import { countingOf } from './tracked.js';

/** What reading a product may look at. */
export interface ShopFacts {
  readonly settings: VendureSettings;
  /** The shop's own rules for stock. */
  readonly globalSettings: JsonObject;
}

/** A product with its variants. Its id is Vendure's own: names and slugs change. */
export function sourceProduct(item: JsonObject, facts: ShopFacts): SourceProduct {
  const variants = objectsOf(item.variants);
  return {
    product: productOf(item, facts.settings),
    variants: variants.map((variant) => variantOf(variant, facts)),
  };
}

function productOf(item: JsonObject, settings: VendureSettings): Product {
  const facets = facetsOf(item);
  const brandFacet = settings.brandFacet ?? 'brand';
  const [brand] = facets.get(brandFacet) ?? [];
  facets.delete(brandFacet);
  const categories = objectsOf(item.collections)
    .map(pathOf)
    .filter((path) => path !== '');
  const [type] = categories;
  const images = imagesOf(item, settings);
  const link = settings.productLink?.replace('{slug}', encodeURIComponent(textOf(item.slug) ?? ''));
  const attributes = Object.fromEntries(facets);
  return {
    id: String(item.id),
    status: item.enabled === false ? 'draft' : 'active',
    ...optional('title', textOf(item.name)),
    ...optional('description', textOf(item.description)),
    ...optional('brand', brand),
    ...optional('type', type),
    ...optional('link', link),
    ...(categories.length > 0 ? { categories } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...(facets.size > 0 ? { attributes } : {}),
    ...optional('createdAt', instantIn(item.createdAt)),
    ...optional('updatedAt', instantIn(item.updatedAt)),
  };
}

/** Values by facet code, in the shop's order. */
function facetsOf(item: JsonObject): Map<string, readonly string[]> {
  const facets = new Map<string, readonly string[]>();
  for (const value of objectsOf(item.facetValues)) {
    const code = textOf(objectOf(value.facet).code);
    const name = textOf(value.name);
    if (code !== undefined && name !== undefined) facets.set(code, [...(facets.get(code) ?? []), name]);
  }
  return facets;
}

/** Breadcrumbs begin with the root of all collections, which nobody sees. */
function pathOf(collection: JsonObject): string {
  return objectsOf(collection.breadcrumbs)
    .map(({ name }) => textOf(name))
    .filter((name) => name !== undefined && name !== '__root_collection__')
    .join(' > ');
}

function variantOf(variant: JsonObject, { settings, globalSettings }: ShopFacts): SourceVariant {
  const sku = textOf(variant.sku);
  const { tracked, threshold } = countingOf(variant, globalSettings);
  return {
    ...(sku === undefined ? {} : { sku }),
    content: contentOf(variant, settings),
    offer: { ...priceOf(variant, settings), tracked, policy: threshold < 0 ? 'backorder' : 'deny' },
  };
}

function contentOf(variant: JsonObject, settings: VendureSettings): VariantContent {
  const options = Object.fromEntries(
    objectsOf(variant.options).flatMap((option) => {
      const name = textOf(objectOf(option.group).name);
      const value = textOf(option.name);
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  const images = imagesOf(variant, settings);
  const fields = objectOf(variant.customFields);
  return {
    status: variant.enabled === false ? 'draft' : 'active',
    ...optional('title', textOf(variant.name)),
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...codeOf(textOf(fields[settings.variantFields?.gtin ?? ''])),
    ...optional('mpn', textOf(fields[settings.variantFields?.mpn ?? ''])),
  };
}

function codeOf(code: string | undefined): Pick<VariantContent, 'gtin' | 'merchantCode'> {
  if (code === undefined) return {};
  const digits = gtinDigits(code);
  return gtinProblem(digits) === null ? { gtin: digits } : { merchantCode: code };
}

/** Vendure's amounts are whole minor units, whatever the currency. */
function priceOf(variant: JsonObject, settings: VendureSettings): Pick<VariantOffer, 'price'> {
  const minor = settings.prices === 'without-tax' ? variant.price : variant.priceWithTax;
  const currency = textOf(variant.currencyCode);
  return typeof minor === 'number' && Number.isSafeInteger(minor) && currency !== undefined
    ? { price: { minor, currency } }
    : {};
}

/** The chosen picture first. Addresses without a host are the shop's own. */
function imagesOf(item: JsonObject, settings: VendureSettings): readonly string[] {
  const sources = [item.featuredAsset ?? null, ...objectsOf(item.assets)]
    .map((asset) => textOf(objectOf(asset).source))
    .filter((source) => source !== undefined);
  return [...new Set(sources.map((source) => new URL(source, settings.url).href))];
}

function instantIn(value: JsonValue | undefined) {
  return typeof value === 'string' ? (readInstant(value) ?? undefined) : undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [member in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [member in Name]: Value });
}
