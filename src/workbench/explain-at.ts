import { rewindRow } from '../catalog/rewind.js';
import type { CatalogRow } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { explainRow, knownRow, type ListingExplanation } from '../sync/explain-channel.js';
import { compileUse, mappingUseAt } from '../sync/mapping-uses.js';

/** Why a listing was made as it was at an instant. */
export interface PastExplanation extends ListingExplanation {
  readonly at: Instant;
  /** The mapping of that time; null: it is not recorded, the present one is shown instead. */
  readonly mapping: { readonly revision: string; readonly since: Instant } | null;
}

/**
 * Explains a SKU on a channel as it was at an instant: the variant's history is taken back, and the mapping of that day is compiled
 * from its kept texts. Settings of the channel and units of siblings are today's. Throws `unknown_sku`, `not_in_catalog_then`, `in_the_future`.
 */
export async function explainAt(desk: ChannelDesk, sku: string, at: Instant): Promise<PastExplanation> {
  if (at > desk.clock.now())
    throw new OperatorError('in_the_future', `${at} is yet to come`, 'Give a moment that has passed.');
  const row = await knownRow(desk.database, sku);
  await refuseUnborn(desk.database, row, at);
  const use = await mappingUseAt(desk.database, desk.kit.channel.id, at);
  const mapping = use === null ? null : compileUse(use);
  const kit = mapping === null ? desk.kit : { ...desk.kit, mapping };
  const clock = { now: () => at, monotonicMs: () => desk.clock.monotonicMs() };
  const then = await rewindRow(desk.database, row, at);
  return {
    ...(await explainRow({ database: desk.database, kit, clock }, then)),
    at,
    mapping: use === null || mapping === null ? null : { revision: use.revision, since: use.at },
  };
}

async function refuseUnborn(queries: Queries, { sku }: CatalogRow, at: Instant): Promise<void> {
  const created = await queries.get<{ at: Instant }>(
    "SELECT MIN(at) AS at FROM catalog_change WHERE sku = ? AND field = 'created'",
    [sku],
  );
  if (created?.at == null || created.at <= at) return;
  throw new OperatorError(
    'not_in_catalog_then',
    `"${sku}" came into the catalog at ${created.at}`,
    'Give a later moment.',
  );
}
