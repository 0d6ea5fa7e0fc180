import type { Database } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import { InvariantError, OmnifeedError } from '../domain/errors.js';
import type { Clock, Instant } from '../domain/instant.js';
import { fingerprint } from '../domain/revision.js';
import { keepAttributes } from './attribute-census.js';
import { DEFAULT_GUARD, type GuardReason, type GuardSettings, guardReasons } from './guard.js';
import { factsAgain, type ImportFacts, resultIn, wholeOf } from './import-facts.js';
import { type ImportResult, nothingMerged, resultOf } from './import-result.js';
import {
  assertCurrent,
  beginImport,
  endImport,
  type ImportRun,
  lastMerged,
  sweepStaging,
} from './import-run.js';
import { mergeStaged } from './merge.js';
import type { SourceReading } from './read-source.js';
import type { ProductStream, ReadResult, RowError, ShopRead, SourceCopy } from './readers/reader.js';
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
  /**
   * Opens the source; complaints about rows go to `report`. `known`: the state of a file on the web that the last good
   * import read; `not-modified` says that it still is that one, and nothing is done. `last`: how a storefront was read for it.
   */
  readonly read: (
    report: (error: RowError) => void,
    known: SourceCopy | null,
    last: ShopRead | null,
  ) => ProductStream | Promise<SourceReading>;
  /** Who asked for it, `operator:anna`, `schedule:nightly`. */
  readonly actor: string;
  readonly clock: Clock;
  /** Checksum of a held import that a person lets through. */
  readonly force?: string;
  readonly progress?: Progress;
}

/**
 * Imports a source: reads it to its proven end, compares it with the last good import, and merges it in one swap. A
 * file that is not complete, or that a guard stops, changes nothing. Throws `OperatorError` for a file that cannot be
 * used and whatever the reader throws; the import is then noted as failed. Killed at any point, the catalog is as before.
 */
export async function importSource(database: Database, input: ImportInput): Promise<ImportResult> {
  const beganAt = input.clock.now();
  const run = await beginImport(database, input.source.id, beganAt);
  const staging = new Staging(database, run, { role: input.source.role, progress: input.progress });
  try {
    const last = await lastMerged<ImportFacts>(database, input.source.id);
    const before = input.force === undefined ? last : null;
    const opened = await input.read(staging.report, before?.copy ?? null, before?.shop ?? null);
    if (opened === 'not-modified') return await sameAgain(database, run, { last, input });
    const read = await staging.read(opened);
    const vanished = isPart(read) ? NONE_VANISHED : await vanishedOf(database, run, input.source);
    const reading = { run, beganAt, staging, read, vanished, last };
    const verdict = judge(reading, input);
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
  /** What the last import that went into the catalog found. */
  readonly last: ImportFacts | null;
}

/** A part of a source says nothing of what it does not have. */
function isPart(read: ReadResult): boolean {
  return read.shop?.since !== undefined;
}

const NONE_VANISHED: Vanished = { known: 0, vanished: 0, digest: '' };

function vanishedOf(database: Database, run: ImportRun, source: ImportSource): Promise<Vanished> {
  const { staging } = database;
  return source.role === 'primary' ? findVanished(staging, run) : findVanishedSupplements(staging, run);
}

interface Hold {
  readonly reasons: readonly GuardReason[];
  readonly checksum: string;
}

/** Null: may be merged. */
function judge(reading: Reading, input: ImportInput): Hold | null {
  if (isPart(reading.read)) return null;
  const settings = { ...DEFAULT_GUARD, ...input.source.guard };
  const { counts } = reading.staging;
  const facts = {
    rows: reading.read.rows,
    variants: counts.variants,
    filled: counts.filled,
    last: reading.last === null ? null : wholeOf(reading.last),
  };
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
      countedAt: reading.read.countedAt ?? reading.beganAt,
    };
    const uses = staging.counts.attributes.all();
    const taken =
      input.source.role === 'primary'
        ? await mergeStaged(tx, { run, stamp, whole: true, part: isPart(reading.read) })
        : await mergeSupplement(tx, { run, stamp, priority: input.source.priority ?? 0 });
    const complaints = [...taken.complaints, ...(await keepAttributes(tx, input.source.id, uses))];
    const merged = { ...taken, complaints };
    await staging.writeLate(tx, complaints);
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
  const { products, variants } = reading.staging.counts;
  const result = resultOf(reading, nothingMerged({ products, variants }), {
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

function comparable(reading: Reading, input: ImportInput): Omit<ImportFacts, keyof ImportResult> {
  const { copy, shop } = reading.read;
  const { last } = reading;
  return {
    actor: input.actor,
    filled: reading.staging.counts.filled,
    vanished: reading.vanished,
    ...(copy === undefined ? {} : { copy }),
    ...(shop === undefined ? {} : { shop }),
    ...(isPart(reading.read) && last !== null ? { whole: wholeOf(last) } : {}),
  };
}

/** The file is the one that was imported last: nothing was read, and an earlier failure is over. */
async function sameAgain(
  database: Database,
  run: ImportRun,
  found: { readonly last: ImportFacts | null; readonly input: ImportInput },
): Promise<ImportResult> {
  const { last, input } = found;
  if (last === null) throw new InvariantError('a source that was never imported cannot be unchanged');
  const facts = factsAgain(last, { importId: run.id, actor: input.actor });
  await database.transaction((tx) => endImport(tx, run, { state: 'merged', at: input.clock.now(), facts }));
  return resultIn(facts);
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
