import { createHash } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepSearchWords } from '../../src/catalog/keep-search-words.js';
import { tidyShelf } from '../../src/inspect/image-shelf.js';
import { jpeg, png } from '../inspect/pictures.js';
import { type ShopServer, shopServer } from '../inspect/shop-server.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

let shop: ShopServer;
let house: ServedHouse;
let viewer: Visitor;

/** Pictures of the lamp, in this order. */
const PATHS = [
  '/lamp.png',
  '/script.svg',
  '/huge.png',
  '/page',
  '/away',
  '/inside',
  '/door',
  '/other-port',
] as const;

beforeAll(async () => {
  shop = await shopServer();
  const ports = [Number(new URL(shop.at('/')).port)];
  house = await serveHouse('', { images: { find: shop.find, ports } });
  viewer = await house.visitor('viewer');
  const [shirt, lamp] = smallCatalog();
  if (!shirt || !lamp) throw new Error('the small catalog has a shirt and a lamp');
  const own = PATHS.map((at) => shop.at(at));
  const images = [
    ...own.slice(0, 7),
    'http://shop.example:6379/x',
    'file:///etc/passwd',
    'http://a:b@shop.example/x',
  ];
  await fillCatalog(
    house.app.database,
    [
      shirt,
      {
        ...lamp,
        product: { ...lamp.product, images },
      },
    ],
    house.clock,
  );
  await keepSearchWords(house.app.database);
  shop.answer('/lamp.png', (request, response) => {
    expect([request.headers.cookie, request.headers.authorization]).toEqual([undefined, undefined]);
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' }).end(png(10, 10));
  });
  shop.answer('/script.svg', (_request, response) => {
    response
      .writeHead(200, { 'content-type': 'image/svg+xml' })
      .end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  });
  shop.answer('/huge.png', (_request, response) => {
    response.writeHead(200).end(Buffer.concat([png(9, 9), Buffer.alloc(4 * 1024 * 1024)]));
  });
  shop.answer('/page', (_request, response) =>
    response.writeHead(200, { 'content-type': 'image/png' }).end('<html>'),
  );
  shop.answer('/away', (_request, response) => response.writeHead(302, { location: '/beyond.png' }).end());
  shop.answer('/beyond.png', (_request, response) =>
    response.writeHead(200, { 'content-type': 'image/png' }).end(png(10, 10)),
  );
  shop.answer('/inside', (_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${ports[0]}/lamp.png` }).end(),
  );
  shop.answer('/door', (_request, response) =>
    response.writeHead(302, { location: 'http://shop.example:6379/lamp.png' }).end(),
  );
});
afterAll(async () => {
  await house.close();
  await shop.stop();
});

const show = (place: number, id = 'product%3Alamp') =>
  fetch(`${house.url}/api/v1/images/${id}?place=${place}`, { headers: viewer.headers });

it('shows a picture by its bytes, for a day, sandboxed, and asks the merchant’s host once', async () => {
  const { items } = (await viewer.call('GET', '/products?q=00012345')).body;
  expect(items[0].image).toMatch(/^\/api\/v1\/images\/product%3A[^/]+\?v=[0-9a-f]{12}$/);
  const first = await fetch(`${house.url}${items[0].image}`, { headers: viewer.headers });
  expect(first.status).toBe(200);
  expect(Buffer.from(await first.arrayBuffer())).toEqual(png(10, 10));
  expect(first.headers.get('content-type')).toBe('image/png');
  expect(first.headers.get('cache-control')).toBe('private, max-age=86400');
  expect(first.headers.get('content-security-policy')).toContain('sandbox');
  expect(first.headers.get('x-content-type-options')).toBe('nosniff');
  expect(first.headers.get('set-cookie')).toBeNull();
  expect((await Promise.all([show(0), show(0)])).map(({ status }) => status)).toEqual([200, 200]);
  expect(shop.asked.filter((asked) => asked.path === '/lamp.png')).toHaveLength(1);
});

it('follows a redirect to a public host, and to no private one and no other port', async () => {
  expect((await show(4)).status).toBe(200);
  expect((await show(5)).status).toBe(204);
  expect((await show(6)).status).toBe(204);
});

it('shows nothing that runs, is too large, is no picture, or lies elsewhere than at http on its own port', async () => {
  const statuses: number[] = [];
  for (const place of [1, 2, 3, 7, 8, 9, 10]) statuses.push((await show(place)).status);
  expect(statuses).toEqual([204, 204, 204, 204, 204, 204, 404]);
  const before = shop.asked.length;
  await show(1);
  expect(shop.asked.length).toBe(before); // what failed is left alone for a while
});

it('knows only pictures of the catalog, and shows them to whoever may see it', async () => {
  const away = encodeURIComponent(shop.at('/lamp.png'));
  for (const id of [away, 'variant%3Anone', 'product%3Anone', 'file%3A%2Fetc', '..%2F..%2Fetc'])
    expect([id, (await show(0, id)).status]).toEqual([id, 404]);
  expect((await fetch(`${house.url}/api/v1/images/variant%3A00012345`)).status).toBe(401);
});

it('keeps the pictures shown last when there are too many', async () => {
  const folder = path.join(house.folder, 'omnifeed-data/images');
  const old = path.join(folder, createHash('sha256').update('old').digest('hex'));
  await show(0);
  await writeFile(old, jpeg(4, 4));
  await utimes(old, new Date(0), new Date(0));
  const before = await readdir(folder);
  await tidyShelf(folder, { files: before.length - 1, bytes: 1_000_000 });
  expect(await readdir(folder)).toEqual(before.filter((name) => !old.endsWith(name)));
});
