import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import { setStock } from '../../../src/catalog/set-stock.js';
import { systemClock } from '../../../src/clock.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { adoptListings } from '../../../src/sync/adopt.js';
import { explainOnChannel } from '../../../src/sync/explain-channel.js';
import { meetChannel } from '../../../src/sync/meet-channel.js';
import { observeChannel } from '../../../src/sync/observe.js';
import { syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';

const LAMP = '00012345';
const BY_AMAZON = [{ fulfillment_channel_code: 'AMAZON_NA' }];

describe('a SKU that Amazon ships', () => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(amazon, await sqliteDatabase(), {
      settings: { definitions: 'built-in' },
      params: { leadDays: 3 },
    });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
  });
  afterEach(() => bench.stop());

  const settle = (): ReturnType<typeof syncUntilSettled> =>
    syncUntilSettled(bench.desk, { deadlineMs: 10_000, atOnce: true });
  const observe = (): Promise<unknown> => {
    const { listings } = bench.desk.open;
    if (!listings?.observe) throw new Error('Amazon can be read back');
    return observeChannel(bench.desk, { observe: listings.observe.bind(listings) });
  };
  const command = (name: string, body: JsonObject): Promise<unknown> =>
    fetch(`${bench.simulator.url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  const change = async (): Promise<void> => {
    const at = systemClock.now();
    await setStock(bench.test.database, [{ sku: LAMP, location: 'default', onHand: 4 }], {
      owner: 'shop',
      cause: 'test',
      at,
    });
    await setPrices(bench.test.database, [{ sku: LAMP, price: { minor: 5_900, currency: 'USD' } }], {
      actor: 'test',
      at,
    });
  };
  const shown = (): JsonObject => bench.simulator.held().get(LAMP) ?? {};
  const patches = (): number => bench.simulator.calls.filter(({ method }) => method === 'PATCH').length;

  it('gets our price and never our stock or lead time, and the listing says why', async () => {
    await settle();
    await command('fba', { sku: LAMP, units: 20 });
    await observe();
    await change();
    await settle();
    expect(shown().fulfillment_availability).toEqual(BY_AMAZON);
    expect(JSON.stringify(shown().purchasable_offer)).toContain('59');
    const { channelIssues, record } = await explainOnChannel(bench.desk, LAMP);
    expect(record?.verdict).toBe('live');
    expect(channelIssues).toMatchObject([{ severity: 'info', code: 'shipped_by_amazon' }]);
    const sent = patches();
    await observe();
    await settle();
    expect(patches()).toBe(sent);
  });

  it('is known from the first meeting on, also when it is adopted and sent whole', async () => {
    await settle();
    const before = shown();
    await bench.test.database.run('DELETE FROM listing');
    await command('fba', { sku: LAMP, units: 20 });
    await meetChannel(bench.desk);
    await adoptListings(bench.desk, { skus: 'all', dryRun: false });
    await settle();
    expect(shown()).toEqual({ ...before, fulfillment_availability: BY_AMAZON });
  });

  it('is asked about before the first send when nobody has told, and nothing goes while Amazon cannot say', async () => {
    await settle();
    await bench.test.database.run("UPDATE listing SET fulfilled_by = NULL WHERE sku = '00012345'");
    await command('fba', { sku: LAMP, units: 20 });
    bench.simulator.faults.add({ kind: 'fail', match: 'GET /listings', times: 1 });
    await change();
    await settle();
    expect(shown().fulfillment_availability).toEqual(BY_AMAZON);
    expect(JSON.stringify(shown().purchasable_offer)).toContain('59');
  });

  it('gets our stock again once the merchant ships it', async () => {
    await settle();
    await command('fba', { sku: LAMP, units: 20 });
    await observe();
    await command('fba', { sku: LAMP, units: null });
    await observe();
    await settle();
    expect(shown().fulfillment_availability).toEqual([
      { fulfillment_channel_code: 'DEFAULT', lead_time_to_ship_max_days: 3, quantity: 12 },
    ]);
  });
});
