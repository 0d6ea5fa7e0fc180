import type { Database, Queries } from '../db/database.js';
import { InvariantError } from '../domain/errors.js';
import type { SourceProduct } from '../domain/product.js';
import { addProducts, addVariants } from './add-staged.js';
import { breathe } from './breathe.js';
import { type Filled, filledFields, noteFilled } from './filled-fields.js';
import { forgetSummaries } from './forget-summaries.js';
import { type ImportRun, writeImportErrors } from './import-run.js';
import type { ProductStream, ReadResult, RowError } from './readers/reader.js';
import { type StagedProduct, type StagedVariant, stagedProduct, stagedVariant } from './staged-rows.js';

/** What one reading of a source brought into staging. */
export interface StagingCounts {
  /** Distinct products. */
  products: number;
  /** Variants staged. */
  variants: number;
  /** Variants the reader handed over. */
  handedOver: number;
  /** Variants not staged, each with a complaint. */
  rejected: number;
  errors: number;
  warnings: number;
  readonly filled: Filled;
}

/** Tells how far a reading is. */
export type Progress = (counts: { readonly products: number; readonly variants: number }) => void;

const VARIANTS_PER_TRANSACTION = 1_000;

/** Reads a source to its end into staging, in transactions of about a thousand variants. */
export class Staging {
  readonly counts: StagingCounts = {
    products: 0,
    variants: 0,
    handedOver: 0,
    rejected: 0,
    errors: 0,
    warnings: 0,
    filled: filledFields(),
  };
  readonly #database: Database;
  readonly #run: ImportRun;
  readonly #progress: Progress | undefined;
  #complaints: RowError[] = [];
  #written = 0;
  #productNumber: number;
  #variantNumber: number;

  constructor(database: Database, run: ImportRun, progress?: Progress) {
    this.#database = database;
    this.#run = run;
    this.#progress = progress;
    this.#productNumber = run.first;
    this.#variantNumber = run.first;
  }

  /** Takes a complaint about a row; it is written with the next batch. */
  readonly report = (error: RowError): void => {
    if (error.severity === 'error') this.counts.errors++;
    else this.counts.warnings++;
    this.#complaints.push(error);
  };

