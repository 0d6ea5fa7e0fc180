import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSourceMapping } from '../../../src/catalog/source-mapping-load.js';
import { complaints, failureOf, mappingFile, readAll } from './read-all.js';
import { workbookOf } from './workbook.js';

const files: { remove(): void }[] = [];

function mapping(text: string): string {
  const file = mappingFile(text);
  files.push(file);
  return file.path;
}

afterEach(() => {
  for (const file of files.splice(0)) file.remove();
});

const SIMPLE = `source: simple
product:
  id: row.id
  title: row["Product name"]
variant:
  sku: row.id
  price: row.price
stock: row.qty
`;

describe('a source with a mapping', () => {
  it('is read alike from a table, JSON lines, JSON, XML and a workbook', async () => {
    const inputs: [string, string | Buffer][] = [
      ['mapped-csv', 'id,Product name,price,qty\n00012345,Cup,4.50,7\n'],
      [
        'mapped-jsonl',
        '{"id":"00012345","Product name":"Cup","price":"4.50","qty":7}\n{"id":"2","Product name":"Jug"}\n',
      ],
      ['mapped-json', '[\n{"id":"00012345","Product name":"Cup","price":4.5,"qty":"7"}\n]'],
      [
        'mapped-xlsx',
        workbookOf([
          ['id', 'Product name', 'price', 'qty'],
          ['00012345', 'Cup', 4.5, 7],
          [null, null, null, null],
        ]),
      ],
    ];
    for (const [format, input] of inputs) {
      const reading = await readAll(input, { mapping: mapping(SIMPLE) });
      expect(reading.result.format).toBe(format);
      expect(reading.products[0]?.product).toMatchObject({ id: '00012345', title: 'Cup' });
      expect(reading.variants[0]).toMatchObject({
        sku: '00012345',
        offer: { price: { minor: 450 } },
        stock: [{ onHand: 7 }],
      });
    }
    const xml =
      '<shop><product id="00012345"><name>Cup</name><price currency="EUR">4.50</price></product></shop>';
    const reading = await readAll(xml, {
      mapping: mapping(
        'source: x\nfile:\n  items: product\nproduct:\n  id: row["@id"]\n  title: row.name\nvariant:\n  sku: row["@id"]\n  price: joined([row.price, row["price@currency"]], " ")\n',
      ),
    });
    expect(reading.variants[0]).toMatchObject({
      sku: '00012345',
      offer: { price: { minor: 450, currency: 'EUR' } },
    });
  });

  it('groups rows by a key, also when they do not stand together', async () => {
    const text = `${SIMPLE.replace('sku: row.id', 'sku: row.sku')}products:\n  key: row.id\n`;
    const reading = await readAll('id,sku,Product name\na,1,A\na,2,\nb,3,B\na,4,\n,5,\n', {
      mapping: mapping(text),
    });
    expect(
      reading.products.map((one) => [one.product.id, one.variants.map((variant) => variant.sku)]),
    ).toEqual([
      ['a', ['1', '2']],
      ['b', ['3']],
      ['a', ['4']],
    ]);
    expect(reading.result).toMatchObject({ rows: 5, products: 2, variants: 4, rejectedRows: 1 });
    expect(complaints(reading)).toEqual(['key_missing@6']);
  });

  it('continues a product until a row begins the next one', async () => {
    const text = SIMPLE.replace(
      'sku: row.id',
      'sku: row.sku\n  options: { color: row.color }\n  title: first["Product name"]',
    );
    const reading = await readAll('id,sku,Product name,color\n,0,,Gray\na,1,A,Red\n,2,,Blue\nb,3,B,\n', {
      mapping: mapping(`${text}products:\n  starts: has(row.id)\n`),
    });
    expect(complaints(reading)).toEqual(['row_without_product@2']);
    expect(reading.products[0]?.variants.map((one) => one.content)).toEqual([
      { title: 'A', options: { color: 'Red' } },
      { title: 'A', options: { color: 'Blue' } },
    ]);
  });

  it('splits a row into variants by a list', async () => {
    const text =
      'source: s\nfile: { listSeparator: "/" }\nsplit: lists.sizes\nproduct:\n  id: row.id\nvariant:\n  sku: joined([row.id, part], "-")\n  options: { size: part }\n';
    const reading = await readAll('id,sizes\nshirt,S/M/M/L\ncap,\n', { mapping: mapping(text) });
    expect(reading.variants.map((one) => [one.sku, one.content.options?.size])).toEqual([
      ['shirt-S', 'S'],
      ['shirt-M', 'M'],
      ['shirt-L', 'L'],
      ['cap', undefined],
    ]);
  });

  it('reads columns by position, other encodings, decimal commas and skipped rows', async () => {
    const text = `source: s
file:
  delimiter: ";"
  encoding: windows-1252
  columns: [id, Product name, price, qty]
  nothing: ["NULL"]
currency: EUR
decimalMark: ","
skip:
  it is a test: mentions(row["Product name"], "test")
${SIMPLE.split('\n').slice(1).join('\n')}`;
    const bytes = Buffer.from('1;Größe;1.234,50;NULL\n2;A test;1,00;1\n3;Nothing;zwölf;1\n', 'latin1');
    const reading = await readAll(bytes, { mapping: mapping(text), currency: 'EUR' });
    expect(reading.result).toMatchObject({ encoding: 'windows-1252', rows: 3, products: 2, delimiter: ';' });
    expect(reading.variants[0]).toMatchObject({ offer: { price: { minor: 123450, currency: 'EUR' } } });
    expect(reading.variants[0]?.stock).toBeUndefined();
    expect(complaints(reading)).toEqual(['row_skipped@2', 'price_not_a_number@3']);
    expect(reading.errors[0]?.reason).toContain('it is a test');
  });

  it('adds stock at further locations to the same SKU', async () => {
    const text =
      'source: s\nproducts:\n  key: row.sku\nproduct:\n  id: row.sku\nvariant:\n  sku: row.sku\nstock:\n  - location: row.store\n    onHand: row.qty\n';
    const reading = await readAll('sku,store,qty\na,berlin,1\na,vienna,2\na,berlin,3\n', {
      mapping: mapping(text),
    });
    expect(reading.variants).toMatchObject([
      {
        sku: 'a',
        stock: [
          { location: 'berlin', onHand: 1 },
          { location: 'vienna', onHand: 2 },
        ],
      },
    ]);
    expect(complaints(reading)).toEqual(['sku_twice@4']);
  });

  it('keeps goods whose status is a word it does not know as a draft, and reports it', async () => {
    const reading = await readAll(
      'id,Product name,price,qty,state\na,Cup,4.50,7,aktiv\nb,Jug,4.50,7,Archived\n',
      {
        mapping: mapping(SIMPLE.replace('variant:', '  status: row.state\nvariant:')),
      },
    );
    expect(reading.products.map((one) => one.product.status)).toEqual(['draft', 'archived']);
    expect(reading.errors.map(({ code, line }) => `${code}@${line}`)).toEqual(['status_unknown@2']);
  });

  it('rejects a damaged JSON line and goes on', async () => {
    const reading = await readAll('{"id":"1"}\n{"id":"2"\n[1]\n{"id":"3"}\n', {
      mapping: mapping(SIMPLE),
      format: 'mapped-jsonl',
    });
    expect(complaints(reading)).toEqual(['json_invalid@2', 'json_not_an_object@3']);
    expect(reading.result).toMatchObject({ rows: 4, products: 2, rejectedRows: 2 });
  });

  it('finds the items of a JSON file at a path', async () => {
    const text = SIMPLE.replace('source: simple', 'source: simple\nfile:\n  items: data.products');
    const reading = await readAll(
      '{"tags":["x"],"data":{"other":[{"id":"no"}],"products":[{"id":"a"},{"id":"b"}]},"z":[{"id":"no"}]}',
      { mapping: mapping(text) },
    );
    expect(reading.products.map((one) => one.product.id)).toEqual(['a', 'b']);
  });

  it('reports bad data an expression met, with the place in the mapping', async () => {
    const text = SIMPLE.replace('price: row.price', 'price: price(number(row.price), "EUR")');
    const reading = await readAll('id,price\na,12x\n', { mapping: mapping(text) });
    expect(complaints(reading)).toEqual(['mapping_note@2']);
    expect(reading.variants[0]?.offer.price).toBeUndefined();
  });
});

