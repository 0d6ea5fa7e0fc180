import { afterEach, beforeEach, expect, it } from 'vitest';
import { setPrices } from '../../src/catalog/set-prices.js';
import { systemClock } from '../../src/clock.js';
import { keepEstimates } from '../../src/profit/kept-estimates.js';
import { readFeeSchedule } from '../../src/profit/read-fee-schedule.js';
import { bookSaleFees } from '../../src/profit/sale-fees.js';
import { salesReport } from '../../src/reports/sales-report.js';
import { CHANNEL, line, order, take } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });

onEachDatabase('fees of what was sold', (open) => {
  let test: TestDatabase;
  const clock = handClock();
  const placedAt = clock.now();
  beforeEach(async () => {
    test = await open();
    await fillCatalog(test.database, smallCatalog(), systemClock);
    await setPrices(test.database, [{ sku: 'SHIRT-S', cost: usd(700) }], { actor: 'test', at: placedAt });
  });
  afterEach(() => test.dispose());

  const estimate = (price: number, total: number, channelShips = false): Promise<void> =>
    keepEstimates(test.database, CHANNEL, {
      answers: [
        {
          question: {
            sku: 'SHIRT-S',
            price: usd(price),
            fulfilledBy: channelShips ? 'AMAZON_NA' : 'DEFAULT',
          },
          answer: {
            sku: 'SHIRT-S',
            outcome: 'estimated',
            total: usd(total),
            lines: [{ name: 'ReferralFee', amount: usd(total) }],
            channelShips,
            at: clock.now(),
          },
        },
      ],
      now: clock.now(),
    });
  const schedule = (percent: string) => {
    const read = readFeeSchedule({ currency: 'USD', fees: { commission: [{ percent }] } }, 'USD');
    if ('mistakes' in read) throw new Error(read.mistakes.join('; '));
    return read.schedule;
  };
  const book = (fees: ReturnType<typeof schedule> | null = null) =>
    bookSaleFees({ database: test.database, clock, channel: CHANNEL, zone: 'UTC', schedule: fees });
  const report = async () => {
    const [row] = await salesReport(test.database, { by: ['channel'], channel: null, from: null, to: null });
    return row;
  };
  const sold = (id: string, minor: number, more: object = {}) =>
    order(id, { placedAt, lines: [line('1', { quantity: 2, unitPrice: usd(minor) })], ...more });

  it('are those of the estimate for exactly the price and shipper of the sale, and the margin is after them', async () => {
    await estimate(1_999, 300);
    await take(test.database, [sold('A', 1_999)]);
    expect(await book()).toEqual({ looked: 1, booked: 1, unknown: 0 });
    expect(await report()).toMatchObject({
      units: 2,
      fees: 600,
      margin: 2_598,
      marginAfterFees: 1_998,
      unitsWithoutFees: 0,
    });
    expect(await test.database.all('SELECT fee_minor, fee_source FROM sale_line')).toEqual([
      { fee_minor: 300, fee_source: 'estimate' },
    ]);
  });

  it('are unknown at another price or shipper, make the whole unknown, and are counted', async () => {
    await estimate(1_999, 300);
    await take(test.database, [
      sold('A', 1_999),
      sold('B', 1_799),
      sold('C', 1_999, { fulfilledBy: 'channel' }),
      order('D', { placedAt, lines: [line('1')] }),
    ]);
    expect(await book()).toEqual({ looked: 4, booked: 1, unknown: 3 });
    expect(await report()).toMatchObject({ fees: null, marginAfterFees: null });
    const days = await test.database.all(
      'SELECT fee_minor, units_without_fee FROM sale_day WHERE currency IS NOT NULL',
    );
    expect(days).toEqual([{ fee_minor: 600, units_without_fee: 4 }]);
  });

  it('stay what they were when the channel later estimates something else', async () => {
    await estimate(1_999, 300);
    await take(test.database, [sold('A', 1_999)]);
    await book();
    await estimate(1_999, 500);
    expect(await book()).toEqual({ looked: 0, booked: 0, unknown: 0 });
    expect(await report()).toMatchObject({ fees: 600 });
  });

  it('come from the fee file where there is no estimate, but never for what the channel ships', async () => {
    await take(test.database, [sold('A', 1_000), sold('B', 1_000, { fulfilledBy: 'channel' })]);
    expect(await book(schedule('15'))).toEqual({ looked: 2, booked: 1, unknown: 1 });
    expect(await test.database.all('SELECT external_id, unit_minor, source FROM sale_fee')).toEqual([
      { external_id: 'A', unit_minor: 150, source: 'schedule' },
    ]);
  });
});
