import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconcile } from '../../jobs/reconcile.js';
import { knownConnectors } from '../../src/app.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type Answer, type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

const MARKET = { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' };
const UNRESOLVED = ['$', '{PATH}'].join('');
const SECRET = 'a-secret-nobody-may-see-4f2a';

describe('connecting a channel in the console', () => {
  let house: ServedHouse;
  let operator: Visitor;
  beforeEach(async () => {
    house = await serveHouse();
    operator = await house.visitor('operator');
  });
  afterEach(() => house.close());
  const draft = (values: object = {}): Promise<Answer> =>
    operator.call('POST', '/channels', { id: 'practice', connector: 'memory', values });

  it('keeps a draft step by step, says what is missing where, and takes it into use only when nothing is', async () => {
    const made = await draft();
    expect([made.status, made.body.state]).toEqual([201, 'draft']);
    expect(made.body.mistakes.map(({ pointer }: { pointer: string }) => pointer)).toContain('/country');
    const early = await operator.call('POST', '/channels/practice/start');
    expect([early.status, early.body.pointers.length > 0]).toEqual([422, true]);
    expect(house.app.config.channels).toEqual([]);
    const filled = await operator.call('PATCH', '/channels/practice/setup', {
      revision: 1,
      values: MARKET,
      step: 'market',
    });
    expect(filled.body).toMatchObject({ revision: 2, step: 'market', mistakes: [] });
    const late = await operator.call('PATCH', '/channels/practice/setup', {
      revision: 1,
      values: { country: 'DE' },
    });
    expect([late.status, late.body.code]).toEqual([409, 'part_moved']);
    expect((await operator.call('POST', '/channels/practice/start')).body.state).toBe('active');
    expect(house.app.channel('practice')).toMatchObject({ connector: 'memory', country: 'US' });
    const broken = await operator.call('PATCH', '/channels/practice/setup', {
      revision: 3,
      values: { country: 'nowhere' },
    });
    expect([broken.status, broken.body.pointers[0].pointer]).toEqual([422, '/country']);
    expect((await operator.call('POST', '/channels/practice/disconnect')).status).toBe(204);
    expect(house.app.config.channels).toEqual([]);
  });

  it('seals secrets as they come, shows only how they end, and works with them', async () => {
    const simulator = await knownConnectors().get('memory').simulator?.();
    const far = await simulator!.start({ port: 0, processingMs: 0 });
    const token = String(far.settings.token);
    try {
      const made = await draft({ ...MARKET, settings: far.settings });
      expect(made.body.secrets).toEqual([{ pointer: '/settings/token', ends: token.slice(-4) }]);
      expect(JSON.stringify(made.body)).not.toContain(token);
      const checked = await operator.call('POST', '/channels/practice/check');
      expect(checked.body).toContain('event: done\ndata: {"ok":true}');
      const kept = JSON.stringify([
        await house.app.database.all('SELECT * FROM house_part'),
        await house.app.database.all('SELECT * FROM audit_entry'),
      ]);
      expect(kept).not.toContain(token);
      await operator.call('PATCH', '/channels/practice/setup', {
        revision: 1,
        values: { settings: { token: 'another-token-of-it' } },
      });
      expect((await operator.call('POST', '/channels/practice/check')).body).toContain('{"ok":false}');
    } finally {
      await far.stop();
    }
  });

  it('is begun with nothing, the first or all, and can be left with every listing taken down', async () => {
    const { app } = house;
    await fillCatalog(app.database, smallCatalog(), house.clock);
    const simulator = await knownConnectors().get('memory').simulator?.();
    const far = await simulator!.start({ port: 0, processingMs: 0 });
    const sends = (body: object) => operator.call('PUT', '/channels/practice/sends', body);
    const work = async (): Promise<number> => {
      for (let round = 0; round < 8; round++) {
        house.clock.move(30_000);
        if (app.config.channels.length > 0) await reconcile(app)('practice', new AbortController().signal);
      }
      return far.held().size;
    };
    try {
      await draft({ ...MARKET, settings: far.settings });
      const told = String((await operator.call('POST', '/channels/practice/readiness')).body);
      const last = JSON.parse(/event: done\ndata: (.*)/.exec(told)?.[1] ?? '{}');
      expect(last.seen).toBe(last.ready + last.blocked + last.excluded);
      expect([last.seen > 2, far.held().size]).toEqual([true, 0]);
      expect(await app.database.all('SELECT 1 AS one FROM listing')).toEqual([]);
      expect((await sends({ sends: 'nothing' })).status).toBe(204);
      await operator.call('POST', '/channels/practice/start');
      expect(await work()).toBe(0);
      const shown = (await operator.call('GET', '/channels/practice')).body;
      expect(shown).toMatchObject({
        sends: { to: 'nothing', first: null },
        leaving: null,
        paused: 'only_watched',
      });
      expect((await sends({ sends: 'first', first: 2 })).status).toBe(204);
      expect(await work()).toBe(2);
      expect((await sends({ sends: 'everything' })).status).toBe(204);
      const all = await work();
      expect(all).toBeGreaterThan(2);
      const leave = (count: number) => operator.call('POST', '/channels/practice/take-down', { count });
      expect((await leave(all + 1)).body).toMatchObject({ code: 'count_moved' });
      expect((await leave(all)).status).toBe(204);
      expect((await operator.call('GET', '/channels/practice')).body.leaving).toMatchObject({
        by: 'A operator',
        left: all,
      });
      expect(await work()).toBe(0);
      expect(app.config.channels).toEqual([]);
      expect((await sends({ sends: 'nothing' })).status).toBe(404);
    } finally {
      await far.stop();
    }
  });

  it('takes nothing of the environment, no files outside of the folder, and no names of the file', async () => {
    const named = await draft({ ...MARKET, params: { brand: UNRESOLVED } });
    await operator.call('POST', '/channels/practice/start');
    expect([named.status, house.app.channel('practice').params.brand]).toEqual([201, UNRESOLVED]);
    const feed = {
      id: 'feed',
      connector: 'feed-file',
      values: { ...MARKET, settings: { path: '../outside.xml', format: 'google-rss' } },
    };
    expect((await operator.call('POST', '/channels', feed)).body.code).toBe('file_outside');
    const mapping = await draft({ mapping: '/etc/passwd' });
    expect([mapping.status, mapping.body.pointers]).toEqual([
      422,
      [{ pointer: '/mapping', message: 'is not set up here', advice: null }],
    ]);
    expect(
      (await (await house.visitor('editor')).call('POST', '/channels', { id: 'x', connector: 'memory' }))
        .status,
    ).toBe(403);
  });
});

describe('a channel of the file', () => {
  it('counts, is shown without its secrets, and is not changed here', async () => {
    const house = await serveHouse(
      `channels:\n  market: { connector: memory, country: US, language: en, currency: USD, zone: UTC, settings: { token: ${SECRET} } }\n`,
    );
    try {
      const operator = await house.visitor('operator');
      const shown = await operator.call('GET', '/channels/market/setup');
      expect(shown.body).toMatchObject({
        state: 'file',
        secrets: [{ pointer: '/settings/token', ends: '4f2a' }],
      });
      expect(JSON.stringify(shown.body)).not.toContain(SECRET);
      const change = await operator.call('PATCH', '/channels/market/setup', { revision: 1, values: {} });
      expect([change.status, change.body.code]).toEqual([409, 'in_file']);
      expect(
        (await operator.call('POST', '/channels', { id: 'market', connector: 'memory' })).body.code,
      ).toBe('in_file');
    } finally {
      await house.close();
    }
  });
});

describe('bringing products in the console', () => {
  const CSV =
    'Handle,Title,Vendor,Variant SKU,Variant Price,Variant Inventory Qty\ntee,Tee,Acme,TEE-M,19.90,4\nmug,Mug,Acme,MUG,x,1\n';

  it('takes a file, shows what would be read, and imports it as a source from then on', async () => {
    const house = await serveHouse();
    try {
      const operator = await house.visitor('operator');
      const upload = async (body: string, name: string): Promise<{ id: string }> => {
        const reply = await fetch(`${house.url}/api/v1/uploads?name=${encodeURIComponent(name)}`, {
          method: 'POST',
          headers: { ...operator.headers, 'content-type': 'application/octet-stream' },
          body,
        });
        expect(reply.status).toBe(201);
        return (await reply.json()) as { id: string };
      };
      const { id } = await upload(CSV, '../../my products.CSV');
      expect(id).toMatch(/^[0-9a-f-]{36}\.csv$/);
      const preview = await operator.call('POST', '/sources/preview', { upload: id, currency: 'EUR' });
      expect(preview.body).toMatchObject({ whole: true, format: 'shopify-csv', rows: 2 });
      expect(preview.body.sample[0]).toMatchObject({ sku: 'TEE-M', title: 'Tee' });
      expect(preview.body.errors[0]).toMatchObject({ line: 3 });
      expect((await operator.call('POST', '/sources/preview', { upload: '../../etc/passwd' })).status).toBe(
        404,
      );
      expect(
        (await operator.call('POST', '/sources/preview', { url: 'http://127.0.0.1:1/x' })).status,
      ).toBeGreaterThanOrEqual(400);
      const made = await operator.call('POST', '/sources', {
        id: 'shop',
        source: { upload: id, currency: 'EUR' },
      });
      expect([made.status, made.body.state]).toEqual([201, 'active']);
      expect(house.app.source('shop').path).toContain(house.folder);
      expect((await house.app.queue.depth()).waiting).toBe(1);
      expect((await operator.call('POST', '/sources', { id: 'shop', source: { upload: id } })).status).toBe(
        409,
      );
      expect((await operator.call('DELETE', '/sources/shop/setup')).status).toBe(204);
      expect(house.app.config.sources).toEqual([]);
    } finally {
      await house.close();
    }
  });

  it('shows a table nobody knows as it is written, and reads it by the columns a person names', async () => {
    const house = await serveHouse();
    try {
      const operator = await house.visitor('operator');
      const reply = await fetch(`${house.url}/api/v1/uploads?name=list.csv`, {
        method: 'POST',
        headers: { ...operator.headers, 'content-type': 'application/octet-stream' },
        body: 'Artikel;Text;Preis\nCUP;Cup;4,50\n',
      });
      const { id } = (await reply.json()) as { id: string };
      const unread = await operator.call('POST', '/sources/preview', { upload: id, currency: 'EUR' });
      expect(unread.body.code).toBe('source_format_unknown');
      const look = await operator.call('POST', '/sources/look', { upload: id });
      expect(look.body).toMatchObject({ delimiter: ';', columns: ['Artikel', 'Text', 'Preis'] });
      const source = {
        upload: id,
        currency: 'EUR',
        decimalMark: ',',
        columns: { sku: 'Artikel', title: 'Text', price: 'Preis' },
      };
      const preview = await operator.call('POST', '/sources/preview', source);
      expect(preview.body.sample).toMatchObject([{ sku: 'CUP', title: 'Cup' }]);
      const made = await operator.call('POST', '/sources', { id: 'shop', source });
      expect([made.status, made.body.values.columns]).toEqual([201, source.columns]);
      expect(house.app.source('shop').columns).toEqual(source.columns);
      const both = await operator.call('POST', '/sources/preview', { ...source, mapping: 'generic' });
      expect(both.body.pointers).toMatchObject([{ pointer: '/columns' }]);
      const shipped = await operator.call('POST', '/sources/preview', {
        ...source,
        columns: undefined,
        mapping: 'generic',
      });
      expect(shipped.status).toBe(200);
    } finally {
      await house.close();
    }
  });
});
