import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setOverride } from '../../src/catalog/overrides.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import { setStock } from '../../src/catalog/set-stock.js';
import type { ListingChange, ListingPort, Receipt } from '../../src/channel/connector.js';
import { ChannelError, type FailureKind } from '../../src/domain/errors.js';
import type { SourceProduct } from '../../src/domain/product.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { readChannelState } from '../../src/sync/channel-state.js';
import { desireChannel } from '../../src/sync/desire.js';
import { observeChannel } from '../../src/sync/observe.js';
import { planChannel } from '../../src/sync/plan-channel.js';
import { type RoundReport, syncRound } from '../../src/sync/run.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const HOUR_MS = 3_600_000;

/** A channel in the test's hand: remembers what it was given and answers as the test says. */
interface HandPort extends ListingPort {
  readonly batches: ListingChange[][];
  answer(change: ListingChange): Receipt;
  fails: Error | null;
}

function handPort(): HandPort {
  const port: HandPort = {
    batches: [],
    fails: null,
    answer: ({ sku, action }) => ({ sku, outcome: action === 'remove' ? 'removed' : 'live' }),
    async submit(changes) {
      port.batches.push([...changes]);
      if (port.fails) throw port.fails;
      return { id: null, receipts: changes.map((change) => port.answer(change)) };
    },
  };
  return port;
}

function failure(kind: FailureKind, againInMs: number | null = null): ChannelError {
  return new ChannelError('the channel failed', {
    code: kind.replace('-', '_'),
    kind,
    owner: 'channel',
    advice: 'Wait.',
    againInMs,
  });
}

function lamps(count: number): SourceProduct[] {
  return Array.from({ length: count }, (_, n) => ({
    product: {
      id: `lamp-${n}`,
      title: `Lamp ${n}`,
      status: 'active' as const,
      link: `https://shop.example/${n}`,
    },
    variants: [
      {
        sku: `L-${String(n).padStart(3, '0')}`,
        content: {},
        offer: { price: { minor: 1_000, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 9 }],
      },
    ],
  }));
}

