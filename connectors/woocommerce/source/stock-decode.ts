import type { StockReading } from '../../../src/channel/store-ports.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { textOrNothing } from '../read.js';

/** WooCommerce counts at one place. */
export const LOCATION = 'shop';

/** Members of a product or variation that its stock is read from. */
export const STOCK_FIELDS =
  'id,sku,type,parent_id,variations,manage_stock,stock_quantity,stock_status,backorders';

/** A merchant who does not count an article and says that it is there sells it without end; one that is out is known to be out. Pure. */
export function uncounted(row: JsonObject): boolean {
  return row.manage_stock === false && row.stock_status !== 'outofstock';
}

/**
 * What may be sold of a product and its variations. Variations that share the stock of their product (`manage_stock: "parent"`) get a share of it
 * each, so that a unit is never offered twice; the first ones get what does not divide. Plugins may count fractions: whole units are sold. A
 * quantity that is missing is unknown, not zero. Without `asOf`: no stamp moves with stock (woocommerce/woocommerce#40060), a reading is as new as
 * the request. Pure.
 */
export function stockReadings(
  product: JsonObject,
  variations: readonly JsonObject[],
): readonly StockReading[] {
  const sharing = variations.filter((variation) => variation.manage_stock === 'parent');
  const shared = quantityOf(product);
  const own = variations.length > 0 ? variations.filter((each) => !sharing.includes(each)) : [product];
  return [
    ...own.flatMap((row) => reading(row, quantityOf(row))),
    ...sharing.flatMap((row, at) =>
      reading(row, shared === null ? null : shareOf(shared, { among: sharing.length, at })),
    ),
  ];
}

function reading(row: JsonObject, onHand: number | null): readonly StockReading[] {
  const sku = textOrNothing(row, 'sku');
  return sku === undefined || onHand === null ? [] : [{ sku, location: LOCATION, onHand }];
}

/** Null: not counted, or unknown. */
function quantityOf(row: JsonObject): number | null {
  if (row.manage_stock === true)
    return typeof row.stock_quantity === 'number' && Number.isFinite(row.stock_quantity)
      ? Math.floor(row.stock_quantity)
      : null;
  return row.manage_stock === false && row.stock_status === 'outofstock' ? 0 : null;
}

function shareOf(units: number, { among, at }: { readonly among: number; readonly at: number }): number {
  if (units <= 0) return units;
  return Math.floor(units / among) + (at < units % among ? 1 : 0);
}
