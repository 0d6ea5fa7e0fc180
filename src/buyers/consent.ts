import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Marker } from './buyer-marks.js';

/** What a person said about marketing, when and where: without a source it proves nothing. */
export interface Consent {
  readonly email: string;
  readonly action: 'given' | 'withdrawn';
  readonly at: Instant;
  /** In the operator's words: `newsletter form 2026`. */
  readonly source: string;
}

/** The word that counts now. */
export type StandingConsent = Omit<Consent, 'email'>;

/**
 * Writes consents down, by mark only: the address itself is not kept. Nothing is overwritten, the latest word counts; the same again changes nothing.
 * Answers how many are new.
 */
export async function recordConsents(
  tx: Queries,
  consents: readonly Consent[],
  how: { readonly marker: Marker; readonly by: string; readonly now: Instant },
): Promise<number> {
  let added = 0;
  for (const { email, action, at, source } of consents)
    added += await tx.run(
      `INSERT INTO buyer_consent (mark, action, at, source, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (mark, action, at, source) DO NOTHING`,
      [how.marker('email', email), action, at, source, how.now, how.by],
    );
  return added;
}

/** The latest word of people by mark; those who never said anything are missing. Of two words at the same instant the withdrawal counts. */
export async function standingConsents(
  queries: Queries,
  marks: readonly string[],
): Promise<ReadonlyMap<string, StandingConsent>> {
  if (marks.length === 0) return new Map();
  const rows = await queries.all<StandingConsent & { readonly mark: string }>(
    `SELECT mark, action, at, source FROM buyer_consent WHERE mark IN (SELECT mark FROM ${queries.unfold('r', { mark: 'text' })})
     ORDER BY mark, at, action`,
    [JSON.stringify([...new Set(marks)].map((mark) => ({ mark })))],
  );
  return new Map(rows.map(({ mark, ...consent }) => [mark, consent]));
}

/** Forgets that people ever said anything: without it nothing of them is handed out. */
export function forgetConsents(tx: Queries, marks: readonly string[]): Promise<number> {
  return tx.run(
    `DELETE FROM buyer_consent WHERE mark IN (SELECT mark FROM ${tx.unfold('r', { mark: 'text' })})`,
    [JSON.stringify(marks.map((mark) => ({ mark })))],
  );
}
