import { type Readable, Transform } from 'node:stream';
import { Refusal } from './problem.js';

/** The same bytes, and a Refusal (413) as soon as there are too many of them, whatever was announced. */
export function counted(bytes: Readable, maxBytes: number): Readable {
  let seen = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen <= maxBytes) return done(null, chunk);
      return done(
        new Refusal(
          413,
          'body_too_large',
          `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB.`,
          'Send less, or let Omnifeed fetch it from an address.',
        ),
      );
    },
  });
  bytes.on('error', (error) => counter.destroy(error));
  return bytes.pipe(counter);
}
