import type { Host, ListingChange } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** A host for tests: real HTTP, real time, no log. */
export function testHost(): Host {
  const stop = new AbortController();
  const clock = { now: () => instantOf(Date.now()), monotonicMs: () => performance.now() };
  const quiet = (): void => undefined;
  return {
    channel: {
      id: 'memory-us',
      connector: 'memory',
      country: 'US',
      language: 'en',
      currency: 'USD',
      zone: 'UTC',
    },
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
  attributes: JsonObject,
  action: ListingChange['action'] = 'upsert',
  version = 1,
): ListingChange {
  return { sku, action, externalId: null, kind: null, attributes, version };
}
