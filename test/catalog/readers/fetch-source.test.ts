import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchSource } from '../../../src/catalog/readers/fetch-source.js';
import { isPrivateHost, publicLookup } from '../../../src/catalog/readers/private-address.js';

let server: Server;
let port: number;
let asked: string[];
const signal = new AbortController().signal;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    asked.push(`${request.headers.host?.split(':')[0]}${url.pathname}`);
    const to = url.searchParams.get('to');
    if (to !== null) return void response.writeHead(302, { location: to }).end();
    if (url.pathname === '/chunked') {
      response.write('12345');
      return void response.end('67890');
    }
    response.writeHead(200, { 'content-length': '10' }).end('1234567890');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
async function body(address: string, maxBytes?: number): Promise<Readable> {
  const fetched = await fetchSource(address, { signal, ...(maxBytes === undefined ? {} : { maxBytes }) });
  if (!fetched.modified) throw new Error('nothing was asked conditionally');
  return fetched.body;
}

const redirecting = (to: string): string => at(`/from?to=${encodeURIComponent(to)}`);

describe('a source on the web', () => {
  it('is read, also after a redirect within the host the operator named', async () => {
    expect(await text(await body(redirecting(at('/file'))))).toBe('1234567890');
  });

  it('is refused when the server redirects to another host inside the network', async () => {
    for (const host of [
      'localhost',
      '127.0.0.2',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '10.0.0.1',
      '169.254.169.254',
    ]) {
      await expect(body(redirecting(`http://${host}:${port}/secret`))).rejects.toMatchObject({
        code: 'source_redirect_refused',
        owner: 'operator',
      });
    }
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1/from']));
  });

  it('is refused before anything is read when it says that it is larger than the bound', async () => {
    await expect(body(at('/file'), 9)).rejects.toMatchObject({ code: 'source_unavailable' });
    expect(await text(await body(at('/file'), 10))).toBe('1234567890');
  });

  it('breaks off a download of unknown length at the bound instead of reading a part as the whole', async () => {
    await expect(body(at('/chunked'), 9).then(text)).rejects.toMatchObject({ code: 'source_unavailable' });
  });
});

describe('addresses inside the network', () => {
  it('are told from public ones', () => {
    for (const host of [
      '192.168.1.1',
      '172.31.0.1',
      '100.64.0.1',
      '0.0.0.0',
      'fd00::1',
      'fe80::1',
      'a.localhost',
    ])
      expect(isPrivateHost(host), host).toBe(true);
    for (const host of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', 'shop.example'])
      expect(isPrivateHost(host), host).toBe(false);
  });

  it('are not connected to under a name that leads there', async () => {
    const resolve = publicLookup((host) => new Error(`${host} is inside`));
    const failed = await new Promise<Error | null>((done) =>
      resolve('localhost', {}, (error) => done(error)),
    );
    expect(failed?.message).toBe('localhost is inside');
  });
});
