import { readFile, stat } from 'node:fs/promises';
import { OperatorError } from '../domain/errors.js';
import { type Instant, instantOf, plusMs } from '../domain/instant.js';
import { fingerprint } from '../domain/revision.js';
import { fetchSource, type Validators } from './readers/fetch-source.js';
import { openSource } from './readers/open-source.js';
import type {
  ProductStream,
  ReaderContext,
  ReadResult,
  SourceCopy,
  SourceSettings,
} from './readers/reader.js';

/** A server is taken at its word that nothing changed for a day; then the file is read again. */
const TRUSTED_MS = 24 * 3_600_000;

/** A source and where it is: exactly one of path and url. */
export interface PlacedSource extends SourceSettings {
  readonly path?: string;
  readonly url?: string;
  /** What an import is held for says nothing of how the file is read. */
  readonly guard?: unknown;
}

/** What a reading of a configured source needs. */
export interface Reading extends Pick<ReaderContext, 'report' | 'signal'> {
  readonly now: Instant;
  /** State of the file the last good import read; null: none, or it is to be read whatever the server says. */
  readonly known: SourceCopy | null;
}

/** The products of the source, or word that its file is still the one of `known`. */
export type SourceReading = ProductStream | 'not-modified';

/**
 * Opens a configured source, a file or an address. Throws `source_missing`, `source_unreadable` or
 * `source_unavailable`, for the operator to mend; what is live stays live.
 */
export async function readSource(source: PlacedSource, reading: Reading): Promise<SourceReading> {
  if (source.url !== undefined) return readAddress(source, source.url, reading);
  if (source.path === undefined) throw missing(source);
  return readFileSource(source, source.path, reading);
}

/**
 * A file's counts are as old as the file: reading it again is no new count. One that is written to meanwhile is no whole
 * file; one that another takes the place of is.
 */
async function* readFileSource(source: PlacedSource, file: string, reading: Reading): ProductStream {
  const before = await stateOf(source, file);
  const result = yield* openSource(file, source, reading);
  const after = await stateOf(source, file);
  const written = after.size !== before.size || after.mtimeMs !== before.mtimeMs;
  if (written && after.ino === before.ino) {
    throw new OperatorError(
      'source_changed',
      `The file ${file} was written to while it was read`,
      'Write it under another name and rename it when it is complete; import it again. Nothing was changed.',
    );
  }
  return { ...result, countedAt: earlier(instantOf(before.mtimeMs), reading.now) };
}

async function stateOf(source: PlacedSource, file: string) {
  return stat(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw missing(source);
    throw new OperatorError(
      'source_unreadable',
      `The file of source "${source.id}" cannot be read (${cause.code ?? cause.message}): ${file}`,
      'Check that it is a file and that Omnifeed may read it. What is live stays live.',
      cause,
    );
  });
}

async function readAddress(source: PlacedSource, address: string, reading: Reading): Promise<SourceReading> {
  const { signal, now, known } = reading;
  const readAs = await fingerprintOf(source);
  const same = known?.readAs === readAs ? known : null;
  const trusted = same !== null && plusMs(same.readAt, TRUSTED_MS) > now ? same : undefined;
  const fetched = await fetchSource(address, { signal, known: trusted });
  if (!fetched.modified) return 'not-modified';
  const counted = countedAt(fetched.validators, same, now);
  const times = { readAt: now, ...(counted === undefined ? {} : { countedAt: counted }) };
  const copy: SourceCopy = { readAs, ...fetched.validators, ...times };
  return withCopy(openSource(fetched.body, source, reading), copy);
}

async function* withCopy(products: ProductStream, copy: SourceCopy): ProductStream {
  const result: ReadResult = yield* products;
  return { ...result, copy, ...(copy.countedAt === undefined ? {} : { countedAt: copy.countedAt }) };
}

/** The file's own date; without one, the time at which its mark was seen first. */
function countedAt(
  { lastModified, etag }: Validators,
  known: SourceCopy | null,
  now: Instant,
): Instant | undefined {
  const date = Date.parse(lastModified ?? '');
  if (!Number.isNaN(date)) return earlier(instantOf(date), now);
  if (etag === undefined) return undefined;
  return etag === known?.etag ? (known.countedAt ?? now) : now;
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

/** The address itself may hold a key and is kept as a fingerprint alone. */
async function fingerprintOf({ guard: _, ...source }: PlacedSource): Promise<string> {
  const mapping = source.mapping === undefined ? '' : await readFile(source.mapping, 'utf8').catch(() => '');
  return fingerprint(JSON.stringify(source) + mapping);
}

function missing({ id, path }: PlacedSource): OperatorError {
  return new OperatorError(
    'source_missing',
    `The file of source "${id}" is not there: ${path ?? '(no path)'}`,
    'Check `path` of the source in omnifeed.yaml. What is live stays live.',
  );
}
