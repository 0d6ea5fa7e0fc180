import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setOverride } from '../../../src/catalog/overrides.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import { syncChannel } from '../../../src/sync/sync-channel.js';
import { fillCatalog } from '../../support/catalog.js';
import { goods, type VirtualHouse, virtualHouse } from './virtual-house.js';

/** Items of the house: enough that shares count. */
const ITEMS = 30;

describe('changes at Meta that wait for a person', () => {
  let house: VirtualHouse;
  beforeEach(async () => {
    house = await virtualHouse(0);
    await fillCatalog(house.desk.database, goods(ITEMS), house.clock);
    await house.settle();
  });
  afterEach(() => house.stop());

  const by = () => ({ actor: 'test', at: house.clock.now() });
  async function leaveOut(count: number): Promise<void> {
    for (let n = 0; n < count; n++)
      await setOverride(
        house.desk.database,
        { channel: '*', scope: 'variant', key: `LAMP-${n}`, attributes: {}, exclude: 'sold out for good' },
        by(),
      );
    await syncChannel(house.desk, { atOnce: true });
  }
  async function reprice(minor: number): Promise<void> {
    const price = { minor, currency: 'USD' };
    await setPrices(house.desk.database, [{ sku: 'LAMP-0', price }], by());
    await syncChannel(house.desk, { atOnce: true });
  }

  it('are removals of more than a tenth of what is there, and no fewer', async () => {
    await leaveOut(3);
    expect(house.simulator.held().size).toBe(ITEMS - 3);
    await leaveOut(10);
    expect(house.simulator.held().size).toBe(ITEMS - 3);
  });

  it('are prices that rise by more than half, while smaller steps travel', async () => {
    await reprice(1_400);
    expect(house.simulator.held().get('LAMP-0')?.price).toBe('14.00 USD');
    await reprice(2_200);
    expect(house.simulator.held().get('LAMP-0')?.price).toBe('14.00 USD');
  });
});
