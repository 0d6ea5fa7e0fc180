import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazon } from '../../connectors/amazon/index.js';
import type { ListingPort } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { explainOnChannel } from '../../src/sync/explain-channel.js';
import { type LookedAgain, lookAgain } from '../../src/sync/look-again.js';
import { lookAfter } from '../../src/sync/look-ladder.js';
import { channelCounts } from '../../src/sync/records.js';
import { syncRound } from '../../src/sync/run.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, type HandClock, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const MINUTE = 60_000;
const LAMP = '00012345';
const MARKETPLACE = 'ATVPDKIKX0DER';

describe('the ladder of looks', () => {
  it.each([
    [0, 1],
    [1, 5],
    [5, 15],
    [16, 60],
    [61, 360],
    [360, null],
  ])('%s minutes after sending has its next look at %s', (after, next) => {
    const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 25) + minutes * MINUTE).toISOString();
    expect(lookAfter(at(0), at(after), amazon.limits.lookAgainMs)).toBe(next === null ? null : at(next));
  });

  it('does not exist where the channel has none, or nothing was sent', () => {
    expect(lookAfter('2026-11-25T00:00:00.000Z', '2026-11-25T00:00:00.000Z')).toBeNull();
    expect(lookAfter(null, '2026-11-25T00:00:00.000Z', [MINUTE])).toBeNull();
  });
});

describe('what Amazon finds after a listing became live', () => {
  let clock: HandClock;
  let bench: ChannelBench;
  beforeEach(async () => {
    clock = handClock();
    bench = await channelBench(amazon, await sqliteDatabase(), {
      settings: { definitions: 'built-in' },
      params: { families: false }, // two rounds are enough where no listing waits for a parent
      processingMs: 0,
      clock,
    });
    await fillCatalog(bench.test.database, smallCatalog(), clock);
    await syncRound(bench.desk, portOf(bench.desk), { atOnce: true });
    clock.advance(1_000);
    await syncRound(bench.desk, portOf(bench.desk), { atOnce: true });
    expect(await channelCounts(bench.test.database, bench.desk.kit.channel.id)).toMatchObject({ live: 4 });
  });
  afterEach(() => bench.stop());

  const portOf = (desk: ChannelDesk): Required<Pick<ListingPort, 'look' | 'submit'>> & ListingPort => {
    const { listings } = desk.open;
    if (!listings?.look) throw new Error('Amazon can be looked at');
    return { ...listings, look: listings.look.bind(listings) };
  };
  const look = (desk = bench.desk): Promise<LookedAgain> => lookAgain(desk, portOf(desk));
  const complain = (issues: readonly JsonObject[]): Promise<unknown> =>
    fetch(`${bench.simulator.url}/_sim/issues`, {
      method: 'POST',
      body: JSON.stringify({ sku: LAMP, issues }),
    });
  const lamp = async () => {
    const { record, channelIssues } = await explainOnChannel(bench.desk, LAMP);
    return [record?.verdict, ...channelIssues.map(({ code }) => code)];
  };
  const PICTURE: JsonObject = {
    code: '18027',
    message: 'The main picture has no white background.',
    severity: 'ERROR',
    attributeNames: ['main_product_image_locator'],
    categories: ['INVALID_IMAGE'],
    marketplaceIds: [MARKETPLACE],
    enforcements: { actions: [], exemption: { status: 'NOT_EXEMPT' } },
  };

  it('reaches the listing within the minute, over a restart, and goes away when it is mended', async () => {
    await complain([PICTURE]);
    expect(await look()).toMatchObject({ looked: 0 });
    clock.advance(MINUTE);
    expect(await look(await bench.again())).toMatchObject({ looked: 4, drifted: 0 });
    expect(await lamp()).toEqual(['rejected', '18027']);
    await complain([]);
    clock.advance(4 * MINUTE);
    expect(await look()).toMatchObject({ looked: 4 });
    expect(await lamp()).toEqual(['live']);
  });

  it('is looked for five times and then left to the daily read-back', async () => {
    const looked: number[] = [];
    for (const minutes of [1, 4, 10, 45, 300, 60]) {
      clock.advance(minutes * MINUTE);
      looked.push((await look()).looked);
    }
    expect(looked).toEqual([4, 4, 4, 4, 4, 0]);
    expect((await look()).againInMs).toBeNull();
  });

  it('is looked for again later when Amazon cannot be asked', async () => {
    clock.advance(MINUTE);
    await complain([PICTURE]);
    bench.simulator.faults.add({ kind: 'fail', match: 'GET /listings', times: 1 });
    expect(await look()).toMatchObject({ looked: 0, againInMs: 5 * MINUTE });
    expect(await lamp()).toEqual(['live']);
    expect(await look()).toMatchObject({ looked: 4 });
    expect(await lamp()).toEqual(['rejected', '18027']);
  });
});
