import type { lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchSource } from '../../src/catalog/readers/fetch-source.js';
import { isPrivateHost } from '../../src/catalog/readers/private-address.js';
import { redirectRules } from '../../src/catalog/readers/redirect-rules.js';
import { fetchSight } from '../../src/inspect/fetch-sight.js';
import { hostFinder } from '../../src/inspect/public-host.js';
import { listening } from '../faults/raw-server.js';

/** Hosts that lead inside, in every way they can be written that a URL parser takes. */
const HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '0',
  '0.0.0.0',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7F.1',
  '017700000001',
  '0177.0.0.1',
  '0177.0x0.0.01',
  '127.255.255.254',
  '１２７.0.0.1',
  '127。0。0。1',
  '①②⑦.0.0.1',
  '127.0.0.1.',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'any.localhost',
  'a.b.localhost.',
  'ⓛocalhost',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[fec0::1]',
  '[ff02::1]',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.0.1',
  '192.168.257',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
] as const;

/** The same with what else an address may carry. */
const FORMS = [
  ...HOSTS.map((host) => `http://${host}:PORT/secret`),
  'http://shop.example@127.0.0.1:PORT/secret',
  'http://shop.example:80@127.0.0.1:PORT/secret',
  'http://127.0.0.1:PORT#@shop.example/',
  'http://127.0.0.1:PORT\\@shop.example/',
  'http:127.0.0.1:PORT/secret',
  'http:\\\\127.0.0.1:PORT\\secret',
  '//127.0.0.1:PORT/secret',
  '\\\\127.0.0.1:PORT\\secret',
  'http://%31%32%37.0.0.1:PORT/secret',
  'ht\ttp://127.0.\n0.1:PORT/secret',
  'http://127.0.0.1:PORT/%0d%0aSET%20x%201',
];

/** Forms of other schemes: none of them leads anywhere. */
const SCHEMES = [
  'file:///etc/passwd',
  'ftp://127.0.0.1:PORT/x',
  'gopher://127.0.0.1:PORT/_INFO',
  'dict://127.0.0.1:PORT/info',
  'data:text/csv,a,b',
  'javascript:alert(1)',
  'jar:http://127.0.0.1:PORT/x!/',
  'unix:/var/run/docker.sock:/info',
];

describe('an address that leads inside', () => {
  /** Stands for Redis, a metadata service, our own API: counts every connection and every byte. */
  let inside: net.Server;
  let touched = 0;
  let bytes = 0;
  let outside: Server;
  let port: number;
  let start: string;
  const open = new Set<net.Socket>();
  const signal = new AbortController().signal;

  beforeAll(async () => {
    inside = net.createServer((socket) => {
      touched += 1;
      open.add(socket);
      socket.on('data', (chunk) => {
        bytes += chunk.length;
      });
      socket.on('error', () => undefined);
    });
    port = await listening(inside);
    outside = createServer((request, response) => {
      const to = new URL(request.url ?? '/', 'http://host').searchParams.get('to') ?? '';
      response
        .writeHead(302, {
          location: Buffer.from(to, 'utf8')
            .toString('latin1')
            .replace(/[\r\n]/g, ''),
        })
        .end();
    });
    start = `http://localhost:${await listening(outside)}/`;
  });
  afterAll(async () => {
    for (const socket of open) socket.destroy();
    outside.closeAllConnections();
    await Promise.all([inside, outside].map((server) => new Promise((resolve) => server.close(resolve))));
  });
  beforeEach(() => {
    touched = 0;
    bytes = 0;
  });

  const withPort = (form: string): string => form.replace('PORT', String(port));
  const untouched = (): void => expect({ touched, bytes }).toEqual({ touched: 0, bytes: 0 });
  const via = (to: string, hops: number): string =>
    hops === 0 ? to : `${start}?to=${encodeURIComponent(via(to, hops - 1))}`;

  it('is written in at least forty ways', () => {
    expect(new Set(FORMS).size).toBeGreaterThanOrEqual(40);
  });

  it.each(FORMS)('is not followed by a source whose server sends us there: %j', async (form) => {
    for (const hops of [1, 2])
      await expect(fetchSource(via(withPort(form), hops), { signal })).rejects.toMatchObject({
        owner: 'operator',
        code: expect.stringMatching(/^source_(redirect_refused|unavailable)$/),
      });
    untouched();
  });

  it.each(FORMS)('is not looked at as a picture or page: %j', async (form) => {
    const rules = { maxBytes: 100, etag: null, signal };
    const sight = URL.canParse(withPort(form))
      ? await fetchSight(withPort(form), rules)
      : { changed: true, failure: 'private' };
    expect(sight).toMatchObject({ failure: expect.stringMatching(/^(private|unreachable)$/) });
    untouched();
  });

  it.each(SCHEMES)('has no other scheme either: %s', async (form) => {
    await expect(fetchSource(via(withPort(form), 1), { signal })).rejects.toMatchObject({
      owner: 'operator',
    });
    await expect(fetchSource(withPort(form), { signal })).rejects.toMatchObject({
      code: 'bad_source_address',
    });
    expect(await fetchSight(withPort(form), { maxBytes: 100, etag: null, signal })).toEqual({
      changed: true,
      failure: 'unreachable',
    });
    untouched();
  });

  it('carries no user and no password', async () => {
    for (const form of [`http://user:secret@127.0.0.1:${port}/`, `http://user@127.0.0.1:${port}/`])
      await expect(fetchSource(form, { signal })).rejects.toMatchObject({ code: 'bad_source_address' });
    untouched();
  });

  it('is not the port beside the one the operator named', async () => {
    await expect(fetchSource(via(`http://localhost:${port}/`, 1), { signal })).rejects.toMatchObject({
      code: 'source_redirect_refused',
    });
    untouched();
  });
});

