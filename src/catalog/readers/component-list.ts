import type { Component } from '../../domain/product.js';
import type { Value } from '../../mapping/functions/definition.js';
import type { Intake, Place } from './intake.js';

const MOST_COMPONENTS = 200;
const MOST_UNITS = 10_000;

/**
 * Reads what a bundle is made of: `SHIRT-S=2|SOCKS` in one text, a list of such texts, or a list of `{ sku, quantity }`; without a number one unit. A list
 * of which one entry is not understood is empty: a bundle of the rest would be sold with something missing.
 */
export function readComponents(value: Value, intake: Intake, place: Place): readonly Component[] | undefined {
  const entries = Array.isArray(value) ? (value as readonly Value[]) : String(value ?? '').split('|');
  const units = new Map<string, number>();
  for (const entry of entries) {
    if (typeof entry === 'string' && entry.trim() === '') continue;
    const component = componentOf(entry);
    if (component === null || units.size === MOST_COMPONENTS) {
      const shown = typeof entry === 'string' ? entry : JSON.stringify(entry);
      intake.warn(
        place,
        'components_not_understood',
        `"${String(shown).slice(0, 60)}" is no SKU with a whole number of units, as in "SHIRT-S=2". The bundle is not offered until all its components can be read.`,
      );
      return [];
    }
    units.set(component.sku, (units.get(component.sku) ?? 0) + component.quantity);
  }
  if (units.size === 0) return undefined;
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}

function componentOf(entry: Value): Component | null {
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) {
    const { sku, quantity = 1 } = entry as { readonly sku?: Value; readonly quantity?: Value };
    return made(typeof sku === 'string' || typeof sku === 'number' ? String(sku) : '', String(quantity ?? 1));
  }
  if (typeof entry !== 'string') return null;
  const equals = entry.lastIndexOf('=');
  return equals === -1 ? made(entry, '1') : made(entry.slice(0, equals), entry.slice(equals + 1));
}

function made(name: string, units: string): Component | null {
  const sku = name.trim();
  const quantity = /^\d{1,6}(\.0+)?$/.test(units.trim()) ? Number.parseInt(units, 10) : 0;
  return sku === '' || quantity < 1 || quantity > MOST_UNITS ? null : { sku, quantity };
}
