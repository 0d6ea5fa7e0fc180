import { failureOf, jsonOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { FAILURES } from './failures.js';
import type { WooSettings } from './settings.js';
import { signerOf } from './signing.js';

/** A call of the REST API. */
export interface WooCall {
  /** For messages. */
  readonly operation: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Namespace and route: `wc/v3/orders/12`. */
  readonly route: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: JsonObject;
}

/** One page of a list. */
export interface WooPage {
  readonly rows: readonly JsonObject[];
  /** How many there are in all, as the shop counts them. */
  readonly total: number;
}

/** The REST API of one shop. Every failure is a ChannelError. */
export interface WooClient {
  object(call: WooCall): Promise<JsonObject>;
  /** A list without pages. */
  list(call: WooCall): Promise<readonly JsonObject[]>;
  /** A page of a list; a list without its size is unreadable, never "all". */
  page(call: WooCall): Promise<WooPage>;
}

/** One slow PHP request per call; more at once only wait there. Ours. */
const PACE = { perSecond: 20, burst: 40 };
const DEADLINE_MS = 60_000;
const ANSWER_BYTES = 64 * 1024 * 1024;

/** Opens the REST API of one shop. No call is made; redirects are never followed. */
export function wooClient(settings: WooSettings, host: Host): WooClient {
  const pace = host.bucket('rest', PACE);
  const sign = signerOf(settings, host.clock);
  const site = settings.address.replace(/\/+$/, '');

  async function send(call: WooCall): Promise<{ readonly value: JsonValue; readonly reply: HttpReply }> {
    await pace.take(host.signal);
    const method = call.method ?? 'GET';
    const plain = settings.plainPermalinks === true;
    const url = plain ? `${site}/` : `${site}/wp-json/${call.route}`;
    const query: Record<string, string> = plain ? { rest_route: `/${call.route}` } : {};
    for (const [name, value] of Object.entries(call.query ?? {})) query[name] = String(value);
    const signature = sign({ method, url, query });
    const reply = await host.http.send({
      method,
      url,
      query: { ...query, ...signature.query },
      headers: { accept: 'application/json', ...signature.headers },
      ...(call.body === undefined ? {} : { body: call.body }),
      deadlineMs: DEADLINE_MS,
      maxBytes: ANSWER_BYTES,
    });
    if (reply.status === 429) pace.slow();
    if (reply.status < 200 || reply.status > 299) throw refusalOf(reply, call);
    return { value: jsonOf(reply, call.operation), reply };
  }

  return {
    async object(call) {
      const { value } = await send(call);
      if (isJsonObject(value)) return value;
      throw unreadable(call, 'is no object');
    },
    async list(call) {
      const { value } = await send(call);
      return rowsOf(value, call);
    },
    async page(call) {
      const { value, reply } = await send(call);
      const total = reply.headers['x-wp-total'];
      if (total === undefined || !/^\d+$/.test(total)) throw unreadable(call, 'does not tell its size');
      return { rows: rowsOf(value, call), total: Number(total) };
    },
  };
}

function rowsOf(value: JsonValue, call: WooCall): readonly JsonObject[] {
  if (isJsonArray(value) && value.every(isJsonObject)) return value as readonly JsonObject[];
  throw unreadable(call, 'is no list');
}

function refusalOf(reply: HttpReply, call: WooCall): ChannelError {
  let said: JsonObject = {};
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    if (isJsonObject(body)) said = body;
  } catch {
    // A page of a proxy, a firewall or PHP itself: the status alone decides.
  }
  const bodyCode = typeof said.code === 'string' ? said.code : undefined;
  const text = typeof said.message === 'string' ? said.message.replace(/<[^>]*>/g, '') : undefined;
  return failureOf(reply, { operation: call.operation, bodyCode, text }, FAILURES);
}

function unreadable(call: WooCall, why: string): ChannelError {
  return new ChannelError(`${call.operation}: the answer ${why}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'operator',
    advice:
      'Something on the site changes the answers (notices of PHP, a cache, a maintenance page). Switch `WP_DEBUG_DISPLAY` off and let no cache touch `/wp-json/`.',
  });
}
