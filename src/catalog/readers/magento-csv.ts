import type { Product, SourceProduct, SourceVariant } from '../../domain/product.js';
import { cell, type Header } from './cells.js';
import type { Intake } from './intake.js';
import { type MagentoColumns, magentoColumns } from './magento-columns.js';
import { type MagentoVariation, readVariations } from './magento-lists.js';
import { MagentoRow } from './magento-row.js';
import type { RowSink } from './text-table.js';
import { VariantList } from './variant-draft.js';

/**
 * Reads a Magento product CSV. A configurable product names its children in one cell; the children are rows of their
 * own, usually before it. Products of types that no channel can list as they are (bundle, grouped, downloadable,
 * virtual, gift card) come in as drafts, with a complaint that says why.
 */
export function magentoCsv(header: Header, intake: Intake): RowSink {
  return new MagentoRows(magentoColumns(header), intake);
}

/** A configurable product of which children are still to come. */
interface OpenConfigurable {
  readonly product: Product;
  readonly line: number;
  readonly options: ReadonlyMap<string, MagentoVariation>;
  readonly children: Map<string, SourceVariant>;
}

class MagentoRows implements RowSink {
  readonly #at: MagentoColumns;
  readonly #intake: Intake;
  /** Simple products that are not visible on their own, until their configurable comes. */
  readonly #waiting = new Map<string, MagentoRow>();
  /** Child SKU → configurable that was read before it. */
  readonly #expected = new Map<string, OpenConfigurable>();

  constructor(columns: MagentoColumns, intake: Intake) {
    this.#at = columns;
    this.#intake = intake;
  }

  row(cells: readonly string[], line: number): void {
    const sku = cell(cells, this.#at.sku);
    if (sku === undefined) {
      this.#intake.reject(
        { line, column: 'sku' },
        'sku_missing',
        'The row has no SKU. Magento gives every product one; the row may be damaged.',
      );
      return;
    }
    const view = cell(cells, this.#at.storeView);
    if (view !== undefined && view !== 'default') {
      this.#intake.reject(
        { line, key: sku, column: 'store_view_code' },
        'store_view_row',
        `The row holds the texts of the store view "${view}" only. Export without a store view to import products.`,
      );
      return;
    }
    this.#product(new MagentoRow(sku, cells, line, { at: this.#at, intake: this.#intake }));
  }

  end(): void {
    for (const open of new Set(this.#expected.values())) this.#finishConfigurable(open);
    this.#expected.clear();
    for (const row of this.#waiting.values()) {
      this.#intake.warn(
        { line: row.line, key: row.sku, column: 'visibility' },
        'child_without_parent',
        'The product is not visible individually and no configurable product names it; it comes in as a draft.',
      );
      this.#alone(row, 'draft');
    }
    this.#waiting.clear();
  }

  #product(row: MagentoRow): void {
    const type = row.type();
    const parent = this.#expected.get(row.sku);
    if (type === 'configurable') this.#configurable(row);
    else if (parent !== undefined) this.#joins(parent, row);
    else if (type !== 'simple') this.#unlistable(row, type);
    else if (!row.hidden()) this.#alone(row, null);
    else {
      this.#waiting.set(row.sku, row);
      if (this.#waiting.size > this.#intake.limits.waitingVariants) this.#tooManyWaiting();
    }
  }

  #unlistable(row: MagentoRow, type: string): void {
    const place = { line: row.line, key: row.sku, column: 'product_type' };
    this.#intake.warn(place, 'type_not_listable', notListable(type));
    this.#alone(row, 'draft');
  }

  #configurable(row: MagentoRow): void {
    const variations = readVariations(cell(row.cells, this.#at.variations) ?? '');
    if (variations.length === 0) {
      this.#intake.warn(
        { line: row.line, key: row.sku, column: 'configurable_variations' },
        'configurable_without_children',
        'The configurable product names no variations, so there is nothing to sell; it comes in as a draft.',
      );
      this.#intake.finish({ product: row.product('draft'), variants: [], line: row.line });
      return;
    }
    const options = new Map(variations.map((variation) => [variation.sku, variation]));
    const open: OpenConfigurable = {
      product: row.product(null),
      line: row.line,
      options,
      children: new Map(),
    };
    for (const sku of options.keys()) {
      const child = this.#waiting.get(sku);
      if (child === undefined) this.#expected.set(sku, open);
      else this.#adopt(open, child);
      this.#waiting.delete(sku);
    }
    if (open.children.size === options.size) this.#finishConfigurable(open);
  }

  #joins(parent: OpenConfigurable, row: MagentoRow): void {
    this.#expected.delete(row.sku);
    this.#adopt(parent, row);
    if (parent.children.size === parent.options.size) this.#finishConfigurable(parent);
  }

  #adopt(parent: OpenConfigurable, child: MagentoRow): void {
    const options = parent.options.get(child.sku)?.options ?? {};
    parent.children.set(child.sku, child.variant(options, parent.product));
  }

  /** Hands a configurable over, its variants in the order in which it names them. */
  #finishConfigurable(open: OpenConfigurable): void {
    const list = new VariantList(open.product.id);
    for (const sku of open.options.keys()) {
      const child = open.children.get(sku);
      if (child !== undefined) list.add(this.#intake, child, child.line ?? open.line);
      else {
        this.#intake.warn(
          { line: open.line, key: open.product.id, column: 'configurable_variations' },
          'child_missing',
          `The variation "${sku}" has no row of its own as a hidden simple product, so it is not part of this product.`,
        );
      }
    }
    this.#intake.finish({ product: open.product, variants: list.variants, line: open.line });
  }

  #alone(row: MagentoRow, status: 'draft' | null): void {
    const product = row.product(status);
    const list = new VariantList(product.id);
    list.add(this.#intake, row.variant(row.ownOptions(), product), row.line);
    const finished: SourceProduct = { product, variants: list.variants, line: row.line };
    this.#intake.finish(finished);
  }

  #tooManyWaiting(): void {
    const [sku, row] = this.#waiting.entries().next().value ?? [];
    if (sku === undefined || row === undefined) return;
    this.#waiting.delete(sku);
    this.#intake.warn(
      { line: row.line, key: sku, column: 'visibility' },
      'child_waited_too_long',
      `No configurable product named this one within the next ${this.#intake.limits.waitingVariants} hidden products; it comes in as a draft. Sort the file so that children stand near their parent.`,
    );
    this.#alone(row, 'draft');
  }
}

function notListable(type: string): string {
  const why: Readonly<Record<string, string>> = {
    bundle: 'a bundle is put together by the buyer and has no price of its own',
    grouped: 'a group only shows other products together; list those instead',
    downloadable: 'downloads are not goods that are shipped',
    virtual: 'virtual products are not goods that are shipped',
    giftcard: 'gift cards are not allowed on the channels',
  };
  const reason = Object.hasOwn(why, type) ? why[type] : 'the type is unknown';
  return `Products of type "${type}" cannot be listed as they are: ${reason}. It comes in as a draft.`;
}
