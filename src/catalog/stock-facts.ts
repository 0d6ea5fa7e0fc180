import type { Queries } from '../db/database.js';
import type { VariantOffer } from '../domain/product.js';
import type { Allotment } from '../stock/allotment.js';
import type { BundleFacts, CountedFacts, StockFacts, StockLevel } from '../stock/available.js';
import type { Composition } from '../stock/bundle.js';
import { compositionsOf } from '../stock/bundle-rows.js';
import { allotmentsOf } from './allotment-rows.js';
import { keys } from './keys.js';

/** A variant whose stock is asked for, with the rules its offer has for it. */
export interface AskedVariant {
  readonly sku: string;
  readonly offer: VariantOffer;
}

const NO_LEVELS: readonly StockLevel[] = [];

/**
 * What is known of the stock of some variants; of bundles that of their components with it. A bundle has no count of its own, whatever its source says:
 * its units are those of its components, and would be counted twice. A few statements, whatever their number.
 */
export async function stockFactsOf(
  queries: Queries,
  variants: readonly AskedVariant[],
): Promise<(variant: AskedVariant) => StockFacts> {
  const compositions = await compositionsOf(
    queries,
    variants.map(({ sku }) => sku),
  );
  const offers = await partOffers(queries, variants, compositions);
  const skus = keys([...new Set([...variants.map(({ sku }) => sku), ...offers.keys()])]);
  const levels = await levelsOf(queries, skus);
  const reserved = await reservedOf(queries, skus);
  const allotments: ReadonlyMap<string, readonly Allotment[]> = await allotmentsOf(queries, skus);
  const counted = ({ sku, offer }: AskedVariant): CountedFacts => {
    const own = allotments.get(sku);
    return {
      levels: levels.get(sku) ?? NO_LEVELS,
      reserved: reserved.get(sku) ?? 0,
      ...(own === undefined ? {} : { allotments: own }),
      ...(offer.tracked === undefined ? {} : { tracked: offer.tracked }),
      ...(offer.policy === undefined ? {} : { policy: offer.policy }),
      ...(offer.leadDays === undefined ? {} : { leadDays: offer.leadDays }),
      ...(offer.restockAt === undefined ? {} : { restockAt: offer.restockAt }),
    };
  };
  return (variant) => {
    const composition = compositions.get(variant.sku);
    if (composition === undefined) return counted(variant);
    const parts = composition.parts.map(({ sku, quantity }) => {
      const offer = offers.get(sku) ?? {};
      const facts = counted({ sku, offer });
      return { sku, quantity, facts, ...(offer.cost === undefined ? {} : { cost: offer.cost }) };
    });
    const bundle: BundleFacts = { parts, broken: composition.broken };
    return { ...counted(variant), levels: NO_LEVELS, bundle };
  };
}

/** Offers of the components, those of variants that were asked for anyway among them. */
async function partOffers(
  queries: Queries,
  variants: readonly AskedVariant[],
  compositions: ReadonlyMap<string, Composition>,
): Promise<ReadonlyMap<string, VariantOffer>> {
  const parts = new Set([...compositions.values()].flatMap((each) => each.parts.map(({ sku }) => sku)));
  const offers = new Map<string, VariantOffer>();
  if (parts.size === 0) return offers;
  for (const { sku, offer } of variants) if (parts.delete(sku)) offers.set(sku, offer);
  const rows = await queries.all<{ sku: string; offer: string }>(
    `SELECT sku, offer FROM variant WHERE sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })})`,
    [keys([...parts])],
  );
  for (const { sku, offer } of rows) offers.set(sku, JSON.parse(offer) as VariantOffer);
  return offers;
}

/** Counts of variants per location, by SKU. */
async function levelsOf(queries: Queries, skus: string): Promise<Map<string, StockLevel[]>> {
  const records = await queries.all<{ sku: string; location: string; on_hand: number }>(
    `SELECT sku, location, on_hand FROM stock_level
     WHERE sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })}) ORDER BY sku, location`,
    [skus],
  );
  const levels = new Map<string, StockLevel[]>();
  for (const { sku, location, on_hand } of records) {
    const level = { location, onHand: on_hand };
    const known = levels.get(sku);
    if (known) known.push(level);
    else levels.set(sku, [level]);
  }
  return levels;
}

/** Units of open orders by SKU. */
async function reservedOf(queries: Queries, skus: string): Promise<Map<string, number>> {
  if (!(await queries.get('SELECT 1 AS one FROM reservation LIMIT 1'))) return new Map();
  const records = await queries.all<{ sku: string; units: number | string }>(
    `SELECT sku, SUM(quantity) AS units FROM reservation
     WHERE sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })}) GROUP BY sku`,
    [skus],
  );
  return new Map(records.map((record) => [record.sku, Number(record.units)]));
}
