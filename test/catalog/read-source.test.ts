import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFrom } from '../../src/catalog/import-from.js';
import { pastImports } from '../../src/catalog/import-run.js';
import type { SourceConfig } from '../../src/config/config.js';
import { plusMs } from '../../src/domain/instant.js';
import { exportOf, twenty } from '../e2e/merchant.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { noShop, steppingClock } from './support.js';

const MORNING = 'Tue, 24 Nov 2026 06:00:00 GMT';
const HOUR = 3_600_000;

let test: TestDatabase;
beforeEach(async () => {
  test = await sqliteDatabase();
});
afterEach(() => test.dispose());

const readAt = async () =>
  (await test.database.get<{ read_at: string }>("SELECT read_at FROM stock_level WHERE sku = 'B-1'"))
    ?.read_at;

describe('a source on the web', () => {
  let server: Server;
  let source: SourceConfig;
  let asked: IncomingHttpHeaders[];
  /** What the server has, and whether it knows conditional requests. */
  let held: { body: string; headers: Record<string, string>; conditional: boolean };
  let laterMs: number;
  beforeEach(async () => {
    asked = [];
    laterMs = 0;
    held = { body: exportOf(twenty()), headers: {}, conditional: true };
    server = createServer((request, response) => {
      asked.push(request.headers);
      const { etag, 'last-modified': modified } = held.headers;
      const same =
        (etag !== undefined && request.headers['if-none-match'] === etag) ||
        (modified !== undefined && request.headers['if-modified-since'] === modified);
      if (held.conditional && same) return void response.writeHead(304, held.headers).end();
      response
        .writeHead(200, { ...held.headers, 'content-length': Buffer.byteLength(held.body) })
        .end(held.body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/feed.csv?key=secret`;
    source = { id: 'shop', role: 'primary', guard: {}, url, currency: 'USD' };
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const clock = steppingClock();
  const load = (more: Partial<SourceConfig> = {}, force?: string) =>
    importFrom(
      {
        database: test.database,
        clock: { ...clock, now: () => plusMs(clock.now(), laterMs) },
        signal: new AbortController().signal,
        open: noShop,
      },
      { source: { ...source, ...more }, actor: 'test', ...(force === undefined ? {} : { force }) },
    );

  it('is not read again while the server says that it is the same, and that is no new count', async () => {
    held.headers = { etag: '"1"', 'last-modified': MORNING };
    const first = await load();
    expect(first).toMatchObject({ state: 'merged', created: 20 });
    expect(await readAt()).toBe('2026-11-24T06:00:00.000Z');
    const again = await load();
    expect(again).toMatchObject({ state: 'merged', sameAs: first.importId, unchanged: 20, created: 0 });
    expect(asked[1]).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': MORNING });
    const third = await load();
    expect(third.sameAs, 'the import that really read it').toBe(first.importId);
    expect(await readAt()).toBe('2026-11-24T06:00:00.000Z');
  });

  it('is read when it changed, and the counts are as old as the server says', async () => {
    held.headers = { etag: '"1"' };
    await load();
    held = { ...held, body: exportOf(twenty((row) => ({ ...row, price: '21.00' }))) };
    held.headers = { etag: '"2"', 'last-modified': MORNING };
    expect(await load()).toMatchObject({ changed: 20 });
    held.headers = { etag: '"3"', 'last-modified': 'Tue, 24 Nov 2026 07:00:00 GMT' };
    await load();
    expect(await readAt(), 'an older date never takes a newer count back').toMatch(/T08:/);
  });

  it('counts anew with every reading when the server gives no date and no mark', async () => {
    await load();
    const before = await readAt();
    await load();
    expect((await readAt())! > before!).toBe(true);
    expect(asked[1]?.['if-none-match']).toBeUndefined();
  });

  it('counts once when a server that does not answer 304 sends the same mark again', async () => {
    held = { ...held, headers: { etag: '"1"' }, conditional: false };
    await load();
    const before = await readAt();
    expect(await load()).toMatchObject({ unchanged: 20 });
    expect(await readAt()).toBe(before);
  });

  it('takes no date of the future for a count', async () => {
    held.headers = { 'last-modified': 'Tue, 24 Nov 2099 06:00:00 GMT' };
    await load();
    expect((await readAt())! < '2026-11-25').toBe(true);
  });

  it('is read whatever the server says once settings differ, after a day, and when a hold is let through', async () => {
    held.headers = { etag: '"1"' };
    await load();
    expect((await load({ location: 'store' })).sameAs).toBeUndefined();
    expect((await load({ location: 'store' })).sameAs).toBeDefined();
    laterMs = 25 * HOUR;
    expect((await load({ location: 'store' })).sameAs).toBeUndefined();
    expect((await load({ location: 'store' }, 'checksum')).sameAs).toBeUndefined();
    expect(asked.map((headers) => headers['if-none-match'] !== undefined)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('keeps no key of the address in the database', async () => {
    held.headers = { etag: '"1"' };
    await load();
    expect(JSON.stringify(await test.database.all('SELECT * FROM import_run'))).not.toContain('secret');
  });

  it('that cannot be reached is noted as failed, and a word that nothing changed ends that', async () => {
    held.headers = { etag: '"1"' };
    await load();
    const { url } = source;
    source = { ...source, url: 'http://127.0.0.1:1/feed.csv' };
    await expect(load()).rejects.toMatchObject({ code: 'source_unavailable' });
    expect((await pastImports(test.database, 'shop', 1))[0]?.state).toBe('failed');
    source = { ...source, ...(url === undefined ? {} : { url }) };
    expect((await load()).sameAs).toBeDefined();
    expect((await pastImports(test.database, 'shop', 1))[0]?.state).toBe('merged');
  });
});

describe('a source in a file', () => {
  let folder: string;
  let source: SourceConfig;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-source-'));
    const file = path.join(folder, 'shop.csv');
    await writeFile(file, exportOf(twenty()));
    source = { id: 'shop', role: 'primary', guard: {}, path: file, currency: 'USD' };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const place = () => ({
    database: test.database,
    clock: steppingClock(),
    signal: new AbortController().signal,
    open: noShop,
  });

  it('has counts as old as the file, however often it is read', async () => {
    const then = new Date('2026-11-24T05:00:00Z');
    await utimes(source.path ?? '', then, then);
    await importFrom(place(), { source, actor: 'test' });
    expect(await readAt()).toBe('2026-11-24T05:00:00.000Z');
    await importFrom(place(), { source, actor: 'test' });
    expect(await readAt()).toBe('2026-11-24T05:00:00.000Z');
  });

  it('that is written to while it is read changes nothing', async () => {
    const rows = (price: string) =>
      Array.from({ length: 3_000 }, (_, index) => ({ sku: `B-${index}`, price }));
    await writeFile(source.path ?? '', exportOf(rows('20.00')));
    await importFrom(place(), { source, actor: 'test' });
    const more = exportOf(rows('1.00'));
    const written = importFrom(place(), {
      source,
      actor: 'test',
      // The progress of the first batch: the file is open and not yet proven complete.
      progress: () => writeFileSync(source.path ?? '', more),
    });
    await expect(written).rejects.toMatchObject({ code: 'source_changed' });
    const prices = await test.database.all<{ offer: string }>('SELECT DISTINCT offer FROM variant');
    expect(prices.map((row) => (JSON.parse(row.offer) as { price: { minor: number } }).price.minor)).toEqual([
      2_000,
    ]);
  });

  it('that is not there is noted as failed, so that the status shows it', async () => {
    await rm(source.path ?? '');
    await expect(importFrom(place(), { source, actor: 'test' })).rejects.toMatchObject({
      code: 'source_missing',
    });
    expect(await pastImports(test.database, 'shop', 1)).toMatchObject([
      { state: 'failed', error: expect.stringContaining('shop.csv') },
    ]);
  });

  it('that is a folder says so', async () => {
    await expect(
      importFrom(place(), { source: { ...source, path: folder }, actor: 'test' }),
    ).rejects.toMatchObject({ code: 'source_unreadable', owner: 'operator' });
  });
});
