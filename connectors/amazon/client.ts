import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { API_VERSIONS } from './api-version.js';
import { type AccessTokens, accessTokens } from './auth.js';
import { FAILURES, saidError } from './failures.js';
import type { AmazonSettings } from './settings.js';
import { type Region, storeOf } from './stores.js';
import { type Operation, rateOf, USAGE_PLANS, USED_SHARE } from './usage-plan.js';

/** A successful answer: its JSON, and Amazon's own clock when it was given (null: the answer has no date). */
export interface Answer {
  readonly body: JsonObject;
  readonly at: number | null;
}

/** Query parameters; lists are joined with commas, as the API wants them. */
type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** The operations we use. Each throws a ChannelError when the answer is no success. */
export interface SellingPartnerClient {
  putListing(sku: string, body: JsonObject): Promise<Answer>;
  patchListing(sku: string, body: JsonObject): Promise<Answer>;
  deleteListing(sku: string): Promise<Answer>;
  getListing(sku: string, includedData: readonly string[]): Promise<Answer>;
  searchListings(query: Query): Promise<Answer>;
  searchOrders(query: Query): Promise<Answer>;
  getOrder(orderId: string, includedData: readonly string[]): Promise<Answer>;
  /** Answers 204 without a body. */
  confirmShipment(orderId: string, body: JsonObject): Promise<void>;
  participations(): Promise<Answer>;
}

/** Source: developer-docs.amazon/sp-api, "Selling Partner API endpoints"; verified 2026-11. */
const ENDPOINTS: Readonly<Record<Region, string>> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
};
const TOKEN_ENDPOINT = 'https://api.amazon.com/auth/o2/token';

const USER_AGENT = `Omnifeed/0.1.0 (Language=TypeScript; Platform=Node.js/${process.versions.node.split('.')[0]})`;
const LISTINGS = `/listings/${API_VERSIONS.listings}/items`;
const ORDERS = `/orders/${API_VERSIONS.orders}/orders`;

interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'DELETE' | 'POST';
  readonly path: string;
  readonly query?: Query;
  readonly body?: JsonValue;
}

/** Opens the API for one seller in one store. No call is made. */
export function sellingPartnerClient(settings: AmazonSettings, host: Host): SellingPartnerClient {
  const base =
    settings.endpoint ?? ENDPOINTS[settings.region ?? storeOf(settings.marketplaceId)?.region ?? 'na'];
  const tokens = accessTokens(settings, host, (form) =>
    host.http.send({
      method: 'POST',
      url: settings.tokenEndpoint ?? TOKEN_ENDPOINT,
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        'user-agent': USER_AGENT,
      },
      body: form.toString(),
    }),
  );
  const api: Api = { base, host, tokens, rates: new Map() };
  const store = { marketplaceIds: settings.marketplaceId };
  const listing = (sku: string): string =>
    `${LISTINGS}/${encodeURIComponent(settings.sellerId)}/${encodeURIComponent(sku)}`;
  const order = (id: string): string => `${ORDERS}/${encodeURIComponent(id)}`;
  return {
    putListing: (sku, body) =>
      answer(api, { operation: 'putListingsItem', method: 'PUT', path: listing(sku), query: store, body }),
    patchListing: (sku, body) =>
      answer(api, {
        operation: 'patchListingsItem',
        method: 'PATCH',
        path: listing(sku),
        query: store,
        body,
      }),
    deleteListing: (sku) =>
      answer(api, { operation: 'deleteListingsItem', method: 'DELETE', path: listing(sku), query: store }),
    getListing: (sku, includedData) =>
      answer(api, {
        operation: 'getListingsItem',
        method: 'GET',
        path: listing(sku),
        query: { ...store, includedData },
      }),
    searchListings: (query) =>
      answer(api, {
        operation: 'searchListingsItems',
        method: 'GET',
        path: `${LISTINGS}/${encodeURIComponent(settings.sellerId)}`,
        query: { ...store, ...query },
      }),
    searchOrders: (query) =>
      answer(api, { operation: 'searchOrders', method: 'GET', path: ORDERS, query: { ...store, ...query } }),
    getOrder: (id, includedData) =>
      answer(api, { operation: 'getOrder', method: 'GET', path: order(id), query: { includedData } }),
    async confirmShipment(id, body) {
      const path = `/orders/${API_VERSIONS.shipmentConfirmation}/orders/${encodeURIComponent(id)}/shipmentConfirmation`;
      await success(api, { operation: 'confirmShipment', method: 'POST', path, body });
    },
    participations: () =>
      answer(api, {
        operation: 'getMarketplaceParticipations',
        method: 'GET',
        path: `/sellers/${API_VERSIONS.sellers}/marketplaceParticipations`,
      }),
  };
}

