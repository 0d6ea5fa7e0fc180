import type { ListingChange, ListingPort, Receipt, Submission } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { ID_MAX, recordOf } from './encode.js';
import { findingOf } from './issues.js';
import { observeItems } from './observe.js';
import { settleHandles } from './settle.js';

/** What the port is lent beside the client. */
export interface ListingHouse {
  now(): string;
  /** Name of our own daily feed: its items are ours; absent: there is none. */
  readonly ownFeed: string | undefined;
  /** What is put in order once with every whole read-back. */
  daily(): Promise<void>;
}

/** Listings of one Meta catalog. */
export function metaListings(client: MetaClient, house: ListingHouse): ListingPort {
  return {
    submit: (changes) => submit(client, changes),
    settle: (pending) => settleHandles(client, pending, house.now()),
    async observe(cursor) {
      if (cursor === null) await house.daily();
      return observeItems(client, cursor, house.ownFeed);
    },
  };
}

/**
 * One call for whole listings and removals, one for offers: only the first may create items. Both hold each SKU at most once,
 * because Meta promises no order within or between batches.
 */
async function submit(client: MetaClient, changes: readonly ListingChange[]): Promise<Submission> {
  const fits = changes.filter((change) => change.sku.length <= ID_MAX);
  const lanes = [
    { allowUpsert: true, changes: fits.filter((change) => change.action !== 'offer') },
    { allowUpsert: false, changes: fits.filter((change) => change.action === 'offer') },
  ].filter((lane) => lane.changes.length > 0);
  const handles: string[] = [];
  const receipts: Receipt[] = changes.filter((change) => change.sku.length > ID_MAX).map(tooLong);
  for (const lane of lanes) {
    const sent = await sendLane(client, lane, receipts.length > 0);
    handles.push(...sent.handles);
    receipts.push(...sent.receipts);
  }
  return { id: handles.length > 0 ? handles.join(' ') : null, receipts };
}

interface Lane {
  readonly allowUpsert: boolean;
  readonly changes: readonly ListingChange[];
}

interface Sent {
  readonly handles: readonly string[];
  readonly receipts: readonly Receipt[];
}

/** A failure is thrown while nothing was answered yet; later it becomes receipts, so that answers in hand are not lost. */
async function sendLane(client: MetaClient, lane: Lane, answered: boolean): Promise<Sent> {
  try {
    const requests = lane.changes.map(recordOf);
    return read(await client.sendBatch({ allowUpsert: lane.allowUpsert, requests }), lane.changes);
  } catch (error) {
    if (!answered || !(error instanceof ChannelError)) throw error;
    return { handles: [], receipts: lane.changes.map(({ sku }) => failed(sku, error)) };
  }
}

function failed(sku: string, error: ChannelError): Receipt {
  if (error.kind === 'ambiguous') return { sku, outcome: 'ambiguous', code: error.code };
  const wait = error.againInMs === null ? {} : { againInMs: error.againInMs };
  return { sku, outcome: 'retry', code: error.code, ...wait };
}

function read(reply: JsonObject, changes: readonly ListingChange[]): Sent {
  const handles = isJsonArray(reply.handles) ? reply.handles.map(String) : [];
  const findings = findingsOf(reply.validation_status);
  const receipts = changes.map(({ sku }): Receipt => {
    const issues = findings.get(sku) ?? [];
    if (issues.some((issue) => issue.severity === 'error')) return { sku, outcome: 'rejected', issues };
    // No handle: Meta has taken nothing of the batch.
    if (handles.length === 0) return { sku, outcome: 'retry', code: 'batch_not_taken' };
    return issues.length > 0 ? { sku, outcome: 'accepted', issues } : { sku, outcome: 'accepted' };
  });
  return { handles, receipts };
}

function findingsOf(status: JsonValue | undefined): ReadonlyMap<string, readonly Issue[]> {
  const rows = isJsonArray(status) ? status.filter(isJsonObject) : [];
  return new Map(
    rows.map((row) => [
      String(row.retailer_id),
      [
        ...messagesOf(row.errors).map((message) => findingOf('error', message)),
        ...messagesOf(row.warnings).map((message) => findingOf('warning', message)),
      ],
    ]),
  );
}

function messagesOf(list: JsonValue | undefined): readonly string[] {
  return isJsonArray(list) ? list.filter(isJsonObject).map((entry) => String(entry.message)) : [];
}

function tooLong(change: ListingChange): Receipt {
  const issue: Issue = {
    severity: 'error',
    code: 'id_too_long',
    attribute: 'id',
    origin: 'ours',
    message: `The SKU has ${change.sku.length} characters; Meta takes ${ID_MAX}.`,
    advice: 'Give the variant a shorter SKU.',
  };
  return { sku: change.sku, outcome: 'rejected', issues: [issue] };
}
