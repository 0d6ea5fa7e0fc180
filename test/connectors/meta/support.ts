import type { Host, ListingChange, PendingSubmission, Submission } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** A listing Meta takes. */
export const LISTING: JsonObject = {
  title: 'Organic cotton T-shirt, blue, M',
  description: 'Mid-weight organic cotton.',
  availability: 'in stock',
  condition: 'new',
  price: '24.90 EUR',
  link: 'https://shop.example/p/tee?v=m',
  image_link: 'https://cdn.example/tee.jpg',
  brand: 'Example Wear',
};

/** A host for tests: real HTTP, real time, no log. */
export function testHost(): Host {
  const stop = new AbortController();
  const clock = { now: () => instantOf(Date.now()), monotonicMs: () => performance.now() };
  const quiet = (): void => undefined;
  const market = { country: 'US', language: 'en', currency: 'USD', zone: 'UTC' };
  return {
    channel: { id: 'meta-us', connector: 'meta', ...market },
    http: httpClient(stop.signal),
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    signal: stop.signal,
    bucket: (_name, spec) => tokenBucket(spec, clock),
  };
}

/** A change as the engine hands it over. */
export function change(
  sku: string,
  attributes: JsonObject = LISTING,
  action: ListingChange['action'] = 'upsert',
): ListingChange {
  return { sku, action, externalId: null, kind: null, attributes, version: 1 };
}

/** The submission of a batch as the engine remembers it. */
export function pendingOf(
  changes: readonly ListingChange[],
  submission: Submission | undefined,
): PendingSubmission {
  const items = changes.map(({ sku, action }) => ({ sku, externalId: null, action, kind: null }));
  return { id: submission?.id ?? null, key: 'k', sentAt: instantOf(Date.now()), items };
}

/** The error of a call that must fail. */
export async function failure(work: Promise<unknown> | undefined): Promise<unknown> {
  return Promise.resolve(work).then(
    () => 'no failure',
    (error: unknown) => error,
  );
}
