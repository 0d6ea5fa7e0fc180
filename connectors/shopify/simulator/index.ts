import { buildSchema, type GraphQLSchema } from 'graphql';
import type { RunningSimulator, SimulatorModule, SimulatorOptions } from '../../../src/channel/simulator.js';
import {
  type SimulatorReply,
  type SimulatorRequest,
  type SimulatorServer,
  serveSimulator,
} from '../../../src/channel/simulator-server.js';
import { ADMIN_SDL } from './admin-schema.generated.js';
import { bulkRuns } from './bulk-runs.js';
import { costBucket } from './cost.js';
import { answerGraphql, operationName } from './graphql-door.js';
import { orderBook } from './order-book.js';
import { settingsFor, TOKEN_PATH, tokenDoor } from './shop-account.js';
import { commandsOf, stateOf } from './shop-commands.js';
import { shopMutations } from './shop-mutations.js';
import { shopQueries } from './shop-queries.js';
import { addProduct, shopState } from './shop-state.js';
import type { ShopWorld } from './shop-world.js';

/** A simulated shop and what it holds, in the test's hand. */
export interface RunningShop extends RunningSimulator {
  readonly world: ShopWorld;
}

let built: GraphQLSchema | null = null;

/** The same for every shop of a process: it takes a while to build and never changes. */
function adminSchema(): GraphQLSchema {
  built ??= buildSchema(ADMIN_SDL);
  return built;
}

/** Starts an empty shop. The Admin API is executed by graphql-js on the published schema, as far as the connector reaches it. */
export async function startShop({ port, processingMs }: SimulatorOptions): Promise<RunningShop> {
  const schema = adminSchema();
  const shop = shopState();
  const book = orderBook(shop);
  const bucket = costBucket(shop.nowMs);
  let server: SimulatorServer | null = null;
  const bulk = bulkRuns({
    shop,
    schema,
    root: () => root,
    processingMs,
    address: () => server?.url ?? '',
  });
  const door = tokenDoor(shop.nowMs, () => [...shop.scopes].join(','));
  const world: ShopWorld = { shop, book, bulk, door, bucket, keys: new Map() };
  const root: object = { ...shopQueries(world), ...shopMutations(world) };
  const answer = (request: SimulatorRequest): SimulatorReply => {
    if (request.path === TOKEN_PATH) return door.exchange(request);
    if (request.path.startsWith('/bulk-results/')) return fileReply(world, request);
    const refused = door.refusal(request);
    return refused ?? answerGraphql({ world, schema, bucket, root: () => root }, request) ?? notFound();
  };
  server = await serveSimulator(
    {
      answer,
      nameOf: operationName,
      throttled: (delayMs) => ({
        status: 429,
        headers: { 'retry-after': String(delayMs / 1_000) },
        body: { errors: 'Exceeded API rate limit' },
      }),
      tokenPath: TOKEN_PATH,
      state: () => stateOf(world),
      commands: commandsOf(world),
    },
    port,
  );
  const running = server;
  return {
    world,
    url: running.url,
    settings: settingsFor(running.url),
    market: { country: 'US', language: 'en', currency: shop.currency, zone: 'America/New_York' },
    faults: running.faults,
    calls: running.calls,
    // A shop shows no listings of ours.
    held: () => new Map(),
    tamper: () => undefined,
    refuse: () => undefined,
    stop: () => running.stop(),
  };
}

/** A stand-in for one Shopify shop and its Admin API, with a few products for people who run it alone. */
export const shopifySimulator: SimulatorModule = {
  async start(options) {
    const running = await startShop(options);
    for (const [title, price] of [
      ['Shirt', '11.65'],
      ['Mug', '7.20'],
    ] as const)
      addProduct(running.world.shop, {
        title,
        productType: 'Demo',
        images: [`https://cdn.example.com/${title.toLowerCase()}.jpg`],
        variants: [{ sku: `${title.toUpperCase()}-1`, price, stock: 20 }],
      });
    return running;
  },
};

/** A file of a bulk operation: no token, parts by range. */
function fileReply({ bulk }: ShopWorld, { path, headers }: SimulatorRequest): SimulatorReply {
  const file = bulk.file(path);
  if (file === null) return { status: 403, body: '<Error><Code>ExpiredToken</Code></Error>' };
  if (headers['x-shopify-access-token'] !== undefined)
    return { status: 400, body: 'a token was sent to a file' };
  const range = /^bytes=(\d+)-(\d+)$/.exec(String(headers.range ?? ''));
  if (!range) return { status: 200, body: file };
  const from = Number(range[1]);
  const to = Math.min(Number(range[2]), file.length - 1);
  if (from >= file.length) return { status: 416, headers: { 'content-range': `bytes */${file.length}` } };
  return {
    status: 206,
    headers: { 'content-range': `bytes ${from}-${to}/${file.length}` },
    body: file.subarray(from, to + 1),
  };
}

function notFound(): SimulatorReply {
  return { status: 404, body: { errors: 'Not Found' } };
}
