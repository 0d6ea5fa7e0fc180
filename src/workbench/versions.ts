import { existsSync, readFileSync } from 'node:fs';
import type { Database, Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { fingerprint } from '../domain/revision.js';
import { keepText } from '../sync/mapping-uses.js';
import type { ImpactTotals } from './impact-counts.js';
import type { Document } from './mapping-home.js';
import { replaceFile } from './replace-file.js';

/** One version of a text: who made it, when and why. */
export interface TextVersion {
  /** From 1, without gaps. */
  readonly number: number;
  /** `operator:ann`; `file`: the file was edited in the folder. */
  readonly author: string;
  /** Who published it, when the author had asked somebody to. */
  readonly approvedBy: string | null;
  readonly comment: string;
  readonly at: Instant;
  /** What it did to the listings when it was published; null: nobody looked. */
  readonly impact: Readonly<ImpactTotals> | null;
  /** Fingerprint of the text. */
  readonly hash: string;
}

/** A text as it stands, and the version it is. */
export interface CurrentText {
  /** Null: there is none yet. */
  readonly text: string | null;
  /** 0: none yet. */
  readonly number: number;
}

interface VersionRow {
  readonly number: number;
  readonly author: string;
  readonly approved_by: string | null;
  readonly comment: string;
  readonly at: Instant;
  readonly impact: string | null;
  readonly hash: string;
}

/** A new version, before it has a number. */
export interface NewVersion {
  readonly text: string;
  readonly author: string;
  readonly comment: string;
  readonly at: Instant;
  readonly approvedBy?: string | null;
  readonly impact?: Readonly<ImpactTotals>;
}

const BY_HAND = 'edited in the folder';
/** Larger files are used, but not kept in versions. */
const MOST_CHARACTERS = 4_000_000;

/** The text as it stands. A file that was edited since becomes a version first, so that nothing that ever counted is lost. */
export async function currentText(database: Database, document: Document, at: Instant): Promise<CurrentText> {
  if (document.file === null) return storedText(database, document.name);
  const text = existsSync(document.file) ? readFileSync(document.file, 'utf8') : null;
  if (text === null || text.length > MOST_CHARACTERS) return { text, number: 0 };
  const latest = await latestOf(database, document.name);
  if (latest?.hash === fingerprint(text)) return { text, number: latest.number };
  const version = { text, author: 'file', comment: BY_HAND, at };
  return { text, number: await database.transaction((tx) => addVersion(tx, document.name, version)) };
}

/** The latest version of a document that has no file. */
export async function storedText(queries: Queries, name: string): Promise<CurrentText> {
  const latest = await latestOf(queries, name);
  if (latest === undefined) return { text: null, number: 0 };
  return { text: await textOf(queries, latest.hash), number: latest.number };
}

/** The versions of a document, newest first. */
export async function versionsOf(queries: Queries, name: string, limit: number): Promise<TextVersion[]> {
  const rows = await queries.all<VersionRow>(
    `SELECT number, author, approved_by, comment, at, impact, hash FROM mapping_version
     WHERE document = ? ORDER BY number DESC LIMIT ?`,
    [name, limit],
  );
  return rows.map(({ approved_by, impact, ...row }) => ({
    ...row,
    approvedBy: approved_by,
    impact: impact === null ? null : (JSON.parse(impact) as ImpactTotals),
  }));
}

/** The text of one version. Throws `unknown_version`. */
export async function versionText(queries: Queries, name: string, number: number): Promise<string> {
  const row = await queries.get<{ hash: string }>(
    'SELECT hash FROM mapping_version WHERE document = ? AND number = ?',
    [name, number],
  );
  const text = row && (await textOf(queries, row.hash));
  if (typeof text === 'string') return text;
  throw new OperatorError(
    'unknown_version',
    `${name} has no version ${number}`,
    '`omnifeed mapping versions` lists them.',
  );
}

/**
 * Makes a text the one that counts: adds a version and, where there is a file, replaces it. Throws `text_moved` when the present version
 * is another one than `expected`: somebody else was faster.
 */
export async function saveVersion(
  database: Database,
  document: Document,
  version: NewVersion & { readonly expected: number },
): Promise<number> {
  await currentText(database, document, version.at);
  return database.transaction(async (tx) => {
    const latest = (await latestOf(tx, document.name))?.number ?? 0;
    if (latest !== version.expected) throw textMoved(document, { expected: version.expected, latest });
    const number = await addVersion(tx, document.name, version);
    if (document.file !== null) replaceFile(document.file, version.text);
    return number;
  });
}

function textMoved(
  { name }: Document,
  { expected, latest }: { readonly expected: number; readonly latest: number },
): OperatorError {
  return new OperatorError(
    'text_moved',
    `${name} is at version ${latest}, not ${expected}: somebody changed it meanwhile`,
    'Look at the new version, then save again.',
  );
}

async function addVersion(tx: Queries, document: string, version: NewVersion): Promise<number> {
  const number = ((await latestOf(tx, document))?.number ?? 0) + 1;
  await tx.run(
    `INSERT INTO mapping_version (document, number, hash, author, approved_by, comment, impact, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      document,
      number,
      await keepText(tx, version.text),
      version.author,
      version.approvedBy ?? null,
      version.comment,
      version.impact === undefined ? null : JSON.stringify(version.impact),
      version.at,
    ],
  );
  return number;
}

function latestOf(queries: Queries, document: string): Promise<{ number: number; hash: string } | undefined> {
  return queries.get<{ number: number; hash: string }>(
    'SELECT number, hash FROM mapping_version WHERE document = ? ORDER BY number DESC LIMIT 1',
    [document],
  );
}

async function textOf(queries: Queries, hash: string): Promise<string | null> {
  return (
    (await queries.get<{ body: string }>('SELECT body FROM mapping_text WHERE hash = ?', [hash]))?.body ??
    null
  );
}
