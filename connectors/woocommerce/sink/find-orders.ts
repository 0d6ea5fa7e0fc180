import { ChannelError } from '../../../src/domain/errors.js';
import { epochMs, type Instant, plusMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { API } from '../api-version.js';
import type { WooClient } from '../client.js';
import { gmtIn, idIn, listIn, metaText } from '../read.js';
import { KEY_META } from './order-meta.js';

/** Clocks may disagree by this much about when an order was made. */
const EARLIER_MS = 10 * 60_000;
const PER_PAGE = 100;
/** Orders since the first attempt; more than this and the search cannot conclude. */
const MOST_PAGES = 50;
const FIELDS = 'id,status,transaction_id,meta_data,date_created_gmt';

/**
 * Ids of all orders under a key, oldest first. What the shop's search looks at differs by version and storage, so the search is only the quick way:
 * when it knows nothing, every order since the first attempt is gone through, those in the trash too. Rows are compared with the key exactly; a
 * filter that does not work throws: it is never "none". An order that another connector placed for the same purchase throws `refused`.
 */
export async function findOrders(client: WooClient, key: string, since: Instant): Promise<readonly string[]> {
  const externalId = key.slice(key.indexOf(':') + 1);
  const hits = await searched(client, externalId);
  const quick = ours(hits, key);
  if (quick.length > 0) return quick;
  const stranger = hits.find((row) => isForeign(row, externalId));
  if (stranger !== undefined) throw placedByAnother(idIn(stranger), externalId);
  const from = plusMs(since, -EARLIER_MS);
  return ours([...(await made(client, from, 'any')), ...(await made(client, from, 'trash'))], key);
}

function ours(rows: readonly JsonObject[], key: string): readonly string[] {
  const ids = rows.filter((row) => metaText(row, KEY_META) === key).map((row) => idIn(row));
  return [...new Set(ids)].sort((a, b) => Number(a) - Number(b));
}

/** Somebody else's mark of the same purchase: the id as transaction or as the whole value of a meta entry. */
function isForeign(row: JsonObject, externalId: string): boolean {
  if (metaText(row, KEY_META) !== undefined) return false;
  return (
    row.transaction_id === externalId || listIn(row, 'meta_data').some(({ value }) => value === externalId)
  );
}

/** One page: more hits than that and the search is no help, but the list that follows is. */
async function searched(client: WooClient, externalId: string): Promise<readonly JsonObject[]> {
  const query = { search: externalId, status: 'any', per_page: PER_PAGE, _fields: FIELDS };
  return client.list({ operation: 'order search', route: `${API}/orders`, query });
}

/** Every order made since, newest first: what is made while the pages are read pushes rows down, where they are seen twice. */
async function made(client: WooClient, from: Instant, status: string): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const query = {
      after: from.slice(0, 19),
      dates_are_gmt: 'true',
      status,
      orderby: 'id',
      order: 'desc',
      per_page: PER_PAGE,
      page,
      _fields: FIELDS,
    };
    const found = await client.page({ operation: 'orders since', route: `${API}/orders`, query });
    const strange = found.rows.some(
      (row) => epochMs(gmtIn(row, 'date_created_gmt') ?? from) < epochMs(from) - 1_000,
    );
    if (strange) throw unreliable('shows orders that are too old');
    rows.push(...found.rows);
    if (page * PER_PAGE >= found.total) return rows;
    if (found.rows.length === 0) throw unreliable('ends before its own count');
    if (page >= MOST_PAGES) throw unreliable('shows too many orders');
  }
}

function unreliable(why: string): ChannelError {
  return new ChannelError(`The shop’s list of orders ${why}`, {
    code: 'search_unreliable',
    kind: 'ambiguous',
    owner: 'operator',
    advice:
      'Nothing is placed while the shop cannot be searched (a plugin or an outdated WooCommerce). It is tried again by itself; if it stays, place the order by hand.',
  });
}

function placedByAnother(storeId: string, externalId: string): ChannelError {
  return new ChannelError(`The shop has order ${storeId} for ${externalId} already, which is not ours`, {
    code: 'placed_by_another',
    kind: 'refused',
    owner: 'operator',
    advice:
      'Another app imports this channel into the shop. Switch one of the two off; delete that order if it is a double.',
  });
}
