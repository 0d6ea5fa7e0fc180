import type { CatalogRow } from '../catalog/store.js';
import type { Money } from '../domain/money.js';
import type { Pickup, PlaceAvailability, PlaceKind, PlaceSetup } from '../domain/place.js';
import { type PlaceShare, placeUnits } from '../stock/place-units.js';

/** How a channel's stock per place is set up. */
export interface PlacesOrder {
  readonly places: readonly PlaceSetup[];
  /** How it shares in what lies at some locations. */
  shareAt(locations: readonly string[]): PlaceShare;
  readonly signal?: AbortSignal;
}

/** What one place should show for one SKU; kept as JSON and compared as text, so members are always written in this order. */
export interface PlaceFacts {
  readonly quantity: number;
  readonly availability: PlaceAvailability;
  readonly price: Money | null;
  readonly pickup: Pickup | null;
}

/** What the places of a channel should show for one variant; places nobody counts it at are left out. Pure. */
export function placeFactsOf(
  row: Pick<CatalogRow, 'variant' | 'stock'>,
  setup: PlacesOrder & { readonly currency: string },
): { readonly kind: PlaceKind; readonly place: string; readonly facts: PlaceFacts }[] {
  return setup.places.flatMap(({ kind, place, locations, pickup }) => {
    const quantity = placeUnits(row.stock, setup.shareAt(locations));
    if (quantity === null) return [];
    const availability: PlaceAvailability = quantity > 0 ? 'in_stock' : 'out_of_stock';
    const price = priceAt(row, [place, ...locations], setup.currency);
    return [{ kind, place, facts: { quantity, availability, price, pickup } }];
  });
}

/** The price list of a store, by the channel's code or the merchant's name of it; null: the listing's price is good there. */
function priceAt(
  row: Pick<CatalogRow, 'variant'>,
  stores: readonly string[],
  currency: string,
): Money | null {
  const own = row.variant.prices?.find(
    (price) => price.store !== undefined && stores.includes(price.store) && price.currency === currency,
  );
  return own === undefined ? null : { minor: own.minor, currency: own.currency };
}