describe('a name that was public and leads inside at the next hop', () => {
  /** A name server that answers each time with the next of these. */
  function rebinding(...answers: readonly string[]): typeof lookup {
    const left = [...answers];
    const resolve = (_host: string, _options: unknown, done: (error: null, found: object[]) => void): void =>
      done(null, [{ address: left.shift() ?? answers.at(-1) ?? '', family: 4 }]);
    return resolve as unknown as typeof lookup;
  }
  const resolved = (rules: ReturnType<typeof redirectRules>['lookup'], host: string): Promise<unknown> =>
    new Promise((resolve) => rules(host, { all: true }, (error, found) => resolve(error ?? found)));
  const hop = (): {
    hostname: string;
    port: string;
    lookup?: ReturnType<typeof redirectRules>['lookup'];
  } => ({
    hostname: 'rebind.example',
    port: '8080',
  });

  it('is refused, although it is the host the operator named', async () => {
    const rules = redirectRules('http://rebind.example:8080/a', rebinding('93.184.216.34', '127.0.0.1'));
    expect(await resolved(rules.lookup, 'rebind.example')).toEqual([{ address: '93.184.216.34', family: 4 }]);
    const next = hop();
    rules.next(next);
    expect(await resolved(next.lookup!, 'rebind.example')).toMatchObject({ code: 'source_redirect_refused' });
  });

  it('may be inside all the time, where the operator named it there', async () => {
    const rules = redirectRules('http://rebind.example:8080/a', rebinding('10.0.0.5'));
    await resolved(rules.lookup, 'rebind.example');
    const next = hop();
    rules.next(next);
    expect(next.lookup).toBeDefined();
    const other = { ...hop(), port: '6379' };
    rules.next(other);
    expect(await resolved(other.lookup!, 'rebind.example')).toMatchObject({
      code: 'source_redirect_refused',
    });
  });

  it('is refused as a picture, whatever of its addresses comes first', async () => {
    const find = hostFinder(async () => [{ address: '93.184.216.34' }, { address: '127.0.0.1' }]);
    expect(await find('rebind.example')).toEqual({ failure: 'private' });
  });

  it('is told by every host above', () => {
    for (const host of HOSTS) {
      const url = new URL(`http://${host}/`);
      expect([host, isPrivateHost(url.hostname)]).toEqual([host, true]);
    }
  });
});
