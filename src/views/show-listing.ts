import type { CatalogRow } from '../catalog/store.js';
import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import { canonicalJson, type JsonObject, type JsonValue } from '../domain/json.js';
import type { ExplainStep } from '../mapping/explain.js';
import { onHandOf } from '../stock/available.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { explainRow, knownRow } from '../sync/explain-channel.js';
import type { ListingRecord } from '../sync/listing-record.js';
import { attributesSent } from '../sync/plan-channel.js';
import { readRecords } from '../sync/records.js';
import { step } from '../sync/step.js';
import { workOutRow } from '../sync/work-out.js';
import { issuesIn, type SeenWord, type StateFacts, seenWord, stateFacts } from './listing-words.js';
import { variantPicture } from './picture.js';
import { titleOf } from './variant-face.js';

/** One attribute three times: as we want it, as it was last sent, as the channel shows it. */
export interface AttributeFacts {
  readonly name: string;
  /** Null: absent. */
  readonly want: JsonValue;
  readonly sent: JsonValue;
  readonly shows: JsonValue;
  /** What is wanted is not what is shown, as far as that is known. */
  readonly differs: boolean;
  /** The way to the wanted value, first step first. */
  readonly steps: readonly ValueStep[];
  readonly notes: readonly string[];
  readonly issues: readonly Issue[];
}

/** A step on the way to a value, as plain data. */
export interface ValueStep extends Omit<ExplainStep, 'value' | 'when' | 'sources'> {
  readonly value: JsonValue;
  /** What the condition read. */
  readonly when?: Readonly<Record<string, JsonValue>>;
  readonly sources?: Readonly<Record<string, JsonValue>>;
}

/** Amounts and measures are plain data already; only their types say more. */
function plainSteps(steps: readonly ExplainStep[]): readonly ValueStep[] {
  return JSON.parse(JSON.stringify(steps)) as ValueStep[];
}

/** One listing with all that is known about it. */
export interface ListingFacts {
  readonly channel: string;
  readonly sku: string;
  readonly productId: string;
  readonly title: string;
  readonly image: string | null;
  readonly see: SeenWord;
  readonly state: StateFacts;
  readonly kind: string | null;
  /** The channel's own name of it. */
  readonly externalId: string | null;
  /** Who makes the price, in the channel's word. */
  readonly pricedBy: string | null;
  readonly outcome: 'listing' | 'blocked' | 'excluded';
  /** Why it is left out; null: it is not. */
  readonly excluded: string | null;
  /** Conditions of the selection that held. */
  readonly selectedBy: readonly string[];
  /** Those with a difference or an issue first. */
  readonly attributes: readonly AttributeFacts[];
  /** Ours that belong to no attribute, then the channel's, verbatim. */
  readonly issues: readonly Issue[];
  readonly stock: StockSum;
  readonly sentAt: Instant | null;
  readonly answeredAt: Instant | null;
  /** False: what was sent cannot be told, because the mapping has changed since. */
  readonly sentKnown: boolean;
  /** False: the channel has not said which version it shows. */
  readonly showsKnown: boolean;
  readonly next: { readonly do: string; readonly why: string; readonly until: Instant | null } | null;
}

/** The sum behind the units a channel may offer. */
export interface StockSum {
  readonly onHand: number | null;
  readonly reserved: number;
  readonly safetyStock: number;
  /** After the channel's share; null: nobody counts. */
  readonly available: number | null;
}

/** Everything about one SKU on one channel, from what is stored; the channel is not asked. Throws `unknown_sku`. */
export async function showListing(
  desk: ChannelDesk,
  sku: string,
  safetyStock: number,
): Promise<ListingFacts> {
  const row = await knownRow(desk.database, sku);
  const explained = await explainRow(desk, row);
  const desired = await workOutRow(desk, row);
  const [record] = await readRecords(desk.database, desk.kit.channel.id, [row.variantId]);
  const want = desired.state === 'excluded' ? {} : desired.attributes;
  const sent = record === undefined ? null : await attributesSent(desk, { row, record });
  const confirmed = record !== undefined && showsSent(record);
  const steps = new Map(explained.attributes.map((attribute) => [attribute.name, attribute]));
  const attributes = attributeNames(want, sent, [...steps.keys()]).map((name): AttributeFacts => {
    const traced = steps.get(name);
    const shows = confirmed ? (sent?.[name] ?? null) : null;
    return {
      name,
      want: want[name] ?? null,
      sent: sent?.[name] ?? null,
      shows,
      differs: confirmed && sent !== null && canonicalJson(want[name] ?? null) !== canonicalJson(shows),
      steps: plainSteps(traced?.steps ?? []),
      notes: traced?.notes ?? [],
      issues: traced?.issues ?? [],
    };
  });
  return {
    ...faceOf(desk, row, record),
    outcome: explained.outcome,
    excluded: explained.excluded?.reason ?? null,
    selectedBy: explained.selectedBy,
    attributes: attributes.sort((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1)),
    issues: [...explained.issues, ...issuesIn(record?.verdict_issues ?? null)],
    stock: {
      onHand: onHandOf(row.stock.levels),
      reserved: row.stock.reserved,
      safetyStock,
      available: desk.kit.rowOf(row).stock.available ?? null,
    },
    sentKnown: sent !== null,
    showsKnown: confirmed && sent !== null,
  };
}

function weight({ differs, issues }: AttributeFacts): number {
  return (issues.length > 0 ? 2 : 0) + (differs ? 1 : 0);
}

function attributeNames(want: JsonObject, sent: JsonObject | null, traced: readonly string[]): string[] {
  return [...new Set([...traced, ...Object.keys(want), ...Object.keys(sent ?? {})])];
}

/** The channel said that what it shows is what was sent last. */
function showsSent(record: ListingRecord): boolean {
  return (
    record.verdict === 'live' &&
    record.verdict_content_rev === record.sent_content_rev &&
    record.verdict_offer_rev === record.sent_offer_rev
  );
}

type Face = Pick<
  ListingFacts,
  | 'channel'
  | 'sku'
  | 'productId'
  | 'title'
  | 'image'
  | 'see'
  | 'state'
  | 'kind'
  | 'externalId'
  | 'pricedBy'
  | 'sentAt'
  | 'answeredAt'
  | 'next'
>;

function faceOf(desk: ChannelDesk, row: CatalogRow, record: ListingRecord | undefined): Face {
  const face = {
    channel: desk.kit.channel.id,
    sku: row.sku,
    productId: row.product.id,
    title: titleOf(row),
    image: variantPicture(row),
  };
  if (record === undefined) return { ...face, ...UNSEEN };
  const decided = step(record, desk.clock.now());
  return {
    ...face,
    see: seenWord(record),
    state: stateFacts(record),
    kind: record.kind,
    externalId: record.external_id,
    pricedBy: record.priced_by,
    sentAt: record.sent_at,
    answeredAt: record.verdict_at,
    next: { do: decided.do, why: decided.why, until: 'until' in decided ? decided.until : null },
  };
}

/** The channel was not worked out for this variant yet. */
const UNSEEN: Omit<Face, 'channel' | 'sku' | 'productId' | 'title' | 'image'> = {
  see: 'unknown',
  state: { word: 'due', part: 'waiting', since: null, until: null, code: null, reason: null },
  kind: null,
  externalId: null,
  pricedBy: null,
  sentAt: null,
  answeredAt: null,
  next: null,
};
