import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failureOf, readAll } from './read-all.js';
import { workbookOf } from './workbook.js';

const FEED = `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>${Array.from(
  { length: 40 },
  (_, index) =>
    `<item><g:id>${index}</g:id><title>Thing ${index} &amp; more</title><description><![CDATA[<b>Text</b>]]></description><g:price>5.00 USD</g:price></item>`,
).join('\n')}</channel></rss>`;

const CSV = `Handle,Title,Variant SKU,Variant Price\n${Array.from({ length: 60 }, (_, index) => `p${index},Title ${index},sku-${index},${index + 1}.00`).join('\n')}\n`;

const LINES = Array.from({ length: 30 }, (_, index) =>
  JSON.stringify({ id: `id-${index}`, sku: `s-${index}`, title: 'T', priceInfo: { price: '5' } }),
);
const JSON_LINES = `${LINES.join('\n')}\n`;
const JSON_ARRAY = `{"version":1,"products":[${LINES.join(',')}],"more":{"a":[1]}}`;

/** Offsets that cut a file at every place of interest without trying thousands. */
function offsets(length: number, step: number): number[] {
  const found: number[] = [];
  for (let offset = 1; offset < length; offset += step) found.push(offset);
  return [...found, ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((back) => length - back)];
}

describe('a file that was cut', () => {
  it('is never taken as complete when it is gzip, down to the last byte of its checksum', async () => {
    const whole = gzipSync(Buffer.from(CSV));
    expect((await readAll(whole)).result.variants).toBe(60);
    for (const offset of offsets(whole.length, 7)) {
      expect([offset, await failureOf(whole.subarray(0, offset))]).toEqual([offset, 'source_incomplete']);
    }
  });

  it('is refused as gzip with a flipped bit', async () => {
    const whole = gzipSync(Buffer.from(CSV));
    for (const offset of [20, whole.length >> 1, whole.length - 6]) {
      const flipped = Buffer.from(whole);
      flipped[offset] = (flipped[offset] ?? 0) ^ 0x10;
      expect(await failureOf(flipped)).toMatch(/^source_/);
    }
  });

  it('is never taken as complete when it is XML', async () => {
    expect((await readAll(FEED)).result.variants).toBe(40);
    for (const offset of offsets(FEED.length, 61)) {
      expect([offset, await failureOf(FEED.slice(0, offset))]).toEqual([
        offset,
        expect.stringMatching(/^source_/),
      ]);
    }
  });

  it('is never taken as complete when it is one JSON document', async () => {
    expect((await readAll(JSON_ARRAY, { mapping: 'generic' })).result.rows).toBe(30);
    for (const offset of offsets(JSON_ARRAY.length, 37)) {
      const outcome = await failureOf(JSON_ARRAY.slice(0, offset), { mapping: 'generic' });
      expect([offset, outcome]).toEqual([offset, expect.stringMatching(/^source_/)]);
    }
  });

  it('is noticed in JSON lines wherever it is not the end of a line', async () => {
    for (const offset of offsets(JSON_LINES.length, 29)) {
      const cut = JSON_LINES.slice(0, offset);
      if (cut.endsWith('\n') || cut.endsWith('}')) continue;
      expect([offset, await failureOf(cut, { mapping: 'google-retail' })]).toEqual([
        offset,
        'source_incomplete',
      ]);
    }
  });

  it('is noticed in CSV in the middle of a row, before its last cell', async () => {
    const rows = CSV.split('\n');
    const end = CSV.length - 1;
    const lastRow = rows[60] ?? '';
    const beforeLastComma = lastRow.lastIndexOf(',');
    for (let back = lastRow.length - beforeLastComma; back < lastRow.length; back++) {
      expect([back, await failureOf(CSV.slice(0, end - back))]).toEqual([back, 'source_incomplete']);
    }
  });

  it('is never taken as complete when it is a workbook', async () => {
    const whole = workbookOf([
      ['sku', 'title', 'price'],
      ...Array.from({ length: 50 }, (_, index) => [`s${index}`, `T${index}`, index + 1]),
    ]);
    expect((await readAll(whole, { mapping: 'generic' })).result.variants).toBe(50);
    for (const offset of offsets(whole.length, 97)) {
      expect([offset, await failureOf(whole.subarray(0, offset), { mapping: 'generic' })]).toEqual([
        offset,
        expect.stringMatching(/^source_/),
      ]);
    }
  });
});
