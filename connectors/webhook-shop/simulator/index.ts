import { createHmac } from 'node:crypto';
import type { RunningSimulator, SimulatorModule, SimulatorOptions } from '../../../src/channel/simulator.js';
import {
  type SimulatorReply,
  type SimulatorRequest,
  serveSimulator,
} from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';

/** An order as the simulated shop keeps it: what was posted, and what it tells of it. */
export interface HeldOrder {
  readonly posted: JsonObject;
  answer: JsonObject;
}

/** Doors for tests. */
export interface ShopSwitches {
  /** A shop that makes a second order of a repeated post, as careless ones do. */
  forgetful: boolean;
  /** The search shows every order, whatever it is asked for. */
  ignoresKey: boolean;
  /** Cancellations are refused, with this sentence. */
  refusesCancel: string | null;
}

/** A simulated shop and what it holds, in the test's hand. */
export interface RunningShop extends RunningSimulator {
  readonly orders: HeldOrder[];
  readonly cancellations: JsonObject[];
  /** Refunds that were posted, by key. */
  readonly refunds: Map<string, JsonObject>;
  readonly switches: ShopSwitches;
}

const SECRET = 'a-secret-both-sides-know-of';
/** A call signed longer ago than this is taken for a repeated one. */
const OLDEST_SECONDS = 300;

/** Starts an empty shop, written as a merchant would from the README. */
export async function startWebhookShop({ port }: SimulatorOptions): Promise<RunningShop> {
  const orders: HeldOrder[] = [];
  const cancellations: JsonObject[] = [];
  const refunds = new Map<string, JsonObject>();
  const switches: ShopSwitches = { forgetful: false, ignoresKey: false, refusesCancel: null };
  const world = { orders, cancellations, refunds, switches };
  const server = await serveSimulator(
    {
      answer: (request) => refusal(request) ?? answered(world, request),
      throttled: (delayMs) => ({
        status: 429,
        headers: { 'retry-after': String(delayMs / 1_000) },
        body: { message: 'slow down' },
      }),
      tokenPath: '/none',
      state: () => ({ orders: orders.map(({ answer }) => answer) }),
      commands: {
        ship: (body) => {
          const order = orders.find(({ answer }) => answer.id === body.order);
          if (!order) throw new Error(`there is no order ${String(body.order)}`);
          order.answer = { ...order.answer, shipments: [parcelOf(order, body)] };
          return true;
        },
      },
    },
    port,
  );
  return {
    ...world,
    url: server.url,
    settings: {
      address: `${server.url}/orders`,
      cancelAddress: `${server.url}/cancel`,
      refundAddress: `${server.url}/refund`,
      secret: SECRET,
    },
    market: { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' },
    faults: server.faults,
    calls: server.calls,
    // A shop shows no listings of ours.
    held: () => new Map(),
    tamper: () => undefined,
    refuse: () => undefined,
    stop: () => server.stop(),
  };
}

function parcelOf({ posted }: HeldOrder, { carrier, number }: JsonObject): JsonObject {
  const lines = Array.isArray(posted.lines) ? (posted.lines as readonly JsonObject[]) : [];
  return {
    id: 'p1',
    carrier: typeof carrier === 'string' ? carrier : 'UPS',
    trackingNumber: typeof number === 'string' ? number : '1Z1',
    shippedAt: new Date().toISOString(),
    lines: lines.map(({ line, sku, quantity }) => ({ line, sku, quantity })),
  };
}

function refusal({ method, path, query, headers, body }: SimulatorRequest): SimulatorReply | null {
  const time = String(headers['omnifeed-timestamp'] ?? '');
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  const text = `${time}\n${method}\n${path}${search}\n${body.toString('utf8')}`;
  const right = `sha256=${createHmac('sha256', SECRET).update(text).digest('hex')}`;
  const age = Math.abs(Date.now() / 1_000 - Number(time));
  if (headers['omnifeed-signature'] === right && age < OLDEST_SECONDS) return null;
  return { status: 401, body: { message: 'signature does not match' } };
}

type World = Pick<RunningShop, 'orders' | 'cancellations' | 'refunds' | 'switches'>;

function answered(world: World, { method, path, query, headers, body }: SimulatorRequest): SimulatorReply {
  const { orders, switches } = world;
  const shown = (found: readonly HeldOrder[]): SimulatorReply => ({
    status: 200,
    body: { orders: found.map(({ answer }) => answer) },
  });
  if (method === 'GET' && path === '/orders') {
    const key = query.get('key');
    const ids = JSON.parse(query.get('ids') ?? '[]') as readonly string[];
    if (switches.ignoresKey) return shown(orders);
    return shown(
      orders.filter(({ answer }) => (key === null ? ids.includes(String(answer.id)) : answer.key === key)),
    );
  }
  const posted: unknown = body.length > 0 ? JSON.parse(body.toString('utf8')) : null;
  if (method !== 'POST' || !isJsonObject(posted)) return { status: 404, body: { message: 'not found' } };
  if (path === '/orders') return place(world, posted, String(headers['idempotency-key'] ?? ''));
  if (path === '/refund') return bookRefund(world, posted, String(headers['idempotency-key'] ?? ''));
  if (path !== '/cancel') return { status: 404, body: { message: 'not found' } };
  world.cancellations.push(posted);
  const refused: JsonValue = switches.refusesCancel === null ? [] : [{ message: switches.refusesCancel }];
  return { status: 200, body: { issues: refused } };
}

/** The same key again is the refund that is there; what is not in the order is refused. */
function bookRefund({ orders, refunds }: World, posted: JsonObject, idempotencyKey: string): SimulatorReply {
  const { id, key, at, amount, currency } = posted;
  const order = orders.find(({ answer }) => answer.id === id);
  if (typeof key !== 'string' || key === '' || key !== idempotencyKey)
    return { status: 400, body: { message: 'the key is missing' } };
  if (!order) return { status: 200, body: { issues: [{ message: `we have no order ${String(id)}` }] } };
  if (!refunds.has(key)) {
    refunds.set(key, posted);
    const told = { id: `r${refunds.size}`, key, at, amount, lines: posted.lines };
    const before = Array.isArray(order.answer.refunds) ? (order.answer.refunds as JsonValue[]) : [];
    order.answer = { ...order.answer, currency, refunds: [...before, told] };
  }
  return { status: 200, body: { refund: `r${[...refunds.keys()].indexOf(key) + 1}` } };
}

function place({ orders, switches }: World, posted: JsonObject, idempotencyKey: string): SimulatorReply {
  const lines = Array.isArray(posted.lines) ? (posted.lines as readonly JsonObject[]) : [];
  if (posted.key !== idempotencyKey || typeof posted.key !== 'string')
    return { status: 400, body: { message: 'the key is missing' } };
  if (lines.length === 0 || lines.some(({ sku }) => sku === 'NOWHERE'))
    return { status: 422, body: { message: 'we do not sell NOWHERE' } };
  const held = switches.forgetful ? undefined : orders.find(({ answer }) => answer.key === posted.key);
  if (held) return { status: 200, body: held.answer };
  const made: HeldOrder = {
    posted,
    answer: {
      id: String(1_001 + orders.length),
      key: posted.key,
      name: `W-${1_001 + orders.length}`,
      ...(posted.total === undefined
        ? {}
        : { currency: posted.currency, total: posted.total, outstanding: '0' }),
    },
  };
  orders.push(made);
  return { status: 201, body: made.answer };
}

/** A stand-in for a shop that takes orders by webhook. */
export const webhookShopSimulator: SimulatorModule = { start: startWebhookShop };
