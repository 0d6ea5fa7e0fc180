import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { ListingChange, Receipt } from '../../src/channel/connector.js';
import { syncRound } from '../../src/sync/run.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const FATES = ['live', 'rejected', 'retry', 'ambiguous', 'silence', 'twice'] as const;
type Fate = (typeof FATES)[number];
const SKUS = ['00012345', 'SHIRT-S', 'SHIRT-M', 'SHIRT-L'];

function receiptsOf(change: ListingChange, fate: Fate): Receipt[] {
  const { sku } = change;
  const live: Receipt = { sku, outcome: 'live' };
  if (fate === 'silence') return [];
  if (fate === 'retry') return [{ sku, outcome: 'retry', code: 'busy' }];
  if (fate === 'ambiguous') return [{ sku, outcome: 'ambiguous', code: 'lost' }];
  if (fate === 'twice') return [live, live];
  if (fate === 'live') return [live];
  const issue = {
    severity: 'error',
    code: 'bad',
    origin: 'channel',
    message: 'bad',
    advice: 'mend',
  } as const;
  return [{ sku, outcome: 'rejected', issues: [issue] }];
}

describe('an answer to a batch', () => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeAll(async () => {
    bench = await channelBench(memory, await sqliteDatabase(), { clock });
    await fillCatalog(bench.desk.database, smallCatalog(), clock);
  });
  afterAll(() => bench.stop());

  it('counts every listing once, whatever it leaves out, repeats, mixes up or makes up, and only what failed is sent again', async () => {
    const { desk } = bench;
    let minor = 2_000;
    const fates = fc.tuple(...SKUS.map(() => fc.constantFrom(...FATES)));
    await fc.assert(
      fc.asyncProperty(fates, fc.nat(), fc.boolean(), async (fate, turn, stranger) => {
        minor += 1;
        clock.advance(86_400_000);
        const prices = SKUS.map((sku) => ({ sku, price: { minor, currency: 'USD' } }));
        await setPrices(desk.database, prices, { actor: 'test', at: clock.now() });
        const fateOf = new Map(SKUS.map((sku, place) => [sku, fate[place]!]));
        const sent: string[][] = [];
        const port = (answers: (change: ListingChange) => Receipt[]) => ({
          async submit(changes: readonly ListingChange[]) {
            sent.push(changes.map(({ sku }) => sku).sort());
            const receipts = changes.flatMap(answers);
            const turned = [...receipts.slice(turn % 4), ...receipts.slice(0, turn % 4)];
            return {
              id: null,
              receipts: stranger ? [...turned, { sku: 'NOT-OURS', outcome: 'live' } as const] : turned,
            };
          },
        });
        const first = await syncRound(
          desk,
          port((change) => receiptsOf(change, fateOf.get(change.sku)!)),
          { atOnce: true },
        );
        expect(first.planned).toBe(SKUS.length);
        expect(first.applied.sent + first.applied.failed + first.applied.waiting).toBe(SKUS.length);
        expect(first.applied.rejected).toBe(fate.filter((each) => each === 'rejected').length);
        expect(await desk.database.all("SELECT sku FROM listing WHERE sku = 'NOT-OURS'")).toEqual([]);

        sent.length = 0;
        clock.advance(3_600_000);
        await syncRound(
          desk,
          port((change) => receiptsOf(change, 'live')),
          { atOnce: true },
        );
        const unsettled = SKUS.filter((sku) => ['retry', 'ambiguous', 'silence'].includes(fateOf.get(sku)!));
        expect(sent.flat().sort()).toEqual([...unsettled].sort());
        const verdicts = await desk.database.all<{ sku: string; verdict: string }>(
          'SELECT sku, verdict FROM listing',
        );
        for (const { sku, verdict } of verdicts)
          expect([sku, verdict]).toEqual([sku, fateOf.get(sku) === 'rejected' ? 'rejected' : 'live']);
      }),
      { numRuns: 40 },
    );
  });
});
