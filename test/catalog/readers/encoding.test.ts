import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { complaints, failureOf, readAll, shopifyCsvOf } from './read-all.js';

const GERMAN = shopifyCsvOf(['hose,Grüne Hose für Männer,h-1,19.99', 'rock,Weißer Rock – kurz,r-1,29.99']);
const JAPANESE = shopifyCsvOf(['a,日本語のタイトルです,j-1,1500', 'b,カタカナとひらがな,j-2,2500']);

describe('the encoding of a source', () => {
  it.each([
    ['utf-8', false, true],
    ['utf-8', true, true],
    ['utf-16le', true, true],
    ['utf-16be', true, true],
    ['utf-16le', false, false],
    ['windows-1252', false, false],
  ] as const)('%s with a mark: %s is detected, certain: %s', async (encoding, addBOM, certain) => {
    const reading = await readAll(iconv.encode(GERMAN, encoding, { addBOM }));
    expect(reading.products.map((one) => one.product.title)).toEqual([
      'Grüne Hose für Männer',
      'Weißer Rock – kurz',
    ]);
    expect(reading.result).toMatchObject({ encoding, encodingCertain: certain });
    const line = encoding === 'windows-1252' ? 2 : 1;
    expect(complaints(reading)).toEqual(certain ? [] : [`encoding_inferred@${line}`]);
  });

  it('recognises Shift_JIS and flags that it was inferred', async () => {
    const reading = await readAll(iconv.encode(JAPANESE, 'shift_jis'), { currency: 'JPY' });
    expect(reading.products[0]?.product.title).toBe('日本語のタイトルです');
    expect(reading.result).toMatchObject({ encoding: 'shift_jis', encodingCertain: false });
  });

  it('follows the setting instead of its own guess', async () => {
    const polish = shopifyCsvOf(['a,Żółta łódź,p-1,5.00']);
    const bytes = iconv.encode(polish, 'windows-1250');
    expect((await readAll(bytes)).products[0]?.product.title).not.toBe('Żółta łódź');
    const told = await readAll(bytes, { encoding: 'windows-1250' });
    expect(told.products[0]?.product.title).toBe('Żółta łódź');
    expect(told.result).toMatchObject({ encoding: 'windows-1250', encodingCertain: true });
  });

  it('follows the XML declaration', async () => {
    const feed =
      '<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item><id>1</id><title>Größe</title></item></channel></rss>';
    const reading = await readAll(iconv.encode(feed, 'latin1'));
    expect(reading.products[0]?.product.title).toBe('Größe');
    expect(reading.result).toMatchObject({ encoding: 'windows-1252', encodingCertain: true });
  });

  it('notices older letters that come long after the start, and says on which line', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `p${index},Plain title,s${index},1.00`);
    rows.push('last,Grüße,s-last,1.00');
    const reading = await readAll(iconv.encode(shopifyCsvOf(rows), 'windows-1252'));
    expect(reading.products.at(-1)?.product.title).toBe('Grüße');
    expect(reading.result).toMatchObject({
      encoding: 'windows-1252',
      encodingCertain: false,
      variants: 20_001,
    });
    expect(complaints(reading)).toEqual(['encoding_inferred@20002']);
  });

  it('refuses a file that is UTF-8 first and something else later', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `p${index},Größe,s${index},1.00`);
    const mixed = Buffer.concat([
      Buffer.from(shopifyCsvOf(rows)),
      iconv.encode('last,Grüße,s-last,1.00\n', 'windows-1252'),
    ]);
    expect(await failureOf(mixed)).toBe('source_encoding_mixed');
    await expect(readAll(mixed)).rejects.toMatchObject({ message: expect.stringContaining('20002') });
  });

  it('refuses a file that is not in the encoding it is said to be in', async () => {
    const reading = readAll(iconv.encode(GERMAN, 'windows-1252'), { encoding: 'shift_jis' });
    await expect(reading).rejects.toMatchObject({
      code: 'source_encoding_wrong',
      message: expect.stringContaining('line 2'),
    });
  });

  it('keeps a letter whole that falls between two pieces of the file', async () => {
    const title = 'ü'.repeat(100_000);
    const reading = await readAll(shopifyCsvOf([`a,${title},s,1.00`]));
    expect(reading.products[0]?.product.title).toBe(title);
  });
});

describe('the layout of a table', () => {
  it.each([',', ';', '\t', '|'])('finds the delimiter %j and shows it', async (delimiter) => {
    const csv = shopifyCsvOf(['a,A,s-1,1.00']).replaceAll(',', delimiter);
    expect((await readAll(csv)).result).toMatchObject({ delimiter, variants: 1, format: 'shopify-csv' });
  });

  it('reads blanks after a closing quote when the cells are padded', async () => {
    const csv =
      'Handle   ,Title        ,Variant SKU,Variant Price\na        ,"A, really"  ,s-1        ,1.00         \n';
    const { products } = await readAll(csv);
    expect(products[0]?.product).toMatchObject({ id: 'a', title: 'A, really' });
  });

  it('lets the settings say what would be detected', async () => {
    const csv = shopifyCsvOf(["a,'A, b',s-1,1.00"]);
    expect((await readAll(csv, { quote: "'", format: 'shopify-csv' })).products[0]?.product.title).toBe(
      'A, b',
    );
    expect(await failureOf(csv, { format: 'magento-csv' })).toBe('source_column_missing');
    expect(await failureOf(csv, { format: 'google-xml' })).toBe('source_format_unknown');
  });
});
