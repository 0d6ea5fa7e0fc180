import { readFile, stat } from 'node:fs/promises';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { OperatorError } from '../domain/errors.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../domain/json.js';
import type { Promotion } from '../domain/promotion.js';
import { PROMOTION_FIELDS, type PromotionRecord, readPromotion } from './promotion-fields.js';

const LARGEST_FILE = 4 * 1024 * 1024;
const MOST = 10_000;
const SHOWN = 20;

/**
 * Reads a promotions file: YAML (`promotions: { ID: { title: … } }` or a list) or CSV with a header. Throws an `OperatorError` that names
 * every mistake; a file with one wrong promotion changes nothing, because a promotion left out would be ended.
 */
export async function readPromotionFile(file: string, zone: string): Promise<Promotion[]> {
  const text = await textOf(file);
  const records = /\.(csv|tsv)$/i.test(file) ? fromTable(file, text) : fromYaml(file, text);
  if (records.length > MOST) throw invalid(file, [`there are more than ${MOST} promotions`]);
  const mistakes: string[] = [];
  const promotions = new Map<string, Promotion>();
  records.forEach((record, index) => {
    const read = readPromotion(record, zone);
    const name = typeof record.id === 'string' && record.id !== '' ? record.id : `promotion ${index + 1}`;
    if ('mistakes' in read) mistakes.push(...read.mistakes.map((mistake) => `${name}: ${mistake}`));
    else if (promotions.has(read.promotion.id)) mistakes.push(`${name}: the id occurs twice`);
    else promotions.set(read.promotion.id, read.promotion);
  });
  if (mistakes.length > 0) throw invalid(file, mistakes);
  return [...promotions.values()];
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) throw invalid(file, ['the file is larger than 4 MiB']);
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    if (text.trim() === '')
      throw invalid(file, ['the file is empty; write `promotions: {}` when there are none']);
    return text;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      'promotions_unreadable',
      `The promotions file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      'Check `promotions:` of the channel and the rights of the file; promotions that are live stay.',
      error,
    );
  }
}

function fromYaml(file: string, text: string): PromotionRecord[] {
  let found: JsonValue;
  try {
    found = parseYaml(text, { maxAliasCount: 0, schema: 'core' }) as JsonValue;
  } catch (error) {
    throw invalid(file, [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)]);
  }
  const group = isJsonObject(found) ? found.promotions : undefined;
  if (isJsonArray(group)) return group.map((entry) => recordOf(entry));
  if (isJsonObject(group)) return Object.entries(group).map(([id, entry]) => ({ id, ...recordOf(entry) }));
  throw invalid(file, ['`promotions:` with the promotions is missing']);
}

function recordOf(entry: JsonValue | undefined): PromotionRecord {
  if (!isJsonObject(entry)) return {};
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      fieldOf(name),
      isJsonArray(value) ? value.map(plainText) : plainText(value ?? ''),
    ]),
  );
}

function plainText(value: JsonValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fromTable(file: string, text: string): PromotionRecord[] {
  try {
    const delimiter = /\.tsv$/i.test(file) ? '\t' : ',';
    const rows: Record<string, string>[] = parseCsv(text, {
      columns: (header: string[]) => header.map(fieldOf),
      delimiter,
      skip_empty_lines: true,
      trim: true,
      to: MOST + 1,
    });
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
  } catch (error) {
    throw invalid(file, [error instanceof Error ? error.message : String(error)]);
  }
}

const BY_PLAIN_NAME = new Map(Object.keys(PROMOTION_FIELDS).map((name) => [name.toLowerCase(), name]));

/** `percent_off`, `Percent Off` and `percentOff` are the same field; what is none keeps its name, for the message. */
function fieldOf(name: string): string {
  return BY_PLAIN_NAME.get(name.toLowerCase().replace(/[_\s-]/g, '')) ?? name;
}

function invalid(file: string, mistakes: readonly string[]): OperatorError {
  const shown = mistakes.slice(0, SHOWN).map((mistake) => `  ${mistake}`);
  const more = mistakes.length > SHOWN ? [`  … and ${mistakes.length - SHOWN} more`] : [];
  return new OperatorError(
    'promotions_invalid',
    [`The promotions file ${file} has ${mistakes.length} mistakes`, ...shown, ...more].join('\n'),
    'Correct them; until then promotions stay as they are at the channel.',
  );
}
