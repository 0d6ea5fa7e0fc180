import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { SourceConfig } from '../config/config.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { type Clock, type Instant, instantOf } from '../domain/instant.js';
import { importSource } from './import.js';
import type { ImportResult } from './import-result.js';
import { fetchSource } from './readers/fetch-source.js';
import { openSource } from './readers/open-source.js';
import type { Progress } from './staging.js';

/** Where an import runs. */
export interface ImportPlace {
  readonly database: Database;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Which source is imported, by whom, and whether a guard was opened. */
export interface ImportOrder {
  readonly source: SourceConfig;
  readonly actor: string;
  readonly force?: string;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Imports a configured source from its file or address. Throws `source_missing` when the file is not there. */
export async function importFrom(place: ImportPlace, order: ImportOrder): Promise<ImportResult> {
  const { source, actor, force, progress } = order;
  const signal = order.signal ?? place.signal;
  const { input, countedAt } = await openInput(source, signal);
  return importSource(place.database, {
    source,
    read: (report) => openSource(input, source, { report, signal }),
    actor,
    clock: place.clock,
    ...(countedAt === undefined ? {} : { countedAt }),
    ...(force === undefined ? {} : { force }),
    ...(progress === undefined ? {} : { progress }),
  });
}

/** A file's counts are as old as the file: reading it again is no new count. */
async function openInput(
  source: SourceConfig,
  signal: AbortSignal,
): Promise<{ readonly input: Readable; readonly countedAt?: Instant }> {
  if (source.url !== undefined) return { input: await fetchSource(source.url, signal) };
  if (source.path !== undefined && existsSync(source.path)) {
    return { input: createReadStream(source.path), countedAt: instantOf((await stat(source.path)).mtimeMs) };
  }
  throw new OperatorError(
    'source_missing',
    `The file of source "${source.id}" is not there: ${source.path ?? '(no path)'}`,
    'Check `path` of the source in omnifeed.yaml. What is live stays live.',
  );
}
