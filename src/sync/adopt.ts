import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { desireChannel } from './desire.js';
import type { ListingRecord } from './listing-record.js';
import { amendRecords } from './records.js';
import { attentionOf } from './step.js';
import { type UnmanagedListing, unmanagedPage } from './unmanaged.js';

/** Which listings of others are to be ours from now on. */
export interface AdoptionWish {
  readonly skus: readonly string[] | 'all';
  /** Works out what would happen and changes nothing. */
  readonly dryRun: boolean;
}

/** What adoption does, or would do. `found` = `update` + `remove` + `blocked` + `notInCatalog`. */
export interface Adoption {
  readonly channel: string;
  readonly found: number;
  /** Will be brought to what we compute. */
  readonly update: number;
  /** Are in the catalog but not to be listed here: ours now, so the next sync takes them off, under the removal guard. */
  readonly remove: number;
  /** Ours now, but blocked by issues: what is live stays. */
  readonly blocked: number;
  /** No variant of the catalog has this SKU: they stay unmanaged. */
  readonly notInCatalog: number;
  /** Named, but the channel has no unmanaged listing of that name as of the last read-back. */
  readonly unknown: readonly string[];
  readonly sample: readonly { readonly sku: string; readonly becomes: Becomes }[];
}

type Becomes = 'update' | 'remove' | 'blocked' | 'notInCatalog';

const PAGE = 1_000;
const SAMPLE = 20;

/**
 * Makes listings of others ours, because an operator says so: from now on they are updated and, when they should not be listed,
 * removed. Listings without a variant in the catalog cannot be adopted; nothing is sent here.
 */
export async function adoptListings(desk: ChannelDesk, wish: AdoptionWish): Promise<Adoption> {
  await desireChannel(desk);
  const channel = desk.kit.channel.id;
  const wanted = wish.skus === 'all' ? null : new Set(wish.skus);
  const met = new Set<string>();
  const counts: Record<Becomes, number> = { update: 0, remove: 0, blocked: 0, notInCatalog: 0 };
  const sample: { sku: string; becomes: Becomes }[] = [];
  for (let after = ''; ; ) {
    const page = await unmanagedPage(desk.database, channel, { after, size: PAGE });
    const last = page[page.length - 1];
    if (!last) break;
    after = last.sku;
    const chosen = wanted === null ? page : page.filter(({ sku }) => wanted.has(sku));
    const states = await statesOf(
      desk.database,
      channel,
      chosen.map(({ sku }) => sku),
    );
    for (const { sku } of chosen) {
      met.add(sku);
      const becomes = becomesOf(states.get(sku));
      counts[becomes] += 1;
      if (sample.length < SAMPLE) sample.push({ sku, becomes });
    }
    if (!wish.dryRun)
      await desk.database.transaction((tx) =>
        takeOver(tx, channel, { listings: chosen, now: desk.clock.now() }),
      );
  }
  const unknown = wanted === null ? [] : [...wanted].filter((sku) => !met.has(sku));
  return { channel, found: met.size, ...counts, unknown, sample };
}

function becomesOf(state: ListingRecord['state'] | undefined): Becomes {
  if (state === undefined || state === 'gone') return 'notInCatalog';
  if (state === 'listed') return 'update';
  return state === 'blocked' ? 'blocked' : 'remove';
}

async function statesOf(
  queries: Queries,
  channel: string,
  skus: readonly string[],
): Promise<Map<string, ListingRecord['state']>> {
  const rows = await queries.all<{ sku: string; state: ListingRecord['state'] }>(
    `SELECT sku, state FROM listing WHERE channel = ? AND variant_id IN
       (SELECT v.id FROM variant v WHERE v.sku IN (SELECT sku FROM ${queries.unfold('r', { sku: 'text' })}))`,
    [channel, JSON.stringify(skus.map((sku) => ({ sku })))],
  );
  return new Map(rows.map(({ sku, state }) => [sku, state]));
}

/**
 * Writes that listings are ours, in the caller's transaction. What they show is not trusted: they are sent anew. `listedOnly`: only
 * those that should be listed. Answers the SKUs taken over.
 */
export async function takeOver(
  tx: Queries,
  channel: string,
  order: {
    readonly listings: readonly Pick<UnmanagedListing, 'sku' | 'external_id' | 'fulfilled_by'>[];
    readonly now: Instant;
    readonly listedOnly?: boolean;
  },
): Promise<string[]> {
  const names = new Map(order.listings.map((listing) => [listing.sku, listing]));
  const skus = JSON.stringify([...names.keys()].map((sku) => ({ sku })));
  const variants = await tx.all<{ id: number }>(
    `SELECT id FROM variant WHERE sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
    [skus],
  );
  const taken = await amendRecords(tx, { channel, variantIds: variants.map(({ id }) => id) }, (record) => {
    if (record.owned === 1 || record.state === 'gone') return null;
    if (order.listedOnly && record.state !== 'listed') return null;
    const adopted: ListingRecord = {
      ...record,
      owned: 1,
      unmanaged: null,
      external_id: names.get(record.sku)?.external_id ?? record.external_id,
      fulfilled_by: names.get(record.sku)?.fulfilled_by ?? record.fulfilled_by,
      verdict: null,
      verdict_content_rev: null,
      verdict_offer_rev: null,
    };
    return { ...adopted, attention_at: attentionOf(adopted, order.now) };
  });
  const own = taken.map(({ sku }) => sku);
  await tx.run(
    `DELETE FROM unmanaged WHERE channel = ? AND sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
    [channel, JSON.stringify(own.map((sku) => ({ sku })))],
  );
  return own;
}
