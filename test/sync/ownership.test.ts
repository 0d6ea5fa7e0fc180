import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setOverride } from '../../src/catalog/overrides.js';
import type { ListingPort, Observed } from '../../src/channel/connector.js';
import { systemClock } from '../../src/clock.js';
import { ChannelError } from '../../src/domain/errors.js';
import { adoptListings } from '../../src/sync/adopt.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { explainOnChannel } from '../../src/sync/explain-channel.js';
import { meetChannel } from '../../src/sync/meet-channel.js';
import { type Observation, observeChannel } from '../../src/sync/observe.js';
import { planChannel } from '../../src/sync/plan-channel.js';
import { channelCounts } from '../../src/sync/records.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const THEIRS = { title: 'Somebody else’s shirt', price: '5.00 USD' };

onEachDatabase('listings the channel had before us', (open) => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  beforeEach(async () => {
    bench = await channelBench(memory, await open());
    desk = bench.desk;
    await fillCatalog(desk.database, smallCatalog(), systemClock);
    bench.simulator.tamper('SHIRT-M', THEIRS);
    bench.simulator.tamper('NOT-IN-CATALOG', THEIRS);
  });
  afterEach(() => bench.stop());

  const portOf = (of: ChannelDesk): Required<Pick<ListingPort, 'observe'>> => {
    const { listings } = of.open;
    if (!listings?.observe) throw new Error('the memory channel can be read back');
    return { observe: listings.observe.bind(listings) };
  };
  const observe = (of: ChannelDesk = desk): Promise<Observation> => observeChannel(of, portOf(of));
  const settle = (of: ChannelDesk = desk): ReturnType<typeof syncUntilSettled> =>
    syncUntilSettled(of, { deadlineMs: 10_000, atOnce: true });
  const held = (sku: string): unknown => bench.simulator.held().get(sku);

  it('are left alone, and our own listing of the same SKU waits and says why', async () => {
    expect(await observe()).toMatchObject({ seen: 2, unmanaged: 2, adopted: 0 });
    await settle();
    expect(held('SHIRT-M')).toEqual(THEIRS);
    expect(held('SHIRT-S')).toMatchObject({ title: expect.stringContaining('Linen shirt') });
    expect(await channelCounts(desk.database, desk.kit.channel.id)).toMatchObject({ live: 3, unmanaged: 1 });
    expect((await explainOnChannel(desk, 'SHIRT-M')).next).toEqual({
      do: 'wait',
      why: 'unmanaged',
      until: null,
    });
    expect((await planChannel(desk, 10)).unmanaged).toEqual({ listings: 2, waiting: 1 });
  });

  it('are met before the first change is sent', async () => {
    expect(await meetChannel(desk)).toBeNull();
    await settle();
    expect(held('SHIRT-M')).toEqual(THEIRS);
  });

  it('keep everything from being sent while they cannot be read', async () => {
    bench.simulator.faults.add({ kind: 'fail', times: 1 });
    expect(await meetChannel(desk)).toMatchObject({ againInMs: expect.any(Number) });
    expect(await meetChannel(desk)).toBeNull();
  });

  it('are adopted by name: what happens is shown first, then they are brought in step', async () => {
    await observe();
    const wish = { skus: ['SHIRT-M', 'NEVER-SEEN'], dryRun: true };
    const shown = { found: 1, update: 1, remove: 0, blocked: 0, notInCatalog: 0, unknown: ['NEVER-SEEN'] };
    expect(await adoptListings(desk, wish)).toMatchObject(shown);
    await settle();
    expect(held('SHIRT-M')).toEqual(THEIRS);
    expect(await adoptListings(desk, { ...wish, dryRun: false })).toMatchObject(shown);
    await settle();
    expect(held('SHIRT-M')).toMatchObject({ title: expect.stringContaining('Linen shirt') });
    expect(held('NOT-IN-CATALOG')).toEqual(THEIRS);
    expect(await planChannel(desk, 10)).toMatchObject({ unmanaged: { listings: 1, waiting: 0 } });
  });

  it('are removed once adopted when they should not be listed, and only then', async () => {
    await setOverride(
      desk.database,
      { channel: '*', scope: 'variant', key: 'SHIRT-M', attributes: {}, exclude: 'not for sale' },
      { actor: 'test', at: systemClock.now() },
    );
    await observe();
    await settle();
    expect(held('SHIRT-M')).toEqual(THEIRS);
    const adoption = await adoptListings(desk, { skus: 'all', dryRun: false });
    expect(adoption).toMatchObject({ found: 2, update: 0, remove: 1, notInCatalog: 1 });
    await settle();
    expect(held('SHIRT-M')).toBeUndefined();
    expect(held('NOT-IN-CATALOG')).toEqual(THEIRS);
  });

  it('free their SKU when they are gone', async () => {
    await observe();
    bench.simulator.tamper('SHIRT-M', null);
    await observe();
    await settle();
    expect(held('SHIRT-M')).toMatchObject({ title: expect.stringContaining('Linen shirt') });
  });

  it('keep a SKU that enters the catalog later waiting', async () => {
    bench.simulator.tamper('00012345', THEIRS);
    const [shirt] = smallCatalog();
    if (!shirt) throw new Error('the small catalog has a shirt');
    await desk.database.run("DELETE FROM variant WHERE sku = '00012345'");
    await observe();
    await settle();
    await fillCatalog(desk.database, smallCatalog(), systemClock);
    await settle();
    expect(held('00012345')).toEqual(THEIRS);
  });

  const seenAs = (item: Partial<Observed>): Required<Pick<ListingPort, 'observe'>> => ({
    observe: async () => ({
      items: ['SHIRT-M', 'NOT-IN-CATALOG'].map((sku) => ({
        sku,
        externalId: `x:${sku}`,
        state: 'live' as const,
        issues: [],
        ...item,
      })),
      next: null,
    }),
  });

  it('are taken over by themselves where the channel is set so, as far as we list them and nobody else made them', async () => {
    const matching: ChannelDesk = { ...desk, adopt: 'matching' };
    await settleDesired(matching);
    expect(await observeChannel(matching, seenAs({ foreign: true }))).toMatchObject({
      adopted: 0,
      unmanaged: 2,
    });
    expect(await observeChannel(matching, seenAs({}))).toMatchObject({ adopted: 1, unmanaged: 1 });
    await settle(matching);
    expect(held('SHIRT-M')).toMatchObject({ title: expect.stringContaining('Linen shirt') });
  });

  it('are not forgotten by a read-back that breaks off', async () => {
    await observe();
    const broken = {
      observe: () =>
        Promise.reject(
          new ChannelError('cut off', {
            code: 'unavailable',
            kind: 'not-sent',
            owner: 'channel',
            advice: 'Wait.',
          }),
        ),
    };
    await expect(observeChannel(desk, broken)).rejects.toThrow('cut off');
    expect(await planChannel(desk, 10)).toMatchObject({ unmanaged: { listings: 2, waiting: 1 } });
  });
});

async function settleDesired(desk: ChannelDesk): Promise<void> {
  await planChannel(desk, 0);
}
