import { type StoredAllotment, writeAllotments } from '../catalog/allotment-rows.js';
import { afterSequence, type CatalogRow, catalogPage, variantsById } from '../catalog/store.js';
import { touchVariants } from '../catalog/touch-variants.js';
import type { Queries } from '../db/database.js';
import { currentSequence, nextSequence } from '../db/sequence.js';
import type { Instant } from '../domain/instant.js';
import { availableToPromise } from '../domain/stock.js';
import { reallot, unitsLeft } from '../stock/allotment.js';
import { onHandOf } from '../stock/available.js';
import type { StrictPool } from '../stock/shares.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState, writeChannelState } from './channel-state.js';

const PAGE = 500;

/**
 * Shares out the units of every variant that was written since the channel did so last; of all, when its pool is another one. What changes is looked
 * at again by every channel. Answers the channels whose units changed.
 */
export async function shareOutUnits(desk: ChannelDesk, pool: StrictPool): Promise<ReadonlySet<string>> {
  const channel = desk.kit.channel.id;
  const state = await readChannelState(desk.database, channel);
  const same = state.allotted_for === JSON.stringify(pool);
  const upTo = await currentSequence(desk.database);
  const changed = new Set<string>();
  let cursor = afterSequence(same ? state.allotted_seq : 0);
  for (;;) {
    const page = await catalogPage(desk.database, cursor, PAGE);
    for (const name of await shareOutPage(desk, pool, page.rows)) changed.add(name);
    if (page.next === null) break;
    cursor = page.next;
  }
  await writeChannelState(desk.database, channel, {
    allotted_for: JSON.stringify(pool),
    allotted_seq: upTo,
  });
  return changed;
}

/** The number of the write is taken first: whoever changes stock or orders takes one too, so nothing moves between reading and writing. */
async function shareOutPage(
  desk: ChannelDesk,
  pool: StrictPool,
  rows: readonly CatalogRow[],
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  if (rows.length === 0) return names;
  const now = desk.clock.now();
  await desk.database.transaction(async (tx) => {
    names.clear();
    const seq = await nextSequence(tx);
    const fresh = await variantsById(
      tx,
      rows.map((row) => row.variantId),
    );
    const shown = await mayBeShown(tx, pool, fresh);
    const seen = await latestOrders(tx, pool, fresh);
    const variants = fresh.flatMap((row) => {
      const next = allotmentsFor(row, pool, { now, seen, shown });
      return next === null ? [] : [{ sku: row.sku, allotments: next }];
    });
    if (variants.length === 0) return;
    await writeAllotments(tx, variants);
    await forgetSoldOut(tx, fresh, { variants, now });
    await touchVariants(
      tx,
      variants.map(({ sku }) => sku),
      seq,
    );
    for (const { channel } of pool.shares) names.add(channel);
  });
  return names;
}

/** What a channel sold out it shows no more: the next units are sent even if they are as many as the last. */
async function forgetSoldOut(
  tx: Queries,
  rows: readonly CatalogRow[],
  after: {
    readonly variants: readonly { readonly sku: string; readonly allotments: readonly StoredAllotment[] }[];
    readonly now: Instant;
  },
): Promise<void> {
  const next = new Map(after.variants.map(({ sku, allotments }) => [sku, allotments]));
  const soldOut = rows.flatMap(({ sku, variantId, stock }) =>
    (stock.allotments ?? [])
      .filter((was) => was.state === 'open' && unitsLeft(was) === 0)
      .filter((was) => next.get(sku)?.some((is) => is.channel === was.channel && unitsLeft(is) > 0))
      .map(({ channel }) => ({ channel, id: variantId })),
  );
  if (soldOut.length === 0) return;
  await tx.run(
    `UPDATE listing SET verdict = NULL, verdict_content_rev = NULL, verdict_offer_rev = NULL, sent_offer_rev = NULL,
       attention_at = CASE WHEN submission IS NULL THEN CAST(? AS text) ELSE attention_at END
     WHERE (channel, variant_id) IN (SELECT channel, id FROM ${tx.unfold('r', { channel: 'text', id: 'integer' })})`,
    [after.now, JSON.stringify(soldOut)],
  );
}

interface Known {
  readonly now: Instant;
  /** When the latest order of a SKU on a channel became known. */
  readonly seen: ReadonlyMap<string, Instant>;
  /** Listings the channel may be showing with units nobody counted. */
  readonly shown: ReadonlySet<string>;
}

