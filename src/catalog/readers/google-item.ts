import { type Instant, readInstant } from '../../domain/instant.js';
import { type Measure, unitOf } from '../../domain/measure.js';
import type { Money } from '../../domain/money.js';
import type {
  Product,
  SourceProduct,
  SourceVariant,
  VariantContent,
  VariantOffer,
} from '../../domain/product.js';
import type { Intake } from './intake.js';
import { readSale } from './sale.js';
import { conditionOf } from './shopify-csv.js';
import { AttributeList, type Draft, fullAddress, stockAt, VariantList } from './variant-draft.js';

/** Attributes of a Google product item by plain name (`image_link`); repeated ones have several values. */
export type GoogleItem = ReadonlyMap<string, readonly string[]>;

/** Attributes by which the variants of an item group differ (Google product data specification, checked 2026-11). */
const OPTION_NAMES = ['color', 'size', 'material', 'pattern'] as const;

/** Attributes that have a place of their own in the catalog. Everything else becomes a free attribute. */
const PLACED = new Set([
  'id',
  'item_group_id',
  'title',
  'description',
  'link',
  'image_link',
  'additional_image_link',
  'availability',
  'availability_date',
  'price',
  'sale_price',
  'sale_price_effective_date',
  'cost_of_goods_sold',
  'gtin',
  'mpn',
  'brand',
  'condition',
  'product_type',
  'quantity',
  'inventory',
  'sell_on_google_quantity',
  'shipping_weight',
  'product_weight',
  'shipping_length',
  'shipping_width',
  'shipping_height',
  'product_length',
  'product_width',
  'product_height',
]);

/** Attributes that may be repeated, always a list so that one name has one type over the whole catalog. */
const LISTS = new Set([
  'product_highlight',
  'product_detail',
  'shipping',
  'tax',
  'promotion_id',
  'excluded_destination',
  'included_destination',
  'shopping_ads_excluded_country',
  'ads_labels',
  'size_type',
  'certification',
  'lifestyle_image_link',
  'video_link',
  'installment',
  'subscription_cost',
  'loyalty_program',
]);

/**
 * Turns Google product items into products: items with the same `item_group_id` are variants of one product, an item
 * without one is a product of its own. `in_stock` without a quantity means that the merchant does not count the goods.
 */
export class GoogleItems {
  readonly #intake: Intake;
  readonly #groups = new Set<string>();
  #open: { readonly product: Product; readonly list: VariantList; readonly line: number } | null = null;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  add(item: GoogleItem, line: number): void {
    const id = first(item, 'id');
    if (id === undefined) {
      this.#intake.reject(
        { line, column: 'id' },
        'id_missing',
        'The item has no id, so it cannot be told apart from others.',
      );
      return;
    }
    const group = first(item, 'item_group_id');
    if (group === undefined || this.#open?.product.id !== group) {
      this.end();
      this.#open = {
        product: productOf(item, group ?? id, this.#intake),
        list: new VariantList(group ?? id),
        line,
      };
    }
    this.#open?.list.add(this.#intake, variantOf(item, id, line, this.#intake), line);
    if (group === undefined) this.#close(false);
  }

  end(): void {
    if (this.#open === null) return;
    const again = this.#groups.has(this.#open.product.id);
    this.#groups.add(this.#open.product.id);
    this.#close(again);
  }

  #close(again: boolean): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const product: SourceProduct = { product: open.product, variants: open.list.variants, line: open.line };
    this.#intake.finish(product, again);
  }
}

function productOf(item: GoogleItem, id: string, intake: Intake): Product {
  const product: Draft<Product> = { id, status: 'active' };
  const title = first(item, 'title');
  if (title !== undefined) product.title = title;
  const description = first(item, 'description');
  if (description !== undefined) product.description = description;
  const brand = first(item, 'brand');
  if (brand !== undefined) product.brand = brand;
  const condition = conditionOf(first(item, 'condition'));
  if (condition !== undefined) product.condition = condition;
  const types = item.get('product_type') ?? [];
  if (types.length > 0) product.categories = types.map((path) => path.replace(/\s*>\s*/g, ' > '));
  const link = first(item, 'link');
  if (link !== undefined) product.link = fullAddress(intake, link);
  const images = imagesOf(item, intake);
  if (images.length > 0) product.images = images;
  return product;
}

