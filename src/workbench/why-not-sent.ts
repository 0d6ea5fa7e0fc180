import type { ChannelDesk } from '../sync/channel-desk.js';
import { type ChannelExplanation, explainOnChannel, knownRow } from '../sync/explain-channel.js';
import { sendsNothingTo } from '../sync/outlet.js';
import { type DeliveryTest, deliveryTests } from './delivery-tests.js';

/** A listing explained, and every test between the SKU and a live listing. */
export interface WhyNotSent {
  readonly explained: ChannelExplanation;
  readonly tests: readonly DeliveryTest[];
}

/** Explains a SKU on a channel, with the tests it must pass in their order. Throws `unknown_sku`. */
export async function whyNotSent(desk: ChannelDesk, sku: string): Promise<WhyNotSent> {
  const explained = await explainOnChannel(desk, sku);
  const seen = desk.kit.rowOf(await knownRow(desk.database, sku));
  const tests = deliveryTests(explained, desk.kit.mapping, {
    paused: await sendsNothingTo(desk.database, desk.kit.channel.id),
    unlistable: seen.unlistable,
    excludedByHand: seen.override?.exclude ?? null,
  });
  return { explained, tests };
}
