import type { ListingPreview } from '../channel/connector.js';
import { OperatorError } from '../domain/errors.js';
import type { ChannelDesk } from './channel-desk.js';
import type { PlanEntry } from './plan.js';
import { prepareChanges } from './prepare-changes.js';

/**
 * Asks the channel what it would say to planned changes, by SKU and without any effect. Removals are left out. Throws an
 * OperatorError when the channel cannot try listings out.
 */
export async function previewPlan(
  desk: ChannelDesk,
  entries: readonly PlanEntry[],
): Promise<ReadonlyMap<string, ListingPreview>> {
  const { listings } = desk.open;
  if (!listings?.preview)
    throw new OperatorError(
      'no_preview',
      `Channel "${desk.kit.channel.id}" cannot try listings out`,
      'Leave --preview out; `omnifeed explain` shows what our own checks say.',
    );
  const { prepared } = await prepareChanges(
    desk,
    entries.filter((entry) => entry.action !== 'remove'),
  );
  const previews = await listings.preview(prepared.map(({ change }) => change));
  return new Map(previews.map((preview) => [preview.sku, preview]));
}
