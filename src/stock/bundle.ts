import type { Component } from '../domain/product.js';

/** What a bundle is made of in the end: no part is a bundle itself. */
export interface Composition {
  readonly parts: readonly Component[];
  /** Why it cannot be put together, in a clause for a person; null: it can. */
  readonly broken: string | null;
}

/** A component as it is declared. */
export interface Declared extends Component {
  /** False: the catalog has no such SKU. */
  readonly known: boolean;
}

/** Marks a bundle whose components could not be read: no SKU is empty. */
export const UNREADABLE = '';
const MOST_LEVELS = 8;
const MOST_UNITS = 100_000;

const broken = (why: string): Composition => ({ parts: [], broken: why });

/**
 * What a bundle is made of, with bundles inside it taken apart. Components the catalog does not have, and bundles that contain themselves, make it
 * one that cannot be put together. Null: it is no bundle. Pure.
 */
export function composed(
  sku: string,
  declared: ReadonlyMap<string, readonly Declared[]>,
): Composition | null {
  if (!declared.has(sku)) return null;
  const known = new Map<string, Composition>();
  return takenApart(sku, { declared, known, above: [] });
}

interface Taking {
  readonly declared: ReadonlyMap<string, readonly Declared[]>;
  /** What was taken apart before: a part may be in several. */
  readonly known: Map<string, Composition>;
  readonly above: readonly string[];
}

function takenApart(sku: string, taking: Taking): Composition {
  const { declared, known, above } = taking;
  const before = known.get(sku);
  if (before) return before;
  const path = [...above, sku];
  if (above.includes(sku)) return broken(`it contains itself: ${path.join(' > ')}`);
  if (above.length >= MOST_LEVELS) return broken(`bundles lie in each other more than ${MOST_LEVELS} deep`);
  const units = new Map<string, number>();
  for (const part of declared.get(sku) ?? []) {
    if (part.sku === UNREADABLE) return broken('what it is made of could not be read');
    if (!part.known) return broken(`no product has its component ${part.sku}`);
    const inner = declared.has(part.sku) ? takenApart(part.sku, { ...taking, above: path }) : null;
    if (inner !== null && inner.broken !== null) return inner;
    for (const { sku: own, quantity } of inner?.parts ?? [{ sku: part.sku, quantity: 1 }])
      units.set(own, (units.get(own) ?? 0) + quantity * part.quantity);
  }
  if (Math.max(...units.values()) > MOST_UNITS)
    return broken(`one of it takes more than ${MOST_UNITS} of a component`);
  const parts = [...units].map(([own, quantity]) => ({ sku: own, quantity }));
  const whole = { parts: parts.sort((a, b) => (a.sku < b.sku ? -1 : 1)), broken: null };
  known.set(sku, whole);
  return whole;
}

/** How often something made of parts can be put together from units; a part that is absent is not counted and limits nothing. Null: none limits. Pure. */
export function setsOf(parts: readonly Component[], units: (sku: string) => number | null): number | null {
  let sets: number | null = null;
  for (const { sku, quantity } of parts) {
    const own = units(sku);
    if (own === null) continue;
    const possible = Math.max(0, Math.floor(own / quantity));
    sets = sets === null ? possible : Math.min(sets, possible);
  }
  return sets;
}
