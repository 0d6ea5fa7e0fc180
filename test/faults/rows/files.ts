import type { FaultRow } from '../fault-row.js';

/** Rows 10 to 12, 22, 23, 35 and 36: what is imported and what it may do. */
export const FILES: readonly FaultRow[] = [
  {
    row: 10,
    fault: 'The XML is cut or not well-formed',
    guard: 'The parser must have seen the end of every element; before that nothing is merged',
    test: {
      file: 'test/catalog/readers/truncated.test.ts',
      title: 'is never taken as complete when it is XML',
    },
    without: {
      file: 'src/catalog/readers/xml-items.ts',
      text: 'this.#parser.close();',
      replacement: '',
    },
    also: ['test/fuzz/readers.test.ts'],
  },
  {
    row: 11,
    fault: 'A web page comes instead of data',
    guard: 'A page is recognised before anything is read, and the person is told its title',
    test: {
      file: 'test/catalog/readers/bad-input.test.ts',
      title: 'says what a web page is titled and what to do',
    },
    without: {
      file: 'src/catalog/readers/sniff.ts',
      text: '<(!doctype\\s+html|html|head|body)\\b',
      replacement: '<(no-page)\\b',
    },
    also: ['test/e2e/bad-input.test.ts', 'test/hostile/files.test.ts'],
  },
  {
    row: 12,
    fault: 'The gzip is cut',
    guard: 'The end of the stream, its checksum and its length must be there',
    test: {
      file: 'test/catalog/readers/truncated.test.ts',
      title: 'is never taken as complete when it is gzip, down to the last byte of its checksum',
    },
    without: {
      file: 'src/catalog/readers/source-bytes.ts',
      text: 'throw isZlibError(cause) ? cutGzip(cause) : cause;',
      replacement: 'if (!isZlibError(cause)) throw cause;',
    },
    also: ['test/faults/answers.test.ts'],
  },
  {
    row: 22,
    fault: 'A price is a typo',
    guard:
      'A price that moves beyond −40 % or +100 %, to zero or to another currency is held; the old one stays live',
    test: {
      file: 'test/sync/engine.test.ts',
      title: 'keeps the old price live when the new one is a typo',
    },
    without: {
      file: 'src/sync/guard.ts',
      text: 'if (change < -limits.priceFall || change > limits.priceRise) {',
      replacement: 'if (Number.isNaN(change)) {',
    },
    also: ['test/sync/plan.test.ts', 'test/e2e/bad-input.test.ts'],
  },
  {
    row: 23,
    fault: 'The file has a tenth of its rows',
    guard:
      'Fewer rows than 80 % of the last good import wait for a person; so do more vanished variants than 5 %',
    test: {
      file: 'test/e2e/bad-input.test.ts',
      title: 'stays as it is when the file has a tenth of yesterday’s rows, until a person lets it through',
    },
    without: {
      file: 'src/catalog/guard.ts',
      text: '...rowReason(facts, settings),\n',
      replacement: '',
    },
    also: ['test/sync/engine.test.ts'],
  },
  {
    row: 35,
    fault: 'The file is huge',
    guard: 'It is read in batches, and no further than somebody takes them',
    test: {
      file: 'test/catalog/readers/bounded-memory.test.ts',
      title: 'is read in batches without being held, whoever reads slowly',
    },
    without: {
      file: 'src/catalog/readers/open-source.ts',
      text: 'for await (const _ of body) {\n',
      replacement: 'for await (const _ of body);\n  for (const _ of [intake]) {\n',
    },
    also: ['npm run bench'],
  },
  {
    row: 36,
    fault: 'The file is hostile',
    guard:
      'Size, depth, count and ratio have limits: one clear rejection, bounded memory, no blocked event loop',
    test: { file: 'test/hostile/files.test.ts', title: 'comes to one clear end in bounded memory: %s' },
    without: {
      file: 'src/catalog/readers/source-bytes.ts',
      text: 'outputBytes > inputBytes * limits.compressionRatio',
      replacement: 'outputBytes < 0',
    },
    also: ['test/fuzz/readers.test.ts', 'test/hostile/addresses.test.ts'],
  },
];