const at = (sku: string, channel: string): string => JSON.stringify([sku, channel]);

/** Null: nothing changes. A count nobody knows leaves everything as it is. */
function allotmentsFor(row: CatalogRow, pool: StrictPool, known: Known): readonly StoredAllotment[] | null {
  const { stock, sku } = row;
  const current = (stock.allotments ?? []) as readonly StoredAllotment[];
  // Units of a bundle are those of its components, which are shared out themselves.
  if (stock.tracked === false || stock.bundle !== undefined) return current.length === 0 ? null : [];
  const available = row.status === 'active' ? availableIn(stock, pool) : 0;
  if (available === null) return null;
  const others = current.filter(({ channel }) => !pool.shares.some((share) => share.channel === channel));
  const own = current.filter((allotment) => !others.includes(allotment));
  const unseen = pool.shares.flatMap(({ channel }) =>
    known.shown.has(at(sku, channel)) && !own.some((allotment) => allotment.channel === channel)
      ? [{ channel, state: 'closing' as const, units: available, sold: 0, openedAt: known.now }]
      : [],
  );
  const before = [...own, ...unseen];
  const next = reallot(available, pool.shares, before).map((allotment): StoredAllotment => {
    const was = before.find(({ channel }) => channel === allotment.channel);
    const opens = allotment.state === 'open' && (was?.state !== 'open' || was.units !== allotment.units);
    const again = allotment.state === 'open' && was?.state === 'open' && was.sold !== allotment.sold;
    return {
      ...allotment,
      openedAt: opens || again ? openedAt(allotment.channel) : (was?.openedAt ?? known.now),
    };
  });
  return sameAllotments(own, next) ? null : [...others, ...next];

  /** After every order that is known, whatever the clock says. */
  function openedAt(channel: string): Instant {
    const latest = known.seen.get(at(sku, channel));
    return latest !== undefined && latest > known.now ? latest : known.now;
  }
}

function availableIn(stock: CatalogRow['stock'], pool: StrictPool): number | null {
  const levels = stock.levels.filter(({ location }) => pool.locations?.includes(location) ?? true);
  return availableToPromise(onHandOf(levels), stock.reserved, pool.safetyStock);
}

function sameAllotments(a: readonly StoredAllotment[], b: readonly StoredAllotment[]): boolean {
  const text = (all: readonly StoredAllotment[]): string =>
    JSON.stringify(
      [...all]
        .sort((x, y) => (x.channel < y.channel ? -1 : 1))
        .map(({ channel, state, units, openedAt }) => [channel, state, units, openedAt]),
    );
  return text(a) === text(b);
}

async function mayBeShown(
  tx: Queries,
  pool: StrictPool,
  rows: readonly CatalogRow[],
): Promise<ReadonlySet<string>> {
  const listed = await tx.all<{ sku: string; channel: string }>(
    `SELECT l.sku, l.channel FROM listing l WHERE (l.owned = 1 OR l.submission IS NOT NULL)
       AND l.channel IN (SELECT k FROM ${tx.unfold('c', { k: 'text' })})
       AND l.variant_id IN (SELECT k FROM ${tx.unfold('v', { k: 'integer' })})`,
    [
      JSON.stringify(pool.shares.map(({ channel }) => ({ k: channel }))),
      JSON.stringify(rows.map(({ variantId }) => ({ k: variantId }))),
    ],
  );
  return new Set(listed.map(({ sku, channel }) => at(sku, channel)));
}

async function latestOrders(
  tx: Queries,
  pool: StrictPool,
  rows: readonly CatalogRow[],
): Promise<ReadonlyMap<string, Instant>> {
  const orders = await tx.all<{ sku: string; channel: string; seen_at: Instant }>(
    `SELECT l.sku, l.channel, MAX(o.first_seen_at) AS seen_at FROM order_line l
       JOIN channel_order o ON o.channel = l.channel AND o.external_id = l.external_id
     WHERE l.channel IN (SELECT k FROM ${tx.unfold('c', { k: 'text' })})
       AND l.sku IN (SELECT k FROM ${tx.unfold('v', { k: 'text' })}) GROUP BY l.sku, l.channel`,
    [
      JSON.stringify(pool.shares.map(({ channel }) => ({ k: channel }))),
      JSON.stringify(rows.map(({ sku }) => ({ k: sku }))),
    ],
  );
  return new Map(orders.map(({ sku, channel, seen_at }) => [at(sku, channel), seen_at]));
}
