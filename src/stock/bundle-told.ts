import { onHandOf, type StockFacts } from './available.js';

/** What people are told of a bundle. */
export interface BundleTold {
  /** Why it cannot be put together; null: it can. */
  readonly broken: string | null;
  readonly parts: readonly {
    readonly sku: string;
    /** Units in one bundle. */
    readonly quantity: number;
    /** Over all locations; null: nobody counts it. */
    readonly onHand: number | null;
    readonly reserved: number;
    /** The merchant does not count this one: it limits nothing. */
    readonly untracked: boolean;
  }[];
}

/** What a bundle is made of, for people; null: it is none. Pure. */
export function bundleTold({ bundle }: StockFacts): BundleTold | null {
  if (bundle === undefined) return null;
  return {
    broken: bundle.broken,
    parts: bundle.parts.map(({ sku, quantity, facts }) => ({
      sku,
      quantity,
      onHand: onHandOf(facts.levels),
      reserved: facts.reserved,
      untracked: facts.tracked === false,
    })),
  };
}
