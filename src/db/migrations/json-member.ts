import type { Database } from '../database.js';

/** A whole number two levels deep in a column of JSON text, in the engine's own words. */
export function jsonNumber(
  engine: Database['engine'],
  column: string,
  path: readonly [string, string],
): string {
  return engine === 'sqlite'
    ? `json_extract(${column}, '$.${path.join('.')}')`
    : `CAST(CAST(${column} AS json) #>> '{${path.join(',')}}' AS bigint)`;
}

/** A text two levels deep in a column of JSON text, in the engine's own words. */
export function jsonText(
  engine: Database['engine'],
  column: string,
  path: readonly [string, string],
): string {
  return engine === 'sqlite'
    ? `json_extract(${column}, '$.${path.join('.')}')`
    : `CAST(${column} AS json) #>> '{${path.join(',')}}'`;
}
