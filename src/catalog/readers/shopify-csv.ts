import type {
  Condition,
  ListPrice,
  Media,
  Product,
  SourceVariant,
  Status,
  StockPolicy,
  VariantContent,
  VariantOffer,
} from '../../domain/product.js';
import { cell, type Header } from './cells.js';
import type { Intake } from './intake.js';
import { optionName } from './option-name.js';
import { type ShopifyColumns, shopifyColumns } from './shopify-columns.js';
import type { RowSink } from './text-table.js';
import { AttributeList, type Draft, fullAddress, stockAt, VariantList } from './variant-draft.js';

/** Reads a Shopify product CSV: several rows under one handle, product columns only in the first of them. */
export function shopifyCsv(header: Header, intake: Intake): RowSink {
  return new ShopifyRows(shopifyColumns(header), intake);
}

/** A product whose rows are being read. */
interface OpenProduct {
  readonly handle: string;
  readonly line: number;
  readonly product: Draft<Product>;
  readonly optionNames: string[];
  readonly list: VariantList;
  readonly images: Map<string, { readonly position: number; readonly media: Media }>;
}

/** Four times what Shopify allows (250 media of a product; verified 2026-11). Ours. */
const MOST_IMAGES = 1_000;

class ShopifyRows implements RowSink {
  readonly #at: ShopifyColumns;
  readonly #intake: Intake;
  /** What further rows of a product need when they do not stand with its first row. */
  readonly #known = new Map<string, Pick<OpenProduct, 'optionNames'> & { readonly status: Status }>();
  #open: OpenProduct | null = null;

  constructor(columns: ShopifyColumns, intake: Intake) {
    this.#at = columns;
    this.#intake = intake;
  }

  row(cells: readonly string[], line: number): void {
    const handle = cell(cells, this.#at.handle);
    if (handle === undefined) {
      this.#intake.reject(
        { line, column: 'Handle' },
        'handle_missing',
        'The row has no handle, so it belongs to no product.',
      );
      return;
    }
    if (this.#open?.handle !== handle) {
      this.#close();
      this.#open = this.#start(handle, cells, line);
    }
    const open = this.#open;
    if (open === null) return;
    this.#image(open, cells, line);
    if (this.#isVariant(cells)) open.list.add(this.#intake, this.#variant(open, cells, line), line);
  }

  end(): void {
    this.#close();
  }

  #start(handle: string, cells: readonly string[], line: number): OpenProduct {
    const at = this.#at;
    const known = this.#known.get(handle);
    const product: Draft<Product> = {
      id: handle,
      status: known?.status ?? this.#status(cell(cells, at.status), { line, key: handle }),
    };
    fillTexts(product, cells, at);
    const attributes = new AttributeList();
    for (const column of at.attributes) attributes.set(column.name, flagOrText(cell(cells, column.place)));
    attributes.set('google_product_category', cell(cells, at.googleCategory));
    attributes.set('published', flagOrText(cell(cells, at.published)));
    if (attributes.values !== undefined) product.attributes = attributes.values;
    const optionNames = at.optionNames.map(
      (place, index) => optionNameIn(cell(cells, place)) ?? known?.optionNames[index] ?? `option${index + 1}`,
    );
    return { handle, line, product, optionNames, list: new VariantList(handle), images: new Map() };
  }

