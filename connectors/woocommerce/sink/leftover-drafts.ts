import type { ChannelAction } from '../../../src/channel/channel-action.js';
import { epochMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { API } from '../api-version.js';
import { gmtIn, idIn, metaText } from '../read.js';
import type { WooWork } from '../shop-facts.js';
import { findOrders } from './find-orders.js';
import { isDraft } from './order-decode.js';
import { KEY_META } from './order-meta.js';
import type { OrderReader } from './read-orders.js';

const PER_PAGE = 100;
/** A younger one may still be gone on with. */
const OLD_MS = 3_600_000;

/**
 * Takes away drafts of ours that a lost answer left beside the order that was placed. Only what was made by the API, bears our key, is older than an hour
 * and has a placed order of the same key beside it: nothing else is ever deleted.
 */
export function removeLeftoverDrafts(work: WooWork, reader: OrderReader): ChannelAction {
  const { client, host } = work;

  async function drafts(): Promise<readonly JsonObject[]> {
    const rows: JsonObject[] = [];
    for (let page = 1; ; page++) {
      const query = { status: 'pending', orderby: 'id', order: 'asc', per_page: PER_PAGE, page };
      const found = await client.page({ operation: 'pending orders', route: `${API}/orders`, query });
      rows.push(...found.rows.filter((row) => isOld(row, host.clock.now())));
      if (found.rows.length === 0 || page * PER_PAGE >= found.total) return rows;
    }
  }

  return {
    title: 'Deletes pending orders of ours that were left beside the placed one; they take no stock',
    parameters: { type: 'object', additionalProperties: false, properties: {} },
    async run() {
      const removed: string[] = [];
      for (const draft of await drafts()) {
        const id = idIn(draft);
        const since = gmtIn(draft, 'date_created_gmt') ?? host.clock.now();
        const ids = await findOrders(client, metaText(draft, KEY_META) ?? '', since);
        const held = await reader.rows(ids.filter((each) => each !== id));
        const placed = [...held.values()].some((order) => !isDraft(order) && order.status !== 'trash');
        if (!placed) continue;
        const query = { force: 'true' };
        await client.object({
          operation: 'remove draft',
          method: 'DELETE',
          route: `${API}/orders/${id}`,
          query,
        });
        removed.push(id);
      }
      return { removed };
    },
  };
}

function isOld(row: JsonObject, now: string): boolean {
  const made = gmtIn(row, 'date_created_gmt');
  return (
    isDraft(row) &&
    row.created_via === 'rest-api' &&
    metaText(row, KEY_META) !== undefined &&
    made !== undefined &&
    epochMs(now) - epochMs(made) > OLD_MS
  );
}
