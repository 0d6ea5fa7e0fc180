import type { ShopState } from './shop-state.js';

/** `InventorySetQuantitiesInput` of the Admin API. */
export interface SetQuantitiesInput {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly quantities: readonly {
    readonly inventoryItemId: string;
    readonly locationId: string;
    readonly quantity: number;
    readonly changeFromQuantity?: number | null;
  }[];
}

interface Complaint {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

/** What `inventorySetQuantities` answers. */
export interface QuantitiesSet {
  readonly inventoryAdjustmentGroup: { readonly id: string } | null;
  readonly userErrors: readonly Complaint[];
}

/** Reasons Shopify knows (shopify.dev, "Inventory quantities and states", verified 2026-11). */
const REASONS: ReadonlySet<string> = new Set([
  'correction',
  'cycle_count_available',
  'damaged',
  'movement_canceled',
  'movement_created',
  'movement_received',
  'movement_updated',
  'other',
  'promotion',
  'quality_control',
  'received',
  'reservation_created',
  'reservation_deleted',
  'reservation_updated',
  'restock',
  'safety_stock',
  'shrinkage',
]);
const MOST = 1_000_000_000;

/** `inventorySetQuantities`: every row over the figure it names, all of them or none. The key `changeFromQuantity` must be there; null: over any. */
export function setQuantities(shop: ShopState, input: SetQuantitiesInput): QuantitiesSet {
  const errors = [
    ...complaintsOf(input),
    ...input.quantities.flatMap((_, row) => rowErrors(shop, input, row)),
  ];
  if (errors.length > 0) return { inventoryAdjustmentGroup: null, userErrors: errors };
  for (const row of input.quantities) {
    const level = levelOf(shop, row);
    if (!level) continue;
    level.available = input.name === 'on_hand' ? row.quantity - level.committed : row.quantity;
    level.updatedMs = shop.nowMs();
  }
  return { inventoryAdjustmentGroup: { id: shop.nextId('InventoryAdjustmentGroup') }, userErrors: [] };
}

function complaintsOf({ name, reason, referenceDocumentUri }: SetQuantitiesInput): readonly Complaint[] {
  const of = (field: string, code: string, message: string) => ({ code, field: ['input', field], message });
  return [
    ...(['available', 'on_hand'].includes(name)
      ? []
      : [of('name', 'INVALID_NAME', "The quantity name must be either 'available' or 'on_hand'.")]),
    ...(REASONS.has(reason) ? [] : [of('reason', 'INVALID_REASON', 'The specified reason is invalid.')]),
    ...(referenceDocumentUri == null || /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(referenceDocumentUri)
      ? []
      : [
          of(
            'referenceDocumentUri',
            'INVALID_REFERENCE_DOCUMENT',
            'The specified reference document is invalid.',
          ),
        ]),
  ];
}

function rowErrors(
  shop: ShopState,
  { name, quantities }: SetQuantitiesInput,
  at: number,
): readonly Complaint[] {
  const row = quantities[at];
  if (row === undefined) return [];
  const error = (field: string, code: string, message: string): readonly Complaint[] => [
    { code, field: ['input', 'quantities', String(at), field], message },
  ];
  const twin = quantities.findIndex(
    (each) => each.inventoryItemId === row.inventoryItemId && each.locationId === row.locationId,
  );
  if (twin !== at)
    return error(
      'locationId',
      'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
      'The combination of inventoryItemId and locationId must be unique.',
    );
  const variant = itemOf(shop, row.inventoryItemId);
  if (!variant)
    return error(
      'inventoryItemId',
      'INVALID_INVENTORY_ITEM',
      'The specified inventory item could not be found.',
    );
  const level = levelOf(shop, row);
  if (!level || !shop.locations.some(({ id, active }) => id === row.locationId && active))
    return error('locationId', 'INVALID_LOCATION', 'The specified location could not be found.');
  if (Math.abs(row.quantity) > MOST)
    return row.quantity > 0
      ? error(
          'quantity',
          'INVALID_QUANTITY_TOO_HIGH',
          "The total quantity can't be higher than 1,000,000,000.",
        )
      : error(
          'quantity',
          'INVALID_QUANTITY_TOO_LOW',
          "The total quantity can't be lower than -1,000,000,000.",
        );
  // Its absence is not in the schema; since 2026-04 it is refused at run time.
  if (row.changeFromQuantity === undefined)
    return error(
      'changeFromQuantity',
      'COMPARE_QUANTITY_REQUIRED',
      'The changeFromQuantity argument must be given to each quantity.',
    );
  const held = name === 'on_hand' ? level.available + level.committed : level.available;
  return row.changeFromQuantity === null || row.changeFromQuantity === held
    ? []
    : error(
        'changeFromQuantity',
        'CHANGE_FROM_QUANTITY_STALE',
        'The changeFromQuantity value does not match persisted value.',
      );
}

function itemOf(shop: ShopState, id: string) {
  return shop.products.flatMap(({ variants }) => variants).find(({ itemId }) => itemId === id);
}

function levelOf(shop: ShopState, row: { readonly inventoryItemId: string; readonly locationId: string }) {
  return itemOf(shop, row.inventoryItemId)?.levels.find(({ location }) => location === row.locationId);
}
