import type { HeldOrder } from './order-book.js';
import type { ShopSwitches } from './shop-state.js';

/**
 * What `search` of the orders route looks at, by storage (WooCommerce 11.x and older, read 2026-11): the tables of orders, newer and older, with a
 * full-text index, or posts. Names of items are looked at by all; the transaction id only by newer tables.
 */
export function matches(order: HeldOrder, text: string, storage: ShopSwitches['storage']): boolean {
  const wanted = text.toLowerCase();
  const contains = (value: string): boolean => value.toLowerCase().includes(wanted);
  const address = Object.values({ ...order.billing, ...order.shipping }).join(' ');
  const names = order.lines.map(({ name }) => name);
  if (String(order.id) === text || contains(address)) return true;
  if (storage === 'hpos-fulltext') {
    // A word index splits at hyphens and keeps no short words: only whole words of four letters and more are found.
    const words = new Set(
      names
        .join(' ')
        .toLowerCase()
        .split(/[^a-z0-9]+/),
    );
    if (words.has(wanted)) return true;
  } else if (names.some(contains)) return true;
  const transactions = storage === 'hpos' || storage === 'hpos-fulltext';
  if (storage === 'hpos-fulltext') return false;
  return transactions && contains(order.transactionId);
}
