import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { type Reading, readAll } from '../catalog/readers/read-all.js';
import { workbookOf } from '../catalog/readers/workbook.js';
import { fuzzed } from './fuzz-runs.js';
import { SPOILINGS, type Spoiling, spoiled } from './spoiled.js';

const ROWS = Array.from({ length: 8 }, (_, n) => ({
  sku: `S-${n}`,
  title: n % 2 === 0 ? `Grüne Lampe ${n}` : `Lamp, "large" ${n}`,
  price: `${n + 1}.50`,
  quantity: String(n * 3),
}));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

interface Good {
  readonly bytes: Buffer;
  readonly mapping?: string;
}

/** A good file of every kind that is read. */
const GOOD: Readonly<Record<string, Good>> = {
  'a table of Shopify': {
    bytes: Buffer.from(
      `Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Image Src\n${ROWS.map((row) => `h-${row.sku},${quoted(row.title)},${row.sku},${row.price},${row.quantity},https://x.example/1.jpg`).join('\n')}\n`,
    ),
  },
  'a table of WooCommerce': {
    bytes: Buffer.from(
      `ID,Type,SKU,Name,Published,Regular price,Stock,Images\n${ROWS.map((row, n) => `${n},simple,${row.sku},${quoted(row.title)},1,${row.price},${row.quantity},https://x.example/1.jpg`).join('\n')}\n`,
    ),
  },
  'a table of Magento': {
    bytes: Buffer.from(
      `sku,attribute_set_code,product_type,name,price,qty,additional_attributes\n${ROWS.map((row) => `${row.sku},Default,simple,${quoted(row.title)},${row.price},${row.quantity},"color=Red,size=M"`).join('\n')}\n`,
    ),
  },
  'a feed of Google': {
    bytes: Buffer.from(
      `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>x</title>${ROWS.map((row) => `<item><g:id>${row.sku}</g:id><title>${row.title.replaceAll('"', '&quot;')}</title><description><![CDATA[<b>x</b>]]></description><g:price>${row.price} USD</g:price></item>`).join('')}</channel></rss>`,
    ),
  },
  JSON: { bytes: Buffer.from(JSON.stringify({ products: ROWS })), mapping: 'generic' },
  'JSON lines': {
    bytes: Buffer.from(`${ROWS.map((row) => JSON.stringify(row)).join('\n')}\n`),
    mapping: 'generic',
  },
  'a mapped table': {
    bytes: Buffer.from(
      `sku;title;price;quantity\n${ROWS.map((row) => [row.sku, quoted(row.title), row.price, row.quantity].join(';')).join('\n')}\n`,
    ),
    mapping: 'generic',
  },
  'a workbook': {
    bytes: workbookOf([
      ['sku', 'title', 'price', 'quantity'],
      ...ROWS.map((row) => [row.sku, row.title, Number(row.price), Number(row.quantity)]),
    ]),
    mapping: 'generic',
  },
  'a compressed table': {
    bytes: gzipSync(
      `sku,title,price\n${ROWS.map((row) => `${row.sku},${quoted(row.title)},${row.price}`).join('\n')}\n`,
    ),
    mapping: 'generic',
  },
};

/** Cases that failed once. */
const KEPT: [Spoiling[]][] = [
  // The refusal of an unknown format showed the first cell as it was, with all its lines.
  [
    [
      { kind: 'insert', at: 0, what: '"' },
      { kind: 'insert', at: 0, what: '"' },
      { kind: 'flip', at: 0, bits: 1 },
    ],
  ],
  [
    [
      { kind: 'drop', at: 0, length: 34 },
      { kind: 'drop', at: 0, length: 59 },
    ],
  ],
];

/** What a file came to: its products, or a refusal that tells the operator one thing to do. Anything else fails the test. */
async function readOrRefused(bytes: Buffer, good: Good): Promise<Reading | OperatorError> {
  try {
    return await readAll(bytes, good.mapping === undefined ? {} : { mapping: good.mapping });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    expect(error.code).toMatch(/^(source|encoding)_/);
    expect(error.message).toMatch(/^[^\n]{5,800}$/);
    expect(error.advice).not.toBe('');
    return error;
  }
}

/** What holds for everything that is read, whatever it was read from. */
function expectSound(reading: Reading): void {
  const { products, variants, errors, result } = reading;
  expect(result.variants).toBe(variants.length);
  expect(result.rejectedRows).toBe(errors.filter(({ severity }) => severity === 'error').length);
  for (const { line, reason } of errors) {
    expect(line).toBeGreaterThan(0);
    expect(reason).not.toBe('');
  }
  expect(JSON.stringify(products)).not.toContain('\u0000');
  for (const variant of variants) {
    expect(typeof variant.sku).toBe('string');
    const { price } = variant.offer;
    if (price !== undefined) expect(Number.isSafeInteger(price.minor)).toBe(true);
    for (const { onHand } of variant.stock ?? []) expect(Number.isSafeInteger(onHand)).toBe(true);
  }
  expect(ownNames(products)).not.toContain('__proto__');
}

function ownNames(products: readonly SourceProduct[]): string[] {
  return products.flatMap(({ product, variants }) => [
    ...Object.keys(product.attributes ?? {}),
    ...variants.flatMap(({ content }) => [
      ...Object.keys(content.options ?? {}),
      ...Object.keys(content.attributes ?? {}),
    ]),
  ]);
}

describe('whatever becomes of a good file', () => {
  it.each(Object.entries(GOOD))(
    'it is read soundly or refused with one sentence: %s',
    async (_what, good) => {
      expectSound((await readOrRefused(good.bytes, good)) as Reading);
      await fc.assert(
        fc.asyncProperty(SPOILINGS, async (spoilings) => {
          const ended = await readOrRefused(spoiled(good.bytes, spoilings), good);
          if (!(ended instanceof Error)) expectSound(ended);
          expect('polluted' in {}).toBe(false);
          expect(Object.keys(Object.prototype)).toEqual([]);
        }),
        fuzzed(KEPT),
      );
    },
  );

  it('bytes of nothing at all are read soundly or refused with one sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, mapped) => {
        const good = { bytes: Buffer.from(bytes), ...(mapped ? { mapping: 'generic' } : {}) };
        const ended = await readOrRefused(good.bytes, good);
        if (!(ended instanceof Error)) expectSound(ended);
      }),
      fuzzed<[Uint8Array<ArrayBuffer>, boolean]>(),
    );
  });
});
