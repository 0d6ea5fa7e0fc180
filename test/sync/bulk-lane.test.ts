import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { DOCUMENT_REFUSED } from '../../src/channel/bulk-limits.js';
import type {
  Connector,
  ListingChange,
  ListingPort,
  PendingSubmission,
} from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { SourceProduct } from '../../src/domain/product.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { type RoundReport, syncRound } from '../../src/sync/run.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const HOUR_MS = 3_600_000;
const loads: Connector = {
  ...memory,
  limits: { ...memory.limits, bulk: { above: 2, items: 4, bytes: 1_000, patienceMs: 24 * HOUR_MS } },
} as Connector;

/** A channel with two lanes in the test's hand: calls are answered `live`, documents wait until the test tells their verdicts. */
interface TwoLanes extends ListingPort {
  /** What was sent, in order: `single upsert L-1`, `bulk upsert L-2,L-3`. */
  readonly sent: string[];
  readonly asked: PendingSubmission[];
  restMs: number;
  bytes: number;
  fails: ChannelError | null;
  /** Handle of the next document; null: its answer is lost. */
  handle: string | null;
  /** What `settle` says of every item of a document. */
  verdict: 'live' | 'retry' | null;
  found: string | null;
}

function twoLanes(): TwoLanes {
  const spoken = (lane: string, changes: readonly ListingChange[]): string =>
    `${lane} ${[...new Set(changes.map(({ action }) => action))]} ${changes.map(({ sku }) => sku).sort()}`;
  const port: TwoLanes = {
    sent: [],
    asked: [],
    restMs: 0,
    bytes: 100,
    fails: null,
    handle: 'feed-1',
    verdict: null,
    found: null,
    async submit(changes) {
      port.sent.push(spoken('single', changes));
      return {
        id: null,
        receipts: changes.map(({ sku, action }) => ({
          sku,
          outcome: action === 'remove' ? 'removed' : 'live',
        })),
      };
    },
    async settle(pending) {
      port.asked.push(pending);
      const { verdict } = port;
      const verdicts =
        verdict === null
          ? []
          : pending.items.map(({ sku }) =>
              verdict === 'live'
                ? ({ sku, outcome: 'live' } as const)
                : ({ sku, outcome: 'retry', code: DOCUMENT_REFUSED } as const),
            );
      return { verdicts, againInMs: HOUR_MS, ...(port.found === null ? {} : { id: port.found }) };
    },
    bulk: {
      bytesOf: () => port.bytes,
      restMs: () => port.restMs,
      async submit(changes) {
        port.sent.push(spoken('bulk', changes));
        if (port.fails) throw port.fails;
        return { id: port.handle, receipts: changes.map(({ sku }) => ({ sku, outcome: 'accepted' })) };
      },
    },
  };
  return port;
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
        sku: `L-${n}`,
        content: {},
        offer: { price: { minor: 1_000, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 9 }],
      },
    ],
  }));
}

function throttled(): ChannelError {
  return new ChannelError('too many calls', {
    code: 'throttled',
    kind: 'throttled',
    owner: 'channel',
    advice: 'Wait.',
    againInMs: 120_000,
  });
}

