import type { Database } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import { OmnifeedError } from '../domain/errors.js';
import type { Clock, Instant } from '../domain/instant.js';
import { fingerprint } from '../domain/revision.js';
import type { Filled } from './filled-fields.js';
import { DEFAULT_GUARD, type GuardReason, type GuardSettings, guardReasons } from './guard.js';
import {
  assertCurrent,
  beginImport,
  endImport,
  type ImportRun,
  pastImports,
  sweepStaging,
} from './import-run.js';
import { type Merged, mergeStaged } from './merge.js';
import type { ProductStream, ReadResult, RowError } from './readers/reader.js';
import { type Progress, Staging } from './staging.js';
import { findVanishedSupplements, mergeSupplement } from './supplement.js';
import { findVanished, type Vanished } from './vanished.js';

/** A configured source as the import sees it. */
export interface ImportSource {
  /** The operator's name of the source, `main-shop`. */
  readonly id: string;
  /** `primary`: brings products · `supplemental`: adds to products that others brought. */
  readonly role: 'primary' | 'supplemental';
  readonly guard?: Partial<GuardSettings>;
  /** Among supplemental sources the higher one wins. Absent: 0. */
  readonly priority?: number;
}

/** What an import needs. */
export interface ImportInput {
  readonly source: ImportSource;
  /** Opens the source; complaints about rows go to `report`. */
  readonly read: (report: (error: RowError) => void) => ProductStream;
  /** Who asked for it, `operator:anna`, `schedule:nightly`. */
  readonly actor: string;
  readonly clock: Clock;
  /** When the stock counts in the source were taken. Absent: when reading began, which only a live source may claim. */
  readonly countedAt?: Instant;
  /** Checksum of a held import that a person lets through. */
  readonly force?: string;
  readonly progress?: Progress;
}

/** What became of an import. Stored as the facts of its run. */
export interface ImportResult {
  readonly importId: string;
  readonly state: 'merged' | 'held';
  /** Data rows of the file. */
  readonly rows: number;
  readonly products: number;
  readonly variants: number;
  /** Rows of which nothing was taken, each with a complaint. */
  readonly rejectedRows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
  /** Number of complaints of each kind; `importErrors` reads them. */
  readonly errors: number;
  readonly warnings: number;
  readonly format: string;
  readonly encoding: string;
  readonly encodingCertain: boolean;
  readonly delimiter?: string;
  /** Why it waits for a person, when it is held. */
  readonly heldBecause?: readonly GuardReason[];
  /** Lets exactly this import through: give it as `force`. */
  readonly checksum?: string;
}

/** What later imports compare themselves with. */
interface Facts extends ImportResult {
  readonly actor: string;
  readonly filled: Filled;
  readonly vanished: Vanished;
}

const NOTHING_MERGED = { created: 0, changed: 0, unchanged: 0, ended: 0 };

/**
 * Imports a source: reads it to its proven end, compares it with the last good import, and merges it in one swap. A
 * file that is not complete, or that a guard stops, changes nothing. Throws `OperatorError` for a file that cannot be
 * used and whatever the reader throws; the import is then noted as failed. Killed at any point, the catalog is as before.
 */
export async function importSource(database: Database, input: ImportInput): Promise<ImportResult> {
  const beganAt = input.clock.now();
  const run = await beginImport(database, input.source.id, beganAt);
  const staging = new Staging(database, run, input.progress);
  try {
    const read = await staging.read(input.read(staging.report));
    const reading = { run, beganAt, staging, read, vanished: await vanishedOf(database, run, input.source) };
    const verdict = await judge(database, reading, input);
    return verdict === null
      ? await merge(database, reading, input)
      : await hold(database, reading, { ...verdict, input });
  } catch (error) {
    await staging.flush().catch(() => undefined); // The complaints may tell why; the failure itself is told below.
    await fail(database, run, { error, input });
    throw error;
  } finally {
    await sweepStaging(database);
  }
}

/** A source read into staging, before it is judged. */
interface Reading {
  readonly run: ImportRun;
  readonly beganAt: Instant;
  readonly staging: Staging;
  readonly read: ReadResult;
  readonly vanished: Vanished;
}

