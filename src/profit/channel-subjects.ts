import {
  type CatalogRow,
  catalogPageByProduct,
  FIRST_PRODUCT,
  type ProductCursor,
  variantsBySku,
} from '../catalog/store.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { listingRows } from '../sync/listing-rows.js';
import { readRecords } from '../sync/records.js';
import { workOutSeen } from '../sync/work-out.js';
import { keptEstimates } from './kept-estimates.js';
import type { ProfitSubject } from './listing-profit.js';
import { unitCost } from './unit-cost.js';

const PAGE = 500;

/** Walks what would be listed on a channel as the catalog stands now, page by page. `skus`: only these. Ended variants are left out. */
export async function* channelSubjects(
  desk: ChannelDesk,
  skus: readonly string[] | null,
): AsyncGenerator<readonly ProfitSubject[]> {
  if (skus !== null) {
    yield await subjectsOf(desk, await variantsBySku(desk.database, skus));
    return;
  }
  for (let cursor: ProductCursor | null = FIRST_PRODUCT; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      desk.database,
      cursor,
      PAGE,
    );
    yield await subjectsOf(desk, page.rows);
    cursor = page.next;
  }
}

async function subjectsOf(desk: ChannelDesk, all: readonly CatalogRow[]): Promise<ProfitSubject[]> {
  const { kit, database } = desk;
  const rows = all.filter(({ status }) => status !== 'ended');
  const channel = kit.channel.id;
  const views = await listingRows(database, kit, rows);
  const records = new Map(
    (
      await readRecords(
        database,
        channel,
        rows.map(({ variantId }) => variantId),
      )
    ).map((record) => [record.variant_id, record]),
  );
  const estimates = await keptEstimates(
    database,
    channel,
    rows.map(({ sku }) => sku),
  );
  const subjects: ProfitSubject[] = [];
  for (const [index, row] of rows.entries()) {
    const desired = await workOutSeen(desk, views[index] ?? kit.rowOf(row));
    if (desired.state !== 'listed') continue;
    subjects.push({
      sku: row.sku,
      title: row.product.title ?? null,
      price: kit.connector.price?.(desired.attributes) ?? null,
      cost: unitCost(row),
      product: row.product,
      kind: desired.kind,
      fulfilledBy: records.get(row.variantId)?.fulfilled_by ?? null,
      estimate: estimates.get(row.sku) ?? null,
    });
  }
  return subjects;
}
