import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { API } from '../api-version.js';
import type { WooClient } from '../client.js';
import { idIn } from '../read.js';
import type { SoldItem } from './order-input.js';

const PER_CALL = 20;
const PER_PAGE = 100;

/**
 * The products and variations of SKUs. The shop matches without regard to capitals and splits the parameter at commas: rows are compared exactly. Throws
 * `refused` for a SKU that nothing or several things have, or only a product whose variations are sold: guessing would ship the wrong goods.
 */
export async function soldItems(
  client: WooClient,
  skus: readonly string[],
): Promise<ReadonlyMap<string, SoldItem>> {
  const wanted = [...new Set(skus)];
  const together = wanted.filter((sku) => !sku.includes(','));
  const alone = wanted.filter((sku) => sku.includes(','));
  const rows: JsonObject[] = [];
  for (let from = 0; from < together.length; from += PER_CALL)
    rows.push(...(await bySku(client, together.slice(from, from + PER_CALL).join(','))));
  for (const sku of alone) rows.push(...(await bySku(client, sku)));
  const distinct = new Map(rows.map((row) => [idIn(row), row]));
  return new Map(wanted.map((sku) => [sku, theOne(sku, [...distinct.values()])]));
}

async function bySku(client: WooClient, sku: string): Promise<readonly JsonObject[]> {
  const { rows, total } = await client.page({
    operation: 'products by SKU',
    route: `${API}/products`,
    query: { sku, per_page: PER_PAGE, _fields: 'id,sku,type,parent_id' },
  });
  if (total <= rows.length) return rows;
  throw new ChannelError('The shop’s search for SKUs shows too many products', {
    code: 'search_unreliable',
    kind: 'not-sent',
    owner: 'operator',
    advice: 'A plugin seems to switch the filter off. The order is tried again by itself.',
  });
}

function theOne(sku: string, rows: readonly JsonObject[]): SoldItem {
  const [row, another] = rows.filter((each) => each.sku === sku);
  if (row === undefined)
    throw refused(
      'sku_unknown',
      `Nothing in the shop has the SKU ${sku}`,
      'Give it to the product in the shop',
    );
  if (another !== undefined)
    throw refused(
      'sku_ambiguous',
      `Several things in the shop have the SKU ${sku}`,
      'Leave it on one of them',
    );
  if (['variable', 'variable-subscription', 'grouped', 'external'].includes(String(row.type)))
    throw refused(
      'sku_not_sellable',
      `The SKU ${sku} belongs to a product that is not sold itself (${String(row.type)})`,
      'Give the SKU to the variation that is sold',
    );
  return row.type === 'variation'
    ? { product: idIn(row, 'parent_id'), variation: idIn(row) }
    : { product: idIn(row), variation: null };
}

function refused(code: string, message: string, advice: string): ChannelError {
  const again = `${advice}; the order is placed by itself then.`;
  return new ChannelError(message, { code, kind: 'refused', owner: 'operator', advice: again });
}
