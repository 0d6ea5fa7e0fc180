import { expect, it } from 'vitest';
import { killAgainAndAgain } from './kill.js';

const KILLS = Number(process.env.OMNIFEED_CHAOS_KILLS ?? 5);
const SEED = Number(process.env.OMNIFEED_CHAOS_SEED ?? 20_261_125);

it(
  'loses and doubles no order, no parcel and no listing when the process is killed at any moment',
  async () => {
    const report = await killAgainAndAgain({ kills: KILLS, seed: SEED });
    const { ordersAstray, parcelsAstray, listingsAstray, ...numbers } = report;
    process.stderr.write(`${JSON.stringify(numbers)}\n`);
    expect(report.unrest).toEqual(Object.fromEntries(Object.keys(report.unrest).map((kind) => [kind, 0])));
    expect(ordersAstray).toEqual([]);
    expect(parcelsAstray).toEqual([]);
    expect(listingsAstray).toEqual([]);
    expect(report.orders).toBeGreaterThan(0);
    expect(report.listings).toBeGreaterThan(100);
    expect(report.openUnits).toBeGreaterThan(0);
    expect(report.reservedUnits).toBe(report.openUnits);
    expect(report.integrity).toBe('ok');
    expect(new Set(report.exitCodes)).toEqual(new Set([0]));
  },
  600_000 + KILLS * 10_000,
);
