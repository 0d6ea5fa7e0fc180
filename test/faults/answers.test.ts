import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, jsonObjectOf, retryAfterMs } from '../../src/channel/classify.js';
import { type HttpReply, httpClient } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import { type RawServer, rawServer, untilClose } from './raw-server.js';

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const client = httpClient(new AbortController().signal);
const ask = (): Promise<HttpReply> => client.send({ method: 'GET', url: server?.url ?? '' });

/** What an answer came to: its object, or the class of its failure. */
async function outcome(): Promise<string> {
  try {
    return JSON.stringify(jsonObjectOf(await ask(), 'getOrders'));
  } catch (error) {
    if (error instanceof ChannelError) return error.kind;
    throw error;
  }
}

const WHOLE = JSON.stringify({
  orders: Array.from({ length: 8 }, (_, n) => ({
    id: `order-${n}`,
    total: '19.99',
    lines: [{ sku: '00012' }],
  })),
  next: null,
});

/** Serves the whole answer cut after that many bytes, one cut per request. */
async function serveCuts(whole: Buffer, more: readonly string[]): Promise<string[]> {
  let offset = 0;
  server = await rawServer((socket) => socket.end(untilClose(whole.subarray(0, offset), more)));
  const outcomes: string[] = [];
  for (; offset < whole.length; offset++) outcomes.push(await outcome());
  return outcomes;
}

describe('an answer that was cut', () => {
  it('is no value, wherever it was cut', async () => {
    const whole = Buffer.from(WHOLE);
    expect(whole.length).toBeGreaterThan(450);
    expect(new Set(await serveCuts(whole, []))).toEqual(new Set(['ambiguous']));
  });

  it('is no value when it is compressed either, down to the last byte of its checksum', async () => {
    const whole = gzipSync(WHOLE);
    expect(new Set(await serveCuts(whole, ['content-encoding: gzip']))).toEqual(new Set(['ambiguous']));
  });

  it('is no value when its head promised more', async () => {
    server = await rawServer((socket) =>
      socket.end(untilClose(WHOLE, [`content-length: ${WHOLE.length + 1}`])),
    );
    expect(await outcome()).toBe('ambiguous');
  });
});

describe('an answer that is no JSON', () => {
  it.each<[string, string, string[]]>([
    ['empty', '', []],
    [
      'a web page under the type of JSON',
      '<!doctype html><html><body>Sign in to the network</body></html>',
      [],
    ],
    ['a number nobody can write', '{"total": NaN}', []],
    ['a list where an object belongs', '[]', []],
    ['null', 'null', []],
    ['packed in a way nobody asked for', WHOLE, ['content-encoding: zstd']],
    ['said to be packed and is not', WHOLE, ['content-encoding: gzip']],
  ])('is no value: %s', async (_what, body, more) => {
    server = await rawServer((socket) => socket.end(untilClose(body, more)));
    expect(await outcome()).toBe('ambiguous');
  });

  it('is refused once it is larger unpacked than an answer may be', async () => {
    const bomb = gzipSync(Buffer.alloc(30 * 1024 ** 2));
    expect(bomb.length).toBeLessThan(64 * 1024);
    server = await rawServer((socket) => socket.end(untilClose(bomb, ['content-encoding: gzip'])));
    const before = process.memoryUsage().rss;
    expect(await outcome()).toBe('ambiguous');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 ** 2);
  });

  it('is the object when it is whole, packed or not', async () => {
    server = await rawServer((socket) => socket.end(untilClose(WHOLE)));
    expect(await outcome()).toBe(WHOLE);
    await server.close();
    server = await rawServer((socket) => socket.end(untilClose(gzipSync(WHOLE), ['content-encoding: gzip'])));
    expect(await outcome()).toBe(WHOLE);
  });
});

describe('a failure of the channel', () => {
  it.each([500, 502, 503])(
    'of status %i with a web page may have been applied all the same',
    async (status) => {
      const page = '<html><h1>We will be back soon</h1></html>';
      server = await rawServer((socket) =>
        socket.end(
          `HTTP/1.1 ${status} Oops\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`,
        ),
      );
      const failure = failureOf(await ask(), { operation: 'putItem', text: page });
      expect(failure).toMatchObject({ kind: 'ambiguous', code: 'channel_failed', owner: 'channel' });
      expect(server.requests()).toBe(1);
    },
  );
});

describe('a channel that asks to slow down', () => {
  const date = 'Wed, 25 Nov 2026 12:00:00 GMT';

  it.each<[string, string | undefined, number | null]>([
    ['in seconds', '7', 7_000],
    ['in parts of a second', '0.5', 500],
    ['by a date, measured by its own clock', 'Wed, 25 Nov 2026 12:02:00 GMT', 120_000],
    ['until a time that is over', 'Wed, 25 Nov 2026 11:59:00 GMT', 0],
    ['for thirty years', '1000000000', 3_600_000],
    ['until another century', 'Fri, 25 Nov 2126 12:00:00 GMT', 3_600_000],
    ['with a word', 'soon', null],
    ['with less than nothing', '-5', null],
    ['without saying for how long', undefined, null],
  ])('is waited for as it says, an hour at most: %s', async (_how, header, waitMs) => {
    const more = header === undefined ? '' : `retry-after: ${header}\r\n`;
    server = await rawServer((socket) =>
      socket.end(`HTTP/1.1 429 Slow\r\ndate: ${date}\r\n${more}content-length: 0\r\n\r\n`),
    );
    const failure = failureOf(await ask(), { operation: 'getOrders' });
    expect(failure).toMatchObject({ kind: 'throttled', againInMs: waitMs });
  });

  it('is not believed with a date when it does not tell its own time', () => {
    expect(retryAfterMs('Wed, 25 Nov 2026 12:02:00 GMT', undefined)).toBeNull();
  });
});
