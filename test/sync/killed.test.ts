import { afterEach, describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { ListingPort } from '../../src/channel/connector.js';
import { systemClock } from '../../src/clock.js';
import type { JsonObject } from '../../src/domain/json.js';
import { syncRound } from '../../src/sync/run.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const LAMP = '00012345';
const PATIENCE = { deadlineMs: 15_000, atOnce: true };

describe.each(connectors.filter(({ price, id }) => price !== undefined && id !== 'feed-file'))(
  'a process that ends between the channel’s answer and its record ($id)',
  (connector) => {
    let bench: ChannelBench;
    afterEach(() => bench.stop());

    async function price(minor: number): Promise<void> {
      const change = { sku: LAMP, price: { minor, currency: 'USD' } };
      await setPrices(bench.test.database, [change], { actor: 'test', at: systemClock.now() });
    }

    it('does not leave the price of the lost submission standing when the price goes back meanwhile', async () => {
      bench = await channelBench(connector, await sqliteDatabase());
      await fillCatalog(bench.test.database, smallCatalog(), systemClock);
      await syncUntilSettled(bench.desk, PATIENCE);
      const before = bench.simulator.held().get(LAMP);
      await price(4_000);
      const port = bench.desk.open.listings as ListingPort;
      const dying: ListingPort = {
        ...port,
        async submit(changes, key) {
          await port.submit(changes, key);
          throw new Error('killed');
        },
      };
      await expect(syncRound(bench.desk, dying, { atOnce: true })).rejects.toThrow('killed');
      await price(4_950);
      await syncUntilSettled(await bench.again(), PATIENCE);
      expect(bench.simulator.held().get(LAMP)).toEqual(before as JsonObject);
    });
  },
);
