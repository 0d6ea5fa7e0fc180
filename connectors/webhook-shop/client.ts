import { type FailureRow, failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { epochMs } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { WebhookShopSettings } from './settings.js';
import { SIGNATURE_HEADER, signatureOf, TIME_HEADER } from './signature.js';

/** A call of the shop. */
export interface ShopCall {
  /** For messages. */
  readonly operation: string;
  /** Default: the address for orders. */
  readonly address?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Posted; without it the call asks. */
  readonly body?: JsonObject;
  /** The same again is the same thing. */
  readonly idempotencyKey?: string;
}

/** Calls the shop, signed; the object it answers. Throws ChannelError. */
export type ShopClient = (call: ShopCall) => Promise<JsonObject>;

const PACE = { perSecond: 10, burst: 20 };
const ANSWER_BYTES = 8 * 1024 * 1024;

const OPERATOR = { owner: 'operator' } as const;
/** What the shop's answers mean; what is not here (5xx, a cut connection) may have been carried out. */
const FAILURES: readonly FailureRow[] = [
  ...([401, 403] as const).map((status) => ({
    status,
    ...OPERATOR,
    kind: 'auth-lost' as const,
    code: 'signature_refused',
    advice: 'The shop does not accept our signature: the secrets differ, or one of the clocks is wrong.',
  })),
  {
    status: 409,
    ...OPERATOR,
    kind: 'ambiguous',
    code: 'order_key_taken',
    advice: 'The shop has an order under this key; it is asked for it. Nothing to do.',
  },
  ...([400, 410, 422] as const).map((status) => ({
    status,
    ...OPERATOR,
    kind: 'refused' as const,
    code: 'order_refused',
    advice: 'Correct what the shop names; the call is repeated by itself.',
  })),
  ...([301, 302, 303, 307, 308, 404, 405] as const).map((status) => ({
    status,
    ...OPERATOR,
    kind: 'not-sent' as const,
    code: 'address_wrong',
    advice: 'Nothing takes orders at the address in the settings. Redirects are not followed.',
  })),
];

/** The client of one shop. */
export function shopClient(settings: WebhookShopSettings, host: Host): ShopClient {
  const pace = host.bucket('orders', PACE);
  return async ({ operation, address, query = {}, body, idempotencyKey }) => {
    await pace.take(host.signal);
    const url = new URL(address ?? settings.address);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const method = body === undefined ? 'GET' : 'POST';
    const text = body === undefined ? '' : JSON.stringify(body);
    const timestamp = String(Math.floor(epochMs(host.clock.now()) / 1_000));
    const target = `${url.pathname}${url.search}`;
    const reply = await host.http.send({
      method,
      url: url.href,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        [TIME_HEADER]: timestamp,
        [SIGNATURE_HEADER]: signatureOf({ method, target, timestamp, body: text }, settings.secret),
      },
      ...(body === undefined ? {} : { body: text }),
      maxBytes: ANSWER_BYTES,
    });
    if (reply.status === 200 || reply.status === 201) return jsonObjectOf(reply, operation);
    if (reply.status === 429) pace.slow();
    throw failureOf(reply, { operation, text: saidIn(reply) }, FAILURES);
  };
}

/** The shop's own sentence, `{ "message": "…" }`. */
function saidIn(reply: HttpReply): string | undefined {
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    const message = (body as { message?: unknown } | null)?.message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    // A page of a proxy: the status alone decides.
    return undefined;
  }
}
