import { type Clock, epochMs } from '../../src/domain/instant.js';

/**
 * Google asks for at most two updates of a product per day and enforces it through the quota of the account (guides/quotas-limits,
 * verified 2026-11-23). So a few products may change more often as long as the account as a whole has room: up to this share of
 * the day's calls nobody is held back; above it, products that had their two wait for the renewal with what has gathered until then.
 */
const HELD_BACK_FROM = 0.5;
const UPDATES_PER_DAY = 2;

/** Counts updates per product and quota day. */
export interface UpdateBudget {
  /** An update of this product was sent. */
  spend(sku: string): void;
  /** Whether another update of this product should wait for the renewal. `usedShare`: of the day's calls; null: no limit is known. */
  isSpent(sku: string, usedShare: number | null): boolean;
}

const CELLS = 1 << 20;
const NOON_MS = 12 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/**
 * A budget in one mebibyte, however many products there are: two cells per product of which the smaller counts, so that two
 * products are rarely taken for each other, and then only held back together. It forgets at 12:00 UTC and when the process ends:
 * what the account has used today is read from Google at once after a start, so nothing is overdrawn, and at worst a product gets two more
 * updates of a day that has room for them by Google's own count.
 */
export function updateBudget(clock: Clock): UpdateBudget {
  const cells = new Uint8Array(CELLS);
  let day = -1;

  function today(): Uint8Array {
    const number = Math.floor((epochMs(clock.now()) - NOON_MS) / DAY_MS);
    if (number !== day) cells.fill(0);
    day = number;
    return cells;
  }

  return {
    spend(sku) {
      const counts = today();
      for (const cell of cellsOf(sku)) counts[cell] = Math.min(255, (counts[cell] ?? 0) + 1);
    },
    isSpent(sku, usedShare) {
      if (usedShare === null || usedShare < HELD_BACK_FROM) return false;
      const counts = today();
      return Math.min(...cellsOf(sku).map((cell) => counts[cell] ?? 0)) >= UPDATES_PER_DAY;
    },
  };
}

function cellsOf(sku: string): readonly number[] {
  return [0, 1].map((place) => hashOf(`${place} ${sku}`) % CELLS);
}

/** FNV-1a, 32 bits: spreads short texts well and needs no library. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
