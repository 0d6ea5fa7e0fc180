import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lookAtTable } from '../../src/catalog/look-at-table.js';
import { readAll } from './readers/read-all.js';
import { workbookOf } from './readers/workbook.js';

const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-columns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function look(content: string | Buffer, settings: { delimiter?: string; encoding?: string } = {}) {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.csv`);
  writeFileSync(file, content);
  return lookAtTable({ id: 'look', path: file, ...settings }, { signal: AbortSignal.timeout(10_000) });
}

const GERMAN =
  'Artikel;Bezeichnung;Preis;Bestand;Gruppe;Größe;"Stoff ""fein"""\nT-M;Tee;19,90;12;T;M;Leinen\nT-L;Tee;1.990,00;0;T;L;Wolle\n';

describe('a table read by its columns', () => {
  it('brings the fields somebody said the columns of, variants of a group as one product, and free attributes', async () => {
    const { products, errors } = await readAll(Buffer.from(GERMAN, 'latin1'), {
      currency: 'EUR',
      decimalMark: ',',
      encoding: 'windows-1252',
      columns: {
        sku: 'Artikel',
        title: 'Bezeichnung',
        price: 'Preis',
        quantity: 'Bestand',
        group: 'Gruppe',
        size: 'Größe',
        attributes: { fabric: 'Stoff "fein"' },
      },
    });
    expect(errors).toEqual([]);
    expect(products).toHaveLength(1);
    const [{ product, variants }] = products as [(typeof products)[number]];
    expect(product).toMatchObject({ id: 'T', title: 'Tee', attributes: { fabric: 'Leinen' } });
    expect(variants.map(({ sku, content, offer }) => [sku, content.options, offer.price])).toEqual([
      ['T-M', { size: 'M' }, { minor: 1990, currency: 'EUR' }],
      ['T-L', { size: 'L' }, { minor: 199_000, currency: 'EUR' }],
    ]);
  });

  it('knows nothing of a field nobody named a column for, and makes each row a product without a group', async () => {
    const { products, variants } = await readAll('id,name,cost\n1,Cup,4.50\n2,Jug,5\n', {
      columns: { sku: 'id', title: 'name', price: 'cost' },
    });
    expect(products.map(({ product }) => product.id)).toEqual(['1', '2']);
    expect(variants[0]?.stock).toBeUndefined();
  });
});

describe('a look at a file', () => {
  it('shows rows as written, with what was detected and the word that decides about the encoding', async () => {
    const seen = await look(Buffer.from(GERMAN.replaceAll('Leinen', 'Flügel'), 'latin1'));
    expect(seen).toMatchObject({ kind: 'table', delimiter: ';', encodingCertain: false, recognised: null });
    expect(seen.columns).toEqual([
      'Artikel',
      'Bezeichnung',
      'Preis',
      'Bestand',
      'Gruppe',
      'Größe',
      'Stoff "fein"',
    ]);
    expect(seen.rows[1]).toEqual({ line: 3, cells: ['T-L', 'Tee', '1.990,00', '0', 'T', 'L', 'Wolle'] });
    expect(seen.evidence).toEqual({ text: 'Flügel', row: 2 });
  });

  it('takes the delimiter it is told, and names formats it knows', async () => {
    expect((await look('a|b;c|d\n1|2;3|4\n', { delimiter: ';' })).columns).toEqual(['a|b', 'c|d']);
    expect((await look('Handle,Title,Variant SKU,Variant Price\ntee,Tee,T,1\n')).recognised).toBe(
      'shopify-csv',
    );
    const book = await look(
      workbookOf([
        ['sku', 'title', 'price'],
        ['A', 'Cup', 4.5],
      ]),
    );
    expect(book).toMatchObject({
      kind: 'workbook',
      recognised: 'generic',
      columns: ['sku', 'title', 'price'],
    });
    expect(book.rows[0]?.cells).toEqual(['A', 'Cup', '4.5']);
  });

  it('ends after the first hundred rows, however long the file is, and says what a web page is', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => `${n},x`).join('\n');
    expect((await look(`id,name\n${rows}\n`)).rows).toHaveLength(100);
    await expect(look('<!doctype html><title>Login</title>')).rejects.toMatchObject({ code: 'source_html' });
  });
});
