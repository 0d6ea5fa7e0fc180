import type { Measure } from '../../domain/measure.js';
import type {
  AttributeValue,
  Product,
  SourceVariant,
  Status,
  VariantContent,
  VariantOffer,
} from '../../domain/product.js';
import { readShopDate } from './calendar-text.js';
import { cell, isForbiddenName } from './cells.js';
import type { Intake } from './intake.js';
import type { MagentoColumns } from './magento-columns.js';
import { readPairs } from './magento-lists.js';
import { optionName } from './option-name.js';
import { readSale } from './sale.js';
import { AttributeList, type Draft, fullAddress, stockAt } from './variant-draft.js';

/** Attributes that take several values; always lists, so that one name has one type over the whole catalog. */
const LISTS =
  /^(material|climate|activity|gender|collar|sleeve|pattern|format|category_gear|(style|features|strap)_\w+)$/;

/** Attributes that have a place of their own, and flags of the shop. */
const NOT_FREE = new Set([
  'has_options',
  'required_options',
  'gtin',
  'ean',
  'upc',
  'isbn',
  'barcode',
  'mpn',
  'brand',
  'manufacturer',
  'country_of_manufacture',
  'cost',
]);

const OPTIONS = new Set(['size', 'color', 'colour']);

interface Surroundings {
  readonly at: MagentoColumns;
  readonly intake: Intake;
}

/** One row of a Magento product CSV, and what it says as a product and as a variant. */
export class MagentoRow {
  readonly sku: string;
  readonly cells: readonly string[];
  readonly line: number;
  readonly #at: MagentoColumns;
  readonly #intake: Intake;
  readonly #pairs: ReadonlyMap<string, string>;

  constructor(sku: string, cells: readonly string[], line: number, around: Surroundings) {
    this.sku = sku;
    this.cells = cells;
    this.line = line;
    this.#at = around.at;
    this.#intake = around.intake;
    this.#pairs = this.#attributePairs();
  }

