import { readFile, stat } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import type { FeeSchedule } from './fee-schedule.js';
import { readFeeSchedule } from './read-fee-schedule.js';

const LARGEST_FILE = 1024 * 1024;
const SHOWN = 20;

/** Reads a channel's fee file (YAML). Throws `fees_unreadable`, or `fees_invalid` with every mistake at once. */
export async function readFeeFile(file: string, currency: string): Promise<FeeSchedule> {
  const read = readFeeSchedule(contentOf(file, await textOf(file)), currency);
  if ('mistakes' in read) throw invalid(file, read.mistakes);
  return read.schedule;
}

function contentOf(file: string, text: string): JsonValue {
  try {
    return parseYaml(text, { maxAliasCount: 0, schema: 'core' }) as JsonValue;
  } catch (error) {
    throw invalid(file, [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)]);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) throw invalid(file, ['the file is larger than 1 MiB']);
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      'fees_unreadable',
      `The fee file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      'Check `profit.fees` of the channel and the rights of the file.',
      error,
    );
  }
}

function invalid(file: string, mistakes: readonly string[]): OperatorError {
  const shown = mistakes.slice(0, SHOWN).map((mistake) => `  ${mistake}`);
  const more = mistakes.length > SHOWN ? [`  … and ${mistakes.length - SHOWN} more`] : [];
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  return new OperatorError(
    'fees_invalid',
    [`The fee file ${file} has ${count}`, ...shown, ...more].join('\n'),
    'Correct it; profits are not worked out from half a schedule.',
  );
}