  /** Reads the whole stream. Answers the reader's proof that the file was complete; throws when there is none. */
  async read(stream: ProductStream): Promise<ReadResult> {
    let waiting: SourceProduct[] = [];
    let variants = 0;
    for (;;) {
      const step = await stream.next();
      if (step.done) {
        await this.#write(waiting);
        await this.flush();
        return this.#proven(step.value);
      }
      for (const product of step.value) {
        waiting.push(product);
        variants += product.variants.length;
        if (variants < VARIANTS_PER_TRANSACTION && waiting.length < VARIANTS_PER_TRANSACTION) continue;
        await this.#write(waiting);
        waiting = [];
        variants = 0;
      }
      if (this.#complaints.length >= VARIANTS_PER_TRANSACTION) await this.flush();
    }
  }

  /** Writes complaints that came after the last batch. */
  async flush(): Promise<void> {
    if (this.#complaints.length > 0) await this.#database.transaction((tx) => this.#writeComplaints(tx));
    this.#forgetWritten();
  }

  /** Writes complaints that the merge made, in its transaction: the last ones of this import. */
  async writeLate(tx: Queries, complaints: readonly RowError[]): Promise<void> {
    await writeImportErrors(tx, this.#run, complaints, this.#written + 1);
  }

  #proven(result: ReadResult): ReadResult {
    const { handedOver, variants, rejected } = this.counts;
    if (result.complete !== true)
      throw new InvariantError('a reader ended without saying that the file is complete');
    if (handedOver !== result.variants) {
      throw new InvariantError(
        `the reader counted ${result.variants} variants and handed over ${handedOver}`,
      );
    }
    if (variants + rejected !== handedOver) {
      throw new InvariantError(`${handedOver} variants came in, ${variants} staged + ${rejected} rejected`);
    }
    return result;
  }

  async #write(products: readonly SourceProduct[]): Promise<void> {
    if (products.length === 0) return;
    const batch = await this.#stage(products);
    this.counts.products += batch.products;
    this.counts.variants += batch.variants;
    this.counts.handedOver += batch.handedOver;
    this.counts.rejected += batch.handedOver - batch.variants;
    for (const error of batch.complaints) this.report(error);
    await this.flush();
    this.#progress?.(this.counts);
    await breathe();
  }

  async #stage(source: readonly SourceProduct[]) {
    const pieces = joined(source);
    const products = pieces.map((piece) => stagedProduct(this.#productNumber++, piece));
    const firstVariant = this.#variantNumber;
    for (const piece of pieces) {
      this.#variantNumber += piece.variants.length;
      for (const variant of piece.variants) noteFilled(this.counts.filled, piece.product, variant);
    }
    return this.#database.transaction(async (tx) => {
      const complaints: RowError[] = [];
      const added = await addProducts(tx, this.#run, products);
      const before = await countBefore(tx, this.#run, { products, added }, complaints);
      const variants: StagedVariant[] = [];
      for (const piece of pieces) {
        const offset = before.get(piece.product.id) ?? 0;
        for (const [index, variant] of piece.variants.entries()) {
          variants.push(
            stagedVariant(firstVariant + variants.length, {
              product: piece,
              variant,
              position: offset + index + 1,
            }),
          );
        }
      }
      const staged = await addVariants(tx, this.#run, variants);
      if (staged < variants.length) await this.#reportDuplicates(tx, variants, complaints);
      return { products: added, variants: staged, handedOver: variants.length, complaints };
    });
  }

  async #reportDuplicates(
    tx: Queries,
    variants: readonly StagedVariant[],
    complaints: RowError[],
  ): Promise<void> {
    const kept = await tx.all<{ sku: string; n: number; line: number | null; product_key: string }>(
      `SELECT sku, n, line, product_key FROM staged_variant
       WHERE run = ? AND sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
      [this.#run.number, JSON.stringify(variants.map(({ sku }) => ({ sku })))],
    );
    const first = new Map(kept.map((row) => [row.sku, row]));
    const products = new Set<string>();
    for (const variant of variants) {
      const winner = first.get(variant.sku);
      if (winner === undefined || winner.n === variant.n) continue;
      products.add(variant.product_key);
      complaints.push(duplicate(variant, winner));
    }
    await forgetSummaries(tx, this.#run, [...products]);
  }

  async #writeComplaints(tx: Queries): Promise<void> {
    await writeImportErrors(tx, this.#run, this.#complaints, this.#written + 1);
  }

  #forgetWritten(): void {
    this.#written += this.#complaints.length;
    this.#complaints = [];
  }
}

function duplicate(variant: StagedVariant, winner: { line: number | null; product_key: string }): RowError {
  const where = winner.line === null ? `product "${winner.product_key}"` : `line ${winner.line}`;
  return {
    line: variant.line ?? 0,
    key: variant.sku,
    code: 'sku_duplicate',
    reason: `The SKU "${variant.sku}" was already given in ${where}. The first one is kept; give this variant a SKU of its own.`,
    severity: 'error',
  };
}

/** Pieces of the same product inside one batch become one. */
function joined(products: readonly SourceProduct[]): readonly SourceProduct[] {
  const pieces = new Map<string, SourceProduct>();
  for (const product of products) {
    const known = pieces.get(product.product.id);
    pieces.set(
      product.product.id,
      known ? { ...known, variants: [...known.variants, ...product.variants] } : product,
    );
  }
  return pieces.size === products.length ? products : [...pieces.values()];
}

/** Variants that products of this batch already had: only those whose rows do not stand together have any. */
async function countBefore(
  tx: Queries,
  run: ImportRun,
  batch: { readonly products: readonly StagedProduct[]; readonly added: number },
  complaints: RowError[],
): Promise<Map<string, number>> {
  const before = new Map<string, number>();
  if (batch.added === batch.products.length) return before;
  const known = await tx.all<{ product_key: string; n: number; variants: number; body_hash: string }>(
    `SELECT product_key, n, variants, body_hash FROM staged_product
     WHERE run = ? AND product_key IN (SELECT product_key FROM ${tx.unfold('r', { product_key: 'text' })})`,
    [run.number, JSON.stringify(batch.products.map(({ product_key }) => ({ product_key })))],
  );
  const staged = new Map(known.map((row) => [row.product_key, row]));
  const grown: { product_key: string; variants: number }[] = [];
  for (const product of batch.products) {
    const first = staged.get(product.product_key);
    if (first === undefined || first.n === product.n) continue;
    before.set(product.product_key, first.variants);
    grown.push({ product_key: product.product_key, variants: first.variants + product.variants });
    if (statesMore(product) && first.body_hash !== product.body_hash) complaints.push(repeated(product));
  }
  await tx.run(
    `UPDATE staged_product SET variants = r.variants, summary = NULL
     FROM ${tx.unfold('r', { product_key: 'text', variants: 'integer' })}
     WHERE staged_product.run = ? AND staged_product.product_key = r.product_key`,
    [JSON.stringify(grown), run.number],
  );
  return before;
}

/** Whether a piece says more of its product than which one it is. */
function statesMore(product: StagedProduct): boolean {
  const members = Object.keys(JSON.parse(product.body) as object);
  return members.some((name) => name !== 'id' && name !== 'status');
}

function repeated(product: StagedProduct): RowError {
  return {
    line: product.line ?? 0,
    key: product.product_key,
    code: 'product_repeated',
    reason: `The product "${product.product_key}" was already given with other texts. The first ones are kept; the variants are joined.`,
    severity: 'warning',
  };
}
