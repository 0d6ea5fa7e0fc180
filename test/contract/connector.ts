import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setOverride } from '../../src/catalog/overrides.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { systemClock } from '../../src/clock.js';
import type { JsonObject } from '../../src/domain/json.js';
import { healRound } from '../../src/sync/heal-round.js';
import { observeChannel } from '../../src/sync/observe.js';
import { channelCounts } from '../../src/sync/records.js';
import { syncChannel, syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const DEADLINE_MS = 15_000;

/** Meta drops an update of an item it does not have without a word; only the read-back or the daily document mends that. */
const SILENT_ABOUT_LOST_OFFERS: ReadonlySet<string> = new Set(['meta']);

/** What every connector with listings must do, checked against its own simulator: the world is asserted, not the calls. */
export function describeListings(connector: ListingConnector): void {
  describe(`${connector.id}: listings`, () => {
    let bench: ChannelBench;
    beforeEach(async () => {
      bench = await channelBench(connector, await sqliteDatabase());
      await fillCatalog(bench.test.database, smallCatalog(), systemClock);
    });
    afterEach(() => bench.stop());

    const settle = (): ReturnType<typeof syncUntilSettled> =>
      syncUntilSettled(bench.desk, { deadlineMs: DEADLINE_MS, atOnce: true });

    it('converges: the channel holds exactly what we computed, and planning again finds nothing to do', async () => {
      await settle();
      expect(await notListed(bench)).toEqual([]);
      await expectHeldAsDesired(bench);
      const again = await syncChannel(bench.desk, { atOnce: true });
      expect(again).toMatchObject({ changed: 0, submitted: 0, held: 0, failed: 0 });
    });

    it('sends nothing twice after a restart', async () => {
      await settle();
      const calls = bench.simulator.calls.filter((call) => call.method !== 'GET').length;
      const report = await syncUntilSettled(await bench.again(), { deadlineMs: DEADLINE_MS, atOnce: true });
      expect(report.submitted).toBe(0);
      expect(bench.simulator.calls.filter((call) => call.method !== 'GET')).toHaveLength(calls);
    });

    it.runIf(connector.price !== undefined || connector.offerAttributes.length > 0)(
      'carries a changed price over',
      async () => {
        await settle();
        await setPrices(
          bench.test.database,
          [{ sku: '00012345', price: { minor: 4_500, currency: 'USD' } }],
          { actor: 'test', at: systemClock.now() },
        );
        const report = await settle();
        expect(report.changed).toBe(1);
        await expectHeldAsDesired(bench);
      },
    );

    it('takes off what is excluded, and only that', async () => {
      await settle();
      await setOverride(
        bench.test.database,
        { channel: '*', scope: 'variant', key: 'SHIRT-M', attributes: {}, exclude: 'not on sale today' },
        { actor: 'test', at: systemClock.now() },
      );
      await settle();
      expect([...bench.simulator.held().keys()].sort()).toEqual(['00012345', 'SHIRT-L', 'SHIRT-S']);
      expect((await channelCounts(bench.test.database, bench.desk.kit.channel.id)).live).toBe(3);
    });

    // Channels that fetch one whole document have no calls that could fail.
    if (wholeDocument(connector)) return;
    describe('one by one', () => {
      it('is not confused by an answer that is lost after the change was applied', async () => {
        bench.simulator.faults.add({ kind: 'drop-after', times: 2 });
        await settle();
        await expectHeldAsDesired(bench);
      });

      it('is not confused by a connection that breaks before the change is applied', async () => {
        bench.simulator.faults.add({ kind: 'drop-before', times: 2 });
        await settle();
        await expectHeldAsDesired(bench);
      });

      it('waits when the channel asks to slow down, and goes on by itself', async () => {
        bench.simulator.faults.add({ kind: 'throttle', ms: 300 });
        await settle();
        await expectHeldAsDesired(bench);
      });

      it('gets over failures of the channel', async () => {
        bench.simulator.faults.add({ kind: 'fail', times: 2 });
        await settle();
        await expectHeldAsDesired(bench);
      });

      it('tells which listing the channel refused, and the others are live', async () => {
        bench.simulator.refuse('SHIRT-M', 'policy_violation');
        const report = await settle();
        expect(report.counts).toMatchObject({ listed: 4, live: 3, rejected: 1 });
        const row = await bench.test.database.get<{ verdict: string; verdict_issues: string }>(
          "SELECT verdict, verdict_issues FROM listing WHERE sku = 'SHIRT-M'",
        );
        expect(row?.verdict).toBe('rejected');
        expect(JSON.parse(row?.verdict_issues ?? '[]')).toContainEqual(
          expect.objectContaining({ severity: 'error', origin: 'channel' }),
        );
      });

      it('puts a listing that was taken away behind our back on again with its next price change, where the channel tells', async () => {
        if (!bench.desk.open.listings || SILENT_ABOUT_LOST_OFFERS.has(connector.id)) return;
        await settle();
        bench.simulator.tamper('00012345', null);
        await setPrices(
          bench.test.database,
          [{ sku: '00012345', price: { minor: 4_500, currency: 'USD' } }],
          { actor: 'test', at: systemClock.now() },
        );
        await settle();
        await expectHeldAsDesired(bench);
      });

      it('mends in its daily document what single changes did not notice, where the channel takes both', async () => {
        const { feed, listings } = bench.desk.open;
        if (!feed || !listings) return;
        await settle();
        bench.simulator.tamper('SHIRT-S', null);
        const healed = await healRound(bench.desk, feed);
        expect(healed).toMatchObject({ written: { items: 4 }, held: null, failure: null });
        await settle();
        await expectHeldAsDesired(bench);
      });

      it('notices what was changed or taken away behind our back, mends it, and leaves the listings of others alone', async () => {
        const { listings } = bench.desk.open;
        if (!listings?.observe) return;
        await settle();
        const lamp = bench.simulator.held().get('00012345') ?? {};
        bench.simulator.tamper('SHIRT-S', null);
        bench.simulator.tamper('SOMEBODY-ELSES', lamp);
        const observation = await observeChannel(bench.desk, { observe: listings.observe.bind(listings) });
        expect(observation).toMatchObject({ missing: 1, unmanaged: 1, unmanagedSkus: ['SOMEBODY-ELSES'] });
        await settle();
        expect([...bench.simulator.held().keys()]).toContain('SOMEBODY-ELSES');
        bench.simulator.tamper('SOMEBODY-ELSES', null);
        await expectHeldAsDesired(bench);
      });
    });
  });
}

/** Whether the channel fetches one whole document. */
function wholeDocument(connector: ListingConnector): boolean {
  return connector.id === 'feed-file';
}

/** What stands in the way of variants that should be listed. */
function notListed(bench: ChannelBench): Promise<unknown[]> {
  return bench.test.database.all(
    "SELECT sku, state, reason, issues FROM listing WHERE channel = ? AND state <> 'listed'",
    [bench.desk.kit.channel.id],
  );
}

/** The simulator's own reading of what it holds against our computation, SKU by SKU. */
async function expectHeldAsDesired(bench: ChannelBench): Promise<void> {
  const channel = bench.desk.kit.channel.id;
  const rows = await bench.test.database.all<{ variant_id: number; sku: string }>(
    "SELECT variant_id, sku FROM listing WHERE channel = ? AND state = 'listed'",
    [channel],
  );
  expect(rows.length).toBeGreaterThan(0);
  const desired = await bench.desk.desiredOf(rows.map((row) => row.variant_id));
  const expected = new Map<string, JsonObject>();
  for (const row of rows) {
    const listing = desired.get(row.variant_id);
    if (listing?.state === 'listed') expected.set(row.sku, listing.attributes);
  }
  expect(Object.fromEntries(bench.simulator.held())).toEqual(Object.fromEntries(expected));
  expect((await channelCounts(bench.test.database, channel)).live).toBe(rows.length);
}
