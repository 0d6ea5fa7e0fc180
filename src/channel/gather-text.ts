/** Collects texts as UTF-8 and passes them on in large pieces. */
export interface TextGatherer {
  /** Takes a text. Answers a promise to wait for when a piece had to be passed on first, which is seldom. */
  add(text: string): Promise<void> | undefined;
  /** Passes on what is left. */
  flush(): Promise<void>;
}

const PIECE = 64 * 1024;
/** Bytes that one UTF-16 unit takes at most. */
const WIDEST = 3;

/**
 * Every text becomes bytes at once: joined into one long string first, a single character beyond Latin-1 would make all of it
 * wide, and turning that into bytes takes ten times as long.
 */
export function gatherText(pass: (bytes: Uint8Array) => Promise<void>): TextGatherer {
  let piece = Buffer.allocUnsafe(PIECE);
  let used = 0;
  function flush(): Promise<void> {
    const full = piece.subarray(0, used);
    piece = Buffer.allocUnsafe(PIECE);
    used = 0;
    return pass(full);
  }
  return {
    add(text) {
      const most = text.length * WIDEST;
      const passed = used + most > piece.length ? flush() : undefined;
      if (most > piece.length) piece = Buffer.allocUnsafe(most);
      used += piece.write(text, used);
      return passed;
    },
    flush,
  };
}
