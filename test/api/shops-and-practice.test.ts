import { expect, it } from 'vitest';
import { reconcile } from '../../jobs/reconcile.js';
import { sweep } from '../../jobs/sweep.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { serveHouse } from '../support/served-house.js';

const FACTS = 'connector: memory, country: US, language: en, currency: USD, zone: UTC';

it('a shop has no listings though its connector could, and practice channels are not counted with real ones', async () => {
  const house = await serveHouse(`channels:
  market: { ${FACTS}, settings: { store: sp-market }, orders: { placeIn: shop } }
  shop: { ${FACTS}, settings: { store: sp-shop } }
  try: { ${FACTS}, settings: { endpoint: "http://127.0.0.1:9/", store: sp-try } }
`);
  try {
    const { app } = house;
    await fillCatalog(app.database, smallCatalog(), app.clock);
    const operator = await house.visitor('operator');
    for (const channel of ['market', 'try']) await reconcile(app)(channel, app.signal);
    const variants = smallCatalog().flatMap((product) => product.variants).length;

    const answer = await operator.call('GET', '/overview');
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const overview = answer.body;
    expect(overview.channels.map(({ channel }: { channel: string }) => channel)).toEqual(['market', 'try']);
    const counts = (await operator.call('GET', '/listings/counts')).body.channels;
    expect(
      counts.map(({ channel, together }: { channel: string; together: boolean }) => [channel, together]),
    ).toEqual([
      ['market', true],
      ['try', false],
    ]);
    const all = (await operator.call('GET', '/listings?limit=100')).body;
    expect(new Set(all.items.map(({ channel }: { channel: string }) => channel))).toEqual(
      new Set(['market']),
    );
    expect(all.total.rows).toBe(variants);
    // Asked for by name, a practice channel is told.
    expect((await operator.call('GET', '/listings?channel=try')).status).toBe(200);

    await sweep(app)('*', app.signal);
    const wakes = await app.database.all(
      "SELECT wake_key AS key FROM wake WHERE job = 'reconcile' ORDER BY wake_key",
    );
    expect(wakes).toEqual([{ key: 'market' }, { key: 'try' }]);
  } finally {
    await house.close();
  }
});