interface Api {
  readonly base: string;
  readonly host: Host;
  readonly tokens: AccessTokens;
  /** Calls per second Amazon last granted, by operation. */
  readonly rates: Map<Operation, number>;
}

async function answer(api: Api, call: Call): Promise<Answer> {
  const reply = await success(api, call);
  const at = Date.parse(reply.headers.date ?? '');
  return { body: jsonObjectOf(reply, call.operation), at: Number.isNaN(at) ? null : at };
}

/** One call within the operation's usage plan. A refused token is renewed once; a second refusal is a missing role. */
async function success(api: Api, call: Call): Promise<HttpReply> {
  const bucket = api.host.bucket(`amazon:${call.operation}`, USAGE_PLANS[call.operation]);
  for (let attempt = 1; ; attempt++) {
    await bucket.take(api.host.signal);
    const token = await api.tokens.token();
    const reply = await send(api, call, token);
    const rate = rateOf(reply.headers['x-amzn-ratelimit-limit']);
    if (rate !== null) {
      api.rates.set(call.operation, rate * USED_SHARE);
      bucket.learn(rate * USED_SHARE);
    }
    if (reply.status >= 200 && reply.status < 300) return reply;
    if ((reply.status === 401 || reply.status === 403) && attempt === 1) {
      api.tokens.refused(token);
      continue;
    }
    const failure = classified(api, call.operation, reply);
    if (failure.kind === 'throttled') bucket.park(failure.againInMs ?? 1_000);
    throw failure;
  }
}

function send(api: Api, call: Call, token: string): Promise<HttpReply> {
  return api.host.http.send({
    method: call.method,
    url: `${api.base}${call.path}`,
    query: joined(call.query ?? {}),
    headers: {
      'x-amz-access-token': token,
      'x-amz-date': basicFormat(api.host.clock.now()),
      'user-agent': USER_AGENT,
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(call.body === undefined ? {} : { body: call.body }),
  });
}

/** Amazon sends no `Retry-After` with 429: one place in the bucket must come free first, so the wait is 1 ÷ rate. */
function classified(api: Api, operation: Operation, reply: HttpReply): ChannelError {
  const said = saidError(reply);
  const failure = failureOf(
    reply,
    { operation, bodyCode: said.code, text: said.text, requestId: reply.headers['x-amzn-requestid'] },
    FAILURES,
  );
  if (failure.kind !== 'throttled' || failure.againInMs !== null) return failure;
  return new ChannelError(failure.message, {
    code: failure.code,
    kind: 'throttled',
    owner: failure.owner,
    advice: failure.advice,
    againInMs: Math.ceil(1_000 / (api.rates.get(operation) ?? USAGE_PLANS[operation].perSecond)),
    requestId: failure.requestId,
  });
}

function joined(query: Query): Record<string, string | number | undefined> {
  const flat: Record<string, string | number | undefined> = {};
  for (const [name, value] of Object.entries(query)) {
    flat[name] = typeof value === 'object' ? value.join(',') : value;
  }
  return flat;
}

/** `20261123T081500Z`, the form of `x-amz-date`. */
function basicFormat(now: Instant): string {
  return `${now.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
