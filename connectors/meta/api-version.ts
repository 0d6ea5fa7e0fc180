/**
 * The Graph version every call names. v26.0: released 2026-07-29, no expiry set (developers.facebook.com/docs/graph-api/changelog/versions,
 * verified 2026-11). Catalog calls follow the Marketing API, whose versions live about a year: raise it twice a year.
 */
export const API_VERSION = 'v26.0';

/** Oldest version whose Marketing API is alive (verified 2026-11). */
export const OLDEST_VERSION = 'v25.0';