function vanishedOf(database: Database, run: ImportRun, source: ImportSource): Promise<Vanished> {
  return source.role === 'primary' ? findVanished(database, run) : findVanishedSupplements(database, run);
}

interface Hold {
  readonly reasons: readonly GuardReason[];
  readonly checksum: string;
}

/** Null: may be merged. */
async function judge(database: Database, reading: Reading, input: ImportInput): Promise<Hold | null> {
  const past = await pastImports<Facts>(database, input.source.id, 50);
  const last = past.find((run) => run.state === 'merged')?.facts ?? null;
  const settings = { ...DEFAULT_GUARD, ...input.source.guard };
  const { counts } = reading.staging;
  const facts = { rows: reading.read.rows, variants: counts.variants, filled: counts.filled, last };
  const reasons = guardReasons({ ...facts, ...reading.vanished }, settings);
  if (reasons.length === 0) return null;
  const checksum = fingerprint(
    JSON.stringify([input.source.id, reading.read.rows, reasons, reading.vanished]),
  );
  if (input.force === checksum) return null;
  return { reasons, checksum };
}

async function merge(database: Database, reading: Reading, input: ImportInput): Promise<ImportResult> {
  const { run, staging } = reading;
  return database.transaction(async (tx) => {
    await assertCurrent(tx, run);
    const at = input.clock.now();
    const stamp = {
      actor: `import:${run.id}`,
      at,
      seq: await nextSequence(tx),
      countedAt: input.countedAt ?? reading.beganAt,
    };
    const merged =
      input.source.role === 'primary'
        ? await mergeStaged(tx, { run, stamp, whole: true })
        : await mergeSupplement(tx, { run, stamp, priority: input.source.priority ?? 0 });
    await staging.writeLate(tx, merged.complaints);
    const result = resultOf(reading, merged, { state: 'merged' });
    const stored = { ...result, ...comparable(reading, input) };
    await endImport(tx, run, { state: 'merged', at, facts: stored });
    return result;
  });
}

async function hold(
  database: Database,
  reading: Reading,
  verdict: Hold & { readonly input: ImportInput },
): Promise<ImportResult> {
  const { counts } = reading.staging;
  const outcome = {
    ...NOTHING_MERGED,
    products: counts.products,
    variants: counts.variants,
    rejected: 0,
    complaints: [],
  };
  const result = resultOf(reading, outcome, {
    state: 'held',
    heldBecause: verdict.reasons,
    checksum: verdict.checksum,
  });
  const facts = { ...result, ...comparable(reading, verdict.input) };
  await database.transaction((tx) =>
    endImport(tx, reading.run, { state: 'held', at: verdict.input.clock.now(), facts }),
  );
  return result;
}

function comparable(reading: Reading, input: ImportInput): Omit<Facts, keyof ImportResult> {
  return { actor: input.actor, filled: reading.staging.counts.filled, vanished: reading.vanished };
}

function resultOf(
  { run, staging, read }: Reading,
  merged: Merged,
  end: Pick<ImportResult, 'state' | 'heldBecause' | 'checksum'>,
): ImportResult {
  const late = (severity: RowError['severity']) =>
    merged.complaints.filter((error) => error.severity === severity).length;
  return {
    importId: run.id,
    rows: read.rows,
    products: merged.products,
    variants: merged.variants,
    rejectedRows: read.rejectedRows + staging.counts.rejected + merged.rejected,
    created: merged.created,
    changed: merged.changed,
    unchanged: merged.unchanged,
    ended: merged.ended,
    errors: staging.counts.errors + late('error'),
    warnings: staging.counts.warnings + late('warning'),
    format: read.format,
    encoding: read.encoding,
    encodingCertain: read.encodingCertain,
    ...(read.delimiter === undefined ? {} : { delimiter: read.delimiter }),
    ...end,
  };
}

async function fail(
  database: Database,
  run: ImportRun,
  failure: { readonly error: unknown; readonly input: ImportInput },
): Promise<void> {
  const { error, input } = failure;
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof OmnifeedError ? error.code : 'failed';
  const end = {
    state: 'failed',
    at: input.clock.now(),
    facts: { actor: input.actor, code },
    error: text,
  } as const;
  await database.transaction((tx) => endImport(tx, run, end)).catch(() => undefined); // The first failure is the one to tell.
}
