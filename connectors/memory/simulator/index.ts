import type {
  RunningSimulator,
  SimulatedOrder,
  SimulatedShipment,
  SimulatorModule,
} from '../../../src/channel/simulator.js';
import {
  type SimulatorReply,
  type SimulatorRequest,
  type SimulatorRoutes,
  serveSimulator,
} from '../../../src/channel/simulator-server.js';
import { OperatorError } from '../../../src/domain/errors.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { readDecimal } from '../../../src/domain/money.js';
import { answer, settleStore } from '../store/answer.js';
import { createStore, type MemoryStore } from '../store/memory-store.js';
import { buy, cancelOrder } from '../store/store-orders.js';
import { storeCommands, storeState } from './commands.js';

const TOKEN = 'memory-simulator-token';
const CURRENCY = 'USD';

/** Serves a memory store over HTTP, so that it outlives the process that fills it. */
export const simulator: SimulatorModule = {
  async start({ port, processingMs }) {
    const store = createStore(processingMs);
    const server = await serveSimulator(routesOf(store), port);
    return running(store, server);
  },
};

function running(store: MemoryStore, server: Awaited<ReturnType<typeof serveSimulator>>): RunningSimulator {
  return {
    url: server.url,
    settings: { endpoint: server.url, token: TOKEN },
    market: { country: 'US', language: 'en', currency: CURRENCY, zone: 'America/Chicago' },
    faults: server.faults,
    calls: server.calls,
    held() {
      settleStore(store);
      return new Map([...store.listings].map(([sku, held]) => [sku, held.attributes]));
    },
    tamper: (sku, attributes) => tamper(store, sku, attributes),
    refuse: (sku, code) => void store.refusals.set(sku, code),
    places() {
      settleStore(store);
      return new Map(store.places);
    },
    placeOrder: (order) => placeOrder(store, order),
    cancelOrder: (id) => void cancelOrder(store, id),
    shipments: () => parcels(store),
    stop: () => server.stop(),
  };
}

function routesOf(store: MemoryStore): SimulatorRoutes {
  return {
    answer: (request) => route(store, request),
    throttled: (delayMs) => ({
      status: 429,
      headers: { 'retry-after': String(delayMs / 1_000) },
      body: { code: 'slow_down' },
    }),
    tokenPath: '/no-token-endpoint',
    state: () => storeState(store),
    commands: storeCommands(store, {
      order: (order) => placeOrder(store, order),
      tamper: (sku, attributes) => tamper(store, sku, attributes),
    }),
  };
}

function route(store: MemoryStore, request: SimulatorRequest): SimulatorReply {
  if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    return { status: 401, body: { code: 'wrong_token' } };
  }
  const body: unknown = request.body.length > 0 ? JSON.parse(request.body.toString('utf8')) : {};
  if (!isJsonObject(body)) return { status: 400, body: { code: 'no_object' } };
  const { method, path } = request;
  return answer(store, { method, path, query: Object.fromEntries(request.query), body });
}

function tamper(store: MemoryStore, sku: string, attributes: JsonObject | null): void {
  settleStore(store);
  const known = store.listings.get(sku);
  if (attributes === null) store.listings.delete(sku);
  else
    store.listings.set(sku, {
      sku,
      attributes,
      version: known?.version ?? 0,
      foreign: known?.foreign ?? true,
    });
}

function placeOrder(store: MemoryStore, order: SimulatedOrder): string {
  const { lines, ...rest } = order;
  return buy(store, { ...rest, currency: CURRENCY, lines: lines.map(lineOf) });
}

function lineOf(line: SimulatedOrder['lines'][number]): {
  sku: string;
  quantity: number;
  unitMinor: number;
} {
  const price = readDecimal(line.unitPrice.replace(/ [A-Z]{3}$/, ''), CURRENCY);
  if (price === null)
    throw new OperatorError('bad_price', `"${line.unitPrice}" is no price`, 'Write it as 34.00');
  return { sku: line.sku, quantity: line.quantity, unitMinor: price.minor };
}

function parcels(store: MemoryStore): readonly SimulatedShipment[] {
  return [...store.orders.values()].flatMap((order) =>
    [...order.parcels.values()].map((parcel) => ({
      orderId: order.id,
      reference: parcel.reference,
      carrier: parcel.carrier,
      trackingNumber: parcel.trackingNumber,
      lines: parcel.lines.map((line) => ({
        sku: order.lines.find((ordered) => ordered.id === line.lineId)?.sku ?? '',
        quantity: line.quantity,
      })),
    })),
  );
}
