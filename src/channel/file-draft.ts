import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { InvariantError, OperatorError } from '../domain/errors.js';

/** A new version of a file beside the one that is live. */
export interface FileDraft {
  /** Resolves when the disk can take more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes it the live file in one step; the last one is kept as `<name>.previous`. Returns its size on disk. */
  commit(): Promise<number>;
  /** Throws it away. Also fine after a failed commit. */
  abort(): Promise<void>;
}

const STALE_MS = 86_400_000;

/** Starts `<name>.tmp-<key>`. The same key starts over; drafts that nobody finished within a day are cleared away. */
export async function draftFile(file: string, key: string, gzip: boolean): Promise<FileDraft> {
  const temporary = `${file}.tmp-${key.replace(/[^\w-]+/g, '_').slice(0, 80)}`;
  await mkdir(path.dirname(path.resolve(file)), { recursive: true }).catch((cause: unknown) =>
    Promise.reject(unwritable(file, cause)),
  );
  await clearStale(file, temporary);
  const head: Transform = gzip ? createGzip() : new PassThrough({ highWaterMark: 256 * 1024 });
  const handle = await open(temporary, 'w').catch((cause: unknown) =>
    Promise.reject(unwritable(file, cause)),
  );
  // Flushed before it is closed: after a power cut the live name must not lead to an empty file.
  const written = pipeline(head, handle.createWriteStream({ flush: true }));
  let failure: unknown = null;
  written.catch((cause: unknown) => {
    failure = cause;
  });
  let ended = false;

  return {
    async write(bytes) {
      if (ended) throw new InvariantError('a feed file was written to after its end');
      if (!head.write(bytes)) await drained(head);
      if (failure !== null) throw unwritable(file, failure);
    },
    async commit() {
      if (ended) throw new InvariantError('a feed file was committed twice');
      ended = true;
      head.end();
      await written.catch((cause: unknown) => Promise.reject(unwritable(file, cause)));
      return switchTo(temporary, file);
    },
    async abort() {
      ended = true;
      head.destroy();
      // Its failure is what was asked for.
      await written.catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}

/** Until the stream takes more, or is closed because the disk refused. */
function drained(head: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      head.off('drain', done).off('close', done);
      resolve();
    };
    head.on('drain', done).on('close', done);
  });
}

async function switchTo(temporary: string, file: string): Promise<number> {
  const { size } = await stat(temporary);
  await keepPrevious(file);
  await rename(temporary, file);
  return size;
}

/** A second name for the live file, so that it is never away; a copy where the disk knows no second names. */
async function keepPrevious(file: string): Promise<void> {
  const beside = `${file}.previous.tmp`;
  await rm(beside, { force: true });
  try {
    await link(file, beside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    await copyFile(file, beside);
  }
  await rename(beside, `${file}.previous`);
}

async function clearStale(file: string, own: string): Promise<void> {
  const folder = path.dirname(file);
  const names = await readdir(folder).catch((cause: unknown) => Promise.reject(unwritable(file, cause)));
  for (const name of names.filter((entry) => entry.startsWith(`${path.basename(file)}.tmp-`))) {
    const draft = path.join(folder, name);
    const age = await stat(draft).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (draft !== own && age > STALE_MS) await rm(draft, { force: true });
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function unwritable(file: string, cause: unknown): OperatorError {
  return new OperatorError(
    'feed_not_written',
    `The feed file ${file} could not be written (${codeOf(cause) ?? 'unknown reason'})`,
    'Check that its folder exists, may be written to and has room; the live file was not touched.',
    cause,
  );
}
