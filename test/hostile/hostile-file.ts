/** A file made to do harm, and the end its import must come to. */
export interface HostileFile {
  /** What is hostile about it, in words; the title of its test. */
  readonly what: string;
  /** The bytes, piece by piece: many of them never exist as a whole. */
  bytes(): Iterable<Buffer>;
  /** A shipped source mapping it is read through; absent: it is recognised. */
  readonly mapping?: string;
  /** A code of refusal, or how many variants come in and how many complaints are told at least. */
  readonly end: string | { readonly variants: number; readonly complaints?: number };
}

/** One piece. */
export function whole(content: string | Buffer): () => Iterable<Buffer> {
  return () => [Buffer.from(content)];
}

/** A start, a piece again and again, and an end. */
export function repeated(
  start: string,
  piece: string | ((place: number) => string),
  times: number,
  end = '',
): () => Iterable<Buffer> {
  return function* () {
    yield Buffer.from(start);
    const perChunk = 1_000;
    for (let from = 0; from < times; from += perChunk) {
      const count = Math.min(perChunk, times - from);
      const text =
        typeof piece === 'string'
          ? piece.repeat(count)
          : Array.from({ length: count }, (_, place) => piece(from + place)).join('');
      yield Buffer.from(text);
    }
    yield Buffer.from(end);
  };
}

/** How large the large ones are: 1 for every run, 12 for the long one (OMNIFEED_HOSTILE_SCALE=12: cells of 100 MB). */
export const SCALE = Number(process.env.OMNIFEED_HOSTILE_SCALE ?? 1);
