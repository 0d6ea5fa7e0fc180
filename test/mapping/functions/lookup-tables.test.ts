import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../../mappings/lookups');
const TAXONOMY = path.resolve(
  import.meta.dirname,
  '../../../../shared/data/taxonomies/google/taxonomy-with-ids.en-US.2019-07-10.txt',
);

/** Values Google and Meta take for these attributes (their product data specifications, checked 2026-11). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  gender: ['male', 'female', 'unisex'],
  'age-group': ['newborn', 'infant', 'toddler', 'kids', 'adult'],
  condition: ['new', 'refurbished', 'used'],
  'size-system': ['AU', 'BR', 'CN', 'DE', 'EU', 'FR', 'IT', 'JP', 'MEX', 'UK', 'US'],
  'size-type': ['regular', 'petite', 'maternity', 'big', 'tall', 'plus'],
};

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => name.slice(0, -4));

function rowsOf(name: string): string[][] {
  return parse(readFileSync(path.join(FOLDER, `${name}.csv`)));
}

describe('the lookup tables that come with the default mappings', () => {
  it.each(names)('%s has a header, a value for every key and every key once', (name) => {
    const [header, ...rows] = rowsOf(name);
    expect(header?.slice(0, 2)).toEqual(['key', 'value']);
    const keys = rows.map((row) => row[0]?.trim().toLowerCase());
    expect(new Set(keys).size).toBe(rows.length);
    for (const row of rows) {
      for (const cell of row) expect(cell, row.join()).toMatch(/^\S(.*\S)?$/);
    }
  });

  it.each(Object.keys(ALLOWED))('%s leads only to words the channels know', (name) => {
    const values = new Set(
      rowsOf(name)
        .slice(1)
        .map((row) => row[1]),
    );
    expect([...values].filter((value) => !ALLOWED[name]?.includes(value ?? ''))).toEqual([]);
  });

  it('google-category has numbers with the English name of their category', () => {
    for (const [, id, name] of rowsOf('google-category').slice(1)) {
      expect(id).toMatch(/^\d+$/);
      expect(name).toMatch(/^[A-Z]/);
    }
  });

  const isThere = existsSync(TAXONOMY);
  if (!isThere) process.stdout.write(`skipped: ${TAXONOMY} is not there, ids are not compared\n`);

  it.skipIf(!isThere)('google-category has the ids of Google’s own taxonomy', () => {
    const taxonomy = new Set(readFileSync(TAXONOMY, 'utf8').split(/\r?\n/));
    for (const [, id, name] of rowsOf('google-category').slice(1)) {
      expect(taxonomy.has(`${id} - ${name}`), `${id} - ${name}`).toBe(true);
    }
  });
});