function variantOf(item: GoogleItem, id: string, line: number, intake: Intake): SourceVariant {
  const place = { line, key: id };
  const content: Draft<VariantContent> = intake.code(first(item, 'gtin'), place, 'gtin');
  const title = first(item, 'title');
  if (title !== undefined) content.title = title;
  const mpn = first(item, 'mpn');
  if (mpn !== undefined) content.mpn = mpn;
  const link = first(item, 'link');
  if (link !== undefined) content.link = fullAddress(intake, link);
  const images = imagesOf(item, intake);
  if (images.length > 0) content.images = images;
  fillMeasures(content, item);
  const options: Record<string, string> = {};
  for (const name of OPTION_NAMES) {
    const value = first(item, name);
    if (value !== undefined) options[name] = value;
  }
  if (Object.keys(options).length > 0) content.options = options;
  const attributes = freeAttributes(item);
  if (attributes !== undefined) content.attributes = attributes;
  const stock = stockAt(intake, quantityOf(item, intake, place));
  const variant: Draft<SourceVariant> = { sku: id, content, offer: offerOf(item, intake, place) };
  if (stock !== undefined) variant.stock = stock;
  return variant;
}

function offerOf(item: GoogleItem, intake: Intake, place: { line: number; key: string }): VariantOffer {
  const offer: Draft<VariantOffer> = {};
  const amount = (name: string): Money | undefined => intake.price(first(item, name), place, name);
  const price = intake.sellingPrice(first(item, 'price'), place, 'price');
  if (price !== undefined) offer.price = price;
  const cost = amount('cost_of_goods_sold');
  if (cost !== undefined) offer.cost = cost;
  const window = first(item, 'sale_price_effective_date');
  const [from, to] = window === undefined ? [] : [...window.split('/'), ''];
  const sale = {
    price: amount('sale_price'),
    from,
    to,
    column: 'sale_price_effective_date',
    read: instantIn,
  };
  Object.assign(offer, readSale(intake, sale, place));
  const availability = availabilityOf(item);
  if (availability === 'preorder' || availability === 'backorder') offer.policy = availability;
  const restockAt = instantIn(first(item, 'availability_date'));
  if (restockAt !== undefined) offer.restockAt = restockAt;
  if (availability === 'in_stock' && quantityText(item) === undefined) offer.tracked = false;
  return offer;
}

/** The stated quantity; `out_of_stock` without one is zero, everything else stays unknown. */
function quantityOf(
  item: GoogleItem,
  intake: Intake,
  place: { line: number; key: string },
): number | undefined {
  const text = quantityText(item);
  if (text !== undefined) return intake.units(text, place, 'quantity');
  return availabilityOf(item) === 'out_of_stock' ? 0 : undefined;
}

function quantityText(item: GoogleItem): string | undefined {
  return first(item, 'quantity') ?? first(item, 'sell_on_google_quantity') ?? first(item, 'inventory');
}

function availabilityOf(item: GoogleItem): string | undefined {
  return first(item, 'availability')?.toLowerCase().replace(/\s+/g, '_');
}

function imagesOf(item: GoogleItem, intake: Intake): string[] {
  const all = [...(item.get('image_link') ?? []), ...(item.get('additional_image_link') ?? [])];
  return [...new Set(all.map((address) => fullAddress(intake, address)))];
}

function fillMeasures(content: Draft<VariantContent>, item: GoogleItem): void {
  const of = (...names: string[]): Measure | undefined => {
    for (const name of names) {
      const measure = measureIn(first(item, name));
      if (measure !== undefined) return measure;
    }
    return undefined;
  };
  const weight = of('product_weight', 'shipping_weight');
  if (weight !== undefined) content.weight = weight;
  const length = of('product_length', 'shipping_length');
  if (length !== undefined) content.length = length;
  const width = of('product_width', 'shipping_width');
  if (width !== undefined) content.width = width;
  const height = of('product_height', 'shipping_height');
  if (height !== undefined) content.height = height;
}

function measureIn(text: string | undefined): Measure | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text ?? '');
  const unit = match?.[2] === undefined ? null : unitOf(match[2]);
  return match?.[1] === undefined || unit === null ? undefined : { value: Number(match[1]), unit };
}

function freeAttributes(item: GoogleItem): VariantContent['attributes'] {
  const attributes = new AttributeList();
  for (const [name, values] of item) {
    if (PLACED.has(name) || (OPTION_NAMES as readonly string[]).includes(name)) continue;
    attributes.set(name, LISTS.has(name) ? values : values.join(', '));
  }
  return attributes.values;
}

function instantIn(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : (readInstant(text) ?? undefined);
}

function first(item: GoogleItem, name: string): string | undefined {
  return item.get(name)?.[0];
}
