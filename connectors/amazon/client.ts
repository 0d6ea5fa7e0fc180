import { failureOf, jsonOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError, InvariantError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import type { JsonValue } from '../../src/domain/json.js';
import { type AccessTokens, accessTokens } from './auth.js';
import { FAILURES, saidError } from './failures.js';
import type { Said } from './models/open-types.js';
import { ADDRESSES, type OperationTypes } from './models/operations.generated.js';
import type { Operation } from './models/used-operations.js';
import { type AmazonSettings, accountOf, regionOf } from './settings.js';
import type { Region } from './stores.js';
import { rateOf, USAGE_PLANS, USED_SHARE } from './usage-plan.js';

/** A successful answer: its JSON, and Amazon's own clock when it was given (null: the answer has no date). */
export interface Answer<Name extends Operation = Operation> {
  readonly body: Said<OperationTypes[Name]['answer']>;
  readonly at: number | null;
}

/** What a call is made of. The seller and the store are filled in from the settings; lists are joined with commas. */
export interface Asked<Name extends Operation> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: {
    readonly [Parameter in keyof OperationTypes[Name]['query']]?:
      | OperationTypes[Name]['query'][Parameter]
      | undefined;
  };
  readonly body?: OperationTypes[Name]['body'];
}

/** The operations we use, for one seller in one store. */
export interface SellingPartnerClient {
  /** One call within the operation's usage plan. Throws a ChannelError when the answer is no success. */
  call<Name extends Operation>(operation: Name, asked: Asked<Name>): Promise<Answer<Name>>;
}

/** Source: developer-docs.amazon/sp-api, "Selling Partner API endpoints"; verified 2026-11. */
const ENDPOINTS: Readonly<Record<Region, string>> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
};
/** Operations whose success has no body although its status is 200 (model feeds_2021-06-30; verified 2026-11). */
const WITHOUT_ANSWER: ReadonlySet<Operation> = new Set(['cancelFeed']);
/**
 * Operations of the application itself, without a seller. Source: developer-docs.amazon/sp-api, "Grantless operations"; verified 2026-11.
 */
const OWN_OPERATIONS: ReadonlySet<Operation> = new Set(['getDestinations', 'createDestination']);
const OWN_SCOPE = 'sellingpartnerapi::notifications';
const TOKEN_ENDPOINT = 'https://api.amazon.com/auth/o2/token';

const USER_AGENT = `Omnifeed/0.1.0 (Language=TypeScript; Platform=Node.js/${process.versions.node.split('.')[0]})`;

/** Opens the API for one seller in one store. No call is made. */
export function sellingPartnerClient(settings: AmazonSettings, host: Host): SellingPartnerClient {
  const base = settings.endpoint ?? ENDPOINTS[regionOf(settings)];
  const exchange = (form: URLSearchParams): Promise<HttpReply> =>
    host.http.send({
      method: 'POST',
      url: settings.tokenEndpoint ?? TOKEN_ENDPOINT,
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        'user-agent': USER_AGENT,
      },
      body: form.toString(),
    });
  const tokens = accessTokens(settings, host, { exchange });
  const ownTokens = accessTokens(settings, host, { exchange, scope: OWN_SCOPE });
  const api: Api = { base, host, tokens, ownTokens, rates: new Map(), settings };
  return {
    async call(operation, asked) {
      const reply = await success(api, callOf(operation, asked, settings));
      const at = Date.parse(reply.headers.date ?? '');
      const empty = reply.status === 204 || (WITHOUT_ANSWER.has(operation) && reply.body.length === 0);
      const body = empty ? {} : jsonOf(reply, operation);
      // Read as the model says; every member may be missing, so nobody is told more than was checked.
      return { body: body as Answer<typeof operation>['body'], at: Number.isNaN(at) ? null : at };
    },
  };
}

interface Call {
  readonly operation: Operation;
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly body: JsonValue | undefined;
}

function callOf<Name extends Operation>(operation: Name, asked: Asked<Name>, settings: AmazonSettings): Call {
  const address = ADDRESSES[operation];
  const values: Readonly<Record<string, string>> = { sellerId: settings.sellerId, ...asked.path };
  const path = address.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new InvariantError(`${operation} was called without ${name}`);
    return encodeURIComponent(value);
  });
  const store = address.takesStores ? { marketplaceIds: settings.marketplaceId } : {};
  return { operation, path, query: { ...store, ...joined(asked.query ?? {}) }, body: asked.body };
}

interface Api {
  readonly base: string;
  readonly host: Host;
  readonly tokens: AccessTokens;
  /** The application's own. */
  readonly ownTokens: AccessTokens;
  readonly settings: AmazonSettings;
  /** Calls per second Amazon last granted, by operation. */
  readonly rates: Map<Operation, number>;
}

/** One call within the operation's usage plan. A refused token is renewed once; a second refusal is a missing role. */
async function success(api: Api, call: Call): Promise<HttpReply> {
  const bucket = api.host.bucket(
    `amazon:${call.operation}`,
    USAGE_PLANS[call.operation],
    accountOf(api.settings),
  );
  const tokens = OWN_OPERATIONS.has(call.operation) ? api.ownTokens : api.tokens;
  for (let attempt = 1; ; attempt++) {
    await bucket.take(api.host.signal);
    const token = await tokens.token();
    const reply = await send(api, call, token);
    const rate = rateOf(reply.headers['x-amzn-ratelimit-limit']);
    if (rate !== null) {
      api.rates.set(call.operation, rate * USED_SHARE);
      bucket.learn(rate * USED_SHARE);
    }
    if (reply.status >= 200 && reply.status < 300) return reply;
    if ((reply.status === 401 || reply.status === 403) && attempt === 1) {
      tokens.refused(token);
      continue;
    }
    const failure = classified(api, call.operation, reply);
    if (failure.kind === 'throttled') {
      bucket.park(failure.againInMs ?? 1_000);
      if (rate === null) bucket.slow();
    }
    throw failure;
  }
}

function send(api: Api, call: Call, token: string): Promise<HttpReply> {
  return api.host.http.send({
    method: ADDRESSES[call.operation].method,
    url: `${api.base}${call.path}`,
    query: call.query,
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

function joined(query: object): Record<string, string | number | undefined> {
  const flat: Record<string, string | number | undefined> = {};
  for (const [name, value] of Object.entries(query) as [string, Parameter][])
    flat[name] =
      typeof value === 'object' ? value.join(',') : typeof value === 'boolean' ? String(value) : value;
  return flat;
}

type Parameter = string | number | boolean | readonly string[] | undefined;

/** `20261123T081500Z`, the form of `x-amz-date`. */
function basicFormat(now: Instant): string {
  return `${now.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