describe('a workbook', () => {
  it('keeps identifiers, dates and long numbers as people see them', async () => {
    const text =
      'source: s\nproduct:\n  id: row.id\n  createdAt: row.since\nvariant:\n  sku: row.id\n  gtin: row.gtin\n  price: row.price\n  tracked: row.tracked\n';
    const book = workbookOf([
      ['id', 'gtin', 'price', 'since', 'tracked'],
      ['00012345', 4006381333931, 1.1000000000000001, { date: 46353 }, true],
      [12345, null, 2, null, false],
    ]);
    const reading = await readAll(book, { mapping: mapping(text) });
    expect(reading.result).toMatchObject({ format: 'mapped-xlsx', rows: 2, variants: 2 });
    expect(reading.products[0]?.product).toMatchObject({
      id: '00012345',
      createdAt: '2026-11-27T00:00:00.000Z',
    });
    expect(reading.variants).toMatchObject([
      {
        sku: '00012345',
        content: { gtin: '4006381333931' },
        offer: { price: { minor: 110 }, tracked: true },
        line: 2,
      },
      { sku: '12345', offer: { price: { minor: 200 }, tracked: false }, line: 3 },
    ]);
  });

  it('needs a mapping, rows and the sheet that is named', async () => {
    expect(await failureOf(workbookOf([['sku'], ['a']]))).toBe('source_mapping_needed');
    expect(await failureOf('id\n1\n', { format: 'mapped-csv' })).toBe('source_mapping_needed');
    expect(await failureOf(workbookOf([['sku', 'title']]), { mapping: 'generic' })).toBe(
      'source_header_only',
    );
    const other = mapping(SIMPLE.replace('source: simple', 'source: simple\nfile:\n  sheet: Prices'));
    expect(await failureOf(workbookOf([['id'], ['a']]), { mapping: other })).toBe('source_sheet_missing');
  });
});

