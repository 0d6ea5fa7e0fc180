import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { channelFacts, forgetOldFacts, keepChannelFacts } from '../../src/activity/channel-facts.js';
import { keepIssueAges } from '../../src/activity/issue-ages.js';
import { firstChangeSince } from '../../src/catalog/change-places.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { ListingPort } from '../../src/channel/connector.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { syncRound } from '../../src/sync/run.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

onEachDatabase('facts of channels', (open) => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let channel: string;
  const clock = handClock();
  const port: ListingPort = {
    submit: async (changes) => ({ id: null, receipts: changes.map(({ sku }) => ({ sku, outcome: 'live' })) }),
  };
  const price = (sku: string, minor: number) =>
    setPrices(desk.database, [{ sku, price: { minor, currency: 'USD' } }], {
      actor: 'test',
      at: clock.now(),
    });
  const keep = () => keepChannelFacts(desk.database, [channel], clock.now());
  const facts = () => channelFacts(desk.database, channel, '2000');

  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
    desk = bench.desk;
    channel = desk.kit.channel.id;
    await fillCatalog(desk.database, smallCatalog(), clock);
    await syncRound(desk, port, { atOnce: true });
    clock.advance(3 * HOUR_MS);
  });
  afterEach(() => bench.stop());

  it('are one row an hour, of which the last word counts', async () => {
    clock.advance(HOUR_MS - (Date.parse(clock.now()) % HOUR_MS));
    await keep();
    await price('SHIRT-S', 2_100);
    await syncRound(desk, { submit: async () => Promise.reject(new Error('not now')) }).catch(
      () => undefined,
    );
    clock.advance(60_000);
    await keep();
    expect(await facts()).toMatchObject([{ ledger: { catalog: 4, live: 3, waiting: 1 } }]);
    clock.advance(HOUR_MS);
    await keep();
    expect(await facts()).toHaveLength(2);
  });

  it('follow changes of an hour ago to the channel, and count those that did not arrive', async () => {
    await price('SHIRT-S', 2_100);
    await price('SHIRT-M', 2_100);
    clock.advance(90_000);
    await syncRound(desk, port, { atOnce: true });
    await price('SHIRT-L', 2_100);
    clock.advance(HOUR_MS + 60_000);
    await keep();
    expect((await facts())[0]?.delays).toEqual({ arrived: 2, open: 0, medianMs: 90_000, p95Ms: 90_000 });
    clock.advance(60_000 + 30_000);
    await syncRound(desk, { submit: async () => ({ id: null, receipts: [] }) }, { atOnce: true });
    await keep();
    expect((await facts()).at(-1)?.delays).toMatchObject({ arrived: 2, open: 1 });
  });

  it('keep the last hour of a day after two weeks', async () => {
    clock.advance(DAY_MS - (Date.parse(clock.now()) % DAY_MS));
    for (let hour = 0; hour < 3; hour++) {
      await keep();
      clock.advance(HOUR_MS);
    }
    const last = (await facts())[2]?.at;
    clock.advance(13 * DAY_MS);
    await forgetOldFacts(desk.database, clock.now());
    expect(await facts()).toHaveLength(3);
    clock.advance(2 * DAY_MS);
    await forgetOldFacts(desk.database, clock.now());
    expect((await facts()).map(({ at }) => at)).toEqual([last]);
  });

  it('know since when an error is there, and forget it when it is gone', async () => {
    const issue = {
      severity: 'error',
      code: 'small_image',
      origin: 'channel',
      message: 'Too small.',
    } as const;
    const refusing: ListingPort = {
      submit: async (changes) => ({
        id: null,
        receipts: changes.map(({ sku }) => ({ sku, outcome: 'rejected', issues: [issue] })),
      }),
    };
    const ages = () => desk.database.all('SELECT code, since FROM issue_age');
    await price('SHIRT-S', 2_100);
    await syncRound(desk, refusing, { atOnce: true });
    const begun = clock.now();
    await keepIssueAges(desk.database, begun);
    clock.advance(HOUR_MS);
    await keepIssueAges(desk.database, clock.now());
    expect(await ages()).toEqual([{ code: 'small_image', since: begun }]);
    await price('SHIRT-S', 2_200);
    await syncRound(desk, port, { atOnce: true });
    await keepIssueAges(desk.database, clock.now());
    expect(await ages()).toEqual([]);
  });

  it('find the first change of the catalog since any instant', async () => {
    const { database } = desk;
    await database.run('DELETE FROM catalog_change');
    expect(await firstChangeSince(database, clock.now())).toBeNull();
    const instants: string[] = [];
    for (let n = 0; n < 9; n++) {
      clock.advance(1_000);
      instants.push(clock.now());
      await price('SHIRT-S', 3_000 + n);
    }
    await database.run('DELETE FROM catalog_change WHERE id % 3 = 0');
    const rows = await database.all<{ id: number; at: string }>(
      'SELECT id, at FROM catalog_change ORDER BY id',
    );
    for (const instant of [...instants, clock.now()]) {
      const first = await firstChangeSince(database, instant);
      const wanted = rows.filter(({ at }) => at >= instant).map(({ id }) => id);
      expect(rows.filter(({ id }) => first !== null && id >= first).map(({ id }) => id)).toEqual(wanted);
    }
    clock.advance(1);
    expect(await firstChangeSince(database, clock.now())).toBeNull();
  });
});
