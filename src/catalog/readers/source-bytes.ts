import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { OperatorError } from '../../domain/errors.js';
import type { ReadLimits } from './reader.js';

/** Output after which the compression ratio is looked at. */
const RATIO_FROM_BYTES = 10 * 1024 ** 2;

/** Bytes per read: large enough for speed, small enough that parsing one piece does not hold up the event loop. */
const PIECE_BYTES = 128 * 1024;

/**
 * Bytes of a file or stream. Throws `OperatorError` `source_missing` or `source_unreadable`; a stream that breaks off
 * with an error passes that error on.
 */
export async function* sourceBytes(
  input: string | Readable,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  if (typeof input !== 'string') {
    for await (const piece of input) {
      signal.throwIfAborted();
      yield typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer);
    }
    return;
  }
  const file = await open(input).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(input, cause);
  });
  try {
    for (;;) {
      signal.throwIfAborted();
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES).catch((cause: NodeJS.ErrnoException) => {
        throw unreadable(input, cause);
      });
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The first bytes (at least `count`, fewer only at the end) and all bytes, those included. */
export async function peek(
  bytes: AsyncIterable<Buffer>,
  count: number,
): Promise<{ readonly head: Buffer; readonly all: AsyncGenerator<Buffer, void, void> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let length = 0;
  let ended = false;
  while (length < count && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  const head = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  return { head, all: replay(head, iterator, ended) };
}

async function* replay(
  head: Buffer,
  iterator: AsyncIterator<Buffer>,
  ended: boolean,
): AsyncGenerator<Buffer, void, void> {
  try {
    if (head.length > 0) yield head;
    if (ended) return;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Whether bytes start as gzip does; a shorter start of that also counts, so that a cut file is not taken for text. */
export function looksGzipped(head: Buffer): boolean {
  return head[0] === 0x1f && (head.length === 1 || head[1] === 0x8b);
}

/**
 * Decompresses gzip (RFC 1952). The end of the stream, its checksum and length must be there: anything else is
 * `source_incomplete`. Too much output for its input, or too much altogether, is `source_too_large`.
 */
export async function* gunzipped(
  bytes: AsyncIterable<Buffer>,
  limits: ReadLimits,
): AsyncGenerator<Buffer, void, void> {
  let inputBytes = 0;
  let outputBytes = 0;
  async function* counted(): AsyncGenerator<Buffer, void, void> {
    for await (const piece of bytes) {
      inputBytes += piece.length;
      yield piece;
    }
  }
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  pipeline(Readable.from(counted(), { objectMode: true, highWaterMark: 1 }), gunzip, () => undefined);
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      outputBytes += piece.length;
      if (outputBytes > RATIO_FROM_BYTES && outputBytes > inputBytes * limits.compressionRatio) {
        throw tooLarge(`it grows more than ${limits.compressionRatio} times when decompressed`);
      }
      yield piece;
    }
  } catch (cause) {
    throw isZlibError(cause) ? cutGzip(cause) : cause;
  } finally {
    gunzip.destroy();
  }
}

/** Passes bytes on until there are more than the limit. Throws `OperatorError` `source_too_large`. */
export async function* limited(
  bytes: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Buffer, void, void> {
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > maxBytes) throw tooLarge(`it has more than ${maxBytes} bytes`);
    yield piece;
  }
}

function isZlibError(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');
}

function cutGzip(cause: Error): OperatorError {
  return new OperatorError(
    'source_incomplete',
    `The compressed file is not complete or damaged (${cause.message}).`,
    'Nothing was changed. Download or export the file again.',
    cause,
  );
}

function tooLarge(why: string): OperatorError {
  return new OperatorError(
    'source_too_large',
    `The file is refused: ${why}.`,
    'Nothing was changed. Check the file; if it is right, raise the limits of the source.',
  );
}

function unreadable(path: string, cause: NodeJS.ErrnoException): OperatorError {
  if (cause.code === 'ENOENT') {
    return new OperatorError(
      'source_missing',
      `There is no file ${path}.`,
      'Check the path of the source.',
      cause,
    );
  }
  return new OperatorError(
    'source_unreadable',
    `The file ${path} cannot be read (${cause.code ?? cause.message}).`,
    'Check that it is a file and that Omnifeed may read it.',
    cause,
  );
}
