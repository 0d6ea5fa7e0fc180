import { afterSequence, type CatalogRow, catalogPage } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { JsonValue } from '../domain/json.js';
import { revisionOf } from '../domain/revision.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState, writeChannelState } from './channel-state.js';
import { type PlacesOrder, placeFactsOf } from './place-facts.js';
import { lockChannel, readRecords } from './records.js';

const PAGE = 1_000;

/**
 * Brings what the places of a channel should show up to date. Follows the catalog's sequence as far as listings were worked out, so the work
 * is proportional to what changed; another set-up, mapping or day looks at everything. Answers how many variants were looked at.
 */
export async function desirePlaces(desk: ChannelDesk, order: PlacesOrder): Promise<number> {
  const channel = desk.kit.channel.id;
  const state = await readChannelState(desk.database, channel);
  const revision = revisionOf([
    order.places.map((place) => [place, order.shareAt(place.locations)]) as unknown as JsonValue,
    desk.kit.channel.currency,
    state.mapping_revision,
    state.computed_day,
  ]);
  const upTo = state.computed_seq;
  const whole = state.places_revision !== revision;
  let cursor = afterSequence(whole ? -1 : state.places_seq);
  let seen = 0;
  for (;;) {
    order.signal?.throwIfAborted();
    const page = await catalogPage(desk.database, cursor, PAGE);
    const rows = page.rows.filter((row) => row.seq <= upTo);
    seen += rows.length;
    const last = page.next === null || rows.length < page.rows.length;
    const reached = last ? upTo : Math.min(upTo, page.next.seq - 1);
    await desk.database.transaction(async (tx) => {
      await lockChannel(tx, channel);
      await writePage(tx, desk, { rows, order });
      // A pass over everything counts once it is through; one that was cut off begins anew.
      if (last) await writeChannelState(tx, channel, { places_seq: upTo, places_revision: revision });
      else if (!whole) await writeChannelState(tx, channel, { places_seq: reached });
    });
    if (last || page.next === null) break;
    cursor = page.next;
  }
  if (whole) await sendAgain(desk);
  return seen;
}

/** Places are refreshed with the listings' own rhythm, before the channel forgets them. */
async function sendAgain(desk: ChannelDesk): Promise<void> {
  const { refreshAfterMs } = desk.kit.connector.limits;
  if (refreshAfterMs === null) return;
  const before = new Date(Date.parse(desk.clock.now()) - refreshAfterMs).toISOString();
  await desk.database.run(
    'UPDATE place_stock SET due = 1 WHERE channel = ? AND due = 0 AND desired IS NOT NULL AND refused IS NULL AND sent_at < ?',
    [desk.kit.channel.id, before],
  );
}

async function writePage(
  tx: Queries,
  desk: ChannelDesk,
  page: { readonly rows: readonly CatalogRow[]; readonly order: PlacesOrder },
): Promise<void> {
  if (page.rows.length === 0) return;
  const channel = desk.kit.channel.id;
  const records = await readRecords(
    tx,
    channel,
    page.rows.map((row) => row.variantId),
  );
  const wanted = new Set(
    records
      .filter(({ state, owned }) => state === 'listed' || (state === 'blocked' && owned === 1))
      .map((record) => record.variant_id),
  );
  const setup = { ...page.order, currency: desk.kit.channel.currency };
  const desired = page.rows
    .filter((row) => wanted.has(row.variantId))
    .flatMap((row) =>
      placeFactsOf(row, setup).map(({ kind, place, facts }) => ({
        sku: row.sku,
        kind,
        place,
        desired: JSON.stringify(facts),
      })),
    );
  await withdrawOthers(tx, channel, { skus: page.rows.map((row) => row.sku), desired });
  await writeDesired(tx, channel, desired);
}

const KEY = { sku: 'text', kind: 'text', place: 'text' } as const;

/** Rows of these SKUs that are no longer wanted: a location or listing went, or nobody counts there any more. */
async function withdrawOthers(
  tx: Queries,
  channel: string,
  page: {
    readonly skus: readonly string[];
    readonly desired: readonly { readonly sku: string; readonly kind: string; readonly place: string }[];
  },
): Promise<void> {
  const skus = JSON.stringify(page.skus.map((sku) => ({ sku })));
  await tx.run(
    `UPDATE place_stock SET desired = NULL, refused = NULL, due = CASE WHEN sent IS NULL THEN 0 ELSE 1 END
     WHERE channel = ? AND desired IS NOT NULL AND sku IN (SELECT sku FROM ${tx.unfold('s', { sku: 'text' })})
       AND (sku, kind, place) NOT IN (SELECT sku, kind, place FROM ${tx.unfold('r', KEY)})`,
    [channel, skus, JSON.stringify(page.desired)],
  );
}

async function writeDesired(tx: Queries, channel: string, desired: readonly object[]): Promise<void> {
  if (desired.length === 0) return;
  await tx.run(
    `INSERT INTO place_stock (channel, sku, kind, place, desired, due)
     SELECT CAST(? AS text), r.sku, r.kind, r.place, r.desired, 1 FROM ${tx.unfold('r', { ...KEY, desired: 'text' })} WHERE true
     ON CONFLICT (channel, sku, kind, place) DO UPDATE SET desired = excluded.desired,
       due = CASE WHEN place_stock.sent = excluded.desired OR place_stock.refused = excluded.desired THEN 0 ELSE 1 END,
       retry_at = NULL, attempts = 0
     WHERE place_stock.desired IS NULL OR place_stock.desired <> excluded.desired`,
    [channel, JSON.stringify(desired)],
  );
}
