import fc from 'fast-check';

/** One thing done to the bytes of a good file. Places are shares of its length. */
export type Spoiling =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'flip'; readonly at: number; readonly bits: number }
  | { readonly kind: 'insert'; readonly at: number; readonly what: string }
  | { readonly kind: 'drop'; readonly at: number; readonly length: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'swap'; readonly at: number; readonly to: number; readonly length: number };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 60 });

/** Text that means something to a reader of tables, XML, JSON or archives. */
const WORDS = [
  ...['"', "'", ',', ';', '\t', '\n', '\r', '\r\n', '\\', '|', '\u0000', '\ufeff', '\u2028', '\u202e'],
  ...[
    '<',
    '>',
    '&',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml ?>',
    '<!DOCTYPE a>',
    '&#0;',
    '&#x110000;',
  ],
  ...['{', '}', '[', ']', ':', 'null', 'NaN', '1e999', '-0', '"__proto__":', '\\u0000', '\\ud800', '\\x'],
  ...[
    '__proto__',
    'constructor',
    'PK\u0003\u0004',
    '\u001f\u008b',
    '=1+1',
    '999999999999999999999',
    '٣',
    '½',
  ],
];

const SPOILING: fc.Arbitrary<Spoiling> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: share }),
  fc.record({ kind: fc.constant('flip' as const), at: share, bits: fc.integer({ min: 1, max: 255 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: share,
    what: fc.oneof(fc.constantFrom(...WORDS), fc.string()),
  }),
  fc.record({ kind: fc.constant('drop' as const), at: share, length }),
  fc.record({
    kind: fc.constant('repeat' as const),
    at: share,
    length,
    times: fc.integer({ min: 2, max: 300 }),
  }),
  fc.record({ kind: fc.constant('swap' as const), at: share, to: share, length }),
);

/** Up to four things done one after the other. */
export const SPOILINGS = fc.array(SPOILING, { minLength: 1, maxLength: 4 });

/** The bytes of a good file after that. */
export function spoiled(good: Buffer, spoilings: readonly Spoiling[]): Buffer {
  return spoilings.reduce<Buffer>(spoil, good);
}

function spoil(bytes: Buffer, how: Spoiling): Buffer {
  const at = Math.min(bytes.length, Math.floor(how.at * (bytes.length + 1)));
  const before = bytes.subarray(0, at);
  switch (how.kind) {
    case 'cut':
      return before;
    case 'flip': {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ how.bits;
      return flipped;
    }
    case 'insert':
      return Buffer.concat([before, Buffer.from(how.what, 'utf8'), bytes.subarray(at)]);
    case 'drop':
      return Buffer.concat([before, bytes.subarray(at + how.length)]);
    case 'repeat': {
      const piece = bytes.subarray(at, at + how.length);
      return Buffer.concat([before, ...Array<Buffer>(how.times).fill(piece), bytes.subarray(at)]);
    }
    case 'swap': {
      const to = Math.min(bytes.length, Math.floor(how.to * (bytes.length + 1)));
      const piece = bytes.subarray(to, to + how.length);
      return Buffer.concat([before, piece, bytes.subarray(at + piece.length)]);
    }
  }
}
