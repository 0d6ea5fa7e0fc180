import type { Database, Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { LIMITS } from '../mapping/limits.js';

/** A text somebody works on; it changes nothing until it is published. */
export interface Draft {
  readonly text: string;
  /** Grows with every save: who saves names the one they began from. */
  readonly revision: number;
  /** The version it began with; 0: there was none. */
  readonly base: number;
  readonly author: string;
  readonly at: Instant;
  /** Who asked for its publication; null: nobody. */
  readonly askedBy: string | null;
  /** What was said when it was asked for. */
  readonly comment: string | null;
}

interface DraftRow {
  readonly body: string;
  readonly revision: number;
  readonly base: number;
  readonly author: string;
  readonly at: Instant;
  readonly asked_by: string | null;
  readonly comment: string | null;
}

/** The draft of a document; null: nobody works on it. */
export async function readDraft(queries: Queries, document: string): Promise<Draft | null> {
  const row = await queries.get<DraftRow>('SELECT * FROM mapping_draft WHERE document = ?', [document]);
  if (row === undefined) return null;
  const { body: text, revision, base, author, at, asked_by: askedBy, comment } = row;
  return { text, revision, base, author, at, askedBy, comment };
}

/** A draft to be saved. */
export interface DraftSave {
  readonly text: string;
  /** The revision it began from; 0: a new draft. */
  readonly expected: number;
  /** The version it is a draft of: who saves has taken over what that one says. */
  readonly base: number;
  readonly author: string;
  readonly at: Instant;
}

/**
 * Saves a draft, errors and all; answers its new revision. A saved draft is asked for no longer. Throws `draft_moved` when somebody saved
 * since, `mapping_too_long` for a text the loader would refuse to look at.
 */
export async function saveDraft(database: Database, document: string, save: DraftSave): Promise<number> {
  if (save.text.length > LIMITS.fileCharacters)
    throw new OperatorError(
      'mapping_too_long',
      `The draft has ${save.text.length} characters; ${LIMITS.fileCharacters} are allowed`,
      'Move what several mappings share into one they extend.',
    );
  return database.transaction(async (tx) => {
    const known = await readDraft(tx, document);
    if ((known?.revision ?? 0) !== save.expected) throw draftMoved(document, save.expected, known);
    const revision = save.expected + 1;
    await tx.run('DELETE FROM mapping_draft WHERE document = ?', [document]);
    await tx.run(
      'INSERT INTO mapping_draft (document, revision, body, base, author, at) VALUES (?, ?, ?, ?, ?, ?)',
      [document, revision, save.text, save.base, save.author, save.at],
    );
    return revision;
  });
}

/** Says that somebody else changed the draft. */
export function draftMoved(document: string, expected: number, known: Draft | null): OperatorError {
  const now =
    known === null ? 'it was published or thrown away' : `${known.author} saved revision ${known.revision}`;
  return new OperatorError(
    'draft_moved',
    `The draft of ${document} is not at revision ${expected} any more: ${now}`,
    'Look at the newer one, then save again.',
  );
}

/** Asks for the publication of a draft. Throws `draft_moved`. */
export async function askForPublication(
  database: Database,
  document: string,
  asked: { readonly revision: number; readonly by: string; readonly comment: string },
): Promise<void> {
  const done = await database.run(
    'UPDATE mapping_draft SET asked_by = ?, comment = ? WHERE document = ? AND revision = ?',
    [asked.by, asked.comment, document, asked.revision],
  );
  if (done === 0) throw draftMoved(document, asked.revision, await readDraft(database, document));
}

/** Throws a draft away; false when there was none. */
export async function dropDraft(queries: Queries, document: string): Promise<boolean> {
  return (await queries.run('DELETE FROM mapping_draft WHERE document = ?', [document])) > 0;
}
