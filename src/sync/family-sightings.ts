import type { Observed } from '../channel/connector.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';

/** Parents of ours that a read-back showed are nobody else's listings: they are noted as seen and left out of the rest. */
export async function withoutParents(
  desk: Pick<ChannelDesk, 'database' | 'kit' | 'clock'>,
  items: readonly Observed[],
): Promise<readonly Observed[]> {
  if (desk.kit.connector.family === undefined || items.length === 0) return items;
  const { database, kit } = desk;
  const skus = JSON.stringify(items.map(({ sku }) => ({ sku })));
  const among = `channel = ? AND sent_revision IS NOT NULL AND sku IN (SELECT sku FROM ${database.unfold('r', { sku: 'text' })})`;
  const rows = await database.all<{ sku: string }>(`SELECT sku FROM family WHERE ${among}`, [
    kit.channel.id,
    skus,
  ]);
  if (rows.length === 0) return items;
  await database.run(`UPDATE family SET seen_at = ? WHERE ${among}`, [
    desk.clock.now(),
    kit.channel.id,
    skus,
  ]);
  const parents = new Set(rows.map(({ sku }) => sku));
  return items.filter(({ sku }) => !parents.has(sku));
}

/** After a complete read-back: parents that were shown before and were not met any more are sent again, and their children join anew. */
export async function distrustParents(
  desk: Pick<ChannelDesk, 'database' | 'kit'>,
  startedAt: Instant,
): Promise<void> {
  if (desk.kit.connector.family === undefined) return;
  const channel = desk.kit.channel.id;
  const lost = `channel = ? AND readable = 1 AND foreign_owned = 0 AND submission IS NULL AND sent_at < ?
      AND (seen_at IS NULL OR seen_at < ?)`;
  await desk.database.transaction(async (tx) => {
    await tx.run(
      `UPDATE family_member SET linked = NULL, sent_link = NULL WHERE channel = ? AND COALESCE(sent_link, linked) IN (SELECT sku FROM family WHERE ${lost})`,
      [channel, channel, startedAt, startedAt],
    );
    await tx.run(`UPDATE family SET readable = 0, sent_revision = NULL, look_at = NULL WHERE ${lost}`, [
      channel,
      startedAt,
      startedAt,
    ]);
    await tx.run(
      'UPDATE family SET foreign_owned = 0, readable = 0 WHERE channel = ? AND foreign_owned = 1 AND sku NOT IN (SELECT sku FROM unmanaged WHERE channel = ?)',
      [channel, channel],
    );
  });
}
