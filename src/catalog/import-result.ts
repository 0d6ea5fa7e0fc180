import type { Instant } from '../domain/instant.js';
import type { GuardReason } from './guard.js';
import type { ImportRun } from './import-run.js';
import type { Merged } from './merge.js';
import type { ReadResult, RowError, SourceFormat } from './readers/reader.js';
import type { StagingCounts } from './staging.js';

/** What became of an import. Stored as the facts of its run. */
export interface ImportResult {
  readonly importId: string;
  readonly state: 'merged' | 'held';
  /** The server said that the file is still the one this import read; nothing was read, and the counts are of then. */
  readonly sameAs?: string;
  /** Data rows of the file. */
  readonly rows: number;
  /** Products of the file that are taken: created + changed + unchanged. */
  readonly products: number;
  /** Products whose own texts, pictures or status changed; the listings of all their variants are looked at again. */
  readonly productsCreated: number;
  readonly productsChanged: number;
  readonly productsEnded: number;
  /** Variants of the file that are taken: created + changed + unchanged. */
  readonly variants: number;
  readonly created: number;
  /** Variants of which content, offer, status or place changed; stock counts have a ledger of their own. */
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
  /** Rows of which nothing was taken, each with a complaint. */
  readonly rejectedRows: number;
  /** Variants without a SKU in the file: each got a made one, which stays the same from import to import. */
  readonly skusGenerated: number;
  /** Number of complaints of each severity; `importErrors` reads them. */
  readonly errors: number;
  readonly warnings: number;
  /** Number of complaints of each code, `{ price_zero: 3 }`. */
  readonly complaintsByCode: Readonly<Record<string, number>>;
  readonly format: SourceFormat | 'shop';
  /** A shop was asked for what changed since then; absent: everything was read. */
  readonly changedSince?: Instant;
  readonly encoding: string;
  readonly encodingCertain: boolean;
  readonly delimiter?: string;
  /** Name of the source mapping that was used, told or recognised. */
  readonly mapping?: string;
  /** Why it waits for a person, when it is held. */
  readonly heldBecause?: readonly GuardReason[];
  /** Lets exactly this import through: give it as `force`. */
  readonly checksum?: string;
}

/** What a held import did to the catalog, and what it would have brought. */
export function nothingMerged(staged: Pick<Merged, 'products' | 'variants'>): Merged {
  return {
    ...staged,
    productsCreated: 0,
    productsChanged: 0,
    productsEnded: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    ended: 0,
    rejected: 0,
    complaints: [],
  };
}

/** Puts together what the reader, the staging and the merge counted. */
export function resultOf(
  reading: {
    readonly run: ImportRun;
    readonly staging: { readonly counts: StagingCounts };
    readonly read: ReadResult;
  },
  merged: Merged,
  end: Pick<ImportResult, 'state' | 'heldBecause' | 'checksum'>,
): ImportResult {
  const { run, read } = reading;
  const { counts } = reading.staging;
  const { rejected, complaints, ...mergedCounts } = merged;
  const late = (severity: RowError['severity']) =>
    complaints.filter((error) => error.severity === severity).length;
  return {
    importId: run.id,
    rows: read.rows,
    ...mergedCounts,
    rejectedRows: read.rejectedRows + counts.rejected + rejected,
    skusGenerated: counts.skusGenerated,
    errors: counts.errors + late('error'),
    warnings: counts.warnings + late('warning'),
    complaintsByCode: byCode(counts.complaintsByCode, complaints),
    format: read.format,
    encoding: read.encoding,
    encodingCertain: read.encodingCertain,
    ...(read.shop?.since === undefined ? {} : { changedSince: read.shop.since }),
    ...(read.delimiter === undefined ? {} : { delimiter: read.delimiter }),
    ...(read.mapping === undefined ? {} : { mapping: read.mapping }),
    ...end,
  };
}

function byCode(counts: ReadonlyMap<string, number>, late: readonly RowError[]): Record<string, number> {
  const all = new Map(counts);
  for (const { code } of late) all.set(code, (all.get(code) ?? 0) + 1);
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}
