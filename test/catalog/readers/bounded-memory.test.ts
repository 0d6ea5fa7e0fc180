import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/catalog/readers/open-source.js';

const ROWS = 40_000;

/** A Shopify CSV of about 20 MB that never exists as a whole. */
function* largeCsv(): Generator<Buffer> {
  yield Buffer.from(
    'Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n',
  );
  for (let product = 0; product < ROWS / 10; product++) {
    const rows: string[] = [];
    for (let size = 0; size < 10; size++) {
      const text =
        size === 0 ? `Product ${product},"${'<p>Some text, and more</p>\n'.repeat(150)}",Size` : ',,';
      rows.push(
        `p-${product},${text},S${size},sku-${product}-${size},19.99,https://x.example/${product}/${size}.jpg`,
      );
    }
    yield Buffer.from(`${rows.join('\n')}\n`);
  }
}

describe('a large file', () => {
  it('is read in batches without being held, whoever reads slowly', async () => {
    let largestBatch = 0;
    let variants = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    const stream = openSource(
      Readable.from(largeCsv(), { highWaterMark: 1 }),
      { id: 'large', currency: 'USD' },
      { report: (error) => expect(error).toBeUndefined(), signal: new AbortController().signal },
    );
    for (let step = await stream.next(); ; step = await stream.next()) {
      if (step.done) {
        expect(step.value).toMatchObject({ variants: ROWS, products: ROWS / 10, complete: true });
        break;
      }
      largestBatch = Math.max(largestBatch, step.value.length);
      for (const product of step.value) variants += product.variants.length;
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }
    expect(variants).toBe(ROWS);
    expect(largestBatch).toBeLessThan(1_000);
    expect(peak).toBeLessThan(200 * 1024 ** 2);
  });

  it('stops reading its input when the import stops', async () => {
    let pieces = 0;
    function* counted(): Generator<Buffer> {
      for (const piece of largeCsv()) {
        pieces++;
        yield piece;
      }
    }
    const input = Readable.from(counted(), { highWaterMark: 1 });
    const stream = openSource(
      input,
      { id: 'large', currency: 'USD' },
      { report: () => undefined, signal: new AbortController().signal },
    );
    await stream.next();
    await stream.return(undefined as never);
    expect(pieces).toBeLessThan(1_000);
    expect(input.destroyed).toBe(true);
  });
});
