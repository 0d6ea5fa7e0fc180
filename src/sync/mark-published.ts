import type { Instant } from '../domain/instant.js';
import { plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { writeChannelState } from './channel-state.js';
import { documentPatienceMs } from './document-patience.js';
import type { LostListing } from './feed-plan.js';
import { submissionOf } from './feed-verdicts.js';
import { lockChannel } from './records.js';

/** A document the channel can see now. */
export interface PublishedDocument {
  readonly key: string;
  readonly at: Instant;
  /** The channel will report on it: until then its listings are under way. */
  readonly reported: boolean;
  /** Listings it lacks though nobody excluded them. */
  readonly lost: readonly LostListing[];
}

const CHUNK = 5_000;

/**
 * The document is what it is: everything that should be listed and is not held is in it, what is excluded is not; blocked and held listings
 * are in it as they were and keep their facts. Written in chunks, so that nothing waits long.
 */
export async function markPublished(desk: ChannelDesk, document: PublishedDocument): Promise<void> {
  const channel = desk.kit.channel.id;
  const { at } = document;
  const submission = submissionOf({ feed_key: document.key });
  const patience = plusMs(at, documentPatienceMs(desk));
  for (let after = -1; ; ) {
    const until = await desk.database.get<{ id: number | null }>(
      'SELECT MAX(variant_id) AS id FROM (SELECT variant_id FROM listing WHERE channel = ? AND variant_id > ? ORDER BY variant_id LIMIT ?) AS chunk',
      [channel, after, CHUNK],
    );
    if (until?.id === null || until === undefined) break;
    const range = [channel, after, until.id] as const;
    await desk.database.transaction(async (tx) => {
      await lockChannel(tx, channel);
      if (document.reported) await tx.run(UNDER_WAY, [at, submission, patience, patience, ...range]);
      else await tx.run(TAKEN, [at, at, ...range]);
      await tx.run(NOT_PUBLISHED, [at, ...range]);
    });
    after = until.id;
  }
  await forgetLost(desk, document);
  await writeChannelState(desk.database, channel, { feed_built_at: at });
}

const NEWS = `channel = ? AND variant_id > ? AND variant_id <= ? AND state = 'listed' AND held IS NULL
    AND (verdict IS NULL OR verdict <> 'live' OR verdict_content_rev IS NULL OR verdict_content_rev <> content_rev
      OR verdict_offer_rev <> offer_rev OR attention_at IS NOT NULL)`;

const SENT = `owned = 1, external_id = COALESCE(external_id, sku), sent_action = 'upsert', sent_content_rev = content_rev,
  sent_offer_rev = offer_rev, sent_price = price, urgent = 0, sent_at = ?`;

const TAKEN = `UPDATE listing SET ${SENT}, verdict = 'live', verdict_content_rev = content_rev, verdict_offer_rev = offer_rev,
  verdict_at = ?, attention_at = NULL WHERE ${NEWS}`;

const UNDER_WAY = `UPDATE listing SET ${SENT}, submission = ?, patience_until = ?, attention_at = ? WHERE ${NEWS}`;

const NOT_PUBLISHED = `UPDATE listing SET owned = 0, external_id = NULL, verdict = 'removed', verdict_at = ?, submission = NULL, patience_until = NULL,
  held = NULL, urgent = 0, attention_at = NULL
  WHERE channel = ? AND variant_id > ? AND variant_id <= ? AND state IN ('excluded', 'gone') AND owned = 1`;

async function forgetLost(desk: ChannelDesk, document: PublishedDocument): Promise<void> {
  const ids = JSON.stringify(document.lost.map(({ variantId }) => ({ id: variantId })));
  await desk.database.run(
    `UPDATE listing SET owned = 0, external_id = NULL, verdict = 'removed', verdict_at = ?, submission = NULL, patience_until = NULL, attention_at = NULL
     WHERE channel = ? AND state = 'blocked' AND variant_id IN (SELECT id FROM ${desk.database.unfold('r', { id: 'integer' })})`,
    [document.at, desk.kit.channel.id, ids],
  );
}
