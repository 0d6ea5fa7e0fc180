import type { ListingPort } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import type { ChannelDesk } from './channel-desk.js';
import { familyCounts, refusalOf } from './family-rows.js';
import { sendParents } from './send-parents.js';
import { settleParents } from './settle-parents.js';

/** What a round of parents did. */
export interface FamiliesDone {
  readonly sent: number;
  readonly settled: number;
  /** Why the channel takes no calls now; null: it does. */
  readonly failure: ChannelError | null;
}

const NOTHING: FamiliesDone = { sent: 0, settled: 0, failure: null };

/**
 * Brings the parents of variation families in step before their children travel: sent when new or changed, read back until the
 * channel shows them, taken away when nothing is left under them. A channel without families: nothing.
 */
export async function syncFamilies(
  desk: ChannelDesk,
  port: ListingPort,
  signal?: AbortSignal,
): Promise<FamiliesDone> {
  if (desk.kit.connector.family === undefined) return NOTHING;
  await keepBooks(desk);
  const done = { sent: 0, settled: 0 };
  try {
    done.settled = await settleParents(desk, port, signal);
    done.sent = await sendParents(desk, port, signal);
    await bringTogether(desk);
    await tellRefused(desk);
    return { ...done, failure: null };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    return { ...done, failure: error };
  }
}

/** When a parent needs the next look, or places the next round of book-keeping; null: none waits. */
export async function nextFamilyLook(desk: ChannelDesk): Promise<string | null> {
  if (desk.kit.connector.family === undefined) return null;
  const channel = desk.kit.channel.id;
  const open = await desk.database.get<{ variant_id: number }>(
    `SELECT variant_id FROM family_member WHERE channel = ? AND (sent_link IS NOT NULL AND ${JOINED} OR parent IS NULL AND ${LEFT}) LIMIT 1`,
    [channel],
  );
  if (open !== undefined) return desk.clock.now();
  const row = await desk.database.get<{ at: string | null }>(
    'SELECT MIN(look_at) AS at FROM family WHERE channel = ? AND look_at IS NOT NULL',
    [channel],
  );
  return row?.at ?? null;
}

const LISTING =
  'SELECT 1 FROM listing l WHERE l.channel = family_member.channel AND l.variant_id = family_member.variant_id';
/** The channel shows the listing with the place it was last sent with. */
const JOINED = `EXISTS (${LISTING} AND l.verdict = 'live' AND l.submission IS NULL AND l.verdict_content_rev = family_member.sent_rev)`;
/** A listing without a family that has no place any more. */
const LEFT = `(linked IS NULL AND sent_link IS NULL OR EXISTS (${LISTING} AND l.owned = 0)) AND NOT EXISTS (${LISTING} AND l.submission IS NOT NULL)`;

/** What verdicts and removals mean for places; parents that were there before us are used and never written. */
async function keepBooks(desk: ChannelDesk): Promise<void> {
  const channel = desk.kit.channel.id;
  await desk.database.transaction(async (tx) => {
    await tx.run(
      `UPDATE family_member SET linked = CASE WHEN sent_link = '' THEN NULL ELSE sent_link END, sent_link = NULL
       WHERE channel = ? AND sent_link IS NOT NULL AND ${JOINED}`,
      [channel],
    );
    await tx.run(`DELETE FROM family_member WHERE channel = ? AND parent IS NULL AND ${LEFT}`, [channel]);
    await tx.run(
      `UPDATE family SET foreign_owned = 1, readable = 1 WHERE channel = ? AND sent_revision IS NULL AND foreign_owned = 0
         AND sku IN (SELECT sku FROM unmanaged WHERE channel = ?)`,
      [channel, channel],
    );
    await tx.run(
      `DELETE FROM family WHERE channel = ? AND sent_revision IS NULL AND submission IS NULL
         AND NOT EXISTS (SELECT 1 FROM family_member m WHERE m.channel = family.channel AND m.parent = family.sku)
         AND NOT EXISTS (SELECT 1 FROM family_member m WHERE m.channel = family.channel AND m.linked = family.sku)`,
      [channel],
    );
  });
}

/** Listings that are live outside the family they belong to are sent again, and those that waited may go. */
async function bringTogether(desk: ChannelDesk): Promise<void> {
  const channel = desk.kit.channel.id;
  const apart = `variant_id IN (SELECT m.variant_id FROM family_member m JOIN family f ON f.channel = m.channel AND f.sku = m.parent
       WHERE m.channel = ? AND m.parent IS NOT NULL AND (m.linked IS NULL OR m.linked <> m.parent) AND m.sent_link IS NULL AND f.readable = 1)`;
  const now = desk.clock.now();
  await desk.database.transaction(async (tx) => {
    await tx.run(
      `UPDATE listing SET verdict_content_rev = NULL, attention_at = ? WHERE channel = ? AND owned = 1 AND state = 'listed'
         AND verdict = 'live' AND submission IS NULL AND verdict_content_rev = content_rev AND ${apart}`,
      [now, channel, channel],
    );
    await tx.run(
      `UPDATE listing SET held = NULL, attention_at = ? WHERE channel = ? AND owned = 0 AND state = 'listed' AND held IS NOT NULL
         AND submission IS NULL AND ${apart}`,
      [now, channel, channel],
    );
  });
}

/** A refused parent keeps its new children off the channel: somebody must know. */
async function tellRefused(desk: ChannelDesk): Promise<void> {
  const channel = desk.kit.channel.id;
  const key = `channel:${channel}:families`;
  const { refused } = await familyCounts(desk.database, channel);
  const first =
    refused === 0
      ? undefined
      : await desk.database.get<{ sku: string; issues: string }>(
          'SELECT sku, issues FROM family WHERE channel = ? AND issues IS NOT NULL ORDER BY sku LIMIT 1',
          [channel],
        );
  if (first === undefined) return clearProblem(desk.database, key);
  await raiseProblem(
    desk.database,
    {
      key,
      channel,
      severity: 'warning',
      code: 'parents_refused',
      message: `${channel}: ${refused} parents of variation families were refused; ${first.sku}: ${refusalOf(first.issues) ?? ''}`,
      advice:
        'New variants of these products wait. Correct the product in the catalog or the mapping, or let the mapping make no families.',
    },
    desk.clock.now(),
  );
}
