import type { CatalogRow } from '../catalog/store.js';
import { startOfDay } from './calendar-day.js';
import type { ChannelDesk } from './channel-desk.js';
import { type Desired, finishListing, mapRow } from './desired.js';

/** Works out the listing of one catalog row on a channel, as of now. */
export async function workOutRow(
  desk: Pick<ChannelDesk, 'kit' | 'clock'>,
  row: CatalogRow,
): Promise<Desired> {
  const { kit } = desk;
  const now = desk.clock.now();
  const mapped = mapRow(kit.rowOf(row), kit, startOfDay(now, kit.channel.zone));
  if (mapped.state === 'excluded') return mapped;
  return finishListing(mapped, kit.loadedSchema(mapped.kind) ?? (await kit.schemaOf(mapped.kind)), {
    kit,
    now,
    sku: row.sku,
  });
}
