import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMapping } from '../../src/mapping/load.js';
import { readLookupTable } from '../../src/mapping/lookups.js';
import { fileSources } from '../../src/mapping/sources.js';
import { CHANNEL, listing } from './mapping-fixture.js';

describe('mappings on disk', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'mapping-'));
    const put = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    };
    put(
      'package/mappings/shop.yaml',
      'connector: shop\nattributes:\n  color: lookup("colors", variant.options.color)\n',
    );
    put('package/mappings/lookups/colors.csv', 'key,value\nBlue,ours\n');
    put('merchant/shop.yaml', 'connector: shop\nextends: default\nattributes: { id: product.id }\n');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const load = () =>
    loadMapping({
      file: 'shop.yaml',
      connector: 'shop',
      channel: CHANNEL,
      sources: fileSources({
        packageRoot: path.join(root, 'package'),
        directory: path.join(root, 'merchant'),
      }),
    });

  it('extend the connector’s own, and a merchant’s lookup table wins over ours', () => {
    const first = load();
    expect(first.diagnostics).toEqual([]);
    expect(first.mapping && listing(first.mapping)).toEqual({ color: 'ours', id: 'MB01' });
    mkdirSync(path.join(root, 'merchant/lookups'));
    writeFileSync(path.join(root, 'merchant/lookups/colors.csv'), 'key,value\n blue ,theirs\n');
    const second = load();
    expect(second.mapping && listing(second.mapping)).toEqual({ color: 'theirs', id: 'MB01' });
    expect(second.mapping?.revision).not.toBe(first.mapping?.revision);
  });

  it('do not read lookup tables outside their folders', () => {
    const sources = fileSources({
      packageRoot: path.join(root, 'package'),
      directory: path.join(root, 'merchant'),
    });
    writeFileSync(path.join(root, 'secret.csv'), 'key,value\na,b\n');
    expect(sources.readLookup('../secret')).toBeNull();
    expect(sources.readMapping('default', '../x')).toBeNull();
    expect(sources.lookupNames?.()).toContain('colors');
  });
});

describe('lookup tables', () => {
  it('take the first line for names and the first column for keys, whatever capitals and blanks', () => {
    const { table, problems } = readLookupTable(
      't',
      '\ufeffKey, Value,extra\n Rot ,red,1\nBLAU,blue\n\n"a, b",c\n',
    );
    expect(problems).toEqual([]);
    expect(table?.columns).toEqual(['Key', 'Value', 'extra']);
    expect([...(table?.rows ?? [])]).toEqual([
      ['rot', ['Rot', 'red', '1']],
      ['blau', ['BLAU', 'blue']],
      ['a, b', ['a, b', 'c']],
    ]);
  });

  it('keep the first of two equal keys and say so', () => {
    const { table, problems } = readLookupTable('t', 'key,value\na,1\nA,2\n');
    expect(table?.rows.get('a')).toEqual(['a', '1']);
    expect(problems).toEqual([{ line: 3, message: 'the key "A" is there twice' }]);
  });

  it('refuse files that are none', () => {
    expect(readLookupTable('t', 'just one column\n').table).toBeNull();
    expect(readLookupTable('t', 'a,b\n"open,c\n').table).toBeNull();
  });
});
