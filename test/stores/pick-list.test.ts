import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { recordShipment } from '../../src/orders/record-shipment.js';
import { fulfilOrders } from '../../src/stores/fulfil-orders.js';
import { type PickList, pickLists } from '../../src/stores/pick-list.js';
import { pickListHtml, pickListText } from '../../src/stores/print-pick-list.js';
import { recordPickup } from '../../src/stores/record-pickup.js';
import { BUYERS, CHANNEL, line, order, takeUnplaced } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { fulfilDesk, location } from './support.js';

const NOW = '2026-11-25T09:00:00.000Z';
const [BERLIN, HAMBURG] = [
  location('berlin', { name: 'Berlin <Mitte>', code: 'BER-1', uses: ['ship', 'pickup'] }),
  location('hamburg', { priority: 2, bin: 'shelf_hh' }),
];
const LOCATIONS = [BERLIN, HAMBURG];
const SHIRT = line('1', { sku: 'SHIRT-S', title: 'Linen shirt', quantity: 3 });
const LAMP = line('2', {
  sku: '00012345',
  title: 'Lamp <script>alert(1)</script>',
  unitPrice: { minor: 4_950, currency: 'USD' },
});

onEachDatabase('a pick list', (open) => {
  async function house(): Promise<{ database: Database; desk: ReturnType<typeof fulfilDesk> }> {
    const { database } = await open();
    const [shirt, lamp] = smallCatalog();
    if (!shirt || !lamp) throw new Error('the small catalog has a shirt and a lamp');
    const bins = { ...shirt.product.attributes, bin: 'B-10' };
    const lampBins = { bin: 'B-9', shelf_hh: '7' };
    await fillCatalog(
      database,
      [
        { ...shirt, product: { ...shirt.product, attributes: bins } },
        { ...lamp, product: { ...lamp.product, attributes: lampBins } },
      ],
      handClock(),
    );
    await takeUnplaced(database, [
      order('A', {
        placedAt: '2026-11-01T07:00:00.000Z',
        shipBy: '2026-11-26T17:00:00.000Z',
        lines: [SHIRT, LAMP],
        buyer: { name: 'Ada Example' },
      }),
      order('B', { delivery: { method: 'pickup' }, lines: [line('1', { quantity: 1 })] }),
    ]);
    const desk = fulfilDesk(database, LOCATIONS);
    await fulfilOrders(desk);
    return { database, desk };
  }
  const lists = (
    database: Database,
    changes: Partial<Parameters<typeof pickLists>[1]> = {},
  ): Promise<readonly PickList[]> =>
    pickLists(database, { location: null, locations: LOCATIONS, now: NOW, names: null, ...changes });

  it('goes along the shelves, adds the units of a SKU up over orders, and has boxes and no prices', async () => {
    const { database } = await house();
    const text = pickListText(await lists(database));
    expect(text.split('\n')).toEqual([
      'Pick list: Berlin <Mitte> (BER-1), 2026-11-25 10:00',
      '',
      '[ ] B-9     1 × 00012345  Lamp <script>alert(1)</script>  → 1',
      '[ ] B-10    4 × SHIRT-S   Linen shirt, Blue, S  → 1 (3), 2',
      '',
      `[ ] 1. A (${CHANNEL})  4 units  parcel  by 2026-11-26 18:00`,
      `[ ] 2. B (${CHANNEL})  1 unit  fetched in the store`,
      '',
    ]);
    expect(text).not.toMatch(/49[.,]50|Ada/);
  });

  it('is a page that loads and runs nothing, whatever the titles say', async () => {
    const { database } = await house();
    const html = pickListHtml(await lists(database));
    expect(html).toContain('Lamp &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('Berlin &lt;Mitte&gt;');
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
    expect(html.match(/class="box"/g)).toHaveLength(4);
  });

  it('names buyers only when asked, and only those that are still known', async () => {
    const { database } = await house();
    const [list] = await lists(database, { names: BUYERS });
    expect(list?.orders.map(({ name }) => name)).toEqual(['Ada Example', null]);
  });

  it('leaves out what is packed or ready, and has nothing for a location without work unless it is asked for', async () => {
    const { database, desk } = await house();
    const place = { channel: CHANNEL, externalId: 'A', now: NOW };
    await recordShipment(database, place, {
      reference: 'P1',
      carrier: 'UPS',
      trackingNumber: '1Z',
      shippedAt: NOW,
      lines: [{ sku: 'SHIRT-S', quantity: 2 }],
    });
    await database.transaction((tx) => recordPickup(tx, desk, { externalId: 'B', news: 'ready', by: 'ops' }));
    const [list, ...others] = await lists(database);
    expect(others).toEqual([]);
    expect(list?.items.map(({ sku, quantity }) => `${quantity} ${sku}`)).toEqual(['1 00012345', '1 SHIRT-S']);
    expect(await lists(database, { location: HAMBURG })).toMatchObject([{ items: [], orders: [] }]);
    expect(pickListText(await lists(database, { location: HAMBURG }))).toContain('nothing to pick');
  });
});
