import { variantHistory } from '../catalog/variant-history.js';
import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { knownRow } from '../sync/explain-channel.js';
import type { ListingRecord } from '../sync/listing-record.js';
import { attributesSent } from '../sync/plan-channel.js';
import { readRecords } from '../sync/records.js';
import { workOutRow } from '../sync/work-out.js';

/** A listing as it travels: what would be handed over now, what was handed over last, and the channel's last word, verbatim. */
export interface RawListing {
  readonly channel: string;
  readonly sku: string;
  readonly externalId: string | null;
  readonly kind: string | null;
  /** Null: the listing is left out. */
  readonly wanted: JsonObject | null;
  /** Null: nothing was, or the mapping has changed since, so that it cannot be worked out again. */
  readonly sent: JsonObject | null;
  readonly sentAction: string | null;
  readonly sentAt: Instant | null;
  /** Null: the channel has not answered. */
  readonly answer: {
    readonly verdict: string | null;
    readonly at: Instant | null;
    readonly issues: readonly Issue[];
    /** Why the last call is tried again. */
    readonly retry: string | null;
  } | null;
}

/** Reads a listing as it travels. Throws `unknown_sku`. */
export async function rawListing(desk: ChannelDesk, sku: string): Promise<RawListing> {
  const { database, kit } = desk;
  const row = await knownRow(database, sku);
  const [record] = await readRecords(database, kit.channel.id, [row.variantId]);
  const desired = await workOutRow(desk, row);
  return {
    channel: kit.channel.id,
    sku: row.sku,
    externalId: record?.external_id ?? null,
    kind: record?.kind ?? null,
    wanted: desired.state === 'excluded' ? null : desired.attributes,
    sent: record === undefined ? null : await attributesSent(desk, { row, record }),
    sentAction: record?.sent_action ?? null,
    sentAt: record?.sent_at ?? null,
    answer: record === undefined ? null : answerOf(record),
  };
}

function answerOf(record: ListingRecord): RawListing['answer'] {
  const { verdict, verdict_at: at, verdict_issues, retry_code: retry } = record;
  if (verdict === null && verdict_issues === null && retry === null) return null;
  return {
    verdict,
    at,
    issues: verdict_issues === null ? [] : (JSON.parse(verdict_issues) as Issue[]),
    retry,
  };
}

/** One thing that happened to a listing. */
export interface ListingEvent {
  readonly at: Instant;
  /** `changed`: in the catalog · `fixed`: by a person · `counted`: stock · `sent`: handed over · `answered`: the channel's verdict. */
  readonly what: 'changed' | 'fixed' | 'counted' | 'sent' | 'answered';
  /** `import:<id>`, `operator:<name>`, `order:<channel>`; the channel for what it did. */
  readonly who: string;
  /** Field that changed, action that was sent, or verdict. */
  readonly subject: string;
  readonly old: JsonValue;
  readonly new: JsonValue;
}

/**
 * What happened to a listing, the newest first: changes of the catalog that concern it, and the last sending and the last answer, which are all that
 * is kept of them. Throws `unknown_sku`.
 */
export async function listingEvents(
  desk: ChannelDesk,
  sku: string,
  limit: number,
): Promise<readonly ListingEvent[]> {
  const { database, kit } = desk;
  const row = await knownRow(database, sku);
  const channel = kit.channel.id;
  const [record] = await readRecords(database, channel, [row.variantId]);
  const changes = ((await variantHistory(database, row.sku, limit)) ?? []).filter(
    ({ lane, field }) => lane !== 'override' || field.startsWith(`${channel}.`) || field.startsWith('*.'),
  );
  const told = changes.map(
    (change): ListingEvent => ({
      at: change.at,
      what: change.lane === 'stock' ? 'counted' : change.lane === 'override' ? 'fixed' : 'changed',
      who: change.actor,
      subject: change.field,
      old: change.old,
      new: change.new,
    }),
  );
  const own = record === undefined ? [] : deedsOf(record);
  return [...own, ...told].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, limit);
}

function deedsOf(record: ListingRecord): readonly ListingEvent[] {
  const { channel, sent_at, sent_action, verdict, verdict_at } = record;
  const blank = { old: null, new: null };
  return [
    ...(verdict === null || verdict_at === null
      ? []
      : [{ at: verdict_at, what: 'answered' as const, who: channel, subject: verdict, ...blank }]),
    ...(sent_at === null || sent_action === null
      ? []
      : [{ at: sent_at, what: 'sent' as const, who: channel, subject: sent_action, ...blank }]),
  ];
}
