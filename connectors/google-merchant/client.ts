import { randomUUID } from 'node:crypto';
import { jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply, HttpRequest } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import { API_VERSION } from './api-version.js';
import { type AccessTokens, accessTokens } from './auth.js';
import { callFailure, conditionOf, readGoogleError } from './failures.js';
import { type NestedCall, type NestedReply, readBatch, writeBatch } from './multipart.js';
import { type GoogleSettings, readServiceAccountKey } from './settings.js';

const API_ROOT = 'https://merchantapi.googleapis.com';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
/** The one scope of all sub-APIs. */
const SCOPE = 'https://www.googleapis.com/auth/content';
const LIST_BYTES = 64 * 1024 * 1024;
/** Google's largest page (products.list, verified 2026-11-23) would be 1,000; half of it keeps answers small. */
const PAGE_SIZE = 500;

/** The answers of a batch by the caller's own key, and Google's time of the answer. */
export interface BatchReply {
  readonly replies: ReadonlyMap<string, NestedReply>;
  /** The answer's `Date`, second resolution; null when it had none. */
  readonly date: string | null;
}

/** The calls we make to Google. Knows addresses and transport; knows nothing of listings. Throws ChannelError. */
export interface MerchantClient {
  insertInput(dataSource: string, input: JsonObject): NestedCall;
  patchInput(target: InputTarget, mask: string, input: JsonObject): NestedCall;
  deleteInput(target: InputTarget): NestedCall;
  getProduct(pathName: string): NestedCall;
  /** Sends calls of the products sub-API as one batch. Keys without an answer are missing in the reply. */
  batch(calls: ReadonlyMap<string, NestedCall>): Promise<BatchReply>;
  listProducts(pageToken: string | null): Promise<JsonObject>;
  listDataSources(pageToken: string | null): Promise<JsonObject>;
  createDataSource(dataSource: JsonObject): Promise<JsonObject>;
  getDataSource(name: string): Promise<JsonObject>;
  listAccountIssues(): Promise<JsonObject>;
  /** The full name of a data source of this account from its number. */
  dataSourceName(number: string): string;
}

/** A product input by its base64url name, in the data source that holds it. */
export interface InputTarget {
  readonly pathName: string;
  readonly dataSource: string;
}

/** A client for one account. No call is made before a method is used. */
export function merchantClient(settings: GoogleSettings, host: Host): MerchantClient {
  const root = (settings.endpoint ?? API_ROOT).replace(/\/$/, '');
  const tokens = accessTokens(
    {
      tokenUrl: settings.tokenEndpoint ?? TOKEN_URL,
      scope: SCOPE,
      key: readServiceAccountKey(settings.serviceAccountKey),
    },
    host.http,
    host.clock,
  );
  const caller = authorisedCaller(tokens, host);
  const account = `accounts/${settings.account}`;
  const products = `/products/${API_VERSION.products}`;
  const sources = `${root}/datasources/${API_VERSION.datasources}`;
  const input = ({ pathName, dataSource }: InputTarget, more = ''): string =>
    `${products}/${account}/productInputs/${pathName}?dataSource=${encodeURIComponent(dataSource)}${more}`;

  return {
    insertInput: (dataSource, body) => ({
      method: 'POST',
      path: `${products}/${account}/productInputs:insert?dataSource=${encodeURIComponent(dataSource)}`,
      body,
    }),
    patchInput: (target, mask, body) => ({
      method: 'PATCH',
      path: input(target, `&updateMask=${encodeURIComponent(mask)}`),
      body,
    }),
    deleteInput: (target) => ({ method: 'DELETE', path: input(target) }),
    getProduct: (pathName) => ({ method: 'GET', path: `${products}/${account}/products/${pathName}` }),
    batch: (calls) => sendBatch(calls, caller, `${root}/${settings.batchPath ?? 'batch'}${products}`),
    listProducts: (pageToken) =>
      caller.json('products.list', {
        method: 'GET',
        url: `${root}${products}/${account}/products`,
        query: { pageSize: PAGE_SIZE, pageToken: pageToken ?? undefined },
        maxBytes: LIST_BYTES,
      }),
    listDataSources: (pageToken) =>
      caller.json('dataSources.list', {
        method: 'GET',
        url: `${sources}/${account}/dataSources`,
        query: { pageToken: pageToken ?? undefined },
      }),
    createDataSource: (body) =>
      caller.json('dataSources.create', { method: 'POST', url: `${sources}/${account}/dataSources`, body }),
    getDataSource: (name) => caller.json('dataSources.get', { method: 'GET', url: `${sources}/${name}` }),
    listAccountIssues: () =>
      caller.json('accounts.issues.list', {
        method: 'GET',
        url: `${root}/accounts/${API_VERSION.accounts}/${account}/issues`,
        query: { languageCode: 'en', timeZone: 'Etc/UTC', pageSize: 100 },
      }),
    dataSourceName: (number) => `${account}/dataSources/${number}`,
  };
}

