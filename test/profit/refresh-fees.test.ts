import { afterEach, beforeEach, expect, it } from 'vitest';
import { amazon } from '../../connectors/amazon/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { FeePort } from '../../src/channel/fee-port.js';
import { profitLines } from '../../src/cli/show-profit.js';
import { systemClock } from '../../src/clock.js';
import { type Clock, instantOf } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { channelProfits, profitTerms } from '../../src/profit/channel-profits.js';
import { compareNext, standingsOf } from '../../src/profit/competition.js';
import { explainProfit } from '../../src/profit/explain-profit.js';
import { forgetOldAnswers } from '../../src/profit/kept-estimates.js';
import { profitReport } from '../../src/profit/profit-report.js';
import type { ProfitSettings } from '../../src/profit/profit-settings.js';
import { type FeeRefresh, refreshFees } from '../../src/profit/refresh-fees.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const { signal } = new AbortController();
const WEEK_MS = 7 * 86_400_000;
const LAMP = '00012345';
const SETTINGS: ProfitSettings = {
  prices: 'net',
  taxPercent: 0,
  shipping: usd(399),
  fees: null,
  competition: true,
};

/** One product with a variant per SKU. */
function lamps(skus: readonly string[]): SourceProduct {
  const lamp = smallCatalog().find(({ product }) => product.id === 'lamp');
  const [first] = lamp?.variants ?? [];
  if (!lamp || !first) throw new Error('no lamp');
  return {
    ...lamp,
    variants: skus.map((sku) => ({ ...first, sku, content: { ...first.content, options: { Size: sku } } })),
  };
}

