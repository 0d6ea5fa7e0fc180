import type { ListingChange } from '../channel/connector.js';
import type { Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { offerOf } from './desired.js';
import type { Lane } from './lanes.js';
import type { ListingRecord } from './listing-record.js';
import { amendRecords, readRecords } from './records.js';
import { soldOutUnder, type WithoutStock } from './restock.js';
import { resentUnits } from './strict-closings.js';

/** A change that is ready to be sent, and the record it was worked out for. */
export interface Prepared {
  readonly record: ListingRecord;
  readonly change: ListingChange;
  /** The offer revision it is sent and judged under, where it is not the record's: a price that goes ahead of its stock. */
  readonly offerRev?: string;
}

/** What of a batch is written as intended, and what another worker took or changed meanwhile. */
export interface Intended {
  readonly taken: readonly Prepared[];
  readonly overtaken: readonly Prepared[];
}

/** Writes what is about to be sent, before the call; a record that another worker took or changed meanwhile is left out. */
export async function writeIntention(
  desk: ChannelDesk,
  id: string,
  batch: readonly Prepared[],
  lane: Lane = 'single',
): Promise<Intended> {
  const now = desk.clock.now();
  const { limits } = desk.kit.connector;
  const channel = desk.kit.channel.id;
  const planned = new Map(batch.map((item) => [item.record.variant_id, item]));
  const intention = {
    id,
    now,
    patienceUntil: plusMs(now, (lane === 'bulk' ? limits.bulk : limits)?.patienceMs ?? limits.patienceMs),
    offerAttributes: desk.kit.offerAttributes,
    withoutStock: desk.kit.connector.withoutStock,
  };
  return desk.database.transaction(async (tx) => {
    const onSale = await unitsOnSale(tx, desk, planned);
    const taken = await amendRecords(tx, { channel, variantIds: [...planned.keys()] }, (current) => {
      const item = planned.get(current.variant_id);
      const same =
        item &&
        !onSale.has(current.variant_id) &&
        current.submission === item.record.submission &&
        current.version === item.record.version;
      return same ? intended(current, item, intention) : null;
    });
    const skus = new Set(taken.map((record) => record.variant_id));
    const overtaken = batch.filter((item) => !skus.has(item.record.variant_id));
    if (taken.length === 0) return { taken: [], overtaken };
    const lookAt = plusMs(now, desk.settleAfterMs);
    await tx.run('INSERT INTO submission (id, channel, lane, sent_at, look_at) VALUES (?, ?, ?, ?, ?)', [
      id,
      channel,
      lane,
      now,
      lookAt,
    ]);
    await noteSent(tx, channel, { batch, now });
    const written = taken.flatMap((record) => {
      const item = planned.get(record.variant_id);
      return item ? [{ ...item, record }] : [];
    });
    return { taken: written, overtaken };
  });
}

/** Remembers what kind of news the batch carries: a new listing carries both. */
async function noteSent(
  tx: Queries,
  channel: string,
  { batch, now }: { readonly batch: readonly Prepared[]; readonly now: Instant },
): Promise<void> {
  const sent = batch.filter(({ change }) => change.action !== 'remove').map(({ record }) => record);
  const price = sent.some((record) => record.price !== record.sent_price);
  const stock = sent.some((record) => record.sent_at === null || record.price === record.sent_price);
  if (!price && !stock) return;
  await tx.run(
    `UPDATE channel_state SET price_sent_at = COALESCE(CAST(? AS text), price_sent_at), stock_sent_at = COALESCE(CAST(? AS text), stock_sent_at)
     WHERE channel = ?`,
    [price ? now : null, stock ? now : null, channel],
  );
}

/** In strict mode nothing is sent to a listing that may be on sale, except that it goes or has nothing to sell; see `closeResends`. */
async function unitsOnSale(
  tx: Queries,
  { strict, kit }: ChannelDesk,
  planned: ReadonlyMap<number, Prepared>,
): Promise<ReadonlySet<number>> {
  if (strict === undefined) return new Set();
  const ids = [...planned.values()].filter(({ change }) => change.action !== 'remove');
  const records = await readRecords(
    tx,
    kit.channel.id,
    ids.map(({ record }) => record.variant_id),
  );
  return resentUnits(tx, kit.channel.id, records);
}

interface Intention {
  readonly id: string;
  readonly now: string;
  readonly patienceUntil: string;
  readonly offerAttributes: ReadonlySet<string>;
  readonly withoutStock: WithoutStock | undefined;
}

function intended(record: ListingRecord, item: Prepared, intention: Intention): ListingRecord {
  const { change } = item;
  const removing = change.action === 'remove';
  const offer = removing ? null : offerOf(change.attributes, intention.offerAttributes);
  return {
    ...record,
    owned: 1,
    unmanaged: null,
    held: null,
    submission: intention.id,
    sent_action: change.action,
    sent_content_rev: removing
      ? null
      : change.action === 'offer'
        ? record.verdict_content_rev
        : record.content_rev,
    sent_offer_rev: removing ? null : (item.offerRev ?? record.offer_rev),
    sent_offer: offer === null ? record.sent_offer : JSON.stringify(offer),
    sent_sold_out:
      offer === null || intention.withoutStock === undefined
        ? null
        : soldOutUnder(offer, intention.withoutStock),
    sent_price: removing ? record.sent_price : record.price,
    sent_at: intention.now,
    patience_until: intention.patienceUntil,
    attention_at: intention.patienceUntil,
    look_at: null,
  };
}

/** What of a batch that was not applied is still ours to send, and what was answered for by somebody else meanwhile. */
export interface TakenBack {
  readonly ours: readonly Prepared[];
  readonly overtaken: readonly Prepared[];
}

/** A batch that was certainly not applied is no longer under way. */
export async function takeBack(desk: ChannelDesk, id: string, sent: readonly Prepared[]): Promise<TakenBack> {
  const now = desk.clock.now();
  const target = { channel: desk.kit.channel.id, variantIds: sent.map((item) => item.record.variant_id) };
  const items = new Map(sent.map((item) => [item.record.variant_id, item]));
  return desk.database.transaction(async (tx) => {
    await tx.run('DELETE FROM submission WHERE id = ?', [id]);
    const back = await amendRecords(tx, target, (record) =>
      record.submission === id
        ? { ...record, submission: null, patience_until: null, attention_at: now }
        : null,
    );
    const ours = back.flatMap((record) => {
      const item = items.get(record.variant_id);
      return item ? [{ ...item, record }] : [];
    });
    const still = new Set(back.map((record) => record.variant_id));
    return { ours, overtaken: sent.filter((item) => !still.has(item.record.variant_id)) };
  });
}
