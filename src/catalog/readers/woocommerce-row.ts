import type { Measure } from '../../domain/measure.js';
import type { Product, SourceVariant, Status, VariantContent, VariantOffer } from '../../domain/product.js';
import { readShopDate } from './calendar-text.js';
import { cell, isForbiddenName } from './cells.js';
import type { Intake } from './intake.js';
import { optionName } from './option-name.js';
import { readSale } from './sale.js';
import { generatedSkuFromId } from './variant-codes.js';
import { AttributeList, type Draft, fullAddress, stockAt } from './variant-draft.js';
import type { MeasureColumn, WooColumns } from './woocommerce-columns.js';

interface Surroundings {
  readonly at: WooColumns;
  readonly intake: Intake;
}

/** One row of a WooCommerce product CSV, and what it says as a product and as a variant. */
export class WooRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly sku: string | undefined;
  /** `id:123`, as other rows name it. */
  readonly idName: string | undefined;
  /** `simple`, `variable`, `variation`, `virtual`, …: several may stand in the cell. */
  readonly types: ReadonlySet<string>;
  readonly #at: WooColumns;
  readonly #intake: Intake;

  constructor(cells: readonly string[], line: number, around: Surroundings) {
    this.cells = cells;
    this.line = line;
    this.#at = around.at;
    this.#intake = around.intake;
    this.sku = this.#text('sku');
    const id = this.#text('id');
    this.idName = id === undefined ? undefined : `id:${id}`;
    this.types = new Set((this.#text('type') ?? 'simple').toLowerCase().split(/\s*,\s*/));
  }

  product(id: string, status: Status | null): Product {
    const product: Draft<Product> = { id, status: status ?? this.#status() };
    const title = this.#text('name');
    if (title !== undefined) product.title = title;
    const description = this.#text('description') ?? this.#text('shortDescription');
    if (description !== undefined) product.description = description;
    const brand = this.#list('brands')[0];
    if (brand !== undefined) product.brand = brand;
    const categories = this.#list('categories').map((path) => path.replace(/\s*>\s*/g, ' > '));
    if (categories.length > 0) product.categories = categories;
    const tags = this.#list('tags');
    if (tags.length > 0) product.tags = tags;
    const images = this.#images();
    if (images.length > 0) product.images = images;
    const link = this.#text('externalUrl');
    if (link !== undefined) product.link = link;
    const attributes = this.#freeAttributes();
    if (attributes !== undefined) product.attributes = attributes;
    return product;
  }

  /** `parent`: the variable product of a variation; null for a product that stands alone. */
  variant(parent: Product | null): SourceVariant {
    const place = { line: this.line, key: this.sku ?? this.idName };
    const content: Draft<VariantContent> = this.#intake.code(this.#text('gtin'), place, 'GTIN');
    const mpn = this.#text('mpn');
    if (mpn !== undefined) content.mpn = mpn;
    if (parent !== null) this.#asVariation(content);
    this.#measures(content, place);
    const variant: Draft<SourceVariant> = { content, offer: this.#offer(place), line: this.line };
    if (this.sku !== undefined) variant.sku = this.sku;
    else if (this.idName !== undefined) {
      // WooCommerce's id of the variation stays when its options are renamed.
      variant.sku = generatedSkuFromId(parent?.id ?? this.idName, this.idName);
      content.skuGenerated = true;
    }
    const stock = stockAt(this.#intake, this.#onHand(place));
    if (stock !== undefined) variant.stock = stock;
    return variant;
  }

  #asVariation(content: Draft<VariantContent>): void {
    const title = this.#text('name');
    if (title !== undefined) content.title = title;
    const images = this.#images();
    if (images.length > 0) content.images = images;
    const status = this.#status();
    if (status !== 'active') content.status = status;
    const options: Record<string, string> = {};
    for (const { name, value } of this.#attributes()) options[optionName(name)] = value;
    if (Object.keys(options).length > 0) content.options = options;
  }

  #offer(place: { line: number; key: string | undefined }): VariantOffer {
    const offer: Draft<VariantOffer> = {};
    const price = this.#intake.sellingPrice(this.#text('price'), place, 'Regular price');
    if (price !== undefined) offer.price = price;
    const sale = {
      price: this.#intake.price(this.#text('salePrice'), place, 'Sale price'),
      from: this.#text('saleFrom'),
      to: this.#text('saleTo'),
      column: 'Date sale price ends',
      read: readShopDate,
    };
    Object.assign(offer, readSale(this.#intake, sale, place));
    const cost = this.#intake.price(this.#text('cost'), place, 'Cost of goods');
    if (cost !== undefined) offer.cost = cost;
    const backorders = this.#text('backorders')?.toLowerCase();
    if (backorders !== undefined) offer.policy = backorders === '0' ? 'deny' : 'backorder';
    if (this.#at.stock >= 0 && this.#text('stock') === undefined && this.#text('inStock') === '1')
      offer.tracked = false;
    return offer;
  }

  /** A variation whose stock is kept at its parent has no count of its own: unknown, and said so. */
  #onHand(place: { line: number; key: string | undefined }): number | undefined {
    const text = this.#text('stock');
    if (text?.toLowerCase() === 'parent') {
      this.#intake.warn(
        { ...place, column: 'Stock' },
        'stock_shared',
        'The stock is kept for all variations together, so how many of this one there are is unknown. Manage stock per variation.',
      );
      return undefined;
    }
    if (text === undefined) return this.#text('inStock') === '0' ? 0 : undefined;
    return this.#intake.units(text, place, 'Stock');
  }

  #measures(content: Draft<VariantContent>, place: { line: number; key: string | undefined }): void {
    const measure = (column: MeasureColumn | null): Measure | undefined => {
      if (column === null) return undefined;
      const value = this.#intake.number(cell(this.cells, column.place), place);
      return value === undefined || value <= 0 ? undefined : { value, unit: column.unit };
    };
    const weight = measure(this.#at.weight);
    if (weight !== undefined) content.weight = weight;
    const length = measure(this.#at.length);
    if (length !== undefined) content.length = length;
    const width = measure(this.#at.width);
    if (width !== undefined) content.width = width;
    const height = measure(this.#at.height);
    if (height !== undefined) content.height = height;
  }

  #freeAttributes(): Product['attributes'] {
    const attributes = new AttributeList();
    for (const { name, value } of this.#attributes()) {
      const key = optionName(name);
      if (!isForbiddenName(key)) attributes.set(key, value);
    }
    for (const { name, place } of this.#at.free) attributes.set(name, cell(this.cells, place));
    return attributes.values;
  }

  #attributes(): { name: string; value: string }[] {
    const attributes: { name: string; value: string }[] = [];
    for (const columns of this.#at.attributes) {
      const name = cell(this.cells, columns.name);
      const value = cell(this.cells, columns.values);
      if (name !== undefined && value !== undefined) attributes.push({ name, value: unescaped(value) });
    }
    return attributes;
  }

  #images(): string[] {
    return [...new Set(this.#list('images').map((address) => fullAddress(this.#intake, address)))];
  }

  /** 1 is published, 0 private, −1 a draft. */
  #status(): Status {
    const published = this.#text('published');
    return published === undefined || published === '1' ? 'active' : 'draft';
  }

  /** Entries between commas; a comma inside an entry is written `\,`. */
  #list(column: 'brands' | 'categories' | 'tags' | 'images'): string[] {
    return (this.#text(column) ?? '')
      .split(/(?<!\\),/)
      .map((part) => part.replaceAll('\\,', ',').trim())
      .filter((part) => part !== '');
  }

  #text(
    column: Exclude<keyof WooColumns, 'attributes' | 'free' | 'weight' | 'length' | 'width' | 'height'>,
  ): string | undefined {
    const text = cell(this.cells, this.#at[column]);
    return text === undefined ? undefined : unescaped(text);
  }
}

/** WooCommerce writes line breaks as `\n` and puts `'` before texts that a spreadsheet would take for a formula. */
function unescaped(text: string): string {
  const plain = /^'[=+\-@]/.test(text) ? text.slice(1) : text;
  return plain.includes('\\n') ? plain.replaceAll('\\n', '\n') : plain;
}
