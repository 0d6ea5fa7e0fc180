import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { permissionsOf, type Role } from '../../src/access/permissions.js';
import { apiDoor } from '../../src/api/api-door.js';
import { explainRoutes } from '../../src/api/routes/explain.js';
import { mappingTableRoutes } from '../../src/api/routes/mapping-tables.js';
import { mappingWorkRoutes } from '../../src/api/routes/mapping-work.js';
import { mappingRoutes } from '../../src/api/routes/mappings.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { setOverride } from '../../src/catalog/overrides.js';
import { sqliteDatabase } from '../support/databases.js';
import { silentLog } from '../support/silent-log.js';
import { lampsIn, type TestHouse, testHouse } from '../workbench/house.js';

const OWN = 'connector: feed-file\nextends: default\n';

describe('the API of mappings', () => {
  let house: TestHouse;
  let server: HttpServer;
  let role: Role = 'editor';
  beforeEach(async () => {
    role = 'editor';
    house = await testHouse(await sqliteDatabase());
    const routes = [...mappingRoutes, ...mappingWorkRoutes, ...mappingTableRoutes, ...explainRoutes];
    const identify = async (): Promise<Caller> => ({
      kind: 'user',
      id: 'u1',
      name: role,
      role,
      permissions: permissionsOf(role),
      secondFactor: true,
      session: 's1',
    });
    const door = apiDoor({ app: house.app, routes, identify });
    server = await serveHttp([door], { host: '127.0.0.1', port: 0, log: silentLog });
  });
  afterEach(async () => {
    await server.close();
    await house.close();
  });

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null;
    return { status: answer.status, json, text, etag: answer.headers.get('etag') };
  }
  const put = (text: string, revision: number) =>
    call('PUT', '/mappings/feed/draft', { text }, { 'if-match': `"${revision}"` });

  it('takes a draft from check and preview over impact to a version', async () => {
    await lampsIn(house, 4);
    const begun = await call('GET', '/mappings/feed');
    expect(begun.json).toMatchObject({ version: 0, hasFile: false, text: OWN, draft: null });
    expect(begun.etag).toBe('"0"');

    const wrong = `${OWN}attributes:\n  title: product.titel\n`;
    const checked = await call('POST', '/mappings/feed/check', { text: wrong });
    expect(checked.json).toMatchObject({
      loads: false,
      diagnostics: [
        {
          line: 4,
          column: 18,
          endColumn: 23,
          message: 'there is no field "titel" here',
          fixes: [{ title: 'Replace by “title”', text: 'title' }],
        },
      ],
    });
    const text = `${OWN}attributes:\n  title: product.title\n`;
    expect((await put(text, 0)).json).toEqual({ revision: 1 });
    expect(await put(`${text}# late\n`, 0)).toMatchObject({ status: 412, json: { code: 'draft_moved' } });
    expect((await call('PUT', '/mappings/feed/draft', { text })).json).toMatchObject({
      code: 'if_match_missing',
    });

    const preview = await call('POST', '/mappings/feed/preview', { sku: 'L-0001', text });
    expect(preview.json.listing.attributes[0]).toMatchObject({
      name: 'title',
      before: 'Bolt Lamp, number 1',
      after: 'Lamp, number 1',
      changed: true,
      reason: 'title of the product “Lamp, number 1” → mapping “Lamp, number 1”',
    });
    expect((await call('POST', '/mappings/feed/preview', { sku: 'L-0001', text: wrong })).json).toMatchObject(
      {
        listing: null,
        diagnostics: [{ line: 4 }],
      },
    );
    expect((await call('POST', '/mappings/feed/preview', { sku: 'nope', text })).status).toBe(404);

    const impact = await call('POST', '/mappings/feed/impact', { text });
    const report = JSON.parse(/event: report\ndata: (.*)\n/.exec(impact.text)?.[1] ?? 'null');
    expect(impact.text).toMatch(/^event: progress\n/);
    expect(report).toMatchObject({ of: 4, totals: { changed: 4 }, holds: [] });

    expect(
      (await call('POST', '/mappings/feed/publish', { revision: 1, comment: 'plain titles' })).json,
    ).toMatchObject({
      version: 1,
      totals: { changed: 4 },
      checksum: report.checksum,
    });
    expect((await call('GET', '/mappings/feed/versions')).json.items).toMatchObject([
      { number: 1, author: 'operator:editor', comment: 'plain titles', impact: { changed: 4 } },
    ]);
    expect((await call('GET', '/mappings')).json.items).toMatchObject([
      { channel: 'feed', version: 1, draft: null },
    ]);
  });

  it('downloads every listing a text changes as CSV that no spreadsheet runs, and counts what attributes get', async () => {
    await lampsIn(house, 3);
    const text = `${OWN}attributes:\n  title: '"=1+" + product.title'\n  mpn:\n`;
    const csv = await call('POST', '/mappings/feed/impact/download', { text });
    expect(csv.text.split('\n').slice(0, 2)).toEqual([
      'sku,what,attribute,rule,before,after,reason',
      `L-0000,changes,title,,"Acme Lamp, number 0","'=1+Lamp, number 0",`,
    ]);
    expect(csv.text.trimEnd().split('\n')).toHaveLength(1 + 3 * 2);
    const fills = await call('POST', '/mappings/feed/attributes', { text });
    expect(fills.json.listings).toBe(3);
    expect(fills.json.attributes.find(({ name }: { name: string }) => name === 'title')).toMatchObject({
      filled: 3,
      by: 'mapping',
      errors: 0,
    });
    expect((await call('POST', '/mappings/feed/attributes', {})).json.attributes).toContainEqual(
      expect.objectContaining({ name: 'mpn', filled: 3, by: 'default' }),
    );
  });

  it('lets approvers alone release what is held, and tells two versions apart', async () => {
    await lampsIn(house, 12);
    const text = `${OWN}select: { acme only: 'product.brand == "Acme"' }\n`;
    await put(text, 0);
    const held = await call('POST', '/mappings/feed/publish', { revision: 1, comment: '' });
    expect(held).toMatchObject({ status: 422, json: { code: 'publication_held' } });
    const checksum = /checksum of these numbers is (\S+)/.exec(held.json.title)?.[1];
    const release = { revision: 1, comment: 'only Acme', checksum };
    expect((await call('POST', '/mappings/feed/publish', release)).json.code).toBe('publication_held');
    expect((await call('GET', '/mappings/feed/diff?to=0')).json.sentences).toEqual([
      'the condition acme only is new: product.brand == "Acme"',
    ]);
    role = 'approver';
    expect((await call('POST', '/mappings/feed/publish', release)).json.version).toBe(1);
    role = 'viewer';
    expect((await put(text, 0)).status).toBe(403);
    expect((await call('POST', '/mappings/feed/check', { text })).status).toBe(200);
  });

  it('tells why a listing is as it is, now and earlier, and who fixed what by hand', async () => {
    await lampsIn(house, 2);
    const place = { channel: 'feed', scope: 'variant', key: 'L-0001' } as const;
    const before = house.clock.now();
    house.clock.advance(60_000);
    const at = house.clock.now();
    await setOverride(house.app.database, { ...place, attributes: { color: 'Pink' } }, { actor: 'ann', at });
    const now = await call('GET', '/listings/feed/L-0001/why');
    const colorIn = (json: { attributes: { name: string }[] }) =>
      json.attributes.find(({ name }) => name === 'color');
    expect(colorIn(now.json)).toMatchObject({
      value: 'Pink',
      path: expect.stringMatching(/fixed by hand “Pink”$/),
    });
    expect(now.json.tests[0]).toEqual({ test: 'the catalog has it for sale', outcome: 'passed' });
    const then = await call('GET', `/listings/feed/L-0001/why?at=${before}`);
    expect(colorIn(then.json)).toMatchObject({ value: null });
    expect(then.json).toMatchObject({ at: before, mapping: null, tests: [] });
    expect((await call('GET', '/listings/feed/none/why')).status).toBe(404);
    expect((await call('GET', '/overrides/variant/L-0001/history')).json.items).toEqual([
      { at, actor: 'ann', channel: 'feed', attribute: 'color', old: null, new: 'Pink' },
    ]);
  });

  it('keeps tests, runs them on a text and accepts new values', async () => {
    await lampsIn(house, 1);
    expect(
      (await call('POST', '/mappings/feed/tests/record', { sku: 'L-0000', name: 'the lamp' })).json,
    ).toEqual({
      name: 'the lamp',
    });
    expect((await call('POST', '/mappings/feed/tests/run', {})).json).toMatchObject({ passed: 1, failed: 0 });
    const text = `${OWN}attributes: { title: product.id }\n`;
    expect((await call('POST', '/mappings/feed/tests/run', { text })).json).toMatchObject({
      failed: 1,
      results: [{ differences: [{ name: 'title', expected: 'Acme Lamp, number 0', got: 'lamp-0' }] }],
    });
    const accept = { test: 'the lamp', name: 'title', text };
    expect((await call('POST', '/mappings/feed/tests/accept', accept)).status).toBe(204);
    expect((await call('POST', '/mappings/feed/tests/run', { text })).json).toMatchObject({ failed: 0 });
    expect((await call('GET', '/mappings/feed/tests')).json).toMatchObject({ version: 2, diagnostics: [] });
  });

  it('tells an editor what fields there are, how often they are filled and with what', async () => {
    await lampsIn(house, 4);
    const { json } = await call('GET', '/environment/feed');
    const field = (path: string) => json.fields.find((one: { path: string }) => one.path === path);
    expect(field('product.brand')).toEqual({
      path: 'product.brand',
      label: 'brand of the product',
      type: 'text',
      filled: 1,
      samples: [
        { value: 'Acme', count: 2 },
        { value: 'Bolt', count: 2 },
      ],
    });
    expect(field('variant.salePrice')).toMatchObject({ filled: 0, type: 'money', samples: [] });
    expect(json.functions.find(({ name }: { name: string }) => name === 'clip')).toMatchObject({
      group: 'Text',
    });
    expect(json.attributes.find(({ name }: { name: string }) => name === 'title')).toMatchObject({
      name: 'title',
    });
    expect(json.lookups.map(({ name }: { name: string }) => name)).toContain('color');
  });

  it('saves lookup tables with a look at what changes, and lists keys asked for in vain', async () => {
    const csv = 'key,value\nLadies,female\nKids,unisex\n';
    expect((await call('POST', '/mappings/feed/lookups/mine/diff', { csv })).json).toMatchObject({
      added: [
        ['Ladies', 'female'],
        ['Kids', 'unisex'],
      ],
      removed: [],
    });
    const save = (text: string, version: number) =>
      call('PUT', '/mappings/feed/lookups/mine', { csv: text }, { 'if-match': `"${version}"` });
    expect((await save(csv, 0)).json).toEqual({ version: 1 });
    expect(await save(csv, 0)).toMatchObject({ status: 412, json: { code: 'text_moved' } });
    expect(await save('nothing', 1)).toMatchObject({ status: 422, json: { code: 'bad_lookup' } });
    const diff = await call('POST', '/mappings/feed/lookups/mine/diff', { csv: 'key,value\nLadies,f\n' });
    expect(diff.json).toMatchObject({
      removed: [['Kids', 'unisex']],
      changed: [{ key: 'ladies', before: ['Ladies', 'female'], after: ['Ladies', 'f'] }],
    });
    const text = `${OWN}attributes:\n  gender: lookup("mine", product.brand)\n`;
    expect((await call('POST', '/mappings/feed/check', { text })).json.loads).toBe(true);
    expect((await call('GET', '/mappings/feed/lookups/mine')).json).toMatchObject({
      version: 1,
      missing: [],
    });
    expect((await call('GET', '/mappings/feed/lookups/none')).status).toBe(404);
    expect((await call('GET', '/mappings/feed/lookups/..%2Fown')).status).toBe(422);
  });

  it('suggests categories from the taxonomy it was given, and takes them over on one press', async () => {
    await lampsIn(house, 3);
    expect((await call('GET', '/categories/feed')).json.code).toBe('taxonomy_missing');
    const answer = await fetch(`${server.url}/api/v1/categories/feed/taxonomy`, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain' },
      body: '# Google_Product_Taxonomy_Version: 2021-09-21\n594 - Lamps\n4636 - Lamps > Desk Lamps\n7 - Toys\n',
    });
    expect(await answer.json()).toEqual({ categories: 3 });
    const advised = await call('GET', '/categories/feed?table=mine');
    expect(advised.json).toMatchObject({
      coverage: { products: 3, now: 0, afterwards: 3 },
      paths: [{ path: 'Lamps > Desk lamps', products: 3, taken: { category: { id: '4636' } } }],
    });
    expect((await call('POST', '/categories/feed/accept', { table: 'mine' })).json).toEqual({
      added: 1,
      version: 1,
    });
    expect((await call('GET', '/categories/feed?table=mine')).json.coverage.now).toBe(3);
  });
});
