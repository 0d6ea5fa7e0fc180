import type { SourceConfig } from '../config/config.js';
import { importSource } from './import.js';
import type { ImportResult } from './import-result.js';
import { type ImportPlace, importShop } from './import-shop.js';
import { readSource } from './read-source.js';
import type { Progress } from './staging.js';

/** Which source is imported, by whom, and whether a guard was opened. */
export interface ImportOrder {
  readonly source: SourceConfig;
  readonly actor: string;
  readonly force?: string;
  /** True: a shop is read whole, whatever was read before. */
  readonly whole?: boolean;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Imports a configured source from its file, address or shop. Throws what `readSource`, `importShop` and `importSource` throw. */
export async function importFrom(place: ImportPlace, order: ImportOrder): Promise<ImportResult> {
  const { source, actor, force, progress, whole = false } = order;
  const { clock } = place;
  const signal = order.signal ?? place.signal;
  const input = {
    source,
    actor,
    ...(force === undefined ? {} : { force }),
    ...(progress === undefined ? {} : { progress }),
  };
  if (source.channel !== undefined)
    return importShop(place, { ...input, channel: source.channel, whole, signal });
  return importSource(place.database, {
    ...input,
    clock,
    read: (report, known) => readSource(source, { report, signal, now: clock.now(), known }),
  });
}
