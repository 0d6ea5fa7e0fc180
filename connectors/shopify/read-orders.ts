import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { isCut } from './order-decode.js';
import { READ_ORDERS } from './order-documents.js';
import type { ShopifyWork } from './shopify-work.js';

/** Pages of an order's parcels and refunds, and of the lines of each: usual orders, then those that do not fit. */
const USUAL = { many: 10, lines: 50 };
const LARGE = { many: 50, lines: 250 };
const MOST_AT_ONCE = 20;

/** An order as a node; null: the shop shows no such order; an error: it is there and cannot be read, the others can. */
export type ReadNode = JsonObject | null | ChannelError;

/** Reads orders by id. Throws ChannelError when the call failed. */
export type ReadNodes = (ids: readonly string[]) => Promise<ReadonlyMap<string, ReadNode>>;

/** One order; null: the shop shows no such order. Throws ChannelError, also when only this one cannot be read. */
export async function readOne(read: ReadNodes, id: string): Promise<JsonObject | null> {
  const node = (await read([id])).get(id) ?? null;
  if (node instanceof ChannelError) throw node;
  return node;
}

/**
 * Reads orders by id, as many at once as one call may cost: when Shopify says it is too dear, half as many are asked for from then on. An
 * order whose lists are longer than the page is read once more by itself with larger pages.
 */
export function orderReader({ client }: Pick<ShopifyWork, 'client'>): ReadNodes {
  let atOnce = MOST_AT_ONCE;

  async function page(ids: readonly string[], size: typeof USUAL): Promise<readonly (JsonObject | null)[]> {
    const data = await client.call(READ_ORDERS, { ids, ...size });
    const nodes = isJsonArray(data.nodes) ? data.nodes : [];
    if (nodes.length === ids.length)
      return nodes.map((node) => (isJsonObject(node) && typeof node.id === 'string' ? node : null));
    throw new ChannelError('ReadOrders answered another number of orders than it was asked for', {
      code: 'unreadable_answer',
      kind: 'ambiguous',
      owner: 'channel',
      advice: 'The call is repeated by itself.',
    });
  }

  async function affordable(ids: readonly string[]): Promise<readonly (JsonObject | null)[]> {
    try {
      return await page(ids, USUAL);
    } catch (error) {
      const tooDear = error instanceof ChannelError && error.code === 'max_cost_exceeded';
      if (!tooDear || ids.length === 1) throw error;
      atOnce = Math.max(1, Math.floor(ids.length / 2));
      const first = await affordable(ids.slice(0, atOnce));
      return [...first, ...(await affordable(ids.slice(first.length)))];
    }
  }

  return async (ids) => {
    const wanted = [...new Set(ids)];
    const orders = new Map<string, ReadNode>();
    for (let start = 0; start < wanted.length; ) {
      const asked = wanted.slice(start, start + atOnce);
      start += asked.length;
      for (const [place, node] of (await affordable(asked)).entries()) {
        const id = asked[place] ?? '';
        orders.set(id, cutOrUnreadable(node, USUAL.many) === true ? await whole(id) : node);
      }
    }
    return orders;
  };

  async function whole(id: string): Promise<ReadNode> {
    const [node = null] = await page([id], LARGE);
    if (cutOrUnreadable(node, LARGE.many) !== true) return node;
    return new ChannelError(`The order ${id} has more lines, parcels or refunds than can be read at once`, {
      code: 'order_too_large',
      kind: 'refused',
      owner: 'operator',
      advice: 'Report its parcels with `omnifeed orders ship`.',
    });
  }
}

/** Whether a list of the order is longer than the page; what cannot be read for that is complained about where it is decoded. */
function cutOrUnreadable(node: JsonObject | null, many: number): boolean | 'unreadable' {
  try {
    return node !== null && isCut(node, many);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return 'unreadable';
  }
}