onEachDatabase('fees a channel is asked for', (open) => {
  let bench: ChannelBench;
  let aheadMs: number;
  let fees: FeePort;
  const clock: Clock = {
    now: () => instantOf(Date.now() + aheadMs),
    monotonicMs: () => performance.now(),
  };
  const setUp = async (products: readonly SourceProduct[]): Promise<void> => {
    aheadMs = 0;
    bench = await channelBench(amazon, await open(), {
      clock,
      settings: { definitions: 'built-in' },
    });
    await fillCatalog(bench.test.database, products, systemClock);
    const costs = [LAMP, 'LAMP-2'].map((sku) => ({ sku, cost: usd(700) }));
    await setPrices(bench.test.database, costs, { actor: 'test', at: systemClock.now() });
    if (!bench.desk.open.fees) throw new Error('no fees');
    fees = bench.desk.open.fees;
  };
  beforeEach(() => setUp([lamps([LAMP, 'LAMP-2'])]));
  afterEach(() => bench.stop());

  const publish = (): Promise<unknown> => syncUntilSettled(bench.desk, { deadlineMs: 15_000, atOnce: true });
  const refresh = (): Promise<FeeRefresh> => refreshFees(bench.desk, fees, { skus: null, signal });
  const report = async () => {
    const terms = await profitTerms(bench.desk, SETTINGS);
    return profitReport(await channelProfits(bench.desk, terms, { skus: null, signal }), null);
  };
  const calls = (): number =>
    bench.simulator.calls.filter(({ path, status }) => path.endsWith('/feesEstimate') && status === 200)
      .length;
  const command = (name: string, body: JsonObject): Promise<unknown> =>
    fetch(`${bench.simulator.url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  const unknown = async (): Promise<readonly string[]> =>
    (await report()).rows.flatMap(({ sku, gaps }) => gaps.map(({ part, why }) => `${sku} ${part}: ${why}`));

  it('are kept for the price they were made for, told with their date, and asked for again when they no longer fit', async () => {
    await publish();
    expect((await report()).totals).toMatchObject({ known: 0, unknown: 2, missing: { fees: 2 } });
    expect((await unknown())[0]).toContain(
      'nobody says what the channel takes; ask the channel with --refresh',
    );

    expect(await refresh()).toEqual({ asked: 2, estimated: 2, refused: 0, unanswered: 0 });
    expect((await report()).totals).toMatchObject({ listings: 2, known: 2, unknown: 0, fromEstimates: 2 });
    const explained = await explainProfit(bench.desk, SETTINGS, LAMP);
    if (!explained?.listing) throw new Error('no profit');
    expect(profitLines(explained.listing, undefined)).toEqual([
      'profit: 49.50 − 7.43 fees − 3.99 shipping − 7.00 cost = 31.08 USD (62.8 %)',
      `  fees from estimate ${clock.now().slice(0, 10)}: ReferralFee 7.43`,
    ]);
    expect(await refresh()).toMatchObject({ asked: 0 });

    await setPrices(bench.test.database, [{ sku: LAMP, price: usd(5_000) }], {
      actor: 'test',
      at: systemClock.now(),
    });
    expect(await unknown()).toEqual([
      expect.stringContaining(`${LAMP} fees: the channel’s estimate was made for 49.50 USD`),
    ]);
    expect(await refresh()).toMatchObject({ asked: 1, estimated: 1 });
    aheadMs = WEEK_MS;
    expect(await refresh()).toMatchObject({ asked: 2, estimated: 2 });
  });

  it('stay unknown, never zero, where the channel fails, and what was known before stays', async () => {
    await publish();
    await command('fail-fees', { sku: LAMP });
    expect(await refresh()).toEqual({ asked: 2, estimated: 1, refused: 0, unanswered: 1 });
    expect(await unknown()).toEqual([expect.stringContaining(`${LAMP} fees: nobody says`)]);
    expect(await refresh()).toEqual({ asked: 1, estimated: 1, refused: 0, unanswered: 0 });
    aheadMs = WEEK_MS;
    await command('fail-fees', { sku: LAMP, times: 2 });
    expect(await refresh()).toMatchObject({ asked: 2, unanswered: 1 });
    expect(await unknown()).toEqual([]);
  });

  it('are asked for twenty at a time, also when Amazon slows us down, and a refusal is told with its words', async () => {
    await bench.stop();
    await setUp([lamps(Array.from({ length: 41 }, (_, n) => `LAMP-${n}`))]);
    bench.simulator.faults.add({ kind: 'throttle', match: '/feesEstimate', ms: 10 });
    expect(await refresh()).toEqual({ asked: 41, estimated: 0, refused: 41, unanswered: 0 });
    expect(calls()).toBe(3);
    expect((await unknown())[0]).toContain('the channel gave no estimate: There is an client-side error');
    expect(await refresh()).toMatchObject({ asked: 0 });
  });

  it('come with where a listing stands among other offers, asked for once a week', async () => {
    await publish();
    await command('rival', { sku: LAMP, price: 45 });
    const competition = fees.competition;
    if (!competition) throw new Error('no competition');
    expect(await compareNext(bench.desk, competition, signal)).toEqual({
      asked: 2,
      told: 2,
      againInMs: null,
    });
    expect(await compareNext(bench.desk, competition, signal)).toMatchObject({ asked: 0 });
    const explained = await explainProfit(bench.desk, SETTINGS, LAMP);
    if (!explained?.listing || explained.standing === null) throw new Error('no standing');
    expect(profitLines(explained.listing, explained.standing).at(-1)).toBe(
      `  featured offer: ≤ 45.00, now another at 45.00, asked ${clock.now().slice(0, 10)}`,
    );
    aheadMs = WEEK_MS + 1;
    expect(await compareNext(bench.desk, competition, signal)).toMatchObject({ asked: 2 });
    await forgetOldAnswers(bench.test.database, clock.now());
    expect((await standingsOf(bench.test.database, bench.desk.kit.channel.id, [LAMP])).size).toBe(1);
    aheadMs = 200 * 86_400_000;
    await forgetOldAnswers(bench.test.database, clock.now());
    expect((await standingsOf(bench.test.database, bench.desk.kit.channel.id, [LAMP])).size).toBe(0);
  });
});