describe('the lane for loads', () => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let port: TwoLanes;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(loads, await sqliteDatabase(), { clock });
    desk = bench.desk;
    port = twoLanes();
  });
  afterEach(() => bench.stop());

  const fill = (products: readonly SourceProduct[]): Promise<unknown> =>
    fillCatalog(desk.database, [...products], clock);
  const round = async (): Promise<RoundReport> => {
    clock.advance(10_000);
    return syncRound(desk, port, { atOnce: true });
  };
  const stock = (sku: string, onHand: number): Promise<unknown> =>
    setStock(desk.database, [{ sku, location: 'default', onHand }], {
      owner: 'shop',
      cause: 'counted',
      at: clock.now(),
    });

  it('is left alone by fewer changes than the channel’s threshold', async () => {
    await fill(lamps(2));
    await round();
    expect(port.sent).toEqual(['single upsert L-0,L-1']);
  });

  it('takes a load in documents cut by number and by bytes; a rest that is no load goes one by one', async () => {
    await fill(lamps(6));
    expect(await round()).toMatchObject({ planned: 6, applied: { sent: 6, waiting: 0 } });
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3', 'single upsert L-4,L-5']);
    port.sent.length = 0;
    port.bytes = 334; // the third does not fit
    await fill(lamps(12));
    await round();
    expect(port.sent).toEqual(['bulk upsert L-6,L-7', 'bulk upsert L-8,L-9', 'single upsert L-10,L-11']);
  });

  it('never takes what must not wait: removals and stock that fell to zero go first, by themselves', async () => {
    await fill(lamps(2));
    await round();
    port.sent.length = 0;
    await fill(lamps(8).filter(({ product }) => product.id !== 'lamp-1'));
    await stock('L-0', 0);
    await round();
    expect(port.sent.slice(0, 2)).toEqual(['single offer,remove L-0,L-1', 'bulk upsert L-2,L-3,L-4,L-5']);
  });

  it('does not take stock that fell to zero at the second try either', async () => {
    await fill(lamps(2));
    await round();
    const { submit } = port;
    port.submit = async () => {
      throw throttled();
    };
    await stock('L-0', 0);
    await round();
    port.submit = submit;
    port.sent.length = 0;
    await fill(lamps(8));
    await stock('L-0', 0);
    clock.advance(120_000);
    await round();
    expect(port.sent.slice(0, 2)).toEqual(['single offer L-0', 'bulk upsert L-2,L-3,L-4,L-5']);
  });

  it('has a SKU alone while its document is open: sold out meanwhile, it goes at once after the verdict and before all else', async () => {
    await fill(lamps(4));
    await round();
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3']);
    port.sent.length = 0;
    await stock('L-2', 0);
    for (let hour = 0; hour < 8; hour++) {
      clock.advance(HOUR_MS);
      await round();
    }
    expect(port.sent).toEqual([]);
    port.verdict = 'live';
    clock.advance(HOUR_MS);
    await round();
    await stock('L-0', 5);
    await stock('L-1', 5);
    await stock('L-3', 5);
    await round();
    expect(port.sent).toEqual(['single offer L-2', 'bulk offer L-0,L-1,L-3']);
  });

  it('is taken back for a listing that sold out, while the channel has not begun; once in six hours at most', async () => {
    const asked: (string | null)[] = [];
    let begun = true;
    Object.assign(port.bulk ?? {}, {
      withdraw: async ({ id }: PendingSubmission) => {
        asked.push(id);
        return !begun;
      },
    });
    await fill(lamps(4));
    await round();
    await round();
    expect(asked).toEqual([]);
    await stock('L-2', 0);
    await round();
    expect(asked).toEqual(['feed-1']);
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3']);
    begun = false;
    port.sent.length = 0;
    port.handle = 'feed-2';
    await round();
    expect(port.sent).toEqual(['single upsert L-2', 'bulk upsert L-0,L-1,L-3']);
    await stock('L-3', 0);
    await round();
    expect(port.sent).toHaveLength(2);
    clock.advance(6 * HOUR_MS);
    await round();
    expect(asked).toEqual(['feed-1', 'feed-1', 'feed-2']);
    expect(port.sent.slice(2)).toEqual(['single upsert L-3', 'single upsert L-0,L-1']);
  });

  it('tells its submissions apart when it asks for verdicts, and keeps a handle that asking has changed', async () => {
    await fill(lamps(4));
    port.found = 'feed-1 read';
    for (let n = 0; n < 3; n++) {
      await round();
      clock.advance(HOUR_MS);
    }
    expect(port.asked.map(({ id, lane, items }) => [id, lane, items.length])).toEqual([
      ['feed-1', 'bulk', 4],
      ['feed-1 read', 'bulk', 4],
    ]);
  });

  it('lets a load wait while it rests, without a round before that and without single calls', async () => {
    port.restMs = 1_200_000;
    await fill(lamps(4));
    const waiting = await round();
    expect(waiting).toMatchObject({ planned: 4, applied: { sent: 0, waiting: 4 }, againInMs: 1_200_000 });
    expect(port.sent).toEqual([]);
    port.restMs = 0;
    await round();
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3']);
  });

  it('hands over no second document while it does not know what became of one', async () => {
    port.handle = null;
    await fill(lamps(4));
    await round();
    await fill(lamps(8));
    await round();
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3']);
    port.found = 'feed-1';
    clock.advance(HOUR_MS);
    await round();
    await round();
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3', 'bulk upsert L-4,L-5,L-6,L-7']);
  });

  it.each(['at once', 'later'] as const)(
    'sends the changes of a document that was refused %s as a whole one by one',
    async (when) => {
      const refusal = new ChannelError('the document is refused', {
        code: 'call_refused',
        kind: 'refused',
        owner: 'us',
        advice: 'Report it.',
      });
      if (when === 'at once') port.fails = refusal;
      else port.verdict = 'retry';
      await fill(lamps(4));
      await round();
      clock.advance(HOUR_MS);
      await round();
      clock.advance(HOUR_MS);
      await round();
      expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3', 'single upsert L-0,L-1,L-2,L-3']);
    },
  );

  it('does not stop single calls when the channel takes no document now', async () => {
    port.fails = throttled();
    await fill(lamps(6));
    expect(await round()).toMatchObject({ applied: { sent: 2, failed: 4, stopped: null } });
    expect(port.sent).toEqual(['bulk upsert L-0,L-1,L-2,L-3', 'single upsert L-4,L-5']);
  });
});
