import type { Database, Queries } from '../db/database.js';
import { InvariantError } from '../domain/errors.js';
import type { SourceProduct } from '../domain/product.js';
import { addProducts, addStock, addVariants } from './add-staged.js';
import { AttributeTally } from './attribute-tally.js';
import { breathe } from './breathe.js';
import { type Filled, filledFields, noteFilled } from './filled-fields.js';
import { writeImportErrors } from './import-errors.js';
import type { ImportRun } from './import-run.js';
import type { ProductStream, ReadResult, RowError } from './readers/reader.js';
import { generatedSkuReason, SKU_GENERATED } from './readers/variant-codes.js';
import { countBefore, joined } from './scattered-products.js';
import { NO_DUPLICATES, settleDuplicates } from './staged-duplicates.js';
import {
  hasMadeSku,
  type StagedStock,
  type StagedVariant,
  stagedProduct,
  stagedStock,
  stagedVariant,
} from './staged-rows.js';

/** What one reading of a source brought into staging. */
export interface StagingCounts {
  /** Distinct products. */
  products: number;
  /** Variants staged. */
  variants: number;
  /** Variants the reader handed over. */
  handedOver: number;
  /** Variants staged before that were counted at a further location. */
  joined: number;
  /** Variants not staged, each with a complaint. */
  rejected: number;
  /** Variants staged whose source gives no SKU. */
  skusGenerated: number;
  errors: number;
  warnings: number;
  readonly complaintsByCode: Map<string, number>;
  readonly filled: Filled;
  readonly attributes: AttributeTally;
}

/** Tells how far a reading is. */
export type Progress = (counts: { readonly products: number; readonly variants: number }) => void;

/** How a source is staged. */
export interface StagingOptions {
  readonly role: 'primary' | 'supplemental';
  readonly progress?: Progress | undefined;
}

const VARIANTS_PER_TRANSACTION = 1_000;
/** Complaints are written to disk with care; a few at a time would cost more than all staging. */
const COMPLAINTS_PER_TRANSACTION = 2_000;
/** Warnings of one kind that are kept with their lines; the others are counted. Errors are all kept. */
const KEPT_WARNINGS_PER_CODE = 10_000;

/** Reads a source to its end into staging, in transactions of about a thousand variants. */
export class Staging {
  readonly counts: StagingCounts = {
    products: 0,
    variants: 0,
    handedOver: 0,
    joined: 0,
    rejected: 0,
    skusGenerated: 0,
    errors: 0,
    warnings: 0,
    complaintsByCode: new Map(),
    filled: filledFields(),
    attributes: new AttributeTally(),
  };
  readonly #database: Database;
  readonly #run: ImportRun;
  readonly #options: StagingOptions;
  #complaints: RowError[] = [];
  #written = 0;
  #productNumber: number;
  #variantNumber: number;

  constructor(database: Database, run: ImportRun, options: StagingOptions) {
    this.#database = database;
    this.#run = run;
    this.#options = options;
    this.#productNumber = run.first;
    this.#variantNumber = run.first;
  }

