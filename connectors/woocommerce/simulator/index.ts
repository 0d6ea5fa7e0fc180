import type { RunningSimulator, SimulatorModule, SimulatorOptions } from '../../../src/channel/simulator.js';
import {
  type SimulatorReply,
  type SimulatorRequest,
  serveSimulator,
} from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { refusalAtDoor } from './door.js';
import { hookRoutes } from './hook-routes.js';
import { RestError } from './lists.js';
import { orderBook } from './order-book.js';
import { orderRoutes } from './order-routes.js';
import { productRoutes } from './product-routes.js';
import { commandsOf, stateOf } from './shop-commands.js';
import { addItem, shopState } from './shop-state.js';
import type { Route, ShopWorld } from './shop-world.js';

/** A simulated shop and what it holds, in the test's hand. */
export interface RunningShop extends RunningSimulator {
  readonly world: ShopWorld;
}

/** Starts an empty shop. */
export async function startShop({ port }: SimulatorOptions): Promise<RunningShop> {
  const shop = shopState();
  const world: ShopWorld = { shop, book: orderBook(shop) };
  const routes = [...productRoutes(world), ...orderRoutes(world), ...hookRoutes(world)];
  const refusal = refusalAtDoor(shop, new Set());
  const server = await serveSimulator(
    {
      answer: (request) => inFront(world, request) ?? refusal(request) ?? routed(world, routes, request),
      throttled: (delayMs) => ({
        status: 429,
        headers: { 'retry-after': String(delayMs / 1_000) },
        body: '<html><body>Too Many Requests</body></html>',
      }),
      tokenPath: '/none',
      state: () => stateOf(world),
      commands: commandsOf(world),
    },
    port,
  );
  shop.home = server.url;
  return {
    world,
    url: server.url,
    settings: {
      address: server.url,
      consumerKey: shop.keys.key,
      consumerSecret: shop.keys.secret,
    },
    market: { country: 'US', language: 'en', currency: shop.currency, zone: 'America/New_York' },
    faults: server.faults,
    calls: server.calls,
    // A shop shows no listings of ours.
    held: () => new Map(),
    tamper: () => undefined,
    refuse: () => undefined,
    stop: () => server.stop(),
  };
}

/** What stands before WordPress, or instead of it. */
function inFront({ shop }: ShopWorld, { path }: SimulatorRequest): SimulatorReply | null {
  const { movedTo, firewall, maintenance } = shop.switches;
  if (movedTo !== null) return { status: 301, headers: { location: `${movedTo}${path}` } };
  if (firewall) return { status: 403, body: '<html><body>Forbidden</body></html>' };
  if (maintenance)
    return { status: 200, body: '<html><body>Briefly unavailable for scheduled maintenance.</body></html>' };
  return null;
}

function routed({ shop }: ShopWorld, routes: readonly Route[], request: SimulatorRequest): SimulatorReply {
  const reply = answered(shop.switches.trackers, routes, request);
  if (!shop.switches.notice || typeof reply.body !== 'object' || Buffer.isBuffer(reply.body)) return reply;
  return { ...reply, body: `<br /><b>Notice</b>: Undefined index\n${JSON.stringify(reply.body)}` };
}

function answered(
  trackers: readonly string[],
  routes: readonly Route[],
  request: SimulatorRequest,
): SimulatorReply {
  const plain = request.query.get('rest_route');
  const path = plain ?? /^\/wp-json(\/.*)$/.exec(request.path)?.[1];
  if (path === undefined) return { status: 404, body: '<html><body>Page not found</body></html>' };
  if (path === '/') return { status: 200, body: { namespaces: ['wp/v2', 'wc/v3', ...trackers] } };
  const [name, ids] = [path.slice(1).replace(/\/\d+(?=\/|$)/g, '/#'), numbersIn(path)];
  const route = routes.find((each) => each.method === request.method && each.path === name);
  if (!route || route.there?.() === false)
    return new RestError(
      'rest_no_route',
      'No route was found matching the URL and request method.',
      404,
    ).reply();
  try {
    return route.answer({ query: request.query, body: bodyOf(request), ids });
  } catch (error) {
    if (error instanceof RestError) return error.reply();
    throw error;
  }
}

function numbersIn(path: string): readonly number[] {
  return [...path.matchAll(/\/(\d+)(?=\/|$)/g)].map((match) => Number(match[1]));
}

function bodyOf({ body }: SimulatorRequest): JsonObject {
  if (body.length === 0) return {};
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    // No JSON is refused below, like JSON that is no object.
  }
  if (isJsonObject(parsed)) return parsed;
  throw new RestError('rest_invalid_json', 'Invalid JSON body passed.', 400);
}

/** A stand-in for one WooCommerce shop and its REST API, with a few products for people who run it alone. */
export const wooSimulator: SimulatorModule = {
  async start(options) {
    const running = await startShop(options);
    const { shop } = running.world;
    addItem(shop, { name: 'Mug', sku: 'MUG-1', price: '7.20', quantity: 20, categories: ['Demo'] });
    addItem(shop, {
      name: 'Shirt',
      attributes: [{ name: 'Size', options: ['S', 'M'], variation: true }],
      images: ['https://cdn.example.com/shirt.jpg'],
      variations: ['S', 'M'].map((size) => ({
        sku: `SHIRT-${size}`,
        price: '11.65',
        quantity: 10,
        options: { Size: size },
      })),
    });
    return running;
  },
};
