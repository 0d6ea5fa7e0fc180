import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { checkAs } from './input-check.js';

/** The two kinds of inventory: how their entries and members are called. */
export type InventoryKind = 'localInventories' | 'regionalInventories';

interface KindFacts {
  readonly message: string;
  readonly place: 'storeCode' | 'region';
  readonly attributes: string;
}

const KINDS: Readonly<Record<InventoryKind, KindFacts>> = {
  localInventories: { message: 'LocalInventory', place: 'storeCode', attributes: 'localInventoryAttributes' },
  regionalInventories: {
    message: 'RegionalInventory',
    place: 'region',
    attributes: 'regionalInventoryAttributes',
  },
};

/** Visible within 30 minutes of an insert, gone within an hour of a delete (inventories v1, verified 2026-11-23). */
export interface Inventories {
  /** Replaces the entry of a product at a place. Throws the 400 for what Google does not take. */
  insert(kind: InventoryKind, product: string, body: JsonObject): JsonObject;
  remove(kind: InventoryKind, product: string, place: string): JsonObject;
  list(kind: InventoryKind, product: string): readonly JsonObject[];
  /** From now on only these codes are known; until then every code is. */
  know(places: { readonly stores?: readonly string[]; readonly regions?: readonly string[] }): void;
  /** Every entry by its name. */
  held(): Readonly<Record<string, JsonObject>>;
}

/** Inventories of the products of one account. */
export function inventories(account: string): Inventories {
  const entries = new Map<string, JsonObject>();
  const known = new Map<InventoryKind, ReadonlySet<string>>();
  const nameOf = (kind: InventoryKind, product: string, place: string): string =>
    `accounts/${account}/products/${product}/${kind}/${place}`;

  return {
    insert(kind, product, body) {
      const { message, place, attributes } = KINDS[kind];
      checkAs(message, body, message);
      const code = body[place];
      if (typeof code !== 'string' || code === '') throw invalid(place, 'The field is required.', 'REQUIRED');
      if (known.get(kind)?.has(code) === false) throw invalid(place, `${code} is not known in this account.`);
      const said = (body[attributes] ?? {}) as JsonObject;
      if (kind === 'localInventories') checkLocal(said);
      if (said.salePriceEffectiveDate !== undefined && said.salePrice === undefined)
        throw invalid('sale_price', 'A sale price is required with its dates.', 'REQUIRED');
      const name = nameOf(kind, product, code);
      const entry = { name, account, [place]: code, [attributes]: said };
      entries.set(name, entry);
      return entry;
    },
    remove(kind, product, place) {
      if (entries.delete(nameOf(kind, product, place))) return {};
      throw new GoogleRefusal(404, `[name] The inventory of ${place} was not found.`, {
        FIELD_LOCATION: 'name',
        REASON: 'INVENTORY_NOT_FOUND',
      });
    },
    list: (kind, product) =>
      [...entries.values()].filter((entry) => String(entry.name).startsWith(nameOf(kind, product, ''))),
    know({ stores, regions }) {
      if (stores !== undefined) known.set('localInventories', new Set(stores));
      if (regions !== undefined) known.set('regionalInventories', new Set(regions));
    },
    held: () => Object.fromEntries(entries),
  };
}

function checkLocal(said: JsonObject): void {
  if (
    said.pickupMethod !== undefined &&
    said.pickupMethod !== 'NOT_SUPPORTED' &&
    said.pickupSla === undefined
  )
    throw invalid('pickup_sla', 'The field is required with a pickup method.', 'REQUIRED');
  if (said.quantity !== undefined && Number(said.quantity) < 0)
    throw invalid('quantity', 'The quantity must not be negative.');
  if (Buffer.byteLength(String(said.instoreProductLocation ?? '')) > 20)
    throw invalid('instore_product_location', 'More than 20 bytes.');
}
