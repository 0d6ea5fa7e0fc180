import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import type { ReadResult, RowError, SourceSettings } from '../../../src/catalog/readers/reader.js';
import type { SourceProduct, SourceVariant } from '../../../src/domain/product.js';

/** Everything a reading brought. */
export interface Reading {
  readonly products: SourceProduct[];
  readonly variants: SourceVariant[];
  readonly errors: RowError[];
  readonly result: ReadResult;
}

/** Reads a file (by path) or the given content to the end. */
export async function readAll(
  input: { readonly path: string } | string | Buffer,
  settings: Partial<SourceSettings> = {},
): Promise<Reading> {
  const source =
    typeof input === 'object' && 'path' in input ? input.path : Readable.from([Buffer.from(input)]);
  const errors: RowError[] = [];
  const stream = openSource(
    source,
    { id: 'test', currency: 'USD', ...settings },
    { report: (error) => errors.push(error), signal: new AbortController().signal },
  );
  const products: SourceProduct[] = [];
  for (let step = await stream.next(); ; step = await stream.next()) {
    if (step.done) {
      return { products, variants: products.flatMap((one) => one.variants), errors, result: step.value };
    }
    products.push(...step.value);
  }
}

/** The code of the failure a reading ends with, or what it brought when it did not fail. */
export async function failureOf(
  input: { readonly path: string } | string | Buffer,
  settings: Partial<SourceSettings> = {},
): Promise<string> {
  try {
    const { result } = await readAll(input, settings);
    return `read ${result.variants} variants`;
  } catch (failure) {
    return failure instanceof Error && 'code' in failure ? String(failure.code) : String(failure);
  }
}

/** Codes of the complaints with their lines: `price_negative@3`. */
export function complaints(reading: Reading): string[] {
  return reading.errors.map((error) => `${error.code}@${error.line}`);
}

/** Writes a source mapping to a file of its own; `remove` deletes it. */
export function mappingFile(text: string): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-test-'));
  const file = path.join(folder, 'mapping.yaml');
  writeFileSync(file, text);
  return { path: file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A Shopify CSV of the columns tests need; every row is given as handle, title, SKU, price and whatever more. */
export function shopifyCsvOf(
  rows: readonly string[],
  columns = 'Handle,Title,Variant SKU,Variant Price',
): string {
  return `${columns}\n${rows.join('\n')}\n`;
}
