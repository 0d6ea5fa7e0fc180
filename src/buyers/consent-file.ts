import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { OperatorError } from '../domain/errors.js';
import { type Instant, readInstant } from '../domain/instant.js';
import type { Consent } from './consent.js';

const LARGEST_FILE = 32 * 1024 * 1024;
const MOST_ROWS = 500_000;

/** Consents of a file, and the lines that say none. */
export interface ConsentFile {
  readonly consents: readonly Consent[];
  readonly mistakes: readonly { readonly row: number; readonly message: string }[];
}

/** Reads a CSV file with the columns email, at, source and (default: given) action. Throws OperatorError `consents_unreadable`. */
export async function readConsentFile(file: string, now: Instant): Promise<ConsentFile> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) throw unreadable(`${file} is larger than 32 MiB`);
    return consentsIn(await readFile(file, 'utf8'), now);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
}

/** Consents in CSV text. Mistakes name the row, never the address. */
export function consentsIn(text: string, now: Instant): ConsentFile {
  const rows: { record: Readonly<Record<string, string>>; info: { lines: number } }[] = parse(text, {
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    skip_empty_lines: true,
    trim: true,
    info: true,
    to: MOST_ROWS + 1,
  });
  if (rows.length > MOST_ROWS) throw unreadable(`there are more than ${MOST_ROWS} rows`);
  const consents: Consent[] = [];
  const mistakes: { row: number; message: string }[] = [];
  for (const { record, info } of rows) {
    const read = consentOf(record, now);
    if (typeof read === 'string') mistakes.push({ row: info.lines, message: read });
    else consents.push(read);
  }
  return { consents, mistakes };
}

/** A consent from texts, or what is wrong with it. */
export function consentOf(
  given: Readonly<Record<string, string | undefined>>,
  now: Instant,
): Consent | string {
  const { email = '', source = '', action = '' } = given;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 320) return 'email is no address';
  if (source === '' || source.length > 500) return 'source says not where the consent was given';
  if (!['', 'given', 'withdrawn'].includes(action)) return 'action is neither given nor withdrawn';
  const at = given.at ? readInstant(given.at) : null;
  if (at === null) return 'at is no instant with a zone, such as 2026-11-25T14:00:00Z';
  if (at > now) return 'at is in the future';
  return { email, source, action: action === 'withdrawn' ? 'withdrawn' : 'given', at };
}

function unreadable(message: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'consents_unreadable',
    `The consent file cannot be used: ${message}`,
    'It is CSV with a header: email, at, source, and action (given or withdrawn).',
    cause,
  );
}