describe('a source mapping with mistakes', () => {
  it('reports all of them at once, each with its line', () => {
    const { mapping: loaded, diagnostics } = loadSourceMapping(
      'mine.yaml',
      'source: s\nfile:\n  formt: csv\nproduct:\n  id: row.id\n  titel: row.t\nvariant:\n  sku: upper(1)\n  price: rwo.price\n',
    );
    expect(loaded).toBeNull();
    expect(diagnostics.map((one) => [one.line, one.severity])).toEqual([
      [3, 'error'],
      [6, 'error'],
      [8, 'error'],
      [9, 'error'],
    ]);
    expect(diagnostics[1]?.hint).toContain('title');
  });

  it('stops the import before a row is read', async () => {
    const file = mapping('source: s\nproduct:\n  title: row.t\nvariant: {}\n');
    await expect(readAll('id\n1\n', { mapping: file })).rejects.toMatchObject({
      code: 'source_mapping_invalid',
      message: expect.stringContaining('a product needs an id'),
    });
  });
});

describe('the mappings that are shipped', () => {
  const folder = path.resolve(import.meta.dirname, '../../../mappings/sources');

  it('load without a finding, and so does the example of the README', () => {
    const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
    const names = [
      'vendure',
      'commercetools',
      'commercetools-inventory',
      'google-retail',
      'adventureworks',
      'django-oscar-books',
      'django-oscar-books-backslash',
      'generic',
    ];
    for (const name of names) {
      expect(readme).toContain(`\`${name}\``);
      expect(
        loadSourceMapping(name, readFileSync(path.join(folder, `${name}.yaml`), 'utf8')).diagnostics,
      ).toEqual([]);
    }
    // The other example is the setting of a source in the configuration.
    const examples = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    const [example = ''] = examples.filter((text) => !text.startsWith('sources:'));
    expect(loadSourceMapping('README.md', example).diagnostics).toEqual([]);
  });
});
