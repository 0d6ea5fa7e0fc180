import type { Instant } from '../../domain/instant.js';
import type { SourceProduct } from '../../domain/product.js';
import type { Columns } from '../columns.js';
import type { Validators } from './fetch-source.js';

/** Formats a source may have. `mapped-*` are read through a source mapping (`mappings/sources/*.yaml`). */
export const SOURCE_FORMATS = [
  'shopify-csv',
  'woocommerce-csv',
  'magento-csv',
  'google-xml',
  'google-tsv',
  'mapped-csv',
  'mapped-jsonl',
  'mapped-json',
  'mapped-xml',
  'mapped-xlsx',
] as const;

/** One of `SOURCE_FORMATS`. */
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/** How far a reader goes before it refuses a file. Bytes are counted after decompression. */
export interface ReadLimits {
  /** Bytes of the whole file once decompressed. */
  readonly outputBytes: number;
  /** Output per input byte of a compressed file, looked at after the first 10 MB of output. */
  readonly compressionRatio: number;
  /** Bytes of one CSV row, one JSON line or one XML item. */
  readonly recordBytes: number;
  /** Variants that may wait for their product (Magento: simple products before their configurable). */
  readonly waitingVariants: number;
}

/** Limits without a setting: files of 2 GB, ratio 200, rows of 4 MB, 200,000 waiting variants. */
export const DEFAULT_LIMITS: ReadLimits = {
  outputBytes: 2 * 1024 ** 3,
  compressionRatio: 200,
  recordBytes: 4 * 1024 ** 2,
  waitingVariants: 200_000,
};

/**
 * What the merchant says about a source. Everything but `id` may be left out: it is detected, and what was detected is
 * shown in the `ReadResult`.
 */
export interface SourceSettings {
  /** The operator's name of the source, `main-shop`. */
  readonly id: string;
  /** Absent or `auto`: recognised by header columns or content. */
  readonly format?: SourceFormat | 'auto';
  /** Name iconv-lite knows (`utf-8`, `windows-1252`, `shift_jis`). Absent: detected. */
  readonly encoding?: string;
  /** Cell delimiter, `\t` for a tab. Several: each of them ends a cell. Absent: detected. */
  readonly delimiter?: string | readonly string[];
  /** Quote of cells; empty text: none. Absent: `"`. */
  readonly quote?: string;
  /** What stands before the cents. Absent: a point; a comma is then not guessed but reported. */
  readonly decimalMark?: '.' | ',';
  /** Currency of prices that do not name one, ISO 4217. */
  readonly currency?: string;
  /** Location that quantities belong to. Absent: `default`. */
  readonly location?: string;
  /** Start of relative picture and page addresses, `https://shop.example/media/catalog/product`. */
  readonly baseUrl?: string;
  /**
   * Path of a source mapping, or the name of one in `mappings/sources`, for formats that have no reader of their own.
   * Absent: one that is shipped is taken when the columns fit it.
   */
  readonly mapping?: string;
  /** Which column of a table is which field: a source mapping for those who write none. */
  readonly columns?: Columns;
  readonly limits?: Partial<ReadLimits>;
}

/** A complaint about one row. `error`: the row (or this product) is not imported; `warning`: it is, without this value. */
export interface RowError {
  /** First line of the row in the file, from 1. For XLSX the row, for XML and JSON the line where the item starts. */
  readonly line: number;
  /** Column or element concerned. */
  readonly column?: string;
  /** SKU, handle or id of the row, as far as known. */
  readonly key?: string;
  /** Stable machine word, `price_negative`. */
  readonly code: string;
  /** Sentence for the merchant: what is wrong, with the value, and what to do. */
  readonly reason: string;
  readonly severity: 'error' | 'warning';
}

/** What a reader is lent: the settings, a place for complaints, and the signal to stop. */
export interface ReaderContext {
  readonly source: SourceSettings;
  readonly report: (error: RowError) => void;
  readonly signal: AbortSignal;
}

/** One state of a file on the web, and how it was read. */
export interface SourceCopy extends Validators {
  /** Fingerprint of address, settings and source mapping: read in another way, the same file says something else. */
  readonly readAs: string;
  readonly readAt: Instant;
  readonly countedAt?: Instant;
}

/** How a storefront was read. */
export interface ShopRead {
  /** Right before the first call: what changes after it may be missing. */
  readonly askedAt: Instant;
  /** When the shop was last asked for everything. */
  readonly wholeAt: Instant;
  /** Only what changed since then was asked for; absent: everything was. */
  readonly since?: Instant;
}

/** What was read, once the file is proven complete. Shown to the operator as it is. */
export interface ReadResult {
  /** Data rows or items, header not counted. */
  readonly rows: number;
  readonly products: number;
  readonly variants: number;
  /** Rows of which nothing was imported; each has a `RowError` of severity `error`. */
  readonly rejectedRows: number;
  /** Encoding the file was read in. */
  readonly encoding: string;
  /** False when the encoding was inferred and another one would have been possible. */
  readonly encodingCertain: boolean;
  /** Cell delimiter of text tables. */
  readonly delimiter?: string;
  /** `shop`: read from a storefront, page by page. */
  readonly format: SourceFormat | 'shop';
  /** Name of the source mapping that was used, told or recognised. */
  readonly mapping?: string;
  /** When the stock counts in it were taken, as far as known. Absent: when reading began, which only a live source may claim. */
  readonly countedAt?: Instant;
  /** How the same state of a file on the web is known again. */
  readonly copy?: SourceCopy;
  /** How a storefront was read. */
  readonly shop?: ShopRead;
  /** A reader that cannot say this throws instead. */
  readonly complete: true;
}

/**
 * The products of a source in batches, in file order, then the result. A product whose rows do not stand together
 * arrives again under the same `product.id` with its further variants; the import joins them.
 * Throws `OperatorError` for a file that cannot be used (`source_empty`, `source_header_only`, `source_html`,
 * `source_incomplete`, `source_too_large`, `source_record_too_large`, `source_format_unknown`, …): nothing of it
 * may be merged then.
 */
export type ProductStream = AsyncGenerator<SourceProduct[], ReadResult, void>;
