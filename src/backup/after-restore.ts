import type { Database } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { pauseChannel, RESTORED, writeChannelState } from '../sync/channel-state.js';

/** Versions told to channels after the backup are below what comes now: no house writes a thousand million times between two backups. */
const EPOCH = 1_000_000_000;

/** A channel of the house, as a restore sees it. */
export interface RestoredChannel {
  readonly id: string;
  /** Its listings can be read back, so that what is out of step is found; else everything is sent again. */
  readonly readsBack: boolean;
}

/**
 * A restored house believes what was true when the backup was made; the channels and the shop went on. So nothing is sent before a person
 * has looked: channels are paused, their listings count as unproved, orders are read again from the beginning of what the channel shows,
 * messages that move money wait for a release, hints are dropped. Versions continue above everything sent since.
 */
export async function settleRestored(
  database: Database,
  channels: readonly RestoredChannel[],
  now: Instant,
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run('UPDATE catalog_clock SET value = value + ?', [EPOCH]);
    await tx.run('UPDATE listing SET version = version + ?', [EPOCH]);
    await tx.run('DELETE FROM wake');
    await tx.run('DELETE FROM house_process');
    await tx.run(
      "UPDATE order_message SET state = 'held' WHERE kind = 'refund' AND state IN ('pending', 'handed')",
    );
    for (const { id, readsBack } of channels) {
      await pauseChannel(tx, id, { code: RESTORED, at: now });
      await writeChannelState(tx, id, {
        observe_cursor: null,
        observe_started_at: null,
        observed_at: null,
        order_cursor: null,
        orders_complete_at: null,
      });
      if (!readsBack)
        await tx.run(
          "UPDATE listing SET refresh_at = ?, attention_at = ? WHERE channel = ? AND state = 'listed' AND verdict = 'live'",
          [now, now, id],
        );
    }
  });
}
