import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../connectors/google-merchant/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import { profitCsv, profitLines, profitTable } from '../../src/cli/show-profit.js';
import { systemClock } from '../../src/clock.js';
import { channelProfits, profitTerms } from '../../src/profit/channel-profits.js';
import { explainProfit } from '../../src/profit/explain-profit.js';
import { profitReport } from '../../src/profit/profit-report.js';
import type { ProfitSettings } from '../../src/profit/profit-settings.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const { signal } = new AbortController();

const FEES = `
currency: USD
fees:
  commission:
    - { categories: Apparel, percent: 10 }
    - { types: "Electronics > Lamps", percent: 8, minimum: 5 }
`;

describe('profits of a channel', () => {
  let folder: string;
  let bench: ChannelBench;
  let settings: ProfitSettings;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-profit-'));
    bench = await channelBench(googleMerchant, await sqliteDatabase());
    const [shirt, lamp] = smallCatalog();
    if (!shirt || !lamp) throw new Error('no products');
    const named = { ...lamp, product: { ...lamp.product, title: '=Camping lamp, 1 of 2' } };
    await fillCatalog(bench.test.database, [shirt, named], systemClock);
    const costs = [
      { sku: 'SHIRT-S', cost: usd(700) },
      { sku: 'SHIRT-M', cost: usd(2_500) },
      { sku: '00012345', cost: usd(1_000) },
    ];
    await setPrices(bench.test.database, costs, { actor: 'test', at: systemClock.now() });
    const fees = path.join(folder, 'fees.yaml');
    await writeFile(fees, FEES);
    settings = { prices: 'net', taxPercent: 0, shipping: usd(399), fees, competition: false };
  });
  afterEach(async () => {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const report = async (skus: readonly string[] | null = null) =>
    profitReport(
      await channelProfits(bench.desk, await profitTerms(bench.desk, settings), { skus, signal }),
      null,
    );

  it('are worked out from the catalog as it stands, before anything is sent, worst first', async () => {
    const { rows, totals } = await report();
    expect(rows.map(({ sku, profit, marginPercent }) => [sku, profit?.minor ?? null, marginPercent])).toEqual(
      [
        ['SHIRT-M', 1_999 - 200 - 399 - 2_500, -55],
        ['SHIRT-S', 1_999 - 200 - 399 - 700, 35],
        ['00012345', 4_950 - 500 - 399 - 1_000, 61.6],
        ['SHIRT-L', null, null],
      ],
    );
    expect(totals).toMatchObject({ listings: 4, known: 3, unknown: 1, losing: 1, missing: { cost: 1 } });
    expect(bench.simulator.calls).toEqual([]);
  });

  it('are shown with their totals and the reasons of what is unknown', async () => {
    const view = { channel: 'google', ...(await report()), standings: new Map() };
    const text = profitTable(view, 2);
    expect(text).toContain('… and 2 more');
    expect(text).toContain('4 listings = 3 with a profit + 1 unknown (missing first: cost 1); 1 lose money');
    expect(text).toContain('1 × cost: the catalog has no cost for this SKU');
  });

  it('are written as CSV in which no text runs as a formula and losses stay numbers', async () => {
    const csv = profitCsv({ channel: 'google', ...(await report()), standings: new Map() });
    const rows: Record<string, string>[] = parseCsv(csv, { columns: true });
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({ sku: 'SHIRT-M', profit: '-11.00', fees_from: 'schedule' });
    expect(rows[2]?.title).toBe("'=Camping lamp, 1 of 2");
    expect(rows[3]).toMatchObject({ profit: '', unknown: expect.stringContaining('cost: ') });
  });

  it('are explained for one listing, part by part with the source of the fees', async () => {
    const lines = async (sku: string): Promise<string[]> => {
      const explained = await explainProfit(bench.desk, settings, sku);
      return explained?.listing ? profitLines(explained.listing, undefined) : [explained?.problem ?? ''];
    };
    expect(await lines('SHIRT-S')).toEqual([
      'profit: 19.99 − 2.00 fees − 3.99 shipping − 7.00 cost = 7.00 USD (35.0 %)',
      '  fees from schedule: commission 2.00',
    ]);
    expect((await lines('SHIRT-L'))[0]).toContain('− ? cost = unknown');
    expect(await explainProfit(bench.desk, null, 'SHIRT-S')).toBeNull();
    await writeFile(settings.fees ?? '', 'fees: none\n');
    expect((await lines('SHIRT-S'))[0]).toContain('fees.yaml has 2 mistakes');
  });

  it('are refused without settings, for a SKU that is not listed, and with a broken fee file', async () => {
    const code = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await code(profitTerms(bench.desk, null))).toBe('no_profit_settings');
    expect(await code(report(['NOWHERE']))).toBe('not_listed');
    await writeFile(settings.fees ?? '', 'currency: USD\nfees: { commission: [ { percent: 900 } ] }\n');
    expect(await code(report())).toBe('fees_invalid');
    await rm(settings.fees ?? '');
    expect(await code(report())).toBe('fees_unreadable');
  });
});
