import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkoutDoor } from '../../src/api/checkout-door.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { type App, knownConnectors, openApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load-config.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { fillCatalog } from '../support/catalog.js';
import { silentLog } from '../support/silent-log.js';

const product = (id: string, variantId: string | null, onHand: number | null): SourceProduct => ({
  product: { id, title: id, status: 'active' },
  variants: [
    {
      sku: id,
      content: variantId === null ? {} : { attributes: { variant_id: variantId } },
      offer: { price: { minor: 1_999, currency: 'USD' } },
      ...(onHand === null ? {} : { stock: [{ location: 'default', onHand }] }),
    },
  ],
});

describe('the checkout address', () => {
  let folder: string;
  let app: App;
  let server: HttpServer;
  const logged: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'checkout-'));
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(
      file,
      'database: ":memory:"\ncheckout: { cart: shopify, address: https://shop.example, fallback: https://shop.example/all }\n',
    );
    const log = {
      ...silentLog,
      info: (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`),
    };
    app = await openApp(file, { environment: {}, log });
    await fillCatalog(
      app.database,
      [
        product('TEE-001-BLU-M', 'gid://shopify/ProductVariant/8812', 5),
        product('MUG-7', '9001', null),
        product('GONE', '7', 0),
        product('BARE', null, 5),
      ],
      app.clock,
    );
    if (app.config.checkout === null) throw new Error('checkout is not configured');
    server = await serveHttp([checkoutDoor(app, app.config.checkout)], { host: '127.0.0.1', port: 0, log });
  });
  afterAll(async () => {
    await server.close();
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const visit = (query: string): Promise<Response> =>
    fetch(`${server.url}/meta/checkout${query}`, { redirect: 'manual' });

  it('sends the buyer to the shop’s cart with all marks kept', async () => {
    const reply = await visit(
      '?products=TEE-001-BLU-M%3A2%2CMUG-7%3A1&coupon=BF26&cart_origin=instagram&fbclid=AbC',
    );
    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toBe(
      'https://shop.example/cart/8812:2,9001:1?discount=BF26&cart_origin=instagram&fbclid=AbC',
    );
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('leaves out what is unknown, sold out or has no id in the shop, and tells the shop which', async () => {
    const reply = await visit('?products=MUG-7:1,NEVER:1,GONE:1,BARE:1&fbclid=AbC&unavailable=forged');
    const link = new URL(reply.headers.get('location') ?? '');
    expect(link.pathname).toBe('/cart/9001:1');
    expect(link.searchParams.getAll('unavailable')).toEqual(['NEVER,GONE,BARE']);
    expect(link.searchParams.get('fbclid')).toBe('AbC');
  });

  it('sends the buyer to the shop when nothing of the cart can be had', async () => {
    const reply = await visit('?products=NEVER:1&utm_source=IGShopping');
    expect(reply.headers.get('location')).toBe(
      'https://shop.example/all?utm_source=IGShopping&unavailable=NEVER',
    );
  });

  it.each([
    ['', 'products_missing'],
    ['?products=A%2CB%3A2', 'products_malformed'],
    [`?products=A:1&x=${'y'.repeat(8_001)}`, 'link_too_long'],
  ])('refuses %s with words for people', async (query, code) => {
    const reply = await visit(query);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code, advice: expect.stringContaining('shop') as string });
  });

  it('logs no query and serves nothing else', async () => {
    await visit('?products=NEVER:1&fbclid=SECRETCLICK');
    expect(logged.join('\n')).not.toContain('SECRETCLICK');
    expect((await fetch(`${server.url}/`)).status).toBe(404);
    expect((await fetch(`${server.url}/meta/checkout?products=A:1`, { method: 'POST' })).status).toBe(404);
  });

  it('takes 600 calls a minute from one place and no more', async () => {
    const own = await serveHttp([checkoutDoor(app, app.config.checkout ?? failed())], {
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
    });
    const statuses = [];
    for (let n = 0; n < 601; n++)
      statuses.push((await fetch(`${own.url}/meta/checkout`, { redirect: 'manual' })).status);
    await own.close();
    expect(statuses.filter((status) => status === 400)).toHaveLength(600);
    expect(statuses.at(-1)).toBe(429);
  });

  it('says in one line when its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serveHttp([], { host: '127.0.0.1', port, log: silentLog })).rejects.toMatchObject({
      code: 'http_not_opened',
      owner: 'operator',
    });
  });
});

function failed(): never {
  throw new Error('checkout is not configured');
}

describe('the setting of the checkout address', () => {
  async function settingOf(yaml: string) {
    const folder = await mkdtemp(path.join(tmpdir(), 'checkout-'));
    try {
      const file = path.join(folder, 'omnifeed.yaml');
      await writeFile(file, yaml);
      return (await loadConfig(file, knownConnectors(), {})).checkout;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  it('is null when nothing is said, so that no server is opened', async () => {
    expect(await settingOf('log: { level: silent }')).toBeNull();
  });

  it('fills in what is usual', async () => {
    const template = 'https://shop.example/cart?add={items}&code={coupon}';
    expect(await settingOf(`checkout: { cart: template, address: "${template}" }`)).toEqual({
      cart: { kind: 'template', address: template, item: '{id}:{quantity}', separator: ',' },
      cartId: 'sku',
      fallback: 'https://shop.example',
    });
    expect(await settingOf('checkout: { cart: woocommerce, address: https://shop.example }')).toMatchObject({
      cartId: 'variant_id',
    });
  });

  it.each([
    [
      'a template without products',
      'checkout: { cart: template, address: https://shop.example/cart }',
      /no place for the products/,
    ],
    ['a kind of cart nobody knows', 'checkout: { cart: magento, address: https://shop.example }', /template/],
    [
      'credentials in the address',
      'checkout: { cart: shopify, address: "https://a:b@shop.example" }',
      /form/,
    ],
  ])('refuses %s', async (_, yaml, message) => {
    await expect(settingOf(yaml)).rejects.toThrow(message);
  });
});
