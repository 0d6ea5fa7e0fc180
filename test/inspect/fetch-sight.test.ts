import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FetchedSight, fetchSight } from '../../src/inspect/fetch-sight.js';
import { hostFinder } from '../../src/inspect/public-host.js';
import { bytes, type ShopServer, shopServer } from './shop-server.js';

describe('fetching something of a listing', () => {
  let shop: ShopServer;
  const stop = new AbortController();

  beforeEach(async () => {
    shop = await shopServer();
  });
  afterEach(() => shop.stop());

  function fetched(address: string, more: { etag?: string; maxBytes?: number } = {}): Promise<FetchedSight> {
    return fetchSight(address, {
      maxBytes: more.maxBytes ?? 1_000,
      etag: more.etag ?? null,
      find: shop.find,
      signal: stop.signal,
    });
  }

  it('reads the first bytes and the size of the whole, and no more', async () => {
    const whole = 50_000_000;
    let sent = 0;
    shop.answer('/big', (_request, response) => {
      response.writeHead(200, { 'content-length': whole });
      const more = (): void => {
        for (let room = true; room && sent < whole && !response.destroyed; sent += 50_000)
          room = response.write(Buffer.alloc(50_000));
        if (sent >= whole) response.end();
      };
      response.on('drain', more);
      response.on('error', () => undefined);
      more();
    });
    const answer = await fetched(shop.at('/big'));
    expect(answer).toMatchObject({ changed: true, status: 200, bytes: 50_000_000 });
    expect('head' in answer && answer.head.length).toBe(1_000);
    expect(sent).toBeLessThan(20_000_000);
  });

  it('asks for a part, and reads the size of the whole from the answer', async () => {
    shop.answer('/part', (request, response) => {
      expect(request.headers.range).toBe('bytes=0-999');
      response
        .writeHead(206, { 'content-range': 'bytes 0-9/12345', 'content-length': 10 })
        .end(Buffer.alloc(10));
    });
    expect(await fetched(shop.at('/part'))).toMatchObject({ status: 206, bytes: 12_345 });
  });

  it('is told that nothing changed', async () => {
    shop.answer('/same', bytes('x', '"7"'));
    expect(await fetched(shop.at('/same'))).toMatchObject({ changed: true, etag: '"7"' });
    expect(await fetched(shop.at('/same'), { etag: '"7"' })).toEqual({ changed: false, redirectedTo: null });
  });

  it('follows three redirects and no more', async () => {
    const to = (location: string) => (_request: unknown, response: ServerResponse) =>
      response.writeHead(302, { location }).end();
    shop.answer('/1', to('/2'));
    shop.answer('/2', to('/3'));
    shop.answer('/3', to('/4'));
    shop.answer('/4', bytes('there'));
    shop.answer('/0', to('/1'));
    expect(await fetched(shop.at('/1'))).toMatchObject({ status: 200, redirectedTo: shop.at('/4') });
    expect(await fetched(shop.at('/4'))).toMatchObject({ status: 200, redirectedTo: null });
    expect(await fetched(shop.at('/0'))).toEqual({ changed: true, failure: 'too_many_redirects' });
  });

  it.each([
    'http://127.0.0.1/',
    'http://10.1.2.3/',
    'http://[::1]/',
    'http://localhost/',
    'http://169.254.169.254/latest/meta-data',
  ])('refuses %s, which is inside', async (address) => {
    expect(await fetched(address)).toEqual({ changed: true, failure: 'private' });
  });

  it('refuses to be sent inside', async () => {
    shop.answer('/in', (_request, response) =>
      response.writeHead(302, { location: shop.at('/secret', '127.0.0.1') }).end(),
    );
    shop.answer('/secret', bytes('secret'));
    expect(await fetched(shop.at('/in'))).toEqual({ changed: true, failure: 'private' });
    expect(shop.asked.map(({ path }) => path)).toEqual(['/in']);
  });

  it.each([
    [['10.0.0.7'], { failure: 'private' }],
    [['93.184.216.34', '127.0.0.1'], { failure: 'private' }],
    [['::ffff:192.168.1.1'], { failure: 'private' }],
    [['93.184.216.34'], { address: '93.184.216.34' }],
    [[], { failure: 'unreachable' }],
  ])('takes a name that resolves to %j as it should', async (addresses, expected) => {
    const find = hostFinder(async () => addresses.map((address) => ({ address })));
    expect(await find('cdn.example.com')).toEqual(expected);
  });

  it('goes nowhere for a name nobody knows, or one that is refused', async () => {
    const unknown = hostFinder(() => Promise.reject(new Error('ENOTFOUND')));
    expect(await unknown('cdn.example.com')).toEqual({ failure: 'unreachable' });
    const rules = { maxBytes: 10, etag: null, signal: stop.signal };
    const find = hostFinder(async () => [{ address: '127.0.0.1' }]);
    expect(await fetchSight(shop.at('/x'), { ...rules, find })).toEqual({
      changed: true,
      failure: 'private',
    });
    expect(shop.asked).toEqual([]);
  });

  it('takes a server that hangs up, and another scheme, for facts', async () => {
    shop.answer('/hang', (request) => request.socket.destroy());
    expect(await fetched(shop.at('/hang'))).toEqual({ changed: true, failure: 'unreachable' });
    expect(await fetched('ftp://shop.example/a.jpg')).toEqual({ changed: true, failure: 'unreachable' });
  });

  it('stops with the house', async () => {
    const closing = new AbortController();
    shop.answer('/slow', () => closing.abort(new Error('the house is closing')));
    const rules = { maxBytes: 10, etag: null, find: shop.find, signal: closing.signal };
    await expect(fetchSight(shop.at('/slow'), rules)).rejects.toThrow('the house is closing');
  });
});