  /** Takes a complaint about a row; it is written with the next batch. */
  readonly report = (error: RowError): void => {
    // A row of a supplemental source that has no SKU speaks of its product; nothing gets the made SKU.
    if (error.code === SKU_GENERATED && this.#options.role === 'supplemental') return;
    const { counts } = this;
    const before = counts.complaintsByCode.get(error.code) ?? 0;
    counts.complaintsByCode.set(error.code, before + 1);
    if (error.severity === 'error') counts.errors++;
    else counts.warnings++;
    if (error.severity === 'error' || before < KEPT_WARNINGS_PER_CODE) this.#complaints.push(error);
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
      if (this.#complaints.length >= COMPLAINTS_PER_TRANSACTION) await this.flush();
    }
  }

  /** Writes complaints that came after the last batch. */
  async flush(): Promise<void> {
    while (this.#complaints.length > 0) {
      const part = this.#complaints.slice(0, COMPLAINTS_PER_TRANSACTION);
      await this.#database.transaction((tx) => writeImportErrors(tx, this.#run, part, this.#written + 1));
      this.#written += part.length;
      this.#complaints = this.#complaints.slice(part.length);
      await breathe(); // one piece of a file may bring tens of thousands
    }
  }

  /** Writes complaints that the merge made, in its transaction: the last ones of this import. */
  async writeLate(tx: Queries, complaints: readonly RowError[]): Promise<void> {
    await writeImportErrors(tx, this.#run, complaints, this.#written + 1);
  }

  #proven(result: ReadResult): ReadResult {
    const { handedOver, variants, joined, rejected } = this.counts;
    if (result.complete !== true)
      throw new InvariantError('a reader ended without saying that the file is complete');
    if (handedOver !== result.variants) {
      throw new InvariantError(
        `the reader counted ${result.variants} variants and handed over ${handedOver}`,
      );
    }
    if (variants + joined + rejected !== handedOver) {
      throw new InvariantError(
        `${handedOver} variants came in, ${variants} staged + ${joined} joined + ${rejected} rejected`,
      );
    }
    return result;
  }

  async #write(products: readonly SourceProduct[]): Promise<void> {
    if (products.length === 0) return;
    const batch = await this.#stage(products);
    this.counts.products += batch.products;
    this.counts.variants += batch.variants;
    this.counts.handedOver += batch.handedOver;
    this.counts.skusGenerated += batch.skusGenerated;
    this.counts.joined += batch.joined;
    this.counts.rejected += batch.handedOver - batch.variants - batch.joined;
    for (const error of batch.complaints) this.report(error);
    if (this.#complaints.length >= COMPLAINTS_PER_TRANSACTION) await this.flush();
    this.#options.progress?.(this.counts);
    await breathe();
  }

  async #stage(source: readonly SourceProduct[]) {
    const run = this.#run.number;
    const pieces = joined(source);
    const products = pieces.map((piece) => stagedProduct({ n: this.#productNumber++, run }, piece));
    const firstVariant = this.#variantNumber;
    for (const piece of pieces) {
      this.#variantNumber += piece.variants.length;
      this.counts.attributes.add(piece);
      for (const variant of piece.variants) noteFilled(this.counts.filled, piece.product, variant);
    }
    return this.#database.transaction(async (tx) => {
      const complaints: RowError[] = [];
      const added = await addProducts(tx, products);
      const before = await countBefore(tx, this.#run, { products, added }, complaints);
      const variants: StagedVariant[] = [];
      const stock: StagedStock[] = [];
      const made = new Set<number>();
      for (const piece of pieces) {
        const offset = before.get(piece.product.id) ?? 0;
        for (const [index, variant] of piece.variants.entries()) {
          const n = firstVariant + variants.length;
          const position = offset + index + 1;
          const staged = stagedVariant({ n, run }, { product: piece, variant, position });
          variants.push(staged);
          stock.push(...stagedStock(n, variant.stock));
          if (hasMadeSku(variant)) made.add(n);
          // Readers of files have made it themselves and told so.
          if (variant.sku !== staged.sku) complaints.push(skuMade(staged));
        }
      }
      await addStock(tx, stock);
      const staged = await addVariants(tx, variants);
      const again =
        staged === variants.length
          ? NO_DUPLICATES
          : await settleDuplicates(tx, this.#run, { variants, stock });
      for (const n of again.left) made.delete(n);
      complaints.push(...again.complaints);
      return {
        products: added,
        variants: staged,
        handedOver: variants.length,
        joined: again.joined,
        skusGenerated: this.#options.role === 'primary' ? made.size : 0,
        complaints,
      };
    });
  }
}

function skuMade(variant: StagedVariant): RowError {
  return {
    line: variant.line ?? 0,
    key: variant.sku,
    code: SKU_GENERATED,
    reason: generatedSkuReason(variant.sku),
    severity: 'warning',
  };
}
