import type { Host } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import { API_VERSION, type SubApi } from './api-version.js';
import { accessTokens } from './auth.js';
import { authorisedCaller, type BatchReply, LIST_BYTES } from './caller.js';
import { credentialOf } from './credential.js';
import type { NestedCall } from './multipart.js';
import { type Lane, type Pace, quotaPace } from './quota-pace.js';
import type { GoogleSettings } from './settings.js';

const API_ROOT = 'https://merchantapi.googleapis.com';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
/** The one scope of all sub-APIs. */
const SCOPE = 'https://www.googleapis.com/auth/content';

/** One call of the Merchant API. */
export interface ApiCall {
  /** Name of the method as quotas and messages have it: `products.list`, `dataSources.create`. */
  readonly method: string;
  readonly api: SubApi;
  readonly verb: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path behind the version, without a leading slash: `accounts/123/dataSources`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: JsonObject;
  /** Made before the project is registered, when quotas cannot be read: it does not wait for any. */
  readonly unregistered?: true;
}

/** How a batch counts: which method its parts are and how urgent they are. */
export interface BatchFacts {
  readonly api: SubApi;
  readonly method: string;
  readonly lane: Lane;
}

/**
 * Google, with addresses, credentials and quotas taken care of. Knows nothing of listings. Every call waits for its quota group
 * first and throws a ChannelError of the table of failures.
 */
export interface MerchantClient {
  /** `accounts/123`. */
  readonly account: string;
  ask(call: ApiCall): Promise<JsonObject>;
  /** Sends calls of one sub-API as one batch; each part counts as one call. Keys without an answer are missing in the reply. */
  batch(calls: ReadonlyMap<string, NestedCall>, facts: BatchFacts): Promise<BatchReply>;
  /** Path of a call inside a batch: `/products/v1/` and the rest. */
  nestedPath(api: SubApi, path: string): string;
  readonly pace: Pace;
  /** The full name of a data source of this account from its number. */
  dataSourceName(number: string): string;
}

/** A client for one account. No call is made before a method is used. */
export function merchantClient(settings: GoogleSettings, host: Host): MerchantClient {
  const root = (settings.endpoint ?? API_ROOT).replace(/\/$/, '');
  const account = `accounts/${settings.account}`;
  const tokens = accessTokens(
    { tokenUrl: settings.tokenEndpoint ?? TOKEN_URL, scope: SCOPE, credential: credentialOf(settings) },
    host.http,
    host.clock,
  );
  const caller = authorisedCaller(
    tokens,
    host,
    settings.quotaProject === undefined ? {} : { 'x-goog-user-project': settings.quotaProject },
  );
  const send = ({ method, api, verb, path, query, body }: ApiCall): Promise<JsonObject> =>
    caller.json(method, {
      method: verb,
      url: `${root}/${api}/${API_VERSION[api]}/${path}`,
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
      maxBytes: LIST_BYTES,
    });
  const pace = quotaPace({
    host,
    callsPerMinute: settings.callsPerMinute ?? null,
    readGroups: (pageToken) =>
      send({
        method: 'quotas.list',
        api: 'quota',
        verb: 'GET',
        path: `${account}/quotas`,
        query: { pageSize: 500, pageToken: pageToken ?? undefined },
      }),
  });

  return {
    account,
    pace,
    async ask(call) {
      if (call.unregistered !== true)
        await pace.take({ api: call.api, method: call.method, calls: 1, lane: 'urgent' });
      return send(call).catch((error: unknown) => pace.heed(call, error));
    },
    async batch(calls, facts) {
      const url = `${root}/${settings.batchPath ?? 'batch'}/${facts.api}/${API_VERSION[facts.api]}`;
      const answers: BatchReply[] = [];
      for (const part of slices(calls, await pace.largestBatch(facts))) {
        await pace.take({ ...facts, calls: part.size });
        answers.push(await caller.batch(part, url).catch((error: unknown) => pace.heed(facts, error)));
      }
      return joined(answers);
    },
    nestedPath: (api, path) => `/${api}/${API_VERSION[api]}/${path}`,
    dataSourceName: (number) => `${account}/dataSources/${number}`,
  };
}

function* slices(
  calls: ReadonlyMap<string, NestedCall>,
  size: number,
): Generator<ReadonlyMap<string, NestedCall>> {
  const entries = [...calls];
  for (let from = 0; from < entries.length; from += size) yield new Map(entries.slice(from, from + size));
}

/** The earliest time counts: nothing of the batch was accepted before it. */
function joined(answers: readonly BatchReply[]): BatchReply {
  const [first] = answers;
  return {
    replies: new Map(answers.flatMap(({ replies }) => [...replies])),
    date: first?.date ?? null,
  };
}
