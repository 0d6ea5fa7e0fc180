import { type CatalogRow, variantsBySku } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Issue } from '../domain/issue.js';
import { type ExplainedAttribute, type Explanation, explainListing } from '../mapping/explain.js';
import { stockSentences } from '../stock/stock-sentences.js';
import { startOfDay } from './calendar-day.js';
import type { ChannelDesk } from './channel-desk.js';
import type { ListingRecord } from './listing-record.js';
import { listingRows } from './listing-rows.js';
import { readRecords } from './records.js';
import { type Step, step } from './step.js';
import { workOutSeen } from './work-out.js';

/** An attribute with the ordered reasons for its value and what is wrong with it. */
export interface TracedAttribute extends ExplainedAttribute {
  readonly issues: readonly Issue[];
}

/** What is told of a listing's record. */
const TOLD = [
  'state',
  'external_id',
  'sent_action',
  'sent_at',
  'verdict',
  'verdict_at',
  'held',
  'priced_by',
  'retry_at',
  'retry_code',
] as const satisfies readonly (keyof ListingRecord)[];

/** Why a listing is made as it is, or why there is none. */
export interface ListingExplanation extends Omit<Explanation, 'outcome' | 'attributes'> {
  readonly outcome: 'listing' | 'blocked' | 'excluded';
  readonly attributes: readonly TracedAttribute[];
  /** Issues that belong to no attribute the mapping writes. */
  readonly issues: readonly Issue[];
  /** Why the channel may offer so many units: the sum, what it is made of, and what is in whose hands. */
  readonly stock: readonly string[];
}

/** The same with what the channel has of it, and what happens next. */
export interface ChannelExplanation extends ListingExplanation {
  /** What the channel was sent and said; null: it was never looked at (run `omnifeed sync`). */
  readonly record: Pick<ListingRecord, (typeof TOLD)[number]> | null;
  readonly channelIssues: readonly Issue[];
  readonly next: Step | null;
}

/** Explains one SKU on one channel from the catalog as it stands. Throws `unknown_sku`. */
export async function explainOnChannel(desk: ChannelDesk, sku: string): Promise<ChannelExplanation> {
  const row = await knownRow(desk.database, sku);
  const explained = await explainRow(desk, row);
  const [record] = await readRecords(desk.database, desk.kit.channel.id, [row.variantId]);
  return {
    ...explained,
    record: record ? factsOf(record) : null,
    channelIssues: record?.verdict_issues ? (JSON.parse(record.verdict_issues) as Issue[]) : [],
    next: record ? step(record, desk.clock.now()) : null,
  };
}

/** The catalog's row of a SKU. Throws `unknown_sku`. */
export async function knownRow(queries: Queries, sku: string): Promise<CatalogRow> {
  const [row] = await variantsBySku(queries, [sku]);
  if (row) return row;
  throw new OperatorError(
    'unknown_sku',
    `The catalog has no SKU "${sku}"`,
    'Check the spelling; SKUs are compared letter by letter.',
  );
}

/** Explains what a channel's mapping makes of a row of the catalog. */
export async function explainRow(
  desk: Pick<ChannelDesk, 'kit' | 'clock' | 'database'>,
  row: CatalogRow,
): Promise<ListingExplanation> {
  const { kit } = desk;
  const now = desk.clock.now();
  const [seen] = await listingRows(desk.database, kit, [row]);
  const listing = seen ?? kit.rowOf(row);
  const traced = explainListing(kit.mapping, listing, startOfDay(now, kit.channel.zone), listing.override);
  const desired = await workOutSeen(desk, listing);
  const issues = desired.state === 'excluded' ? [] : desired.issues;
  const named = new Set(traced.attributes.map((attribute) => attribute.name));
  return {
    ...traced,
    outcome: desired.state === 'listed' ? 'listing' : desired.state,
    excluded:
      desired.state === 'excluded' ? (traced.excluded ?? { reason: desired.reason, sources: {} }) : null,
    attributes: traced.attributes.map((attribute) => ({
      ...attribute,
      issues: issues.filter((issue) => issue.attribute === attribute.name),
    })),
    issues: issues.filter((issue) => issue.attribute === undefined || !named.has(issue.attribute)),
    stock: stockSentences(row.stock, kit.share),
  };
}

function factsOf(record: ListingRecord): NonNullable<ChannelExplanation['record']> {
  return Object.fromEntries(TOLD.map((name) => [name, record[name]])) as NonNullable<
    ChannelExplanation['record']
  >;
}
