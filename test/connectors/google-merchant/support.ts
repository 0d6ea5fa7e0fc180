import { accessTokens } from '../../../connectors/google-merchant/auth.js';
import { credentialOf } from '../../../connectors/google-merchant/credential.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import type { Host, ListingChange, PendingSubmission, Submission } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { type Clock, instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** A listing Google shows. */
export const LISTING: JsonObject = {
  title: 'Organic Cotton T-Shirt, Red, M',
  description: 'Midweight organic cotton T-shirt with a crew neck.',
  link: 'https://shop.example.com/p/tshirt?variant=red-m',
  image_link: 'https://cdn.example.com/i/tshirt-red-1.jpg',
  availability: 'in_stock',
  price: '24.99 USD',
  brand: 'Northwind',
  mpn: 'NW-TS-RED-M',
};

/** A host for tests: real HTTP, real time, no log. */
export function testHost(clock: Clock = systemClock): Host {
  const stop = new AbortController();
  const quiet = (): void => undefined;
  const market = { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' };
  return {
    channel: { id: 'google-us', connector: 'google-merchant', ...market },
    http: httpClient(stop.signal),
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    signal: stop.signal,
    bucket: (_name, spec) => tokenBucket(spec, clock),
  };
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  monotonicMs: () => performance.now(),
};

/** A change as the engine hands it over. */
export function change(
  sku: string,
  attributes: JsonObject = LISTING,
  more: Partial<ListingChange> = {},
): ListingChange {
  return { sku, action: 'upsert', externalId: null, kind: null, attributes, version: 1, ...more };
}

/** A removal as the engine hands it over. */
export function removal(sku: string): ListingChange {
  return change(sku, {}, { action: 'remove', version: 9 });
}

/** The submission of a batch as the engine remembers it. */
export function pendingOf(changes: readonly ListingChange[], submission: Submission): PendingSubmission {
  const items = changes.map(({ sku, action }) => ({ sku, externalId: null, action, kind: null }));
  return { id: submission.id, key: 'k', sentAt: instantOf(Date.now()), items };
}

/** Settings against a simulator. */
export function settingsOf(simulator: RunningSimulator, more: Partial<GoogleSettings> = {}): GoogleSettings {
  return { ...(simulator.settings as GoogleSettings), ...more };
}

/** A command to the simulator, as from another process. */
export async function command(
  simulator: RunningSimulator,
  name: string,
  body: JsonObject = {},
): Promise<void> {
  // A kept connection may have been closed while a large catalog kept this process busy.
  const headers = { connection: 'close' };
  const answer = await fetch(`${simulator.url}/_sim/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}

/** The error of a call that must fail. */
export function failure(work: Promise<unknown> | undefined): Promise<unknown> {
  return Promise.resolve(work).then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

/** A call to the API with a token of its own, as a person's other tool would make it. */
export async function adminCall(
  simulator: RunningSimulator,
  method: string,
  path: string,
  body?: JsonObject,
  clock: Clock = systemClock,
): Promise<JsonObject> {
  const settings = settingsOf(simulator);
  const host = testHost(clock);
  const tokens = accessTokens(
    {
      tokenUrl: settings.tokenEndpoint ?? '',
      scope: 'https://www.googleapis.com/auth/content',
      credential: credentialOf(settings),
    },
    host.http,
    host.clock,
  );
  const answer = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokens.current()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as JsonObject;
}

/** Everything a simulator holds, as `GET /_sim/state` shows it. */
export async function simulatorState(simulator: RunningSimulator): Promise<JsonObject> {
  return (await (await fetch(`${simulator.url}/_sim/state`)).json()) as JsonObject;
}
