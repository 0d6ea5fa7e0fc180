import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { permissionsOf, type Role } from '../../src/access/permissions.js';
import { apiDoor } from '../../src/api/api-door.js';
import { stockCountRoutes } from '../../src/api/routes/stock-counts.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { sqliteDatabase } from '../support/databases.js';
import { silentLog } from '../support/silent-log.js';
import { lampsIn, type TestHouse, testHouse } from '../workbench/house.js';

describe('the API of stock', () => {
  let house: TestHouse;
  let server: HttpServer;
  let role: Role = 'operator';
  beforeEach(async () => {
    role = 'operator';
    house = await testHouse(await sqliteDatabase());
    const identify = async (): Promise<Caller> => ({
      kind: 'user',
      id: 'u1',
      name: 'ada',
      role,
      permissions: permissionsOf(role),
      secondFactor: true,
      session: 's1',
    });
    const door = apiDoor({ app: house.app, routes: stockCountRoutes, identify });
    server = await serveHttp([door], { host: '127.0.0.1', port: 0, log: silentLog });
  });
  afterEach(async () => {
    await server.close();
    await house.close();
  });

  async function put(counts: unknown, more: object = {}) {
    const answer = await fetch(`${server.url}/api/v1/stock/counts`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ owner: 'wms', counts, ...more }),
    });
    const json = (await answer.json()) as { readonly answers: readonly unknown[] };
    return { status: answer.status, json };
  }

  it('takes a file of counts, and answers for each row what became of it', async () => {
    await lampsIn(house, 2);
    const reply = await fetch(`${server.url}/api/v1/stock/counts/file?location=store&owner=wms`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'sku;qty\nL-0001;7\nL-0002;many\nL-9999;1\n',
    });
    const taken = (await reply.json()) as { readonly answers: readonly object[] };
    expect(taken).toMatchObject({ total: 3, counts: { changed: 1, invalid: 1, unknown_sku: 1 } });
    expect(taken.answers[1]).toMatchObject({ sku: 'L-0002', onHand: null, result: 'invalid' });
    expect(await house.app.database.get("SELECT on_hand FROM stock_level WHERE location = 'store'")).toEqual({
      on_hand: 7,
    });
    const none = await fetch(`${server.url}/api/v1/stock/counts/file`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'a,b\n1,2\n',
    });
    expect(await none.json()).toMatchObject({ status: 422, code: 'stock_file_unusable' });
  });

  it('takes counts, answers each, and says in the ledger who stated them and why', async () => {
    await lampsIn(house, 2);
    const counts = [
      { sku: 'L-0001', location: 'store', onHand: 4 },
      { sku: 'L-9999', location: 'store', onHand: 4 },
    ];
    const { status, json } = await put(counts, { reason: 'stock-taking' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ total: 2, counts: { changed: 1, unknown_sku: 1 } });
    expect(json.answers[0]).toEqual({ ...counts[0], result: 'changed', before: null });
    const { database } = house.app;
    expect(await database.get("SELECT after, cause FROM stock_movement WHERE location = 'store'")).toEqual({
      after: 4,
      cause: 'operator:ada: stock-taking',
    });
  });

  it('refuses what is no count, and people who may not change stock', async () => {
    expect((await put([{ sku: 'A', location: 'x', onHand: 1.5 }])).status).toBe(400);
    expect((await put([{ sku: 'A', location: 'x' }])).status).toBe(400);
    role = 'editor';
    expect((await put([])).status).toBe(403);
  });
});
