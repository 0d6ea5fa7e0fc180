import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isJsonArray, type JsonValue } from '../../../src/domain/json.js';
import type { ItemMarks } from '../audit/since-last-file.js';

/** Stands beside the daily file and tells the next one what was in it. */
function marksPath(feedPath: string): string {
  return `${feedPath}.marks`;
}

/** Marks of the daily file before, by SKU; null: there was none, or they cannot be read as what we wrote. Other failures of the disk throw. */
export async function readMarks(feedPath: string): Promise<ReadonlyMap<string, ItemMarks> | null> {
  let text: string;
  try {
    text = await readFile(marksPath(feedPath), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const marks = new Map<string, ItemMarks>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry = entryOf(line);
    if (entry === null) return null;
    marks.set(...entry);
  }
  return marks;
}

/** Keeps the marks of the file that was handed over; null: forgets those of before. A file that is half written is never seen. */
export async function keepMarks(
  feedPath: string,
  marks: ReadonlyMap<string, ItemMarks> | null,
): Promise<void> {
  const file = marksPath(feedPath);
  if (marks === null) return rm(file, { force: true });
  const lines = [...marks].map(([sku, { product, labels }]) => `${JSON.stringify([sku, product, labels])}\n`);
  await writeFile(`${file}.part`, lines.join(''));
  await rename(`${file}.part`, file);
}

function entryOf(line: string): readonly [string, ItemMarks] | null {
  let entry: JsonValue;
  try {
    entry = JSON.parse(line) as JsonValue;
  } catch {
    return null;
  }
  const [sku, product, labels] = isJsonArray(entry) ? entry : [];
  if (typeof sku !== 'string' || typeof labels !== 'string') return null;
  return product === null || typeof product === 'string' ? [sku, { product, labels }] : null;
}
