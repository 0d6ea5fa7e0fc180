import type { Instant } from './instant.js';
import type { StockPolicy } from './product.js';

/** What may be offered at one location. */
export interface LocationStock {
  readonly id: string;
  readonly name: string;
  readonly available: number;
}

/** Stock of one variant as one channel sees it, after reservations, buffer and the channel's allocation. */
export interface ChannelStock {
  /** Available to promise, never below 0. Absent: nobody told us, which is not zero. */
  readonly available?: number;
  readonly leadDays?: number;
  readonly policy?: StockPolicy;
  readonly restockAt?: Instant;
  readonly tracked?: boolean;
  readonly locations?: readonly LocationStock[];
}

/**
 * A channel's share of what is available. `shared` (the default) offers everything to everybody; at `lastUnits` (2 unless said) and below
 * only the channel named `keeper` may still offer the goods, so that two channels do not sell the last unit. `percent`: that part of it.
 * `reserve`: so many units are set aside for this channel and are no other's. `strict`: every unit belongs to one channel at a time; it moves
 * to another only after the first is known to sell none. `cap`: never more than this.
 */
export type Allocation =
  | { readonly mode: 'shared'; readonly keeper?: string; readonly lastUnits?: number; readonly cap?: number }
  | { readonly mode: 'percent'; readonly percent: number; readonly cap?: number }
  | { readonly mode: 'reserve'; readonly units: number }
  | { readonly mode: 'strict'; readonly percent: number };

/** Without a number of its own, a keeper keeps the last two units. */
const LAST_UNITS = 2;

/** Units that may be promised: on hand − reserved − safety stock, never below zero. Unknown on hand stays unknown. */
export function availableToPromise(
  onHand: number | null,
  reserved: number,
  safetyStock: number,
): number | null {
  return onHand === null ? null : Math.max(0, onHand - reserved - safetyStock);
}

/** What one channel may offer of the units that may be promised; strict channels have theirs from their allotment. */
export function allocated(
  available: number | null,
  allocation: Exclude<Allocation, { mode: 'strict' }>,
  channel: string,
): number | null {
  if (available === null) return null;
  if (allocation.mode === 'reserve') return Math.min(available, allocation.units);
  if (allocation.mode === 'percent') {
    return capped(Math.floor((available * allocation.percent) / 100), allocation.cap);
  }
  const { keeper, lastUnits = LAST_UNITS } = allocation;
  if (keeper !== undefined && keeper !== channel && available <= lastUnits) return 0;
  return capped(available, allocation.cap);
}

function capped(units: number, cap: number | undefined): number {
  return cap === undefined ? units : Math.min(units, cap);
}
