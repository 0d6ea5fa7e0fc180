import type {
  ListingChange,
  ListingPort,
  Observed,
  PendingSubmission,
  Settlement,
  Submission,
} from '../../src/channel/connector.js';
import type { Page } from '../../src/channel/page.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { type Client, nextOf, objectsOf } from './client.js';
import { offerAttributes } from './listing-schema.js';
import { refusal } from './refusal.js';

/** Listings of the memory channel: handed over in batches, settled by asking for the batch. */
export function memoryListings(client: Client): ListingPort {
  return {
    submit: (changes, key) => submit(client, changes, key),
    settle: (pending) => settle(client, pending),
    observe: (cursor) => observe(client, cursor),
  };
}

async function submit(client: Client, changes: readonly ListingChange[], key: string): Promise<Submission> {
  const body = await client({
    method: 'POST',
    path: '/listings',
    body: { key, changes: changes.map(changeJson) },
  });
  const accepted = Array.isArray(body.accepted) ? body.accepted.map(String) : [];
  return {
    id: String(body.id),
    receipts: accepted.map((sku) => ({ sku, outcome: 'accepted', externalId: externalIdOf(sku) })),
  };
}

function changeJson(change: ListingChange): JsonObject {
  const { sku, action, version } = change;
  const attributes = action === 'offer' ? offerOf(change.attributes) : change.attributes;
  return { sku, action, version, attributes };
}

function offerOf(attributes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => offerAttributes.includes(name)));
}

async function settle(client: Client, pending: PendingSubmission): Promise<Settlement> {
  const body = await client({
    method: 'GET',
    path: '/submissions',
    query: { id: pending.id ?? pending.key },
    absent: { lost: true },
  });
  if (body.lost === true) return { verdicts: pending.items.map(({ sku }) => lost(sku)) };
  return { verdicts: objectsOf(body.verdicts).map(verdictOf) };
}

type Verdict = Settlement['verdicts'][number];

/** The store was emptied in between: sending again is right and safe. */
function lost(sku: string): Verdict {
  return { sku, outcome: 'retry', code: 'submission_unknown' };
}

function verdictOf(verdict: JsonObject): Verdict {
  const sku = String(verdict.sku);
  if (verdict.outcome === 'live') return { sku, outcome: 'live', externalId: externalIdOf(sku) };
  const gone = verdict.outcome === 'removed' || verdict.code === 'unknown_listing';
  if (gone) return { sku, outcome: 'removed' };
  return { sku, outcome: 'rejected', issues: [refusal(verdict.code)] };
}

async function observe(client: Client, cursor: string | null): Promise<Page<Observed>> {
  const body = await client({ method: 'GET', path: '/listings', query: cursor === null ? {} : { cursor } });
  return { items: objectsOf(body.items).map(observedOf), next: nextOf(body) };
}

function observedOf(item: JsonObject): Observed {
  const sku = String(item.sku);
  if (!isJsonObject(item.attributes)) {
    return { sku, externalId: externalIdOf(sku), state: 'rejected', issues: [refusal(item.code)] };
  }
  return {
    sku,
    externalId: externalIdOf(sku),
    state: 'live',
    attributes: item.attributes,
    issues: [],
    foreign: item.foreign === true,
  };
}

function externalIdOf(sku: string): string {
  return `memory:${sku}`;
}