onEachDatabase('the sync engine', (open) => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let port: HandPort;
  const clock = handClock();

  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
    desk = bench.desk;
    port = handPort();
    await fillCatalog(desk.database, smallCatalog(), clock);
  });
  afterEach(() => bench.stop());

  const round = (options: Parameters<typeof syncRound>[2] = { atOnce: true }): Promise<RoundReport> =>
    syncRound(desk, port, options);
  const sent = (): string[] =>
    port.batches
      .flat()
      .map((change) => `${change.action} ${change.sku}`)
      .sort();
  const by = (): { actor: string; at: string } => ({ actor: 'test', at: clock.now() });

  it('reads and writes only what changed', async () => {
    await round();
    port.batches.length = 0;
    await setPrices(desk.database, [{ sku: '00012345', price: { minor: 5_099, currency: 'USD' } }], by());
    const report = await round();
    expect(report.desired).toEqual({ mode: 'changes', seen: 1, changed: 1, notes: 0 });
    expect(sent()).toEqual(['offer 00012345']);
    expect((await round()).desired).toEqual({ mode: 'changes', seen: 0, changed: 0, notes: 0 });
  });

  it('repeats a change whose process died between the intention and the answer, once patience is over', async () => {
    port.fails = new Error('killed');
    await expect(round()).rejects.toThrow('killed');
    port.fails = null;
    port.batches.length = 0;
    expect((await round()).planned).toBe(0);
    clock.advance(memory.limits.patienceMs + 1);
    await round();
    expect(sent()).toEqual(['upsert 00012345', 'upsert SHIRT-L', 'upsert SHIRT-M', 'upsert SHIRT-S']);
  });

  it('counts silence about a SKU as unknown and asks again', async () => {
    port.submit = async (changes) => {
      port.batches.push([...changes]);
      return {
        id: null,
        receipts: changes.filter(({ sku }) => sku !== 'SHIRT-M').map((change) => port.answer(change)),
      };
    };
    await round();
    clock.advance(1);
    port.batches.length = 0;
    await round();
    expect(sent()).toEqual(['upsert SHIRT-M']);
  });

  it('halves a batch that was refused as a whole until the bad item is alone', async () => {
    port.submit = async (changes) => {
      port.batches.push([...changes]);
      if (changes.some(({ sku }) => sku === 'SHIRT-M')) throw failure('refused');
      return { id: null, receipts: changes.map((change) => port.answer(change)) };
    };
    const report = await round();
    expect(report).toMatchObject({ planned: 4, held: 0 });
    expect(report.applied).toMatchObject({ sent: 4, rejected: 1, failed: 0, waiting: 0 });
    const rows = await desk.database.all<{ sku: string; verdict: string }>(
      'SELECT sku, verdict FROM listing ORDER BY sku',
    );
    expect(rows.map(({ sku, verdict }) => `${sku} ${verdict}`)).toEqual([
      '00012345 live',
      'SHIRT-L live',
      'SHIRT-M rejected',
      'SHIRT-S live',
    ]);
    port.batches.length = 0;
    await round();
    expect(sent()).toEqual([]);
  });

  it('stops calling a channel that asks to wait, and keeps to its own delay', async () => {
    port.fails = failure('throttled', 30_000);
    const report = await round();
    expect(report.planned).toBe(report.applied.sent + report.applied.failed + report.applied.waiting);
    expect(report.againInMs).toBe(30_000);
    port.fails = null;
    port.batches.length = 0;
    clock.advance(29_000);
    expect((await round()).planned).toBe(0);
    clock.advance(1_001);
    await round();
    expect(sent()).toHaveLength(4);
  });

  it('pauses the channel at once when its credentials are refused, and shows a problem', async () => {
    port.fails = failure('auth-lost');
    await round();
    const calls = port.batches.length;
    expect((await round()).paused).toBe('auth_lost');
    expect(port.batches).toHaveLength(calls);
    expect((await readChannelState(desk.database, desk.kit.channel.id)).paused_code).toBe('auth_lost');
    expect(await desk.database.all('SELECT code FROM problem')).toEqual([{ code: 'auth_lost' }]);
  });

  it('sends what sold out before everything else', async () => {
    await round();
    await setPrices(desk.database, [{ sku: '00012345', price: { minor: 5_000, currency: 'USD' } }], by());
    await setStock(desk.database, [{ sku: 'SHIRT-S', location: 'default', onHand: 0 }], {
      owner: 'shop',
      cause: 'sold',
      at: clock.now(),
    });
    port.batches.length = 0;
    await round();
    expect(port.batches.map((batch) => batch.map(({ sku }) => sku))).toEqual([['SHIRT-S'], ['00012345']]);
  });

  it('holds removals that are too many, lets the rest travel, and opens for the checksum that was shown', async () => {
    await fillCatalog(desk.database, lamps(20), clock);
    await round();
    const known = (await planChannel(desk, 0)).facts.known;
    await fillCatalog(desk.database, lamps(5), clock);
    port.batches.length = 0;
    const held = await round();
    expect(sent()).toEqual([]);
    expect(held.plan.holds).toMatchObject([
      { code: 'too_many_removals', message: `would remove ${held.held} of ${known} known listings` },
    ]);
    await round({ atOnce: true, force: 'not-the-checksum' });
    expect(sent()).toEqual([]);
    await round({ atOnce: true, force: held.plan.checksum });
    expect(sent()).toHaveLength(held.held);
    expect(sent().every((change) => change.startsWith('remove '))).toBe(true);
  });

  it('keeps the old price live when the new one is a typo', async () => {
    await round();
    clock.advance(1);
    port.batches.length = 0;
    await setPrices(desk.database, [{ sku: 'SHIRT-S', price: { minor: 20, currency: 'USD' } }], by());
    const report = await round();
    expect(report).toMatchObject({ planned: 1, held: 1 });
    expect(sent()).toEqual([]);
    const plan = await planChannel(desk, 5);
    expect(plan.entries).toMatchObject([
      {
        sku: 'SHIRT-S',
        held: 'the price moved by -99 %',
        differences: [{ attribute: 'price', before: '19.99 USD', after: '0.20 USD' }],
      },
    ]);
  });

  it('shows what a change changes, old and new, from the history of the catalog', async () => {
    await round();
    clock.advance(1_000);
    await setStock(desk.database, [{ sku: 'SHIRT-S', location: 'default', onHand: 2 }], {
      owner: 'shop',
      cause: 'counted',
      at: clock.now(),
    });
    const plan = await planChannel(desk, 5);
    expect(plan.entries).toMatchObject([
      { sku: 'SHIRT-S', change: 'offer', differences: [{ attribute: 'quantity', before: 5, after: 2 }] },
    ]);
  });

  it('gathers changes for the window of the channel when nobody asks for more', async () => {
    const patient = {
      ...desk,
      kit: {
        ...desk.kit,
        connector: { ...desk.kit.connector, limits: { ...desk.kit.connector.limits, coalesceMs: 60_000 } },
      },
    };
    await syncRound(patient, port, {});
    expect(sent()).toEqual([]);
    clock.advance(60_001);
    await syncRound(patient, port, {});
    expect(sent()).toHaveLength(4);
  });

  it('sends unchanged listings again before the channel forgets them', async () => {
    const expiring = {
      ...desk,
      kit: {
        ...desk.kit,
        connector: {
          ...desk.kit.connector,
          limits: { ...desk.kit.connector.limits, refreshAfterMs: 24 * HOUR_MS },
        },
      },
    };
    await syncRound(expiring, port, { atOnce: true });
    port.batches.length = 0;
    clock.advance(23 * HOUR_MS);
    await syncRound(expiring, port, { atOnce: true });
    expect(sent()).toEqual([]);
    clock.advance(2 * HOUR_MS);
    await syncRound(expiring, port, { atOnce: true });
    expect(sent()).toHaveLength(4);
  });

  it('spreads those refreshes over as long as the channel says', async () => {
    const limits = {
      ...desk.kit.connector.limits,
      refreshAfterMs: 24 * HOUR_MS,
      refreshSpreadMs: 20 * HOUR_MS,
    };
    const kit = { ...desk.kit, connector: { ...desk.kit.connector, limits } };
    const spread = { ...desk, random: () => 0.5, kit };
    await syncRound(spread, port, { atOnce: true });
    port.batches.length = 0;
    clock.advance(13 * HOUR_MS);
    await syncRound(spread, port, { atOnce: true });
    expect(sent()).toEqual([]);
    clock.advance(2 * HOUR_MS);
    await syncRound(spread, port, { atOnce: true });
    expect(sent()).toHaveLength(4);
  });

  it('never lets an older view of the catalog overwrite a newer one, when two processes look at once', async () => {
    await round();
    await setPrices(desk.database, [{ sku: '00012345', price: { minor: 5_100, currency: 'USD' } }], by());
    let interrupted = false;
    const slow: ChannelDesk = {
      ...desk,
      kit: {
        ...desk.kit,
        async schemaFor(mapped) {
          if (!interrupted) {
            interrupted = true;
            await setPrices(
              desk.database,
              [{ sku: '00012345', price: { minor: 5_200, currency: 'USD' } }],
              by(),
            );
            await desireChannel(desk);
          }
          return desk.kit.schemaFor(mapped);
        },
      },
    };
    await desireChannel(slow);
    await round();
    expect(port.batches.at(-1)?.[0]?.attributes.price).toBe('52.00 USD');
    expect((await round()).planned).toBe(0);
  });

  it('keeps a listing of ours that is seen after its removal, and removes it again', async () => {
    await round();
    await setOverride(
      desk.database,
      { channel: '*', scope: 'variant', key: '00012345', exclude: 'sold elsewhere' },
      by(),
    );
    await round();
    port.batches.length = 0;
    const ghost = { sku: '00012345', externalId: '00012345', state: 'live' as const, issues: [] };
    expect(
      await observeChannel(desk, { observe: async () => ({ items: [ghost], next: null }) }),
    ).toMatchObject({ unmanaged: 0 });
    await round();
    expect(sent()).toContain('remove 00012345');
  });

  it('works everything out anew for another mapping, and sends only what became different', async () => {
    await round();
    port.batches.length = 0;
    const other = await bench.again();
    const revised: ChannelDesk = { ...other, kit: { ...other.kit, revision: 'another mapping' } };
    const report = await syncRound(revised, port, { atOnce: true });
    expect(report.desired).toMatchObject({ mode: 'all', seen: 4, changed: 0 });
    expect(sent()).toEqual([]);
  });
});
