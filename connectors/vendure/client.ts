import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { LOGIN } from './documents.js';
import { FAILURES } from './failures.js';
import { sessionOf } from './session.js';
import type { VendureSettings } from './settings.js';

/** One document for the admin API. */
export interface VendureCall {
  /** Name of the operation, for messages. */
  readonly operation: string;
  readonly document: string;
  readonly variables?: JsonObject;
  /** True: the call places a marketplace order, which the plugin takes whatever the stock. */
  readonly placing?: boolean;
}

/** Asks the admin API; the data of the answer. Throws ChannelError for everything else, also where only a part failed. */
export type Client = (call: VendureCall) => Promise<JsonObject>;

/** What the plugin in the shop knows a marketplace order by; see `examples/vendure`. */
const PLACING_HEADER = 'omnifeed-channel-order';
/** A shop on one machine; more calls at once only queue up there. Ours. */
const PACE = { perSecond: 50, burst: 50 };

/** The client of one shop. A session that has ended is renewed once; a refusal that stays is told. */
export function vendureClient(settings: VendureSettings, host: Host): Client {
  const pace = host.bucket('admin-api', PACE);
  const send = async (
    call: VendureCall,
    credential: Readonly<Record<string, string>>,
  ): Promise<HttpReply> => {
    const { document, variables, placing } = call;
    await pace.take(host.signal);
    const reply = await host.http.send({
      method: 'POST',
      url: settings.url,
      headers: {
        ...credential,
        ...(settings.channelToken === undefined ? {} : { 'vendure-token': settings.channelToken }),
        ...(placing === true ? { [PLACING_HEADER]: '1' } : {}),
      },
      body: { query: document, variables: variables ?? {} },
    });
    if (reply.status === 429) pace.slow();
    return reply;
  };
  const session = sessionOf(settings, async () => {
    const { username = '', password = '' } = settings;
    const reply = await send({ operation: 'login', document: LOGIN, variables: { username, password } }, {});
    const failure = objectOf(dataOf(reply, 'login').login).errorCode;
    const token = reply.headers['vendure-auth-token'];
    if (failure === undefined && token !== undefined) return token;
    throw loginRefused(String(failure ?? 'no token'));
  });
  return async (call) => {
    const reply = await send(call, await session.headers());
    if (!isForbidden(reply) || !session.renew()) return dataOf(reply, call.operation);
    return dataOf(await send(call, await session.headers()), call.operation);
  };
}

/** GraphQL tells failures beside status 200; Vendure's have a code in `extensions` (3.7, tried 2026-11). */
function dataOf(reply: HttpReply, operation: string): JsonObject {
  const error = firstError(reply);
  if (reply.status !== 200 || error !== null) {
    const extensions = isJsonObject(error?.extensions) ? error.extensions : {};
    throw failureOf(
      // A failure told beside status 200 is classified by its code alone.
      reply.status === 200 ? { ...reply, status: 500 } : reply,
      { operation, bodyCode: textOf(extensions.code), text: textOf(error?.message) },
      FAILURES,
    );
  }
  const { data } = jsonObjectOf(reply, operation);
  if (isJsonObject(data)) return data;
  throw new ChannelError(`${operation} answered without data`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not from a Vendure admin API; check `url`.',
  });
}

/** Certainly nothing was done: Vendure looks at the session before anything else. */
function isForbidden(reply: HttpReply): boolean {
  return objectOf(firstError(reply)?.extensions).code === 'FORBIDDEN';
}

function loginRefused(why: string): ChannelError {
  return new ChannelError(`login was refused: ${why}`, {
    code: 'credentials_refused',
    kind: 'auth-lost',
    owner: 'operator',
    advice:
      'Check `username` and `password`, and that the shop sends tokens: `authOptions.tokenMethod` needs "bearer".',
  });
}

function firstError(reply: HttpReply): JsonObject | null {
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    const errors = isJsonObject(body) ? body.errors : undefined;
    return isJsonArray(errors) ? (errors.find(isJsonObject) ?? null) : null;
  } catch {
    // What is no JSON is classified by its status, or complained about as an unreadable answer.
    return null;
  }
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * The result of a mutation that may answer with an error as its result: such an answer is a refusal. Ask for `__typename` and
 * `... on ErrorResult { errorCode message }`.
 */
export function taken(result: JsonValue | undefined, operation: string): JsonObject {
  const found = isJsonObject(result) ? result : {};
  if (typeof found.errorCode !== 'string') return found;
  throw new ChannelError(`${operation}: ${found.errorCode}: ${String(found.message ?? '')}`, {
    code: found.errorCode.toLowerCase(),
    kind: 'refused',
    owner: 'operator',
    advice: 'Correct what the shop names, in the shop; the order is placed again by itself.',
  });
}

/** The objects of a list; a member that is no list is none. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** An object, or an empty one. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
