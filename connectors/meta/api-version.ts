/** Where Graph lives. */
export const GRAPH_HOST = 'https://graph.facebook.com';

/**
 * The Graph version every call names. v26.0: released 2026-07-29, no expiry set (developers.facebook.com/docs/graph-api/changelog/versions,
 * verified 2026-11). Catalog calls follow the Marketing API, whose versions live about a year: raise it twice a year.
 */
export const API_VERSION = 'v26.0';

/** Last days of versions under the Marketing API, which the catalog edges belong to; later versions have none yet (same page, verified 2026-11). */
const OVER_ON: readonly (readonly [version: string, day: string])[] = [
  ['v24.0', '2026-10-06'],
  ['v23.0', '2026-06-09'],
  ['v22.0', '2026-02-19'],
  ['v21.0', '2025-09-09'],
  ['v20.0', '2026-09-24'],
];

/** The day a version was or will be over for catalog calls, `YYYY-MM-DD`; null: none is known. Versions before the table are long over. */
export function versionOverOn(version: string): string | null {
  const listed = OVER_ON.find(([name]) => name === version);
  if (listed) return listed[1];
  return majorOf(version) < 20 ? '2025-01-21' : null;
}

function majorOf(version: string): number {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? Number.NaN);
}
