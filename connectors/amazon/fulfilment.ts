import type { ListingChange } from '../../src/channel/connector.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { isAmazons } from './fulfilment-channel.js';
import type { ListingWork } from './listing-work.js';
import { groupsOf, look } from './look.js';

/**
 * Changes as they may be sent: stock and lead time of what Amazon ships are never written, because a quantity for `DEFAULT` on such a
 * SKU is taken and makes a second offer of it. Where nobody has told yet who ships, Amazon is asked first, twenty SKUs a call.
 * Throws a ChannelError when it cannot be asked: then nothing may be sent. Source: amazon spec 2.6; verified 2026-11.
 */
export async function keepFulfilment(
  work: ListingWork,
  changes: readonly ListingChange[],
): Promise<ListingChange[]> {
  const unknown = changes.filter((change) => change.fulfilledBy == null && offersOwnStock(change));
  const told = new Map<string, string>();
  for (const group of groupsOf(unknown.map(({ sku }) => sku)))
    for (const state of (await look(work, group)).found)
      if (state.fulfilledBy !== null) told.set(state.sku, state.fulfilledBy);
  return changes.map((change) => {
    const known = change.fulfilledBy ?? told.get(change.sku) ?? null;
    return withoutOurStock({ ...change, fulfilledBy: known });
  });
}

function offersOwnStock({ action, attributes }: ListingChange): boolean {
  return action !== 'remove' && attributes.fulfillment_availability !== undefined;
}

/** A whole listing names Amazon's channel, so that it stays there; a patch leaves stock out. Pure. */
export function withoutOurStock(change: ListingChange): ListingChange {
  const { fulfilledBy: by } = change;
  if (by == null || !isAmazons(by) || !writesDefault(change.attributes)) return change;
  const { fulfillment_availability: _ours, ...others } = change.attributes;
  const attributes =
    change.action === 'upsert'
      ? { ...others, fulfillment_availability: [{ fulfillment_channel_code: by }] }
      : others;
  return { ...change, attributes };
}

function writesDefault(attributes: JsonObject): boolean {
  const channels = attributes.fulfillment_availability;
  return (
    isJsonArray(channels) &&
    channels.some((channel) => isJsonObject(channel) && channel.fulfillment_channel_code === 'DEFAULT')
  );
}
