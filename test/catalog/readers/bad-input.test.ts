import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import { complaints, failureOf, readAll, shopifyCsvOf } from './read-all.js';

const NOT_FOUND_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Please sign in</title></head><body></body></html>';

describe('a file that cannot be used', () => {
  it.each([
    ['an empty file', '', 'source_empty'],
    ['a file of blanks', ' \n\n ', 'source_empty'],
    ['only a header line', 'Handle,Title,Variant SKU,Variant Price\n', 'source_header_only'],
    ['a web page', NOT_FOUND_PAGE, 'source_html'],
    ['a web page behind an XML declaration', `<?xml version="1.0"?>\n${NOT_FOUND_PAGE}`, 'source_html'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 0, 0, 1]), 'source_binary'],
    ['a table of something else', 'date,visitors\n2026-11-01,12\n', 'source_format_unknown'],
    [
      'a feed without items',
      '<rss version="2.0"><channel><title>x</title></channel></rss>',
      'source_header_only',
    ],
    [
      'an XML file with a document type',
      '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item/></channel></rss>',
      'source_doctype',
    ],
    [
      'an ampersand that is not escaped',
      '<rss><channel><item><title>A & B</title></item></channel></rss>',
      'source_not_well_formed',
    ],
    ['a quote that is never closed', 'Handle,Title,Variant Price\na,"Open,1\nb,B,2\n', 'source_incomplete'],
  ])('refuses %s', async (_what, content, code) => {
    expect(await failureOf(content)).toBe(code);
  });

  it('refuses a file that is not there, and a folder', async () => {
    expect(await failureOf({ path: '/nowhere/feed.csv' })).toBe('source_missing');
    expect(await failureOf({ path: import.meta.dirname })).toBe('source_unreadable');
  });

  it('says what a web page is titled and what to do', async () => {
    await expect(readAll(NOT_FOUND_PAGE)).rejects.toMatchObject({
      message: expect.stringContaining('Please sign in'),
      advice: expect.stringContaining('address'),
      owner: 'operator',
    });
  });

  it('needs a currency where the file has none', async () => {
    const csv = shopifyCsvOf(['a,A,1,5.00']);
    await expect(readAll(csv, { currency: undefined as unknown as string })).rejects.toMatchObject({
      code: 'source_without_currency',
    });
  });

  it('refuses a cell of 100 MB by the limit of a row, with the line', async () => {
    const csv = `Handle,Title,Variant Price\na,A,1.00\nb,"${'x'.repeat(5 * 1024 ** 2)}",1.00\n`;
    await expect(readAll(csv)).rejects.toMatchObject({
      code: 'source_record_too_large',
      message: expect.stringContaining('line 3'),
    });
  });

  it('refuses an XML item and a JSON line beyond the limit of a record', async () => {
    const limits = { recordBytes: 10_000 };
    const text = 'x'.repeat(20_000);
    const feed = `<rss><channel><item><g:id>1</g:id><title>${text}</title></item></channel></rss>`;
    expect(await failureOf(feed, { limits })).toBe('source_record_too_large');
    expect(
      await failureOf(`{"id":"1","title":"${text}"}\n{"id":"2"}\n`, { limits, mapping: 'google-retail' }),
    ).toBe('source_record_too_large');
  });

  it('refuses one endless text or comment without gathering it', async () => {
    const limits = { recordBytes: 100_000 };
    for (const start of ['<rss><channel><item><title>', '<rss><!--']) {
      let pieces = 0;
      function* endless(): Generator<Buffer> {
        yield Buffer.from(start);
        for (; pieces < 10_000; pieces++) yield Buffer.alloc(64 * 1024, 'x');
      }
      const stream = openSource(
        Readable.from(endless(), { highWaterMark: 1 }),
        { id: 'test', limits },
        { report: () => undefined, signal: new AbortController().signal },
      );
      const read = async (): Promise<void> => {
        while ((await stream.next()).done !== true);
      };
      await expect(read()).rejects.toMatchObject({ code: 'source_record_too_large' });
      expect(pieces).toBeLessThan(20);
    }
  });

  it('refuses a compressed file that grows without end', async () => {
    const bomb = gzipSync(Buffer.from(`<rss>${`<a/>${' '.repeat(100_000)}`.repeat(130)}</rss>`));
    expect(await failureOf(bomb)).toBe('source_too_large');
    const modest = gzipSync(Buffer.from(`Handle,Title,Variant Price\n${'a,A,1.00\n'.repeat(1_000)}`));
    expect(await failureOf(modest, { limits: { outputBytes: 5_000 } })).toBe('source_too_large');
  });

  it('refuses an encoding and a mapping that nobody knows', async () => {
    const csv = shopifyCsvOf(['a,A,1,5.00']);
    expect(await failureOf(csv, { encoding: 'klingon-8' })).toBe('encoding_unknown');
    expect(await failureOf(csv, { mapping: 'no-such-mapping' })).toBe('source_mapping_missing');
  });

  it('stops when it is told to, without a result', async () => {
    const stop = new AbortController();
    const stream = openSource(
      Readable.from([Buffer.from(shopifyCsvOf(['a,A,1,5.00'])), Buffer.from('b,B,2,5.00\n')]),
      { id: 'test', currency: 'USD' },
      { report: () => undefined, signal: stop.signal },
    );
    stop.abort();
    await expect(stream.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('rows with mistakes', () => {
  it('keeps identifiers as they are written', async () => {
    const { variants } = await readAll(shopifyCsvOf(['a,A,1e5,5.00', 'b,B,00012345,5.00']));
    expect(variants.map((one) => one.sku)).toEqual(['1e5', '00012345']);
  });

  it('reports doubtful prices with line, column and reason, and leaves them unknown', async () => {
    const reading = await readAll(
      shopifyCsvOf([
        'a,A,a,"1,99"',
        'b,B,b,$15.00',
        'c,C,c,-5',
        'd,D,d,0',
        'e,E,e,1e5',
        'f,F,f,"1,234"',
        'g,G,g,n/a',
      ]),
    );
    expect(complaints(reading)).toEqual([
      'price_decimal_comma@2',
      'price_negative@4',
      'price_zero@5',
      'price_not_a_number@6',
      'price_decimal_comma@7',
      'price_not_a_number@8',
    ]);
    expect(reading.errors[0]).toMatchObject({ key: 'a', column: 'Variant Price', severity: 'warning' });
    expect(reading.variants.map((one) => one.offer.price?.minor)).toEqual([
      undefined,
      1500,
      undefined,
      0,
      undefined,
      undefined,
      undefined,
    ]);
    expect(reading.result).toMatchObject({ variants: 7, rejectedRows: 0 });
  });

  it('reads a decimal comma when the source says so', async () => {
    const reading = await readAll(shopifyCsvOf(['a,A,a,"1,99"', 'b,B,b,"1.234,50"']), {
      decimalMark: ',',
      currency: 'EUR',
    });
    expect(reading.variants.map((one) => one.offer.price)).toEqual([
      { minor: 199, currency: 'EUR' },
      { minor: 123450, currency: 'EUR' },
    ]);
  });

  it('drops a column called __proto__ and says so', async () => {
    const columns = 'Handle,Title,Variant SKU,Variant Price,__proto__,constructor';
    const reading = await readAll(shopifyCsvOf(['a,A,a,1.00,polluted,x'], columns));
    expect(complaints(reading)).toEqual(['column_forbidden@1', 'column_forbidden@1']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('does the same to a JSON member of that name', async () => {
    const line =
      '{"id":"1","title":"T","__proto__":{"polluted":"yes"},"priceInfo":{"price":"5","currencyCode":"USD"}}';
    const reading = await readAll(`${line}\n`, { mapping: 'google-retail' });
    expect(reading.result.products).toBe(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('rejects a row that is too long and reads one that is too short', async () => {
    const reading = await readAll(shopifyCsvOf(['a,A,a,1.00,shifted', 'b,B,b', 'c,C,c,2.00,']));
    expect(complaints(reading)).toEqual(['row_long@2', 'row_short@3']);
    expect(reading.variants.map((one) => one.sku)).toEqual(['b', 'c']);
    expect(reading.result).toMatchObject({ rows: 3, rejectedRows: 1 });
  });

  it('counts lines over cells with line breaks, LF and CR LF alike', async () => {
    for (const end of ['\n', '\r\n']) {
      const csv = [
        'Handle,Title,Variant SKU,Variant Price',
        `a,"one${end}two${end}three",a,1.00`,
        'b,B,b,-1',
      ].join(end);
      expect(complaints(await readAll(csv + end))).toEqual(['price_negative@5']);
    }
  });

  it('keeps a doubtful barcode as the merchant code', async () => {
    const columns = 'Handle,Title,Variant SKU,Variant Price,Variant Barcode';
    const reading = await readAll(
      shopifyCsvOf(
        ['a,A,a,1.00,4006381333931', 'b,B,b,1.00,4006381333932', 'c,C,c,1.00,2000000000008'],
        columns,
      ),
    );
    expect(reading.variants.map((one) => [one.content.gtin, one.content.merchantCode])).toEqual([
      ['4006381333931', undefined],
      [undefined, '4006381333932'],
      [undefined, '2000000000008'],
    ]);
    expect(complaints(reading)).toEqual(['gtin_doubtful@3', 'gtin_doubtful@4']);
  });

  it('rejects the second row of a SKU with the same options', async () => {
    const reading = await readAll(shopifyCsvOf(['a,A,x,1.00', 'a,,x,2.00']));
    expect(complaints(reading)).toEqual(['sku_twice@3']);
    expect(reading.result).toMatchObject({ products: 1, variants: 1, rejectedRows: 1 });
  });

  it('makes a stable SKU where there is none, whatever the order of the rows', async () => {
    const columns = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price';
    const first = await readAll(shopifyCsvOf(['a,A,Color,Red,,1.00', 'a,,,Blue,,1.00'], columns));
    const second = await readAll(shopifyCsvOf(['a,A,Color,Blue,,1.00', 'a,,,Red,,1.00'], columns));
    const skus = first.variants.map((one) => one.sku);
    expect(skus[0]).toMatch(/^a-[0-9a-f]{8}$/);
    expect(new Set(skus).size).toBe(2);
    expect(second.variants.map((one) => one.sku)).toEqual([...skus].reverse());
    expect(first.variants.every((one) => one.content.skuGenerated === true)).toBe(true);
  });
});

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
});
