import { createReadStream, existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { SourceConfig } from '../config/config.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { type ImportResult, importSource } from './import.js';
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
  const input = await openInput(source, signal);
  return importSource(place.database, {
    source,
    read: (report) => openSource(input, source, { report, signal }),
    actor,
    clock: place.clock,
    ...(force === undefined ? {} : { force }),
    ...(progress === undefined ? {} : { progress }),
  });
}

async function openInput(source: SourceConfig, signal: AbortSignal): Promise<Readable> {
  if (source.url !== undefined) return fetchSource(source.url, signal);
  if (source.path !== undefined && existsSync(source.path)) return createReadStream(source.path);
  throw new OperatorError(
    'source_missing',
    `The file of source "${source.id}" is not there: ${source.path ?? '(no path)'}`,
    'Check `path` of the source in omnifeed.yaml. What is live stays live.',
  );
}
