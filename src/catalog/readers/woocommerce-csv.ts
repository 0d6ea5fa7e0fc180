import type { Product, SourceVariant } from '../../domain/product.js';
import { cell, type Header } from './cells.js';
import type { Intake } from './intake.js';
import type { RowSink } from './text-table.js';
import { VariantList } from './variant-draft.js';
import { type WooColumns, wooColumns } from './woocommerce-columns.js';
import { WooRow } from './woocommerce-row.js';

/**
 * Reads a WooCommerce product CSV. A `variable` product is followed, at once or later, by rows of type `variation` that
 * name it in `Parent` (its SKU, or `id:123`). Grouped and external products come in as drafts with a complaint.
 */
export function woocommerceCsv(header: Header, intake: Intake): RowSink {
  return new WooRows(wooColumns(header), intake);
}

/** A variable product that was met, and what its variations need of it. */
interface KnownParent {
  readonly product: Product;
  readonly line: number;
  readonly list: VariantList;
  /** Variants handed over so far; null while the product itself was not handed over. */
  given: number | null;
}

class WooRows implements RowSink {
  readonly #at: WooColumns;
  readonly #intake: Intake;
  /** By SKU and by `id:…`: variations name their parent either way. */
  readonly #parents = new Map<string, KnownParent>();
  /** Variations met before their parent, by the parent's name. */
  readonly #orphans = new Map<string, WooRow[]>();
  #orphanCount = 0;
  #open: KnownParent | null = null;

  constructor(columns: WooColumns, intake: Intake) {
    this.#at = columns;
    this.#intake = intake;
  }

  row(cells: readonly string[], line: number): void {
    const row = new WooRow(cells, line, { at: this.#at, intake: this.#intake });
    if (row.types.has('variation')) {
      this.#variation(row);
      return;
    }
    const id = row.sku ?? row.idName;
    if (id === undefined) {
      this.#intake.reject({ line, column: 'SKU' }, 'sku_missing', 'The row has neither a SKU nor an ID.');
      return;
    }
    this.#flush();
    if (row.types.has('variable')) this.#variable(row, id);
    else this.#alone(row, id);
  }

  end(): void {
    this.#flush();
    for (const [parent, rows] of this.#orphans) {
      for (const row of rows) {
        this.#intake.reject(
          { line: row.line, key: row.sku ?? row.idName, column: 'Parent' },
          'parent_missing',
          `The variation names the parent "${parent}", which is not in the file.`,
        );
      }
    }
  }

  #alone(row: WooRow, id: string): void {
    const unlistable = row.types.has('grouped')
      ? 'a grouped product only shows others together; list those instead'
      : row.types.has('external')
        ? 'an external product is sold by somebody else'
        : null;
    if (unlistable !== null) {
      this.#intake.warn(
        { line: row.line, key: id, column: 'Type' },
        'type_not_listable',
        `This product cannot be listed as it is: ${unlistable}. It comes in as a draft.`,
      );
    }
    const product = row.product(id, unlistable === null ? null : 'draft');
    const list = new VariantList(id);
    list.add(this.#intake, row.variant(null), row.line);
    this.#intake.finish({ product, variants: list.variants, line: row.line });
  }

  #variable(row: WooRow, id: string): void {
    const parent: KnownParent = {
      product: row.product(id, null),
      line: row.line,
      list: new VariantList(id),
      given: null,
    };
    for (const name of [row.sku, row.idName]) {
      if (name === undefined) continue;
      this.#parents.set(name, parent);
      for (const child of this.#orphans.get(name) ?? []) this.#attach(parent, child);
      this.#orphanCount -= this.#orphans.get(name)?.length ?? 0;
      this.#orphans.delete(name);
    }
    this.#open = parent;
  }

  #variation(row: WooRow): void {
    const name = cell(row.cells, this.#at.parent);
    if (name === undefined) {
      this.#intake.reject(
        { line: row.line, key: row.sku ?? row.idName, column: 'Parent' },
        'parent_missing',
        'The variation does not say which product it belongs to.',
      );
      return;
    }
    const parent = this.#parents.get(name);
    if (parent === undefined) {
      this.#wait(name, row);
      return;
    }
    if (this.#open !== parent) this.#flush();
    this.#open = parent;
    this.#attach(parent, row);
  }

  #wait(parent: string, row: WooRow): void {
    this.#orphanCount++;
    if (this.#orphanCount > this.#intake.limits.waitingVariants) {
      this.#intake.reject(
        { line: row.line, key: row.sku ?? row.idName, column: 'Parent' },
        'child_waited_too_long',
        `More than ${this.#intake.limits.waitingVariants} variations stand before their parent. Sort the file by ID.`,
      );
      return;
    }
    const waiting = this.#orphans.get(parent);
    if (waiting === undefined) this.#orphans.set(parent, [row]);
    else waiting.push(row);
  }

  #attach(parent: KnownParent, row: WooRow): void {
    parent.list.add(this.#intake, row.variant(parent.product), row.line);
  }

  /** Hands the open product over, or the variations that came to it since. */
  #flush(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const variants: readonly SourceVariant[] = open.list.variants.slice(open.given ?? 0);
    const again = open.given !== null;
    if (again && variants.length === 0) return;
    open.given = open.list.variants.length;
    this.#intake.finish({ product: open.product, variants, line: open.line }, again);
  }
}
