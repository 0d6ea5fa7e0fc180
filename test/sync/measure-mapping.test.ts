import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import type { Clock } from '../../src/domain/instant.js';
import { desireChannel } from '../../src/sync/desire.js';
import { isTooSlow, measureMapping } from '../../src/sync/measure-mapping.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

/** A clock on which a certain time passes between any two looks. */
function tickingClock(ms: number): Clock {
  const base = handClock();
  let ticks = 0;
  return { now: base.now, monotonicMs: () => ticks++ * ms };
}

describe('a mapping that is new to a channel', () => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(memory, await sqliteDatabase());
    await fillCatalog(bench.test.database, smallCatalog(), handClock());
  });
  afterEach(() => bench.stop());

  const recorded = () => bench.test.database.all('SELECT sku FROM listing');

  it('is refused when a listing takes more than two milliseconds, before anything is written', async () => {
    const slow = { ...bench.desk, clock: tickingClock(60) };
    await expect(desireChannel(slow)).rejects.toMatchObject({
      code: 'mapping_too_slow',
      owner: 'operator',
      message: expect.stringContaining('memory-test'),
      advice: expect.stringContaining('what is live stays live'),
    });
    expect(await recorded()).toEqual([]);
  });

  it('is measured once: a mapping in use is not refused because the machine is busy', async () => {
    await desireChannel({ ...bench.desk, clock: tickingClock(40) });
    expect((await recorded()).length).toBeGreaterThan(0);
    await desireChannel({ ...bench.desk, clock: tickingClock(1_000) }, { all: true });
  });

  it('is measured on a thousand listings whatever the size of the catalog, and on no more than the time allowed', async () => {
    const row = {
      product: { id: 'p', title: 'Lamp', status: 'active' as const },
      variant: { id: '1', sku: 'L', position: 1 },
      stock: {},
      unlistable: null,
    };
    const { kit } = bench.desk;
    const fine = await measureMapping(kit, [row], tickingClock(50));
    expect(fine).toEqual({ measured: 1_000, averageMs: 2 });
    expect(isTooSlow(fine)).toBe(false);
    const slow = await measureMapping(kit, [row], tickingClock(500));
    expect(slow).toEqual({ measured: 125, averageMs: 20 });
    expect(isTooSlow(slow)).toBe(true);
    expect(await measureMapping(kit, [{ ...row, unlistable: 'a draft' }], tickingClock(1))).toBeNull();
  });
});
