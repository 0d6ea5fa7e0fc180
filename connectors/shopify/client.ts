import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { API_VERSION } from './api-version.js';
import { accessTokens } from './auth.js';
import { type CostPace, costPace } from './cost-pace.js';
import { costIn, FAILURES, graphqlFailure } from './failures.js';
import type { ShopifySettings } from './settings.js';

/** A GraphQL document with its only operation, which has this name. */
export interface AdminDocument {
  readonly name: string;
  readonly text: string;
}

/** A part of a bulk operation's result. */
export interface FilePart {
  readonly bytes: Buffer;
  /** False: the file ends with these bytes. */
  readonly more: boolean;
}

/** The Admin API of one shop. */
export interface AdminClient {
  /** `data` of the answer. Throws a ChannelError when the answer has any error, also beside data. */
  call(document: AdminDocument, variables?: JsonObject): Promise<JsonObject>;
  /** Bytes of a bulk operation's result, from a place on, at most so many. The address needs no token and is given none. */
  filePart(address: string, from: number, bytes: number): Promise<FilePart>;
  /** The version that answered last; null: none has. Another than the one asked for: ours has expired. */
  servedVersion(): string | null;
}

const USER_AGENT = 'Omnifeed/0.1.0';
/** A page of 250 products with their variants stays well below. */
const ANSWER_BYTES = 64 * 1024 * 1024;
const DEADLINE_MS = 60_000;

/** Opens the Admin API of one shop. No call is made. Redirects are never followed: a token goes to the shop's own host only. */
export function adminClient(settings: ShopifySettings, host: Host): AdminClient {
  const base = settings.endpoint ?? `https://${settings.shop}`;
  const tokens = accessTokens(settings, host.clock, (form) =>
    host.http.send({
      method: 'POST',
      url: `${base}/admin/oauth/access_token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form,
      maxBytes: 64 * 1024,
    }),
  );
  const pace = costPace(host.clock);
  let served: string | null = null;

  async function send(document: AdminDocument, variables: JsonObject): Promise<HttpReply> {
    for (let attempt = 1; ; attempt++) {
      await pace.take(document.name, host.signal);
      const token = await tokens.token();
      const reply = await host.http.send({
        method: 'POST',
        url: `${base}/admin/api/${API_VERSION}/graphql.json`,
        headers: {
          'x-shopify-access-token': token,
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': USER_AGENT,
        },
        body: { query: document.text, variables },
        deadlineMs: DEADLINE_MS,
        maxBytes: ANSWER_BYTES,
      });
      const again = reply.status === 401 && attempt === 1 && tokens.refused(token);
      if (!again) return reply;
    }
  }

  return {
    async call(document, variables = {}) {
      const reply = await send(document, variables);
      served = reply.headers['x-shopify-api-version'] ?? served;
      return dataOf(reply, document, pace);
    },
    filePart: (address, from, bytes) => filePart(host, { address, from, bytes }, base),
    servedVersion: () => served,
  };
}

function dataOf(reply: HttpReply, document: AdminDocument, pace: CostPace): JsonObject {
  const operation = document.name;
  const requestId = reply.headers['x-request-id'] ?? null;
  if (reply.status !== 200) {
    const failure = failureOf(reply, { operation, requestId: requestId ?? undefined }, FAILURES);
    if (failure.kind === 'throttled') pace.park(failure.againInMs ?? 1_000);
    throw failure;
  }
  const body = jsonObjectOf(reply, operation);
  const cost = costIn(body);
  if (cost !== null) pace.learn(operation, cost);
  const failure = graphqlFailure(body, { operation, requestId });
  if (failure?.kind === 'throttled') pace.park(failure.againInMs ?? 1_000);
  if (failure !== null) throw failure;
  if (isJsonObject(body.data)) return body.data;
  throw new ChannelError(`${operation} answered without data`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not from Shopify (a proxy page?). The call is checked and repeated by itself.',
    requestId,
  });
}

/** Results lie on Google Cloud Storage (verified 2026-11-23); with `endpoint` the simulator serves them. */
const FILE_HOST = /^https:\/\/storage\.googleapis\.com\//;

async function filePart(
  host: Host,
  { address, from, bytes }: { readonly address: string; readonly from: number; readonly bytes: number },
  base: string,
): Promise<FilePart> {
  if (!FILE_HOST.test(address) && !address.startsWith(`${base}/`)) throw strangeAddress();
  const reply = await host.http.send({
    method: 'GET',
    url: address,
    // Not compressed: places in the file are counted.
    headers: { range: `bytes=${from}-${from + bytes - 1}`, 'accept-encoding': 'identity' },
    deadlineMs: 120_000,
    maxBytes: bytes + 1_024,
  });
  if (reply.status === 416) return { bytes: Buffer.alloc(0), more: false };
  if (reply.status !== 206) throw failureOf(reply, { operation: 'bulk result' });
  const total = Number(/\/(\d+)$/.exec(reply.headers['content-range'] ?? '')?.[1] ?? Number.NaN);
  if (!Number.isFinite(total)) throw failureOf(reply, { operation: 'bulk result', text: 'without a size' });
  return { bytes: reply.body, more: from + reply.body.length < total };
}

function strangeAddress(): ChannelError {
  return new ChannelError('The bulk result lies on a host we do not know', {
    code: 'strange_address',
    kind: 'refused',
    owner: 'us',
    advice: 'Set `fullRead: pages` in the meantime, and report it with the log.',
  });
}
