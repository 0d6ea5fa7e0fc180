import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { openProblems } from '../../src/problems/problems.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
import { readPromotionFile } from '../../src/sync/promotion-file.js';
import { type PromotionsSent, promotionFacts, syncPromotions } from '../../src/sync/promotions.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const ZONE = 'America/New_York';

describe('a promotions file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-promotions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const read = async (name: string, text: string): Promise<unknown> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return readPromotionFile(file, ZONE);
  };

  const TEES = {
    id: 'BF26-TEES',
    title: '20% off all T-shirts',
    value: { kind: 'percent-off', percent: 20 },
    startsAt: '2026-11-27T13:00:00.000Z',
    endsAt: '2026-12-01T05:00:00.000Z',
    code: 'TEE20',
    only: { brands: ['Fernweh', 'Nordkap'] },
    minimumPurchase: { minor: 5_000, currency: 'USD' },
  };

  it('is YAML or CSV with the same fields; dates are days of the channel’s zone and an end includes its day', async () => {
    const yaml = `promotions:
  BF26-TEES:
    title: 20% off all T-shirts
    percentOff: 20
    starts: 2026-11-27 08:00
    ends: 2026-11-30
    code: TEE20
    onlyBrands: [Fernweh, Nordkap]
    minimumPurchase: 50.00 USD
`;
    const csv = `id,title,percent_off,starts,ends,code,only_brands,minimum_purchase
BF26-TEES,20% off all T-shirts,20,2026-11-27 08:00,2026-11-30,TEE20,Fernweh|Nordkap,50.00 USD
`;
    expect(await read('a.yaml', yaml)).toEqual([TEES]);
    expect(await read('a.csv', csv)).toEqual([TEES]);
  });

  it('may be without promotions, but not empty: nothing ends by accident', async () => {
    expect(await read('none.yaml', 'promotions: {}\n')).toEqual([]);
    await expect(read('empty.yaml', '')).rejects.toMatchObject({ code: 'promotions_invalid' });
    await expect(read('other.yaml', 'promotion: {}\n')).rejects.toMatchObject({ code: 'promotions_invalid' });
    await expect(readPromotionFile(path.join(folder, 'missing.yaml'), ZONE)).rejects.toMatchObject({
      code: 'promotions_unreadable',
    });
  });

  it.each([
    ['a missing title', { title: '' }, 'title must have 1 to 150 characters'],
    [
      'a percentage above 99',
      { percentOff: 120 },
      'percentOff must be a whole number from 1 to 99, not "120"',
    ],
    ['an end before the start', { ends: '2026-11-01' }, 'ends must come after starts'],
    ['a date that is none', { starts: '2026-11-31' }, 'starts must be a date such as'],
    ['two promises', { freeShipping: 'yes' }, 'only one of percentOff'],
    ['no promise', { percentOff: '' }, 'one of percentOff'],
    ['a field nobody knows', { discount: 5 }, 'discount is no field of a promotion'],
    [
      'an amount without currency',
      { minimumPurchase: 50 },
      'minimumPurchase must be an amount such as 5.00 USD',
    ],
    ['buy without get', { buy: 2 }, 'buy and get belong together'],
    ['an unknown place', { redeemed: ['moon'] }, 'redeemed must be online, in-store or both'],
  ])('with %s is refused and says where', async (_title, change, words) => {
    const good = { title: '20% off', percentOff: 20, starts: '2026-11-27', ends: '2026-11-30' };
    await expect(
      read('a.yaml', JSON.stringify({ promotions: { X: { ...good, ...change } } })),
    ).rejects.toThrow(`X: ${words}`);
  });
});

onEachDatabase('promotions of a channel', (open) => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
  });
  afterEach(() => bench.stop());

  const promotion = (id: string, title = `20% off ${id}`) => ({
    id,
    title,
    value: { kind: 'percent-off', percent: 20 } as const,
    startsAt: clock.now(),
    endsAt: new Date(Date.parse(clock.now()) + 86_400_000).toISOString(),
  });
  const sync = (...promotions: ReturnType<typeof promotion>[]): Promise<PromotionsSent | null> =>
    syncPromotions(bench.desk, promotions);
  const shown = async (): Promise<string[]> => {
    const state = (await (await fetch(`${bench.simulator.url}/_sim/state`)).json()) as {
      promotions: { id: string; title: string }[];
    };
    return state.promotions.map(({ title }) => title).sort();
  };
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await promotionFacts(bench.test.database, bench.desk.kit.channel.id)).map(({ id, state }) => [
        id,
        state,
      ]),
    );

  it('are sent once, again when they change, and ended when they are no longer wanted', async () => {
    const a = promotion('A');
    const b = promotion('B');
    expect(await sync(a, b)).toMatchObject({ due: 2, accepted: 2 });
    expect(await sync(a, b)).toMatchObject({ due: 0 });
    expect(await states()).toEqual({ A: 'live', B: 'live' });
    expect(await sync({ ...a, title: '30% off A' })).toMatchObject({ due: 2, accepted: 1, ended: 1 });
    expect(await shown()).toEqual(['30% off A']);
    expect(await sync({ ...a, title: '30% off A' })).toMatchObject({ due: 0 });
    expect(await sync({ ...a, title: '30% off A' }, b)).toMatchObject({ accepted: 1 });
    expect(await shown()).toEqual(['20% off B', '30% off A']);
  });

  it('that are refused are told and not sent again until they change', async () => {
    const loud = promotion('LOUD', '20% OFF');
    expect(await sync(loud, promotion('A'))).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await sync(loud, promotion('A'))).toMatchObject({ rejected: 0 });
    await refreshProblems(bench.test.database, clock.now());
    expect((await openProblems(bench.test.database)).map(({ code }) => code)).toEqual(['promotion_refused']);
    expect(await sync(promotion('LOUD', '20% off'), promotion('A'))).toMatchObject({ accepted: 1 });
  });

  it('that are refused in review later are told too', async () => {
    bench.simulator.refuse('A', 'misleading');
    await sync(promotion('A'));
    expect(await states()).toEqual({ A: 'rejected' });
  });

  it('whose answer was lost are sent again, and ended though the first answer never came', async () => {
    const a = promotion('A');
    bench.simulator.faults.add({ kind: 'drop-after', match: '/promotions' });
    expect(await sync(a)).toMatchObject({ accepted: 0, postponed: 1 });
    expect(await sync()).toMatchObject({ ended: 1 });
    expect(await shown()).toEqual([]);
  });

  it('that are over by their own dates are not sent', async () => {
    const a = promotion('A');
    clock.advance(2 * 86_400_000);
    expect(await sync(a)).toMatchObject({ due: 0 });
  });
});
