import type { Location } from '../domain/location.js';
import type { Money } from '../domain/money.js';
import type { StoreUnits } from '../domain/store-order.js';

/** Goods a buyer brought to a location. */
export interface GoodsBack {
  readonly externalId: string;
  readonly location: Location;
  /** The same again is the same return. */
  readonly reference: string;
  /** Null: everything that has left and did not come back before. */
  readonly units: readonly StoreUnits[] | null;
  /** Whether they go back on the shelves; else they are written off. */
  readonly restock: boolean;
  /** `paid`: what the buyer paid for them · an amount for one line · `none`: the money is not given back here. */
  readonly money: 'paid' | 'none' | Money;
  /** Shipping that is given back with them, without tax that comes on top; null: none. */
  readonly shipping: Money | null;
  readonly by: string;
}
