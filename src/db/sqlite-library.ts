import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

const require = createRequire(import.meta.url);

/**
 * Two releases of the one library, because none runs everywhere: 12 aborts the process on Node 24.19 and newer when a statement is
 * collected, 13 does not load on Node 20. Source: WiseLibs/better-sqlite3 #1515 and both releases tried; verified 2026-11.
 */
const LIBRARY = Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3-napi' : 'better-sqlite3';

/** Where the library of this Node is, for threads of their own. */
export const SQLITE_PATH: string = require.resolve(LIBRARY);

/** The SQLite driver for this Node. */
export const SqliteDriver = require(SQLITE_PATH) as typeof Sqlite;
