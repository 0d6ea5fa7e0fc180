import { DOCUMENT_REFUSED } from '../../../src/channel/bulk-limits.js';
import type { PendingSubmission, Settlement } from '../../../src/channel/connector.js';
import { blocks, type Issue } from '../../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { channelIssues } from '../issues.js';
import { NOT_FOR_THE_TYPE } from '../listing-requests.js';
import { type ListingState, listingState } from '../listing-state.js';
import { type Sent, verdictFor } from '../settle.js';
import { messageOrder } from './feed-document.js';
import { unreadable } from './transport.js';

type Verdict = Settlement['verdicts'][number];

/** What the processing report of a feed says. Counts are null where it does not tell them. */
export interface FeedReport {
  readonly processed: number | null;
  readonly accepted: number | null;
  /** Issues that name no message: they are about the whole document. */
  readonly wholeDocument: readonly Issue[];
  readonly bySku: ReadonlyMap<string, readonly Issue[]>;
  /** Issues that name a message and no SKU. */
  readonly byMessage: ReadonlyMap<number, readonly Issue[]>;
  /** Listings as they stood when the report was written. */
  readonly states: ReadonlyMap<string, ListingState>;
}

/**
 * Reads a processing report. Throws a ChannelError for anything else. Source: schemas/feeds listings-feed-processing-report-schema-v2, where
 * neither `messageId` nor `sku` of an issue is required; verified 2026-11. Pure.
 */
export function readReport(text: string, marketplaceId: string): FeedReport {
  const body = parsed(text);
  if (!isJsonObject(body) || !isJsonArray(body.issues)) throw unreadable('the result of a feed is no report');
  const wholeDocument: Issue[] = [];
  const bySku = new Map<string, Issue[]>();
  const byMessage = new Map<number, Issue[]>();
  for (const told of body.issues.filter(isJsonObject)) {
    const { attributeName, sku, messageId } = told;
    const named = typeof attributeName === 'string' ? { attributeNames: [attributeName] } : {};
    const issues = channelIssues([{ ...told, ...named }], marketplaceId);
    if (typeof sku === 'string') bySku.set(sku, [...(bySku.get(sku) ?? []), ...issues]);
    else if (typeof messageId === 'number')
      byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), ...issues]);
    else wholeDocument.push(...issues);
  }
  const summary = isJsonObject(body.summary) ? body.summary : {};
  return {
    processed: count(summary.messagesProcessed),
    accepted: count(summary.messagesAccepted),
    wholeDocument,
    bySku,
    byMessage,
    states: statesOf(body, marketplaceId),
  };
}

/**
 * The verdicts a report gives. A message with an error is rejected with it; a listing the report shows newer than the feed has the verdict
 * of that state, unless it is only not on sale yet. When the document was refused as a whole, or not read to its end, what is neither goes one by one. Others are read
 * back. Pure.
 */
export function reportVerdicts(
  report: FeedReport,
  items: PendingSubmission['items'],
  sent: Pick<Sent, 'since'>,
): Verdict[] {
  const place = new Map(messageOrder(items.map(({ sku }) => sku)).map((sku, at) => [sku, at + 1]));
  const refused = blocks(report.wholeDocument) && (report.accepted ?? 0) === 0;
  const cut = report.processed !== null && report.processed < items.length;
  return items.flatMap((item): Verdict[] => {
    const { sku } = item;
    const own = [...(report.bySku.get(sku) ?? []), ...(report.byMessage.get(place.get(sku) ?? 0) ?? [])];
    // Alone it can be sent in another way; see `receiptFor`.
    if (item.action === 'upsert' && own.some(({ code }) => code === NOT_FOR_THE_TYPE))
      return [{ sku, outcome: 'retry', code: DOCUMENT_REFUSED }];
    if (blocks(own)) return [{ sku, outcome: 'rejected', issues: own }];
    const state = report.states.get(sku) ?? null;
    // A removal has its verdict by the listing's absence, which a report does not show.
    const shown = state === null ? null : verdictFor(item, state, { ...sent, ageMs: 0, answered: true });
    if (shown !== null && (shown.outcome !== 'rejected' || blocks(state?.issues ?? []))) return [shown];
    return refused || cut ? [{ sku, outcome: 'retry', code: DOCUMENT_REFUSED }] : [];
  });
}

function statesOf(body: JsonObject, marketplaceId: string): Map<string, ListingState> {
  const items = isJsonArray(body.items) ? body.items.filter(isJsonObject) : [];
  const states = items.flatMap((item) => listingState(item, marketplaceId) ?? []);
  return new Map(states.map((state) => [state.sku, state]));
}

function count(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