  /** Magento's type; the smaller tables show it by the columns they have. */
  type(): string {
    const stated = this.#text('type')?.toLowerCase();
    if (stated !== undefined) return stated;
    if (this.#at.bundle >= 0) return 'bundle';
    if (this.#at.grouped >= 0) return 'grouped';
    return this.#at.downloads >= 0 ? 'downloadable' : 'simple';
  }

  /** Whether the shop shows the product only as a variant of another. */
  hidden(): boolean {
    return this.#at.type >= 0 && /^(not visible individually|1)$/i.test(this.#text('visibility') ?? '');
  }

  /** Size and colour that a product without a parent states about itself. */
  ownOptions(): Readonly<Record<string, string>> {
    const options: Record<string, string> = {};
    for (const [name, value] of this.#pairs) if (OPTIONS.has(name)) options[optionName(name)] = value;
    return options;
  }

  product(status: Status | null): Product {
    const online = this.#text('online');
    const product: Draft<Product> = {
      id: this.sku,
      status: status ?? (online === '2' || online === '0' ? 'draft' : 'active'),
    };
    this.#texts(product);
    const categories = categoriesIn(this.#text('categories'));
    if (categories.length > 0) product.categories = categories;
    const images = this.#images();
    if (images.length > 0) product.images = images;
    const createdAt = readShopDate(this.#text('createdAt') ?? '');
    if (createdAt !== null) product.createdAt = createdAt;
    const updatedAt = readShopDate(this.#text('updatedAt') ?? '');
    if (updatedAt !== null) product.updatedAt = updatedAt;
    const attributes = this.#freeAttributes(new Set(), {});
    if (attributes !== undefined) product.attributes = attributes;
    return product;
  }

  /** The row as a variant of `product`; attributes the product states alike are not repeated. */
  variant(options: Readonly<Record<string, string>>, product: Product): SourceVariant {
    const place = { line: this.line, key: this.sku };
    const code = ['gtin', 'ean', 'upc', 'isbn', 'barcode'].find((name) => this.#pairs.has(name));
    const content: Draft<VariantContent> = {
      ...(code === undefined ? {} : this.#intake.code(this.#pairs.get(code), place, code)),
    };
    const named: Record<string, string> = {};
    for (const name of Object.keys(options)) named[optionName(name)] = options[name] ?? '';
    if (Object.keys(named).length > 0) content.options = named;
    if (product.id !== this.sku) this.#asChild(content);
    const mpn = this.#pairs.get('mpn');
    if (mpn !== undefined && mpn !== '') content.mpn = mpn;
    const country = this.#text('country') ?? this.#pairs.get('country_of_manufacture');
    if (country !== undefined && country !== '') content.originCountry = country;
    const weight = this.#weight();
    if (weight !== undefined) content.weight = weight;
    const attributes =
      product.id === this.sku
        ? undefined
        : this.#freeAttributes(new Set(Object.keys(named)), product.attributes ?? {});
    if (attributes !== undefined) content.attributes = attributes;
    const stock = stockAt(this.#intake, this.#onHand(place));
    const variant: Draft<SourceVariant> = {
      sku: this.sku,
      content,
      offer: this.#offer(place),
      line: this.line,
    };
    if (stock !== undefined) variant.stock = stock;
    return variant;
  }

  #asChild(content: Draft<VariantContent>): void {
    const title = this.#text('name');
    if (title !== undefined) content.title = title;
    const images = this.#images();
    if (images.length > 0) content.images = images;
    const online = this.#text('online');
    if (online === '2' || online === '0') content.status = 'draft';
  }

  #texts(product: Draft<Product>): void {
    const title = this.#text('name');
    if (title !== undefined) product.title = title;
    const description = this.#text('description') ?? this.#text('shortDescription');
    if (description !== undefined) product.description = description;
    const brand = this.#pairs.get('brand') ?? this.#pairs.get('manufacturer');
    if (brand !== undefined && brand !== '') product.brand = brand;
    const type = this.#text('attributeSet');
    if (type !== undefined) product.type = type;
    const seoTitle = this.#text('metaTitle');
    if (seoTitle !== undefined) product.seoTitle = seoTitle;
    const seoDescription = this.#text('metaDescription');
    if (seoDescription !== undefined) product.seoDescription = seoDescription;
    const tags = listIn(this.#text('metaKeywords') ?? '', /,/);
    if (tags.length > 0) product.tags = tags;
  }

  #offer(place: { line: number; key: string }): VariantOffer {
    const offer: Draft<VariantOffer> = {};
    const price = this.#intake.sellingPrice(this.#text('price'), place, 'price');
    if (price !== undefined) offer.price = price;
    const sale = {
      price: this.#intake.price(this.#text('specialPrice'), place, 'special_price'),
      from: this.#text('specialFrom'),
      to: this.#text('specialTo'),
      column: 'special_price_to_date',
      read: readShopDate,
    };
    Object.assign(offer, readSale(this.#intake, sale, place));
    const compareAt = this.#intake.price(this.#text('msrp'), place, 'msrp_price');
    if (compareAt !== undefined) offer.compareAtPrice = compareAt;
    const cost = this.#intake.price(this.#text('cost') ?? this.#pairs.get('cost'), place, 'cost');
    if (cost !== undefined) offer.cost = cost;
    if (this.#text('backorders') !== undefined && this.#text('configBackorders') === '0') {
      offer.policy = this.#text('backorders') === '0' ? 'deny' : 'backorder';
    }
    if (this.#text('manageStock') === '0' && this.#text('configManageStock') === '0') offer.tracked = false;
    return offer;
  }

  #onHand(place: { line: number; key: string }): number | undefined {
    if (this.#text('inStock') === '0') return 0;
    return this.#intake.units(this.#text('quantity'), place, 'qty');
  }

  /** Magento's weight has no unit (a shop setting); only a text that names one is a weight. */
  #weight(): Measure | undefined {
    const match = /^(\d+(?:\.\d+)?)\s*(kg|lbs?|g|oz)$/i.exec(this.#text('weight') ?? '');
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    return { value: Number(match[1]), unit: match[2].toLowerCase().replace('lbs', 'lb') };
  }

  #images(): string[] {
    const all = [this.#text('image') ?? '', ...listIn(this.#text('moreImages') ?? '', /,/)];
    const kept = all.filter((path) => path !== '' && path !== 'no_selection');
    return [...new Set(kept.map((path) => fullAddress(this.#intake, path)))];
  }

  #attributePairs(): ReadonlyMap<string, string> {
    const pairs = new Map(readPairs(cell(this.cells, this.#at.attributes) ?? ''));
    for (const { name, place } of this.#at.own) {
      const text = cell(this.cells, place);
      if (text !== undefined) pairs.set(name, text.replaceAll(/\s*\n\s*/g, '|'));
    }
    return pairs;
  }

  #freeAttributes(
    leaveOut: ReadonlySet<string>,
    product: Readonly<Record<string, AttributeValue>>,
  ): Product['attributes'] {
    const attributes = new AttributeList();
    for (const [name, text] of this.#pairs) {
      if (NOT_FREE.has(name) || leaveOut.has(name) || text === '' || isForbiddenName(name)) continue;
      const value = attributeValue(name, text);
      const stated = Object.hasOwn(product, name) ? product[name] : undefined;
      if (JSON.stringify(stated) !== JSON.stringify(value)) attributes.set(name, value);
    }
    const urlKey = this.#text('urlKey');
    if (leaveOut.size === 0 && urlKey !== undefined) attributes.set('url_key', urlKey);
    return attributes.values;
  }

  #text(column: Exclude<keyof MagentoColumns, 'own'>): string | undefined {
    return cell(this.cells, this.#at[column]);
  }
}

/** Yes and No are flags in Magento's export; several values are separated by `|`. */
function attributeValue(name: string, text: string): AttributeValue {
  if (LISTS.test(name)) return listIn(text, /\|/);
  if (text === 'Yes') return true;
  if (text === 'No') return false;
  return text.replaceAll('|', ', ');
}

/** `Default Category/Men/Tops,…` → `Men > Tops`; the root is Magento's own and says nothing. */
function categoriesIn(text: string | undefined): string[] {
  const paths = listIn(text ?? '', /[,\n]/).map((path) =>
    path
      .split('/')
      .map((level) => level.trim())
      .filter((level, depth) => level !== '' && !(depth === 0 && level === 'Default Category'))
      .join(' > '),
  );
  return [...new Set(paths.filter((path) => path !== ''))];
}

function listIn(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
