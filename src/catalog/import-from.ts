import type { SourceConfig } from '../config/config.js';
import type { Database } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import { importSource } from './import.js';
import type { ImportResult } from './import-result.js';
import { readSource } from './read-source.js';
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

/** Imports a configured source from its file or address. Throws what `readSource` and `importSource` throw. */
export async function importFrom(place: ImportPlace, order: ImportOrder): Promise<ImportResult> {
  const { source, actor, force, progress } = order;
  const { clock } = place;
  const signal = order.signal ?? place.signal;
  return importSource(place.database, {
    source,
    read: (report, known) => readSource(source, { report, signal, now: clock.now(), known }),
    actor,
    clock,
    ...(force === undefined ? {} : { force }),
    ...(progress === undefined ? {} : { progress }),
  });
}