interface Caller {
  /** Sends with a token; a refused token is replaced once. Any status but 2xx throws. */
  send(operation: string, request: HttpRequest): Promise<HttpReply>;
  json(operation: string, request: HttpRequest): Promise<JsonObject>;
  /** The token used last is no longer good. */
  tokenRefused(): void;
}

function authorisedCaller(tokens: AccessTokens, host: Host): Caller {
  let used = '';
  async function once(request: HttpRequest): Promise<HttpReply> {
    used = await tokens.current();
    return host.http.send({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${used}` },
    });
  }
  const caller: Caller = {
    async send(operation, request) {
      let reply = await once(request);
      if (isRefusedToken(reply)) {
        tokens.discard(used);
        reply = await once(request);
      }
      if (reply.status >= 200 && reply.status < 300) return reply;
      throw callFailure(reply, operation, host.clock.now());
    },
    json: async (operation, request) => jsonObjectOf(await caller.send(operation, request), operation),
    tokenRefused: () => tokens.discard(used),
  };
  return caller;
}

/** A 401 says "unregistered project" or "expired token"; only the second is worth another token. */
function isRefusedToken(reply: { readonly status: number; readonly body: Buffer }): boolean {
  return reply.status === 401 && conditionOf(401, readGoogleError(reply.body)) !== 'not_registered';
}

async function sendBatch(
  calls: ReadonlyMap<string, NestedCall>,
  caller: Caller,
  url: string,
): Promise<BatchReply> {
  const first = await sendParts(calls, caller, url);
  const expired = new Map([...calls].filter(([key]) => refusedIn(first, key)));
  if (expired.size === 0) return first;
  // A token that died in the middle of a batch: nothing was applied for these, so they go once more with a new one.
  caller.tokenRefused();
  const second = await sendParts(expired, caller, url);
  return { replies: new Map([...first.replies, ...second.replies]), date: second.date };
}

function refusedIn(answer: BatchReply, key: string): boolean {
  const reply = answer.replies.get(key);
  return reply !== undefined && isRefusedToken(reply);
}

async function sendParts(
  calls: ReadonlyMap<string, NestedCall>,
  caller: Caller,
  url: string,
): Promise<BatchReply> {
  const keys = new Map<string, string>();
  const named = new Map<string, NestedCall>();
  for (const [key, call] of calls) {
    const id = `item-${named.size}`;
    named.set(id, call);
    keys.set(id, key);
  }
  const boundary = `batch-${randomUUID()}`;
  const reply = await caller.send('products batch', {
    method: 'POST',
    url,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: writeBatch(named, boundary),
    deadlineMs: 60_000,
    maxBytes: LIST_BYTES,
  });
  const parts = readBatch(reply.headers['content-type'], reply.body);
  if (parts === null) throw notABatch();
  const replies = new Map<string, NestedReply>();
  for (const [id, part] of parts) {
    const key = keys.get(id);
    if (key !== undefined) replies.set(key, part);
  }
  return { replies, date: reply.headers.date ?? null };
}

function notABatch(): ChannelError {
  return new ChannelError('products batch answered something that is not multipart', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'The answer was cut or is not from Google (a proxy page?). The call is checked and repeated by itself.',
  });
}
