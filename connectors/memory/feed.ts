import type { FeedListing, FeedPort, FeedReport, FeedWriter } from '../../src/channel/feed-port.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { type Client, objectsOf } from './client.js';
import { refusal } from './refusal.js';

/** The memory channel's daily healing document: everything it states replaces what was there and is not somebody else's. */
export function memoryFeed(client: Client): FeedPort {
  return {
    begin: (key) => Promise.resolve(writer(client, key)),
    report: ({ key }, cursor) => report(client, key, cursor),
  };
}

function writer(client: Client, key: string): FeedWriter {
  const items: FeedListing[] = [];
  return {
    async write(listings) {
      items.push(...listings);
    },
    async commit() {
      const body = { key, items: items as unknown as JsonValue };
      await client({ method: 'POST', path: '/documents', body });
      return {
        items: items.length,
        bytes: JSON.stringify(items).length,
        location: `document ${key}`,
        document: key,
      };
    },
    async abort() {
      items.length = 0;
    },
  };
}

async function report(client: Client, key: string, cursor: string | null): Promise<FeedReport> {
  const query = { key, ...(cursor === null ? {} : { cursor }) };
  const body = await client({ method: 'GET', path: '/documents', query, absent: { state: 'failed' } });
  const { state } = body;
  const known = state === 'done' || state === 'failed' ? state : 'pending';
  return {
    state: known,
    document: key,
    items: typeof body.items === 'number' ? body.items : null,
    verdicts: objectsOf(body.refused).map(verdictOf),
    unnamed: 'taken',
    issues: known === 'failed' ? [refusal('document_unknown')] : [],
    next: typeof body.next === 'string' ? body.next : null,
  };
}

function verdictOf(refused: JsonObject): FeedReport['verdicts'][number] {
  return { sku: String(refused.sku), outcome: 'rejected', issues: [refusal(refused.code)] };
}
