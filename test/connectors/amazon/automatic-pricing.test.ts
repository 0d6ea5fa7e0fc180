import { afterEach, beforeEach, expect, it } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import { systemClock } from '../../../src/clock.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { explainOnChannel } from '../../../src/sync/explain-channel.js';
import { observeChannel } from '../../../src/sync/observe.js';
import { syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';

let bench: ChannelBench;
beforeEach(async () => {
  bench = await channelBench(amazon, await sqliteDatabase(), {
    settings: { definitions: 'built-in' },
    params: { families: false },
    processingMs: 0,
  });
});
afterEach(() => bench.stop());

const SKU = '00012345';
const settle = (): ReturnType<typeof syncUntilSettled> =>
  syncUntilSettled(bench.desk, { deadlineMs: 15_000, atOnce: true });
const fill = (title: string, minor: number, onHand: number): Promise<void> => {
  const lamp = smallCatalog().filter(({ product }) => product.id === 'lamp');
  const changed = lamp.map(({ product, variants }) => ({
    product: { ...product, title },
    variants: variants.map((each) => ({
      ...each,
      offer: { price: { minor, currency: 'USD' } },
      stock: [{ location: 'default', onHand }],
    })),
  }));
  return fillCatalog(bench.test.database, changed, systemClock);
};
const readBack = (): Promise<unknown> => {
  const { listings } = bench.desk.open;
  if (!listings?.observe) throw new Error('Amazon can be read back');
  return observeChannel(bench.desk, { observe: listings.observe.bind(listings) });
};
const held = (): JsonObject => bench.simulator.held().get(SKU) ?? {};
const offer = (price: number, more: JsonObject = {}): JsonObject[] => [
  {
    audience: 'ALL',
    currency: 'USD',
    marketplace_id: 'ATVPDKIKX0DER',
    our_price: [{ schedule: [{ value_with_tax: price }] }],
    ...more,
  },
];

it('leaves a price to the rule that makes it, sends all else, and takes over again when the rule is gone', async () => {
  await fill('Camping lamp', 4950, 12);
  await settle();
  const ruled = offer(47.11, { automated_pricing_merchandising_rule_plan: [{ merchandising_rule: [] }] });
  bench.simulator.tamper(SKU, { ...held(), purchasable_offer: ruled });
  expect(await readBack()).toMatchObject({ drifted: 0 });

  await fill('Camping lamp, folding', 5000, 7);
  expect((await settle()).counts).toMatchObject({ live: 1, rejected: 0 });
  expect(held()).toMatchObject({
    item_name: [{ value: 'Fernweh Camping lamp, folding' }],
    fulfillment_availability: [{ quantity: 7 }],
  });
  expect(held().purchasable_offer).toEqual(ruled);
  expect(await readBack()).toMatchObject({ drifted: 0 });
  const explained = await explainOnChannel(bench.desk, SKU);
  expect(explained.channelIssues.map(({ code }) => code)).toContain('priced_by_rule');
  expect(explained.record?.priced_by).toBe('channel');

  bench.simulator.tamper(SKU, { ...held(), purchasable_offer: offer(47.11) });
  expect(await readBack()).toMatchObject({ drifted: 1 });
  await settle();
  expect(held().purchasable_offer).toEqual(offer(50));
});

it('leaves a lead time and limits the seller set in Seller Central, whatever of the listing changes', async () => {
  await fill('Camping lamp', 4950, 12);
  await settle();
  const limits = { maximum_seller_allowed_price: [{ schedule: [{ value_with_tax: 500 }] }] };
  const [stock] = held().fulfillment_availability as JsonObject[];
  const lead = { ...stock, lead_time_to_ship_max_days: 5 };
  bench.simulator.tamper(SKU, {
    ...held(),
    purchasable_offer: offer(49.5, limits),
    fulfillment_availability: [lead],
  });
  expect(await readBack()).toMatchObject({ drifted: 0 });
  await fill('Camping lamp, folding', 5000, 7);
  await settle();
  expect(held()).toMatchObject({ item_name: [{ value: 'Fernweh Camping lamp, folding' }] });
  expect(held().purchasable_offer).toEqual(offer(50, limits));
  expect(held().fulfillment_availability).toEqual([{ ...lead, quantity: 7 }]);
  expect(await readBack()).toMatchObject({ drifted: 0 });
});
