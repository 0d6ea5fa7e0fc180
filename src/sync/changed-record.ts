import type { CatalogRow } from '../catalog/store.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { Desired } from './desired.js';
import { type ListingRecord, newRecord } from './listing-record.js';
import { ASKED_AGAIN } from './receipts.js';
import { attentionOf, step } from './step.js';

/** A catalog row with the listing it should have; an ended variant has none. */
export interface Worked {
  readonly row: CatalogRow;
  readonly desired: Desired | { readonly state: 'gone' };
  /** The channel may sell none: said at once, as that a listing goes is. */
  readonly soldOut: boolean;
  /** The listing with all units a strict channel was opened with, where it has sold some since: what it shows less its own sales. */
  readonly asOpened?: Desired;
}

/** Where and when records are compared. */
export interface Moment {
  readonly channel: string;
  readonly now: Instant;
  /** How long changes of a listing gather. */
  readonly coalesceMs: number;
  /** The channel has a listing of somebody else under this SKU; only asked of records that are new. */
  readonly unmanaged?: boolean;
}

/** The record with its new desired half, or null when nothing about it changed. Pure. */
export function changedRecord(
  current: ListingRecord | undefined,
  worked: Worked,
  moment: Moment,
): ListingRecord | null {
  const { row } = worked;
  const desired =
    current && worked.asOpened && countsItself(current, worked.asOpened, moment.now)
      ? worked.asOpened
      : worked.desired;
  if (desired.state === 'gone' && current === undefined) return null;
  const record = current ?? {
    ...newRecord(moment.channel, row.variantId, row.sku),
    unmanaged: moment.unmanaged === true ? 1 : null,
  };
  const half = desiredHalf(record, desired);
  if (current !== undefined && sameHalf(current, half)) return null;
  const leaves = half.state === 'excluded' || half.state === 'gone';
  const urgent = (worked.soldOut || leaves) && record.owned === 1 ? 1 : record.urgent;
  const next: ListingRecord = {
    ...record,
    ...half,
    urgent,
    // What the listing waits with until later was another change; that nothing is left, or that it goes, must be told now.
    retry_at: urgent > record.urgent || record.retry_code === ASKED_AGAIN ? null : record.retry_at,
    held: null,
    version: Math.max(record.version + 1, row.seq),
  };
  return { ...next, attention_at: attentionAfter(record, next, moment) };
}

/** The channel takes its own sales off by itself: as long as it has, or is being told, what it was opened with, there is nothing to send. */
function countsItself(record: ListingRecord, asOpened: Desired, now: Instant): boolean {
  if (asOpened.state !== 'listed') return false;
  const { contentRev, offerRev } = asOpened;
  if (record.submission !== null)
    return record.sent_content_rev === contentRev && record.sent_offer_rev === offerRev;
  const refreshDue = record.refresh_at !== null && record.refresh_at <= now;
  const live = record.verdict === 'live' && !refreshDue;
  return live && record.verdict_content_rev === contentRev && record.verdict_offer_rev === offerRev;
}

type DesiredHalf = Pick<
  ListingRecord,
  'state' | 'reason' | 'issues' | 'kind' | 'content_rev' | 'offer_rev' | 'price'
>;

/** A blocked or unlisted variant keeps the revisions of its last good listing: what is live stays described. */
function desiredHalf(record: ListingRecord, desired: Worked['desired']): DesiredHalf {
  const { kind, content_rev, offer_rev, price } = record;
  const kept = { kind, content_rev, offer_rev, price };
  if (desired.state === 'gone')
    return { ...kept, state: 'gone', reason: 'no longer in the catalog', issues: null };
  if (desired.state === 'excluded')
    return { ...kept, state: 'excluded', reason: desired.reason, issues: null };
  const issues = desired.issues.length === 0 ? null : JSON.stringify(desired.issues);
  if (desired.state === 'blocked') return { ...kept, state: 'blocked', reason: null, issues };
  return {
    state: 'listed',
    reason: null,
    issues,
    kind: desired.kind,
    content_rev: desired.contentRev,
    offer_rev: desired.offerRev,
    price: desired.price,
  };
}

function sameHalf(record: ListingRecord, half: DesiredHalf): boolean {
  return (Object.keys(half) as (keyof DesiredHalf)[]).every((name) => record[name] === half[name]);
}

/** Changes of listings gather for the channel's window, unless they are urgent; a change that waits already is not put off again. */
function attentionAfter(before: ListingRecord, next: ListingRecord, moment: Moment): Instant | null {
  const decided = step(next, moment.now);
  if ('until' in decided) return attentionOf(next, moment.now);
  if (next.urgent === 1) return moment.now;
  const window = plusMs(moment.now, moment.coalesceMs);
  const waiting =
    before.attention_at !== null && before.retry_at === null && before.submission === null
      ? before.attention_at
      : null;
  return waiting !== null && waiting < window && waiting > moment.now ? waiting : window;
}