  /** No status column: active. A word we do not know must not put goods on sale. */
  #status(text: string | undefined, place: { line: number; key: string }): Status {
    const plain = text?.toLowerCase();
    if (plain === undefined || plain === 'active') return 'active';
    if (plain === 'draft' || plain === 'archived') return plain;
    this.#intake.warn(
      { ...place, column: 'Status' },
      'status_unknown',
      `"${text?.slice(0, 40)}" is no status we know (active, draft, archived); the product is kept as a draft and not listed.`,
    );
    return 'draft';
  }

  #close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const images = [...open.images.values()].sort((a, b) => a.position - b.position);
    if (images.length > 0) {
      open.product.images = images.map((image) => image.media.url);
      if (images.some((image) => image.media.alt !== undefined)) {
        open.product.media = images.map((image) => image.media);
      }
    }
    const again = this.#known.has(open.handle);
    if (again) {
      this.#intake.warn(
        { line: open.line, key: open.handle },
        'product_scattered',
        `Rows of "${open.handle}" do not stand together; its variants are joined.`,
      );
    } else this.#known.set(open.handle, { optionNames: open.optionNames, status: open.product.status });
    this.#intake.finish({ product: open.product, variants: open.list.variants, line: open.line }, again);
  }

  #image(open: OpenProduct, cells: readonly string[], line: number): void {
    const source = cell(cells, this.#at.image);
    if (source === undefined) return;
    const url = fullAddress(this.#intake, source);
    if (open.images.has(url)) return;
    const next = open.images.size + 1;
    if (next > MOST_IMAGES) {
      const reason = `"${open.handle.slice(0, 60)}" has more than ${MOST_IMAGES} pictures; the rest is left out.`;
      this.#intake.warn({ line, key: open.handle, column: 'Image Src' }, 'too_many_images', reason);
      return;
    }
    const position = Number(cell(cells, this.#at.imagePosition) ?? next);
    const alt = cell(cells, this.#at.imageAlt);
    open.images.set(url, {
      position: Number.isFinite(position) ? position : next,
      media: alt === undefined ? { url, kind: 'image' } : { url, kind: 'image', alt },
    });
  }

  /** Further rows may bring only a picture. */
  #isVariant(cells: readonly string[]): boolean {
    const at = this.#at;
    return (
      cell(cells, at.price) !== undefined ||
      cell(cells, at.sku) !== undefined ||
      at.optionValues.some((place) => cell(cells, place) !== undefined)
    );
  }

  #variant(open: OpenProduct, cells: readonly string[], line: number): SourceVariant {
    const at = this.#at;
    const sku = cell(cells, at.sku);
    const place = { line, key: sku ?? open.handle };
    const stock = stockAt(
      this.#intake,
      this.#intake.units(cell(cells, at.quantity), place, 'Variant Inventory Qty'),
    );
    const variant: Draft<SourceVariant> = {
      content: this.#content(open, cells, place),
      offer: this.#offer(cells, place),
    };
    if (sku !== undefined) variant.sku = sku;
    if (stock !== undefined) variant.stock = stock;
    return variant;
  }

  #content(
    open: OpenProduct,
    cells: readonly string[],
    place: { line: number; key: string },
  ): VariantContent {
    const at = this.#at;
    const content: Draft<VariantContent> = this.#intake.code(
      cell(cells, at.barcode),
      place,
      'Variant Barcode',
    );
    const options = optionsOf(open.optionNames, cells, at);
    if (options !== undefined) content.options = options;
    const mpn = cell(cells, at.googleMpn);
    if (mpn !== undefined) content.mpn = mpn;
    const image = cell(cells, at.variantImage);
    if (image !== undefined) content.images = [fullAddress(this.#intake, image)];
    const grams = this.#intake.number(cell(cells, at.grams), place, 'Variant Grams');
    if (grams !== undefined && grams > 0) content.weight = { value: grams, unit: 'g' };
    const country = cell(cells, at.originCountry);
    if (country !== undefined) content.originCountry = country;
    const hsCode = cell(cells, at.hsCode);
    if (hsCode !== undefined) content.hsCode = hsCode;
    return content;
  }

  #offer(cells: readonly string[], place: { line: number; key: string }): VariantOffer {
    const at = this.#at;
    const offer: Draft<VariantOffer> = {};
    const price = this.#intake.sellingPrice(cell(cells, at.price), place, 'Variant Price');
    if (price !== undefined) offer.price = price;
    const compareAt = this.#intake.price(cell(cells, at.compareAt), place, 'Variant Compare At Price');
    if (compareAt !== undefined) offer.compareAtPrice = compareAt;
    const cost = this.#intake.price(cell(cells, at.cost), place, 'Cost per item');
    if (cost !== undefined) offer.cost = cost;
    const prices = this.#marketPrices(cells, place);
    if (prices.length > 0) offer.prices = prices;
    const policy = policyOf(cell(cells, at.policy));
    if (policy !== undefined) offer.policy = policy;
    if (at.tracker >= 0) offer.tracked = cell(cells, at.tracker) !== undefined;
    return offer;
  }

  /** Shopify does not say the currency of a market column; it writes amounts in the shop's own. */
  #marketPrices(cells: readonly string[], place: { line: number; key: string }): ListPrice[] {
    const prices: ListPrice[] = [];
    for (const { market, place: column } of this.#at.markets) {
      const money = this.#intake.price(cell(cells, column), place, `Price / ${market}`);
      if (money !== undefined) prices.push({ ...money, group: market });
    }
    return prices;
  }
}

function fillTexts(product: Draft<Product>, cells: readonly string[], at: ShopifyColumns): void {
  const title = cell(cells, at.title);
  if (title !== undefined) product.title = title;
  const description = cell(cells, at.body);
  if (description !== undefined) product.description = description;
  const brand = cell(cells, at.vendor);
  if (brand !== undefined) product.brand = brand;
  const type = cell(cells, at.type);
  if (type !== undefined) product.type = type;
  const category = cell(cells, at.category);
  if (category !== undefined) product.categories = [category];
  const tags = (cell(cells, at.tags) ?? '').split(',').map((tag) => tag.trim());
  const kept = tags.filter((tag) => tag !== '');
  if (kept.length > 0) product.tags = kept;
  const seoTitle = cell(cells, at.seoTitle);
  if (seoTitle !== undefined) product.seoTitle = seoTitle;
  const seoDescription = cell(cells, at.seoDescription);
  if (seoDescription !== undefined) product.seoDescription = seoDescription;
  const condition = conditionOf(cell(cells, at.googleCondition));
  if (condition !== undefined) product.condition = condition;
}

/** `Title` / `Default Title` is how Shopify says "no options". */
function optionsOf(
  names: readonly string[],
  cells: readonly string[],
  at: ShopifyColumns,
): Readonly<Record<string, string>> | undefined {
  let options: Record<string, string> | undefined;
  for (let index = 0; index < at.optionValues.length; index++) {
    const value = cell(cells, at.optionValues[index] ?? -1);
    if (value === undefined || (index === 0 && value === 'Default Title')) continue;
    options ??= {};
    options[names[index] ?? 'option'] = value;
  }
  return options;
}

function optionNameIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : optionName(text);
}

/** Shopify writes flags as `TRUE` in its templates and as `true` in its exports. */
function flagOrText(text: string | undefined): string | boolean | undefined {
  if (text === 'true' || text === 'TRUE') return true;
  return text === 'false' || text === 'FALSE' ? false : text;
}

/** Condition in Google's words, or nothing. */
export function conditionOf(text: string | undefined): Condition | undefined {
  const plain = text?.toLowerCase();
  return plain === 'new' || plain === 'refurbished' || plain === 'used' ? plain : undefined;
}

function policyOf(text: string | undefined): StockPolicy | undefined {
  const plain = text?.toLowerCase();
  if (plain === 'deny') return 'deny';
  return plain === 'continue' ? 'backorder' : undefined;
}
