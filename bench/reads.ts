import { permissionsOf } from '../src/access/permissions.js';
import { apiDoor } from '../src/api/api-door.js';
import { ROUTES } from '../src/api/routes/index.js';
import { serveHttp } from '../src/api/server.js';
import { keepSearchWords } from '../src/catalog/keep-search-words.js';
import { openHouse } from './house.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';
import { publishChannel } from './publish-channel.js';

const CHANNELS = ['google-feed', 'meta-feed', 'other-feed'] as const;
const CALLS = 30;

/** Addresses of the API that pages wait for. `{sku}` and `{product}` are those of the catalog, another one each time. */
const PLACES: Readonly<Record<string, string>> = {
  overview: '/overview',
  counts: '/listings/counts',
  listings: '/listings?channel=google-feed&state=live',
  listingsOfAll: '/listings',
  listingsFound: '/listings?q=cotton',
  groups: '/listings/groups?state=excluded',
  listing: '/listings/google-feed/{sku}',
  products: '/products',
  productsFound: '/products?q=linen+sh',
  productsByState: '/products?channel=meta-feed&state=excluded',
  productsByField: '/products?field=options.color&operator=is&value=Black',
  product: '/products/{product}/variants',
  stock: '/stock',
  stockOfSku: '/stock/{sku}',
  plans: '/plans',
  plan: '/plans/google-feed',
  search: '/search?q=wool',
};

/** The pages of the console over a full catalog on three channels: 95th percentile of each address over the API, one call after another. */
export async function program(input: ProgramInput): Promise<ProgramOutcome> {
  const app = await openHouse(input, CHANNELS);
  const permissions = permissionsOf('admin');
  const caller = {
    kind: 'user',
    id: 'bench',
    name: 'Bench',
    role: 'admin',
    permissions,
    secondFactor: true,
  } as const;
  for (const channel of CHANNELS) await publishChannel(app, channel);
  const words = await timed(() => keepSearchWords(app.database));
  const door = apiDoor({ app, routes: ROUTES, identify: async () => ({ ...caller, session: 'bench' }) });
  const server = await serveHttp([door], { host: '127.0.0.1', port: 0, log: app.log });
  try {
    const samples = await app.database.all<{ sku: string; product: string }>(
      'SELECT v.sku, p.product_key AS product FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id % 977 = 5 ORDER BY v.id LIMIT 50',
    );
    const facts: Record<string, number> = { searchWordsMs: Math.round(words.ms) };
    const time = await timed(async () => {
      for (const [name, place] of Object.entries(PLACES))
        facts[name] = await p95Of(`${server.url}/api/v1`, place, samples);
    });
    return { ms: time.ms, cpuMs: time.cpuMs, items: CALLS * Object.keys(PLACES).length, bytes: 0, facts };
  } finally {
    await server.close();
    await app.close();
  }
}

async function p95Of(
  url: string,
  place: string,
  samples: readonly { readonly sku: string; readonly product: string }[],
): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const { sku = '', product = '' } = samples[call % samples.length] ?? {};
    const at = place
      .replace('{sku}', encodeURIComponent(sku))
      .replace('{product}', encodeURIComponent(product));
    const { result, ms } = await timed(async () => {
      const reply = await fetch(url + at);
      await reply.arrayBuffer();
      return reply.status;
    });
    if (result !== 200) throw new Error(`${at} answered ${result}`);
    times.push(ms);
  }
  times.sort((a, b) => a - b);
  return Math.round((times[Math.ceil(CALLS * 0.95) - 1] ?? 0) * 10) / 10;
}
